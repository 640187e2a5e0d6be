"""Named hierarchies over the units: the police line, the Front, ad-hoc ones."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    Info,
    KnownAt,
    OnDay,
    OnDayOrEver,
    Root,
    argument,
    column,
    identity,
    optional_identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, connection
from gateway.schema.related import related
from gateway.schema.units import Unit
from services.contracts.registry.hierarchies import (
    HierarchiesList,
    HierarchyAncestors,
    HierarchyChildren,
)

HIERARCHIES: Final = Question("registry", "hierarchies.list", HierarchiesList)
HIERARCHY_CHILDREN: Final = Question(
    "registry", "hierarchies.children", HierarchyChildren
)
HIERARCHY_ANCESTORS: Final = Question(
    "registry", "hierarchies.ancestors", HierarchyAncestors
)


@output
class SkippedLevel:
    """A level that a hierarchy does without from a day on (cấp không tổ chức)."""

    level: str = column("The level (cấp).")
    effective_on: date = column("First day without it.")
    decision: str | None = column("Number of the decision (số quyết định).")
    decided_on: date | None = column("Day of the decision.")


async def _owner(root: Root, info: Info) -> Any:
    return await related(info, "Unit", root["owner_id"])


@output
class Hierarchy:
    """A named order of the same units, by days (hệ thống tổ chức)."""

    code: str = column("Its code; administration is built in (mã).")
    name: str = column("Its name (tên gọi).")
    base: str = column(
        "Where a unit stands that was not placed: administration, or placements "
        "(nowhere)."
    )
    owner: Unit | None = resolved(_owner, "Unit that keeps it.", ["owner_id"])
    valid_from: date | None = column("First day; null for always.")
    valid_to: date | None = column("First day without it.")
    decision: str | None = column("Number of the decision (số quyết định).")
    decided_on: date | None = column("Day of the decision.")
    skipped: list[SkippedLevel] = column("Levels that it does without.")


@output
class HierarchyUnit:
    """A unit at its place in a hierarchy (vị trí trong hệ thống)."""

    unit: Unit = column("The unit.")
    placed_on: date | None = column(
        "Day from which a decision put it there; null where the base does."
    )
    decision: str | None = column("Number of that decision (số quyết định).")
    in_ring: bool = column(
        "Whether a change of units let it stand above itself (vòng khép kín)."
    )


Named = Annotated[str, argument("Code of the hierarchy, such as police_line.")]


async def hierarchies(
    info: Info, on: OnDayOrEver = None, known_at: KnownAt = None
) -> Any:
    """Answer Query.hierarchies."""
    answer = await info.context.ask(HIERARCHIES, {"on": on, "known_at": known_at})
    return answer["rows"]


async def hierarchy_children(  # noqa: PLR0913, PLR0917 - arguments of the schema
    info: Info,
    hierarchy: Named,
    under: Annotated[
        strawberry.ID | None, argument("Unit above; without one the top.")
    ] = None,
    on: OnDay = None,
    first: Annotated[int, argument("How many rows, 1 to 500.")] = 200,
    after: After = None,
    known_at: KnownAt = None,
) -> Any:
    """Answer Query.hierarchyChildren."""
    above = optional_identity(under, "Unit", "under")
    answer = await info.context.ask(
        HIERARCHY_CHILDREN,
        {
            "hierarchy": hierarchy,
            "ids": [above] if above else None,
            "on": on,
            "first": first,
            "after": after,
            "known_at": known_at,
        },
    )
    return connection(answer["parents"][0], after)


async def hierarchy_line(
    info: Info,
    hierarchy: Named,
    unit: Annotated[strawberry.ID, argument("Unit whose line is asked for.")],
    on: OnDay = None,
    known_at: KnownAt = None,
) -> Any:
    """Answer Query.hierarchyLine."""
    answer = await info.context.ask(
        HIERARCHY_ANCESTORS,
        {
            "hierarchy": hierarchy,
            "ids": [identity(unit, "Unit", "unit")],
            "on": on,
            "known_at": known_at,
        },
    )
    line = answer["lines"][0]
    return line["rows"] if line["belongs"] else None


@output
class HierarchyQueries:
    """Questions about named hierarchies, part of Query."""

    hierarchies: list[Hierarchy] | None = resolved(
        hierarchies, "Named orders of the units on a day (hệ thống tổ chức)."
    )
    hierarchy_children: Connection[HierarchyUnit] | None = resolved(
        hierarchy_children, "What stands below a unit in one of them, or at its top."
    )
    hierarchy_line: list[HierarchyUnit] | None = resolved(
        hierarchy_line,
        "What stands above a unit in one of them, the nearest first; null for a "
        "stranger (tuyến trên).",
    )
