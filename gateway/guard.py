"""Whether a document may be validated at all: size measured once for each fragment.

Called by documents.py before validation, which some documents make explode. A fragment
is measured once however often it is spread, so that the work stays linear in the text.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.errors import RequestRefused, refused
from gateway.limits import Limits

_INTROSPECTION = frozenset({"__schema", "__type"})


class Measure(NamedTuple):
    """What a selection set amounts to when all its fragments are written out.

    Spreads count as fields: a fragment may be empty, and walking it still costs.
    """

    height: int = 0
    depth: int = 0
    introspection_depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    roots: int = 0

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.height, other.height),
            max(self.depth, other.depth),
            max(self.introspection_depth, other.introspection_depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.roots + other.roots,
        )


def too_complex(message: str) -> RequestRefused:
    """Refusal of a document that asks for more than one request may."""
    return refused("QUERY_TOO_COMPLEX", message)


class Guard:
    """Measures one document and refuses it when it exceeds a limit."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self._limits = limits
        self._fragments: dict[str, FragmentDefinitionNode] = {}
        self._operations: list[OperationDefinitionNode] = []
        self._measured: dict[str, Measure] = {}
        self._open: set[str] = set()
        for definition in document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                self._fragments[definition.name.value] = definition
            elif isinstance(definition, OperationDefinitionNode):
                self._operations.append(definition)

    def check(self) -> None:
        """Refuse what is too large. Raises RequestRefused."""
        limits = self._limits
        if len(self._operations) > limits.operations:
            raise too_complex(f"More than {limits.operations} operations.")
        total = Measure()
        for operation in self._operations:
            measure = self._operation(operation)
            self._refuse_large(measure)
            total = total.beside(measure)
        self._refuse_large(total._replace(roots=0))
        for name in self._fragments:
            if name not in self._measured:
                raise refused("BAD_REQUEST", f"Fragment '{name}' is never used.")
        for operation in self._operations:
            self._refuse_repeats(operation.selection_set)

    def _operation(self, operation: OperationDefinitionNode) -> Measure:
        measure = self._selection(operation.selection_set, 0)
        own = len(operation.directives or ()) + sum(
            len(variable.directives or ())
            for variable in operation.variable_definitions or ()
        )
        return measure._replace(directives=measure.directives + own)

    def _refuse_large(self, measure: Measure) -> None:
        limits = self._limits
        for name, value, limit in (
            ("levels", measure.depth, limits.depth),
            ("levels", measure.introspection_depth, limits.introspection_depth),
            ("fields", measure.fields, limits.fields),
            ("aliases", measure.aliases, limits.aliases),
            ("directives", measure.directives, limits.directives),
            ("root fields", measure.roots, limits.root_fields),
        ):
            if value > limit:
                raise too_complex(f"More than {limit} {name}.")

    def _selection(self, selection_set: SelectionSetNode, nesting: int) -> Measure:
        if nesting > self._limits.nesting:
            raise too_complex(f"Nested deeper than {self._limits.nesting}.")
        total = Measure()
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                part = self._field(node, nesting)
            elif isinstance(node, InlineFragmentNode):
                part = self._spread(self._selection(node.selection_set, nesting + 1))
            else:
                assert isinstance(node, FragmentSpreadNode)  # noqa: S101 - grammar
                part = self._spread(self._fragment(node.name.value, nesting))
            own = len(node.directives or ())
            total = total.beside(part._replace(directives=part.directives + own))
        return total

    @staticmethod
    def _spread(inner: Measure) -> Measure:
        return inner._replace(height=inner.height + 1, fields=inner.fields + 1)

    def _field(self, node: FieldNode, nesting: int) -> Measure:
        below = Measure()
        if node.selection_set is not None:
            below = self._selection(node.selection_set, nesting + 1)
        depth, introspection = below.depth + 1, below.introspection_depth
        if node.name.value in _INTROSPECTION:
            depth, introspection = 1, below.depth + 1
        return Measure(
            below.height + 1,
            depth,
            introspection,
            below.fields + 1,
            below.aliases + (node.alias is not None),
            below.directives,
            1,
        )

    def _fragment(self, name: str, nesting: int) -> Measure:
        known = self._measured.get(name)
        if known is not None:
            if nesting + known.height > self._limits.nesting:
                raise too_complex(f"Nested deeper than {self._limits.nesting}.")
            return known
        if name in self._open:
            raise refused("BAD_REQUEST", f"Fragment '{name}' spreads itself.")
        fragment = self._fragments.get(name)
        if fragment is None:
            return Measure()
        self._open.add(name)
        measure = self._selection(fragment.selection_set, nesting + 1)
        self._open.discard(name)
        own = len(fragment.directives or ())
        measure = measure._replace(directives=measure.directives + own)
        self._measured[name] = measure
        return measure

    def _refuse_repeats(self, selection_set: SelectionSetNode) -> None:
        # Fields that answer under one path are compared pairwise by validation. The
        # walk writes fragments out, which the limit on fields has bounded by now.
        seen: Counter[tuple[str, ...]] = Counter()
        for path, _ in written_out(selection_set, self._fragments):
            seen[path] += 1
            if seen[path] > self._limits.repeats:
                raise too_complex(f"'{path[-1]}' is asked for too many times.")


def written_out(
    selection_set: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    path: tuple[str, ...] = (),
) -> Iterator[tuple[tuple[str, ...], FieldNode]]:
    """Every field with its response path, fragments written out."""
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            key = node.alias or node.name
            here = (*path, key.value)
            yield here, node
            if node.selection_set is not None:
                yield from written_out(node.selection_set, fragments, here)
            continue
        inner: Any = node
        if isinstance(node, FragmentSpreadNode):
            inner = fragments.get(node.name.value)
        if inner is not None:
            yield from written_out(inner.selection_set, fragments, path)
