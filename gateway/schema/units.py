"""Administrative units through time: what a unit is, above, below, before and after."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.errors import EitherIdOrCode
from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    KnownAt,
    Node,
    OnDay,
    OnDayOrEver,
    Root,
    argument,
    column,
    identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, connection
from gateway.schema.enums import UnitLevel
from gateway.schema.planned import PlannedTable, unit_planned
from gateway.schema.related import parent_of, unit_of
from gateway.schema.reporting import (
    Figures,
    FiguresTable,
    ReportHeading,
    unit_figures,
    unit_reports,
    unit_table,
)
from gateway.schema.strength import Strength, unit_strength
from gateway.schema.tips import TipCounts, unit_tip_counts
from gateway.schema.unit_finding import HEIRS, UnitHeir
from services.contracts.registry import unit_views

UNITS_RESOLVE: Final = Question("registry", "units.resolve", unit_views.UnitsResolve)
UNITS_SEARCH: Final = Question("registry", "units.search", unit_views.UnitsSearch)


async def _children(
    root: Root,
    info: Info,
    first: First,
    after: After = None,
    on: OnDay = None,
    known_at: KnownAt = None,
) -> Any:
    answer = await loaders.children_of(
        info.context, root["id"], first=first, after=after, on=on, known_at=known_at
    )
    return connection(answer, after)


@output
class Succession:
    """A unit that took over another one, wholly or in part (kế thừa khi sắp xếp)."""

    unit: "Unit | None" = resolved(unit_of, "The other unit.", ["unit_id"])
    whole: bool = column("Whether the whole unit was taken over (toàn bộ).")
    kind: str = column(
        "merge, split, retype, rename, unchanged, transfer (a part between living"
        " units) or void (its establishment was taken back)."
    )
    effective_on: date | None = column("First day of it (ngày có hiệu lực).")


@output
class Unit(Node):
    """A unit in one version of its life (đơn vị hành chính).

    Codes were reused in 2025: a code means a unit only together with a day.
    """

    code: str = column("Official code, with leading zeros (mã đơn vị).")
    level: UnitLevel = column("Level in the tree (cấp).")
    unit_type: str = column("Kind of unit, such as phường or xã (loại).")
    name: str = column("Full official name (tên đầy đủ).")
    bare_name: str = column("Name without the kind (tên riêng).")
    valid_from: date | None = column("First day; null before the register begins.")
    valid_to: date | None = column("First day without it; null while in force.")
    legal_basis: str | None = column("Resolution that made it (căn cứ pháp lý).")
    parent: "Unit | None" = resolved(
        parent_of, "Unit above (đơn vị cấp trên).", ["parent_id"]
    )
    successors: list[Succession] = column("Units that took it over (đơn vị kế thừa).")
    predecessors: list[Succession] = column("Units it took over (đơn vị tiền thân).")
    heirs: list[UnitHeir] | None = HEIRS
    children: Connection["Unit"] | None = resolved(
        _children, "Units below in force on a day (đơn vị trực thuộc).", ["id"]
    )
    strength: list[Strength] | None = resolved(
        unit_strength, "Forces of the whole subtree on a day (lực lượng).", ["id"]
    )
    figures: Figures | None = resolved(
        unit_figures, "Figures of the subtree for a period (số liệu).", ["id"]
    )
    figures_table: FiguresTable | None = resolved(
        unit_table, "Own figures and those of each child (bảng số liệu).", ["id"]
    )
    planned_strength: PlannedTable | None = resolved(
        unit_planned, "Planned and actual, with each child (chỉ tiêu, thực có).", ["id"]
    )
    tip_counts: TipCounts | None = resolved(
        unit_tip_counts, "Counters of tips of the subtree, no content.", ["id"]
    )
    reports: list[ReportHeading] | None = resolved(
        unit_reports, "Newest reports of the unit (báo cáo đã lập).", ["id"]
    )


async def unit(
    info: Info,
    id: Annotated[strawberry.ID | None, argument("Id of the unit.")] = None,  # noqa: A002
    code: Annotated[str | None, argument("Code; it means a unit on a day.")] = None,
    on: OnDay = None,
    known_at: KnownAt = None,
) -> Any:
    """Answer Query.unit."""
    if (id is None) == (code is None):
        raise EitherIdOrCode(field="id")
    when = {"on": on, "known_at": known_at}
    if id is not None:
        terms = {name: str(value) for name, value in when.items() if value is not None}
        return await loaders.by_id(
            info.context, "Unit", identity(id, "Unit", "id"), **terms
        )
    return await info.context.ask(UNITS_RESOLVE, {"unit": {"code": code}, **when})


async def units(
    info: Info,
    text: Annotated[str, argument("Name, with or without marks, or code.")],
    first: First,
    on: OnDayOrEver = None,
    level: Annotated[UnitLevel | None, argument("Keep one level (cấp).")] = None,
    known_at: KnownAt = None,
) -> Any:
    """Answer Query.units."""
    wanted = level.value if level else None
    answer = await info.context.ask(
        UNITS_SEARCH,
        {
            "text": text,
            "first": first,
            "on": on,
            "level": wanted,
            "known_at": known_at,
        },
    )
    return connection(answer, None)


@output
class UnitQueries:
    """Questions about administrative units, part of Query."""

    unit: Unit | None = resolved(
        unit, "A unit by id, or by its code on a day (đơn vị)."
    )
    units: Connection[Unit] | None = resolved(
        units, "Units by name or code (tìm đơn vị)."
    )
