"""How many sessions (buổi) of the movement were held; asked by every report."""

from collections.abc import Iterable

from services.contracts.campaigns.events import SessionHeldV1, SessionWithdrawnV1
from services.reporting.indicators.definition import Contribution, Indicator


def _held(event: SessionHeldV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.held_on, 1)


def _withdrawn(event: SessionWithdrawnV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.held_on, -1)


SESSIONS_HELD = Indicator(
    code="sessions_held",
    name_vi="Buổi tuyên truyền, phát động phong trào",
    name_en="Sessions held",
    unit_of_count="buổi",
    unit_of_count_en="sessions",
    kind="flow",
    numerator="Sessions recorded as held, less those withdrawn.",
    counted_on="day on which the session was held",
    legal_source="Practice of movement reports (ACT.SESSION); Nghị định 06/2014",
    counts={SessionHeldV1: _held, SessionWithdrawnV1: _withdrawn},
)
