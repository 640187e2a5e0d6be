"""Page sizes, cursors and id lists of an operation, and what they make it cost.

Called by documents.py: bad page arguments are refused before anything is executed, as
the caller's mistake and not as a failure of a field.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    VariableNode,
)

from gateway.errors import refused
from gateway.guard import written_out
from gateway.limits import Limits

_SIZE, _CURSOR, _IDS = "first", "after", "ids"
_WATCHED = frozenset({_SIZE, _CURSOR, _IDS})
_CURSOR_SHAPE = re.compile(r"[\x21-\x7e]{1,200}")
_CONTAINERS = frozenset({"edges", "node", "pageInfo"})


class PageSite(NamedTuple):
    """One `first`, `after` or `ids` argument of a field of the operation."""

    field: FieldNode
    argument: str
    value: ValueNode


def page_sites(
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> tuple[PageSite, ...]:
    """All page arguments of an operation, fragments written out, each field once."""
    fields = {
        id(node): node for _, node in written_out(operation.selection_set, fragments)
    }
    return tuple(
        PageSite(node, argument.name.value, argument.value)
        for node in fields.values()
        for argument in _watched(node)
    )


def _watched(node: FieldNode) -> Iterator[ArgumentNode]:
    for argument in node.arguments or ():
        if argument.name.value in _WATCHED:
            yield argument


def check_pages(
    sites: tuple[PageSite, ...],
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> tuple[int, ...]:
    """Sizes of the sites in their order (1 for a cursor). Raises RequestRefused."""
    defaults = {
        definition.variable.name.value: definition.default_value
        for definition in operation.variable_definitions or ()
    }
    return tuple(
        _checked(site.argument, _value(site.value, variables, defaults), limits)
        for site in sites
    )


def _value(
    node: ValueNode | None,
    variables: Mapping[str, Any],
    defaults: Mapping[str, ValueNode | None],
) -> Any:
    if isinstance(node, VariableNode):
        name = node.name.value
        return variables[name] if name in variables else _literal(defaults.get(name))
    return _literal(node)


def _literal(node: ValueNode | None) -> Any:
    if isinstance(node, IntValueNode):
        return int(node.value) if len(node.value) < len("1000000000") else 10**9
    if isinstance(node, StringValueNode):
        return node.value
    if isinstance(node, ListValueNode):
        return node.values
    return None if node is None or isinstance(node, NullValueNode) else node


def _checked(argument: str, value: Any, limits: Limits) -> int:
    if argument == _CURSOR:
        good = value is None or (
            isinstance(value, str) and _CURSOR_SHAPE.fullmatch(value)
        )
        if not good:
            raise refused("BAD_CURSOR", "'after' takes an endCursor of this endpoint.")
        return 1
    if argument == _IDS:
        size = len(value) if isinstance(value, list | tuple) else 1
        if size > limits.page:
            raise refused("BAD_PAGE", f"At most {limits.page} ids at once.")
        return size
    if value is None or isinstance(value, bool) or not isinstance(value, int):
        return 1  # missing or of another type: coercion says so in its own words
    if not 1 <= value <= limits.page:
        raise refused("BAD_PAGE", f"'first' is between 1 and {limits.page}.")
    return value


def static_cost(
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    sizes: tuple[int, ...],
    sites: tuple[PageSite, ...],
) -> int:
    """Points: one for each object that the operation may fetch, pages multiplied."""
    multiplied: dict[int, int] = {}
    for site, size in zip(sites, sizes, strict=True):
        if site.argument != _CURSOR:
            multiplied[id(site.field)] = size
    return 1 + _cost(operation.selection_set, fragments, multiplied, {})


def _cost(
    selection_set: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    multiplied: Mapping[int, int],
    known: dict[str, int],
) -> int:
    points = 0
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            points += _field_cost(node, fragments, multiplied, known)
            continue
        inner: Any = node
        name = getattr(node, "name", None)
        if name is not None:
            if name.value not in known:
                inner = fragments[name.value]
                known[name.value] = _cost(
                    inner.selection_set, fragments, multiplied, known
                )
            points += known[name.value]
            continue
        points += _cost(inner.selection_set, fragments, multiplied, known)
    return points


def _field_cost(
    node: FieldNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    multiplied: Mapping[int, int],
    known: dict[str, int],
) -> int:
    if node.selection_set is None or node.name.value.startswith("__"):
        return 0
    below = _cost(node.selection_set, fragments, multiplied, known)
    size = multiplied.get(id(node))
    if size is not None:
        return 1 + size * (1 + below)
    return below if node.name.value in _CONTAINERS else 1 + below
