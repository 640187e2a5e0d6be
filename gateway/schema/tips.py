"""Counters of tips. No text, no person and no single tip enters this schema."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway import loaders
from gateway.schema.base import Info, Root, argument, column, identity, output, resolved
from gateway.schema.related import unit_of
from gateway.schema.scalars import Count

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry

FirstDay = Annotated[date, argument("First day that counts.")]
LastDay = Annotated[date, argument("Last day that counts.")]


@output
class CategoryCount:
    """Tips of one category of offence or hazard (theo loại việc)."""

    category: str = column("Code of the category (loại việc).")
    received: Count = column("Tips received, spam left out.")


@output
class TipCounts:
    """Counters of tips of a unit's subtree; a hidden count is null (số tin báo)."""

    unit: LazyUnit | None = resolved(unit_of, "The unit counted.", ["unit_id"])
    received: Count | None = column("Received, spam left out (tiếp nhận).")
    spam: Count | None = column("Put aside as spam (tin rác).")
    triaged: Count | None = column("Sorted (đã phân loại).")
    valuable: Count | None = column("Found valuable (tin có giá trị).")
    by_category: list[CategoryCount] | None = column("Received by category.")
    small_counts_hidden: bool = column("Whether counts below 5 are hidden from you.")


async def unit_tip_counts(
    root: Root, info: Info, from_day: FirstDay, to_day: LastDay
) -> Any:
    """Answer Unit.tipCounts."""
    return await loaders.tip_counts_of(
        info.context, root["id"], str(from_day), str(to_day)
    )


async def tip_counts(
    info: Info,
    unit_id: Annotated[strawberry.ID, argument("Unit whose subtree is counted.")],
    from_day: FirstDay,
    to_day: LastDay,
) -> Any:
    """Answer Query.tipCounts."""
    unit = identity(unit_id, "Unit", "unitId")
    return await loaders.tip_counts_of(info.context, unit, str(from_day), str(to_day))


@output
class TipQueries:
    """Counters of tips, part of Query."""

    tip_counts: TipCounts | None = resolved(
        tip_counts,
        "Counters of tips of a subtree, no content (số tin báo).",
    )
