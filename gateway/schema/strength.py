"""How many boards, teams and people a unit's subtree has on a day."""

from typing import Annotated, Any

from gateway import loaders
from gateway.schema.base import Info, OnDay, Root, argument, column, output
from gateway.schema.enums import ForceType, Mapping, Terms
from gateway.schema.scalars import Count


@output
class Strength:
    """Strength of one force in a unit's subtree (lực lượng hiện có)."""

    force_type: ForceType = column("Which force (loại hình).")
    force_units: Count = column("Boards, teams or forces (số ban, đội, tổ).")
    members: Count = column("People (số người).")
    active: Count | None = column(
        "Those of them who are not suspended; null in today's terms (đang hoạt động)."
    )
    mapping: Mapping = column("Whether the force itself or a former one is counted.")
    former_types: list[ForceType] = column("Former forces that are counted in it.")


InTerms = Annotated[Terms, argument("Names of the day, or of today (tên gọi).")]


async def unit_strength(
    root: Root, info: Info, on: OnDay = None, terms: InTerms = Terms.AS_WAS
) -> Any:
    """Answer Unit.strength."""
    day = None if on is None else str(on)
    return await loaders.strength_of(info.context, root["id"], day, str(terms.value))
