"""What may happen to a tip, told as given, when, then."""

from collections.abc import Callable
from datetime import date, time
from typing import get_args
from uuid import UUID

import pytest

from services.chassis.clock import LOCAL_ZONE
from services.chassis.errors import DomainError
from services.contracts.tips import api, events
from services.tips.domain import errors, values
from services.tips.domain.tip import Tip
from services.tips.domain.values import Intake, Sealed, TriageOutcome

TIP = UUID("a3f5f1d0-98e4-4d0e-8f0c-0a4c0f7e1b52")
UNIT = UUID("0b7e6d5c-1f2a-4b3c-8d4e-5f6a7b8c9d0e")
TODAY = date(2023, 6, 1)
RECEIVED = date(2023, 3, 1)
Step = Callable[[Tip], object]


def received(**changes: object) -> Tip:
    intake = {
        "unit_id": UNIT,
        "unit_path": "VN.06-0",
        "category": "gambling",
        "channel": "phone_duty",
        "received_on": RECEIVED,
        "received_by": "receiver",
        "late_reason": "migrated",
    }
    sealed = Sealed(content=b"ct", source=None)
    return Tip.receive(TIP, Intake(**{**intake, **changes}), sealed, today=TODAY)


def triaged(
    outcome: str = "accepted",
    routed_to: str | None = None,
    on: date = date(2023, 3, 2),
    by: str = "triager",
) -> Step:
    return lambda tip: tip.triage(
        TriageOutcome(outcome), routed_to, on=on, by=by, today=TODAY
    )


def valued(
    by: str = "reviewer",
    on: date = date(2023, 3, 3),
    reason: str = "led_to_clearance",
    *,
    valuable: bool = True,
) -> Step:
    return lambda tip: tip.value(
        valuable=valuable, reason_code=reason, on=on, by=by, today=TODAY
    )


def read(tip: Tip) -> None:
    tip.read_content(purpose="triage", on=TODAY, by="triager")


def erased(tip: Tip) -> None:
    tip.erase(reason_code="unfounded", on=TODAY, by="reviewer")


def a_tip(*given: Step) -> Tip:
    tip = received()
    for step in given:
        step(tip)
    tip.collect_events()
    return tip


@pytest.mark.parametrize(
    ("given", "when", "then"),
    [
        ([], triaged(), Tip.Triaged),
        ([], triaged("routed_out", "to_cao"), Tip.Triaged),
        ([triaged()], valued(), Tip.Valued),
        ([triaged()], valued(valuable=False, reason="too_vague"), Tip.Valued),
        ([], read, Tip.ContentRead),
        ([triaged(), valued()], read, Tip.ContentRead),
        ([], erased, Tip.Erased),
        ([triaged("spam")], erased, Tip.Erased),
        ([triaged(), valued()], erased, Tip.Erased),
    ],
)
def test_a_step_that_may_follow_is_recorded(
    given: list[Step], when: Step, then: type
) -> None:
    """One command leaves one event of its kind."""
    tip = a_tip(*given)
    when(tip)
    assert [then] == [type(event) for event in tip.collect_events()]


@pytest.mark.parametrize(
    ("given", "when", "refusal"),
    [
        ([triaged()], triaged(), errors.TipAlreadyTriaged),
        ([erased], triaged(), errors.TipErased),
        ([], triaged("routed_out"), errors.RoutingDoesNotFit),
        ([], triaged("accepted", "to_cao"), errors.RoutingDoesNotFit),
        ([], triaged(on=date(2023, 2, 28)), errors.DayOutOfOrder),
        ([], triaged(on=date(2023, 6, 2)), errors.DayOutOfOrder),
        ([], valued(), errors.TipNotTriaged),
        ([triaged("spam")], valued(), errors.TipNotAccepted),
        ([triaged("insufficient")], valued(), errors.TipNotAccepted),
        ([triaged(), valued()], valued(), errors.TipAlreadyValued),
        ([triaged()], valued(by="receiver"), errors.AnotherOfficerNeeded),
        ([triaged()], valued(by="triager"), errors.AnotherOfficerNeeded),
        ([triaged()], valued(valuable=False), errors.ReasonDoesNotFit),
        ([triaged()], valued(reason="too_vague"), errors.ReasonDoesNotFit),
        ([triaged()], valued(on=date(2023, 3, 1)), errors.DayOutOfOrder),
        ([triaged()], valued(on=date(2023, 6, 2)), errors.DayOutOfOrder),
        ([triaged(), erased], valued(), errors.TipErased),
        ([erased], read, errors.TipErased),
        ([erased], erased, errors.TipErased),
    ],
)
def test_a_step_that_may_not_follow_is_refused(
    given: list[Step], when: Step, refusal: type[DomainError]
) -> None:
    """A refusal leaves no event."""
    tip = a_tip(*given)
    with pytest.raises(refusal):
        when(tip)
    assert [] == tip.collect_events()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"category": "religion"}, errors.CategoryOutOfScope),
        ({"category": "corruption"}, errors.CategoryOutOfScope),
        ({"received_on": date(2023, 6, 2)}, errors.ReceivedInFuture),
        ({"late_reason": None}, errors.LateReasonMissing),
    ],
)
def test_intake_refuses_only_scope_and_days(
    changes: dict[str, object], refusal: type[DomainError]
) -> None:
    """Nothing that a tip says can refuse it."""
    with pytest.raises(refusal):
        received(**changes)


def test_a_tip_of_today_needs_no_reason() -> None:
    """Only an earlier day has to be explained."""
    assert TODAY == received(received_on=TODAY, late_reason=None).received_on


def test_an_erased_tip_forgets_its_envelope() -> None:
    """The state in memory holds no ciphertext any more."""
    assert b"ct" == a_tip().content
    assert b"" == a_tip(erased).content


def test_events_carry_the_day_and_no_finer_time() -> None:
    """Every event of a tip is stamped with local midnight."""
    tip = received()
    for step in (triaged(), valued(), read, erased):
        step(tip)
    stamps = {e.timestamp.astimezone(LOCAL_ZONE).time() for e in tip.collect_events()}
    assert {time.min} == stamps


def test_the_closed_lists_are_the_same_in_contract_and_domain() -> None:
    """A word added on one side only would be refused or unpublishable."""
    assert set(get_args(events.Category)) == set(values.Category)
    assert set(get_args(events.TriageOutcome)) == set(values.TriageOutcome)
    assert set(get_args(api.TipState)) == set(values.TipState)
    reasons = values.REASONS_FOR_VALUE | values.REASONS_AGAINST_VALUE
    assert set(get_args(api.ValueReason)) == reasons
