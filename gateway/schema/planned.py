"""What provinces planned beside the teams and members there are, unit by unit."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway import loaders
from gateway.schema.base import Info, Root, argument, column, output, resolved
from gateway.schema.enums import Geography
from gateway.schema.related import unit_of
from gateway.schema.reporting import Freshness, InGeography, Refusal
from gateway.schema.scalars import Count

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@output
class Planned:
    """A number that was set, and what there is (chỉ tiêu và thực có)."""

    quota: Count | None = column("Set by the province (chỉ tiêu được giao).")
    allowed: Count | None = column("More while a roadmap runs (được bố trí).")
    actual: Count | None = column("What there is (thực có).")
    gap: int | None = column(
        "What there is less the quota; null where no commune has one (chênh lệch)."
    )
    over: Count | None = column("What there is above what is allowed (vượt).")


@output
class PlannedStrength:
    """Planned and actual strength of a unit on a day; all numbers are sums."""

    unit: LazyUnit | None = resolved(unit_of, "The unit (đơn vị).", ["unit_id"])
    unit_code: str = column("Its code (mã đơn vị).")
    unit_name: str = column("Its name on the day (tên đơn vị).")
    level: str = column("Its level (cấp).")
    communes_with_quota: Count | None = column(
        "Communes that a decision sets numbers for (số xã được giao chỉ tiêu)."
    )
    teams: Planned | None = column("Teams for security and order (tổ).")
    members: Planned | None = column("Their members (thành viên).")
    refusal: Refusal | None = column("Why there are no numbers, if so.")


@output
class PlannedTable:
    """A unit's own numbers and one row per child (chỉ tiêu và thực có)."""

    on: date = column("The day (tại ngày).")
    geography: Geography = column("As it was, or restated (địa giới).")
    parent: PlannedStrength = column("The unit itself.")
    children: list[PlannedStrength] = column("Its children, by code.")
    freshness: Freshness = column("How fresh the table is (độ mới).")


async def unit_planned(
    root: Root,
    info: Info,
    on: Annotated[date, argument("The day (tại ngày).")],
    geography: InGeography = Geography.AS_WAS,
) -> Any:
    """Answer Unit.plannedStrength."""
    terms = {"on": str(on), "geography": geography.value}
    return await loaders.planned_of(info.context, root["id"], terms)
