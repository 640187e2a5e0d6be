"""What does the platform count by now? Asked of the gateway, as an agency would."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from demo.comparison import Counted
from demo.doors import Doors
from demo.patience import GaveUp
from demo.published import Published

CALLER: Final = "agency"
CAUGHT_UP_WITHIN_S: Final = 180.0
_ASK_EVERY_S: Final = 0.4
_QUIET_S: Final = 1.5

FRESHNESS: Final = """
{ freshness { waitingFacts sources { source completeToPosition caughtUp } } }"""
YEAR: Final = """
query ($then: String!, $now: String!, $day: Date!, $year: Int!) {
  then: unit(code: $then, on: $day) {
    id name figures(period: {year: $year}) { ...Counted }
  }
  now: unit(code: $now) {
    id name
    figures(period: {year: $year}, geography: RESTATED) { ...Counted }
    predecessors {
      whole unit { id name figures(period: {year: $year}) { ...Counted } }
    }
  }
}
fragment Counted on Figures {
  lines { indicator nameVi unitOfCount value }
}"""


class Source(msgspec.Struct, frozen=True, rename="camel"):
    """How far one service's facts are counted."""

    source: str
    complete_to_position: int
    caught_up: bool | None


class _Freshness(msgspec.Struct, frozen=True, rename="camel"):
    waiting_facts: int
    sources: list[Source]


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """The year's figures with the units that they belong to."""

    province_id: str
    province: str
    successor: str
    counted: list[Counted]


async def until_caught_up(doors: Doors, positions: Mapping[str, int]) -> list[Source]:
    """Wait until reporting has counted everything up to the positions.

    A repeated load learns no positions; then nothing must have moved for a moment.
    Raises GaveUp.
    """
    until = time.monotonic() + CAUGHT_UP_WITHIN_S
    quiet_since, before = time.monotonic(), None
    while time.monotonic() < until:
        data = await doors.graphql(FRESHNESS, {}, caller=CALLER)
        fresh = msgspec.convert(data["freshness"], _Freshness)
        now = time.monotonic()
        if fresh != before:
            quiet_since, before = now, fresh
        if _has_all(fresh, positions) and now - quiet_since >= _QUIET_S:
            return fresh.sources
        await asyncio.sleep(_ASK_EVERY_S)
    raise GaveUp(f"reporting has not caught up: {before}")


def _has_all(fresh: _Freshness, positions: Mapping[str, int]) -> bool:
    return not fresh.waiting_facts and all(
        source.caught_up
        and source.complete_to_position >= positions.get(source.source, 0)
        for source in fresh.sources
    )


async def read_year(doors: Doors, published: Published) -> Year:
    """Return the year of the province as it was and inside its successor."""
    asked = {
        "then": published.province_code,
        "now": published.successor_code,
        "day": published.last_day,
        "year": published.year,
    }
    data = await doors.graphql(YEAR, asked, caller=CALLER)
    then, now = data["then"], data["now"]
    restated = _values(now)
    others = [
        _values(before["unit"])
        for before in now["predecessors"]
        if before["whole"] and before["unit"]["id"] != then["id"]
    ]
    counted = [
        Counted(
            indicator=line["indicator"],
            name=line["nameVi"],
            unit_of_count=line["unitOfCount"],
            then=line["value"],
            today=restated.get(line["indicator"]),
            beside=sum(other.get(line["indicator"]) or 0 for other in others),
        )
        for line in then["figures"]["lines"]
    ]
    return Year(
        province_id=then["id"],
        province=then["name"],
        successor=now["name"],
        counted=counted,
    )


def _values(unit: dict[str, Any]) -> dict[str, int | None]:
    return {line["indicator"]: line["value"] for line in unit["figures"]["lines"]}
