"""How many attendances (lượt) the sessions had; attendances are never people."""

from collections.abc import Iterable

from services.contracts.campaigns.events import (
    SessionCorrectedV1,
    SessionHeldV1,
    SessionWithdrawnV1,
)
from services.reporting.indicators.definition import Contribution, Indicator


def _held(event: SessionHeldV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.held_on, event.attendance)


def _corrected(event: SessionCorrectedV1) -> Iterable[Contribution]:
    difference = event.attendance_after - event.attendance_before
    yield Contribution(event.unit_id, event.held_on, difference)


def _withdrawn(event: SessionWithdrawnV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.held_on, -event.attendance)


SESSION_ATTENDANCES = Indicator(
    code="session_attendances",
    name_vi="Lượt người tham gia các buổi tuyên truyền, phát động",
    name_en="Attendances at sessions",
    unit_of_count="lượt",
    unit_of_count_en="attendances",
    kind="flow",
    numerator="Attendances of the sessions held, as last corrected.",
    counted_on="day on which the session was held",
    legal_source="Practice of movement reports (ACT.ATTEND); Nghị định 06/2014",
    counts={
        SessionHeldV1: _held,
        SessionCorrectedV1: _corrected,
        SessionWithdrawnV1: _withdrawn,
    },
)
