"""What a quota allows on a day, and what may happen to the decision behind it."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import DomainError
from services.registry.domain import quota_errors as errors
from services.registry.domain.errors import DayInFuture, ForceTypeNotInForce
from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.quota import Ceiling, refuse_excess
from services.registry.domain.quota_decision import (
    QuotaDecision,
    QuotaLine,
    QuotaPaper,
    Reduction,
)
from services.registry.domain.values import Period
from tests.support.scenario import refused, scenario

TODAY: Final = date(2025, 5, 1)
FIRST: Final = date(2024, 7, 1)
COMMUNE, OTHER = uuid4(), uuid4()
Step = Callable[[QuotaDecision], object]


def a_decision(
    *lines: QuotaLine, effective_on: date = FIRST, quota_id: UUID | None = None
) -> QuotaDecision:
    return QuotaDecision.draft(
        quota_id or uuid4(),
        BY_QUOTA,
        (uuid4(), "VN.06-0"),
        lines or [QuotaLine(COMMUNE, "VN.06-0.058-0.01840-0", 3, 9)],
        effective_on=effective_on,
    )


def issue(*, on: date = date(2024, 6, 20), today: date = TODAY) -> Step:
    paper = QuotaPaper("12/QĐ-UBND", on, "province_committee")
    return lambda quota: quota.issue(paper, today=today)


def give_way(effective_on: date) -> Step:
    later = a_decision(effective_on=effective_on)
    return lambda quota: quota.give_way(later, "$.supersedes[0]")


def allow(
    teams: int, members: int, until: date = date(2025, 1, 1), unit: UUID = COMMUNE
) -> Step:
    planned = Reduction(unit, teams, members, until)
    return lambda quota: quota.plan_reduction(planned)


def test_a_decision_is_drafted_issued_and_superseded() -> None:
    """Each state is a fact; the later decision ends it on its own first day."""
    scenario(a_decision()).when(issue()).then(QuotaDecision.Issued)
    scenario(a_decision()).given(issue()).when(give_way(date(2025, 1, 1))).then(
        QuotaDecision.Superseded, superseded_on=date(2025, 1, 1)
    )


@pytest.mark.parametrize(
    ("before", "step", "refusal", "field"),
    [
        ([issue()], issue(), errors.QuotaAlreadyIssued, None),
        ([], issue(on=date(2025, 5, 2)), DayInFuture, "$.decided_on"),
        ([], issue(on=date(2024, 7, 2)), errors.QuotaDaysOutOfOrder, "$.decided_on"),
        ([], give_way(date(2025, 1, 1)), errors.QuotaNotIssued, "$.supersedes[0]"),
        ([issue(), give_way(date(2025, 1, 1))], give_way(date(2025, 2, 1)),
         errors.QuotaAlreadySuperseded, "$.supersedes[0]"),
        ([], allow(4, 12), errors.QuotaNotIssued, None),
        ([issue()], allow(2, 12), errors.ReductionBelowQuota, "$.members"),
        ([issue()], allow(3, 8), errors.ReductionBelowQuota, "$.members"),
        ([issue()], allow(4, 12, until=FIRST), errors.QuotaDaysOutOfOrder, "$.until"),
        ([issue()], allow(4, 12, unit=OTHER), errors.QuotaHasNoSuchUnit, "$.unit"),
    ],
)  # fmt: skip
def test_a_decision_refuses_what_is_out_of_turn(
    before: list[Step], step: Step, refusal: type[DomainError], field: str | None
) -> None:
    """Drafts bind nobody, a decision is replaced once, and only by a later one."""
    scenario(a_decision()).given(*before).when(step).then_refused(refusal, field)


def test_a_decision_gives_way_to_none_that_was_before_it() -> None:
    """Of the same day the other takes its whole place; of an earlier day none."""
    later = a_decision(effective_on=date(2025, 1, 1))
    scenario(later).given(issue()).when(give_way(date(2025, 1, 1))).then(
        QuotaDecision.Superseded, superseded_on=date(2025, 1, 1)
    )
    other = a_decision(effective_on=date(2025, 1, 1))
    scenario(other).given(issue()).when(give_way(FIRST)).then_refused(
        errors.QuotaDaysOutOfOrder, "$.supersedes[0]"
    )


@pytest.mark.parametrize(
    ("lines", "day", "refusal", "field"),
    [
        ([QuotaLine(COMMUNE, "VN", 1, 3), QuotaLine(COMMUNE, "VN", 2, 6)], FIRST,
         errors.QuotaUnitTwice, "$.lines[1].unit"),
        ([QuotaLine(COMMUNE, "VN", 3, 2)], FIRST, errors.FewerMembersThanTeams,
         "$.lines[0].members"),
        ([QuotaLine(COMMUNE, "VN", 3, 9)], date(2024, 6, 30), ForceTypeNotInForce,
         "$.effective_on"),
    ],
)  # fmt: skip
def test_no_draft_contradicts_itself_or_the_law(
    lines: list[QuotaLine], day: date, refusal: type[DomainError], field: str
) -> None:
    """A commune stands once, a team has somebody, the law is in force."""
    refused(refusal, field, lambda: a_decision(*lines, effective_on=day))


QUOTA: Final = Ceiling(Period(FIRST, None), teams=3, members=2)
JULY, AUGUST, OCTOBER = FIRST, date(2024, 8, 1), date(2024, 10, 1)


def lives(*starts: date, end: date | None = None) -> list[Period]:
    return [Period(start, end) for start in starts]


def test_the_quota_is_reached_and_not_passed() -> None:
    """Two of two pass, the third is refused on its first day with both numbers."""
    refuse_excess("members", [QUOTA], lives(JULY, AUGUST), since=AUGUST)
    with pytest.raises(errors.QuotaExceeded) as caught:
        refuse_excess("members", [QUOTA], lives(JULY, JULY, AUGUST), since=AUGUST)
    assert {"day": AUGUST, "what": "members", "actual": 3, "allowed": 2} == (
        caught.value.params
    )


def test_who_ceased_leaves_a_place_on_that_very_day() -> None:
    """The first day without is the first day for another."""
    gone = lives(JULY, end=AUGUST)
    refuse_excess("members", [QUOTA], [*gone, *lives(JULY, AUGUST)], since=AUGUST)


def test_a_fact_told_late_has_to_fit_what_came_after_it() -> None:
    """On its own day there was room; on the day of a later enrolment there is not."""
    with pytest.raises(errors.QuotaExceeded) as caught:
        refuse_excess("members", [QUOTA], lives(JULY, AUGUST, OCTOBER), since=AUGUST)
    assert OCTOBER == caught.value.params["day"]


def test_the_latest_decision_in_force_counts() -> None:
    """A smaller number from October on refuses what August would allow."""
    smaller = Ceiling(Period(OCTOBER, None), teams=3, members=1)
    refuse_excess("members", [QUOTA, smaller], lives(OCTOBER), since=OCTOBER)
    with pytest.raises(errors.QuotaExceeded) as caught:
        refuse_excess("members", [QUOTA, smaller], lives(JULY, AUGUST), since=AUGUST)
    assert (OCTOBER, 1) == (caught.value.params["day"], caught.value.params["allowed"])


def test_before_the_first_decision_nothing_is_checked() -> None:
    """A commune without a number that day may have what it has."""
    later = Ceiling(Period(OCTOBER, None), teams=9, members=9)
    refuse_excess("teams", [later], lives(JULY, JULY, JULY), since=JULY)
    refuse_excess("teams", [], lives(JULY, JULY, JULY), since=JULY)


def test_a_roadmap_allows_more_until_its_end() -> None:
    """On the day on which it ends, the quota counts again."""
    planned = QUOTA._replace(reduced_by=OCTOBER, teams_meanwhile=3, members_meanwhile=3)
    for_a_while = lives(JULY, end=OCTOBER)
    refuse_excess(
        "members", [planned], [*lives(JULY, AUGUST), *for_a_while], since=AUGUST
    )
    with pytest.raises(errors.QuotaExceeded) as caught:
        refuse_excess("members", [planned], lives(JULY, JULY, AUGUST), since=AUGUST)
    assert OCTOBER == caught.value.params["day"]
