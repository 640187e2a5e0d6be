"""Asks the registry which districts and communes the province had that year."""

from datetime import date
from uuid import UUID

import msgspec

from demo.doors import Doors
from demo.province import Province, place_of
from demo.published import Published
from services.contracts.registry.unit_views import UnitsChildrenAnswer, UnitView

CALLER = "officer"


async def read_province(doors: Doors, published: Published) -> Province:
    """Return the province as it was on the last day of the period."""
    on = published.last_day
    found = await doors.ask(
        "registry",
        "/v1/unit",
        {"code": published.province_code, "on": on.isoformat()},
        caller=CALLER,
    )
    itself = msgspec.json.decode(found.body, type=UnitView)
    districts = await _children(doors, itself.id, on)
    communes = [
        place_of(commune, district.name)
        for district in districts
        for commune in await _children(doors, district.id, on)
    ]
    return Province(
        itself=place_of(itself),
        districts=tuple(place_of(district) for district in districts),
        communes=tuple(communes),
    )


async def _children(doors: Doors, parent_id: UUID, on: date) -> list[UnitView]:
    found: list[UnitView] = []
    after: str | None = None
    while True:
        asked = {"ids": str(parent_id), "on": on.isoformat(), "first": "100"}
        if after is not None:
            asked["after"] = after
        answer = await doors.ask("registry", "/v1/units/children", asked, caller=CALLER)
        page = msgspec.json.decode(answer.body, type=UnitsChildrenAnswer).parents[0]
        found += page.rows
        if not page.has_next:
            return found
        after = page.rows[-1].cursor
