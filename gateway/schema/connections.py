"""Lists as Relay connections with the services' own keyset cursors.

`page` asks a service for one page, with the columns that the document selects.
"""

from typing import Any, Generic, TypeVar

import strawberry
from graphql import FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from gateway.questions import Question
from gateway.schema.base import Info, Row, column, needed_columns, output
from gateway.schema.scalars import Count

T = TypeVar("T")


@output
class PageInfo:
    """Where a page lies in its list (vị trí trang)."""

    has_next_page: bool = column("Whether rows follow this page.")
    has_previous_page: bool = column("Whether this page was asked for by a cursor.")
    start_cursor: str | None = column("Cursor of the first row.")
    end_cursor: str | None = column("Cursor of the last row; give it as `after`.")


@strawberry.type(description="A row of a list with its cursor (một dòng).")
class Edge(Generic[T]):
    """A row of a list with its cursor."""

    node: T = column("The row itself.")
    cursor: str | None = column("Place of the row in the list; it survives changes.")


@strawberry.type(description="One page of a list (một trang danh sách).")
class Connection(Generic[T]):
    """One page of a list."""

    edges: list[Edge[T]] = column("The rows with their cursors.")
    nodes: list[T] = column("The rows alone.")
    page_info: PageInfo = column("Where this page lies in the list.")
    total_count: Count | None = column(
        "Length of the whole list; null where counting is not cheap."
    )


def connection(answer: Row, after: str | None) -> Row:
    """Return the connection of a service's page."""
    rows = answer["rows"]
    return {
        "edges": [{"node": row, "cursor": row.get("cursor")} for row in rows],
        "nodes": rows,
        "total_count": answer.get("total"),
        "page_info": {
            "has_next_page": answer["has_next"],
            "has_previous_page": after is not None,
            "start_cursor": rows[0].get("cursor") if rows else None,
            "end_cursor": rows[-1].get("cursor") if rows else None,
        },
    }


async def page(info: Info, question: Question, after: str | None, **parts: Any) -> Row:
    """One page of a service's list as a connection."""
    answer = await info.context.ask(
        question, {"after": after, **parts}, mask=columns(info)
    )
    return connection(answer, after)


def columns(info: Info) -> tuple[str, ...]:
    """Columns of the rows that the document selects under a connection field."""
    found = {"id"}
    raw = info._raw_info  # noqa: SLF001 - Strawberry offers no fragments otherwise
    row_type = _row_type(raw.return_type)
    for node in raw.field_nodes:
        for below in _named(node.selection_set, raw.fragments):
            name = below.name.value
            if name == "pageInfo":
                found.add("cursor")
            if name == "nodes":
                found |= _selected(below.selection_set, raw.fragments, row_type)
            if name == "edges":
                found |= _of_edges(below.selection_set, raw.fragments, row_type)
    return tuple(sorted(found))


def _of_edges(selection: SelectionSetNode, fragments: Any, row_type: Any) -> set[str]:
    found: set[str] = set()
    for node in _named(selection, fragments):
        if node.name.value == "cursor":
            found.add("cursor")
        if node.name.value == "node":
            found |= _selected(node.selection_set, fragments, row_type)
    return found


def _row_type(return_type: Any) -> Any:
    while hasattr(return_type, "of_type"):
        return_type = return_type.of_type
    nodes = return_type.fields["nodes"].type
    while hasattr(nodes, "of_type"):
        nodes = nodes.of_type
    return nodes


def _selected(selection: Any, fragments: Any, row_type: Any) -> set[str]:
    found: set[str] = set()
    for node in _named(selection, fragments):
        field = row_type.fields.get(node.name.value)
        if field is not None:
            found.update(needed_columns(field.extensions["strawberry-definition"]))
    return found


def _named(selection: SelectionSetNode | None, fragments: Any) -> Any:
    for node in selection.selections if selection is not None else ():
        if isinstance(node, InlineFragmentNode):
            yield from _named(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            yield from _named(fragments[node.name.value].selection_set, fragments)
        else:
            yield node


def selects_only_id(info: Info) -> bool:
    """Whether a field's object is asked for its id alone, which costs no question."""
    raw = info._raw_info  # noqa: SLF001 - as above
    names = {
        node.name.value
        for field in raw.field_nodes
        for node in _named(field.selection_set, raw.fragments)
    }
    return names <= {"id", "__typename"}
