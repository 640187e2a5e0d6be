"""Sessions: what is recorded, what is refused, what a correction keeps."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.campaigns.domain.errors import (
    AttendanceOutOfRange,
    AttendanceUnchanged,
    DayBeforeRecords,
    DayInFuture,
    OrganisationUnknown,
    ReasonUnknown,
    SessionKindUnknown,
    SessionWithdrawn,
)
from services.campaigns.domain.session import Session, SessionFacts
from services.chassis.mapper import EventMapper, project
from tests.support.scenario import Scenario, refused

TODAY = date(2023, 6, 1)
UNIT = UUID("11111111-1111-5111-8111-111111111111")


def hold(**other: Any) -> Session:
    told: dict[str, Any] = {
        "session_id": uuid4(),
        "campaign_id": None,
        "unit_id": UNIT,
        "unit_path": "VN.06-0.058-0.01840-0",
        "held_on": date(2023, 5, 31),
        "kind": "outreach",
        "attendance": 60,
        "organiser": "police",
        "origin": "own",
        "venue": "Nhà văn hóa",
        "recorded_by": "officer",
    }
    return Session.hold(SessionFacts(**told | other), TODAY)


def correct_to(attendance: int, reason: str = "miscounted") -> Any:
    return lambda session: session.correct(attendance, reason, "officer")


def withdraw(session: Session) -> None:
    session.withdraw("recorded_twice", "officer")


def test_session_of_today_is_taken() -> None:
    """The day of recording itself is not the future."""
    assert TODAY == hold(held_on=TODAY).held_on


def test_session_of_tomorrow_is_refused() -> None:
    """A session is recorded when it has been held."""
    refused(DayInFuture, "$.held_on", lambda: hold(held_on=date(2023, 6, 2)))


def test_session_before_the_movement_is_refused() -> None:
    """A day before 19 August 1945 is a slip of the pen."""
    refused(DayBeforeRecords, "$.held_on", lambda: hold(held_on=date(1945, 8, 18)))
    assert date(1945, 8, 19) == hold(held_on=date(1945, 8, 19)).held_on


@pytest.mark.parametrize("attendance", [-1, 100_001])
def test_impossible_attendance_is_refused(attendance: int) -> None:
    """No count is negative, none exceeds what a unit can gather."""
    refused(AttendanceOutOfRange, "$.attendance", lambda: hold(attendance=attendance))


@pytest.mark.parametrize("attendance", [0, 100_000])
def test_attendance_at_the_bounds_is_taken(attendance: int) -> None:
    """An empty hall is a fact too."""
    assert attendance == hold(attendance=attendance).attendance


def test_kind_outside_the_closed_list_is_refused() -> None:
    """Kinds are a closed list."""
    refused(SessionKindUnknown, "$.kind", lambda: hold(kind="meeting"))


def test_unknown_organiser_is_refused() -> None:
    """Organisers come from the dated list."""
    refused(OrganisationUnknown, "$.organiser", lambda: hold(organiser="bank"))


def test_organiser_is_looked_up_on_the_day_of_the_session() -> None:
    """The association of police veterans is on the list since 27 December 2022."""
    veterans = "police_veterans_association"
    assert hold(organiser=veterans, held_on=date(2022, 12, 27))
    refused(
        OrganisationUnknown,
        "$.organiser",
        lambda: hold(organiser=veterans, held_on=date(2022, 12, 26)),
    )


def test_correction_keeps_before_and_after() -> None:
    """Both figures stand in the event, with the unit and day for the counters."""
    scenario = Scenario(hold()).when(correct_to(58))
    scenario.then(
        Session.Corrected,
        attendance_before=60,
        attendance_after=58,
        unit_id=UNIT,
        held_on=date(2023, 5, 31),
        reason_code="miscounted",
    )


def test_second_correction_starts_from_the_first() -> None:
    """Before is what counted last."""
    scenario = Scenario(hold()).given(correct_to(58)).when(correct_to(61))
    scenario.then(Session.Corrected, attendance_before=58, attendance_after=61)


def test_correction_to_the_same_figure_is_refused() -> None:
    """A correction says something new."""
    Scenario(hold()).when(correct_to(60)).then_refused(
        AttendanceUnchanged, "$.attendance"
    )


def test_correction_below_zero_is_refused() -> None:
    """The bounds hold for corrections too."""
    Scenario(hold()).when(correct_to(-1)).then_refused(
        AttendanceOutOfRange, "$.attendance"
    )


def test_correction_without_a_listed_reason_is_refused() -> None:
    """Reasons are a closed list."""
    Scenario(hold()).when(correct_to(5, "because")).then_refused(
        ReasonUnknown, "$.reason_code"
    )


def test_withdrawal_carries_what_the_session_counted_last() -> None:
    """A counter subtracts the corrected attendance, not the first one."""
    scenario = Scenario(hold()).given(correct_to(58)).when(withdraw)
    scenario.then(Session.Withdrawn, attendance=58, unit_id=UNIT)


def test_session_is_withdrawn_once() -> None:
    """A second withdrawal would be subtracted twice."""
    Scenario(hold()).given(withdraw).when(withdraw).then_refused(SessionWithdrawn)


def test_withdrawn_session_is_not_corrected() -> None:
    """What does not count has no attendance to put right."""
    Scenario(hold()).given(withdraw).when(correct_to(1)).then_refused(SessionWithdrawn)


def test_withdrawal_without_a_listed_reason_is_refused() -> None:
    """Reasons are a closed list."""
    Scenario(hold()).when(lambda s: s.withdraw("", "officer")).then_refused(
        ReasonUnknown, "$.reason_code"
    )


def test_stored_session_comes_back_as_it_was() -> None:
    """State at rest and state in memory are the same."""
    session = hold()
    session.correct(5, "miscounted", "officer")
    withdraw(session)
    mapper = EventMapper([Session])
    rows = [mapper.to_row(event) for event in session.collect_events()]
    assert session == project(None, [mapper.to_event(*row) for row in rows])
