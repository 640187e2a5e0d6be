"""What a grant lets happen: only what is held, for a time, by two people."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import uuid4

import pytest

from services.chassis.identity import Holding
from services.registry.domain import access_errors as errors
from services.registry.domain.access_grant import (
    AccessGrant,
    GrantTerms,
    RevocationReason,
)
from services.registry.domain.roles import ROLES, Role
from tests.support.scenario import scenario

TODAY: Final = date(2026, 11, 25)
UNIT: Final = uuid4()
CLERK: Final = ROLES["roster_clerk"]
KEEPER: Final = ROLES["people_keeper"]
EVERYTHING: Final = frozenset().union(*(role.scopes for role in ROLES.values()))
Step = Callable[[AccessGrant], object]


def a_grant(
    role: Role = CLERK,
    *,
    subject: str = "clerk",
    first: date = TODAY,
    last: date = date(2026, 12, 31),
    held: frozenset[str] = EVERYTHING,
    until: date | None = None,
) -> AccessGrant:
    terms = GrantTerms(subject, role, UNIT, "VN.19-2025", first, last)
    holding = Holding(held, UNIT, until)
    return AccessGrant.grant(uuid4(), terms, giver="head", held=[holding], today=TODAY)


def approve(by: str) -> Step:
    return lambda grant: grant.approve(by)


def revoke(by: str = "head") -> Step:
    return lambda grant: grant.revoke(by, RevocationReason.LEFT_OFFICE, today=TODAY)


def test_a_plain_role_counts_at_once_and_a_sensitive_one_waits() -> None:
    """Names and numbers of people need a second person's word."""
    assert "active" == a_grant().state
    assert "pending" == a_grant(KEEPER).state


@pytest.mark.parametrize("missing", sorted(CLERK.scopes))
def test_nobody_hands_on_what_it_does_not_hold(missing: str) -> None:
    """Each scope of the role has to be held; the first that is not is named."""
    with pytest.raises(errors.GrantNotYours) as refused:
        a_grant(held=CLERK.scopes - {missing})
    assert {"scope": missing} == refused.value.params


def test_a_grant_does_not_outlast_its_givers_own_or_its_role() -> None:
    """The earlier of both ends is the latest day that can be given."""
    with pytest.raises(errors.GrantTooLong) as by_giver:
        a_grant(last=date(2026, 12, 2), until=date(2026, 12, 1))
    assert {"latest": date(2026, 12, 1)} == by_giver.value.params
    assert a_grant(last=date(2026, 12, 1), until=date(2026, 12, 1))
    with pytest.raises(errors.GrantTooLong) as by_role:
        a_grant(KEEPER, last=date(2027, 2, 25))
    assert {"latest": date(2027, 2, 24)} == by_role.value.params
    assert a_grant(KEEPER, last=date(2027, 2, 24))


def test_nobody_grants_to_itself_or_for_days_that_are_over() -> None:
    """A second account, and days from today on."""
    with pytest.raises(errors.GrantToYourself):
        a_grant(subject="head")
    with pytest.raises(errors.GrantDaysCrossed):
        a_grant(first=date(2026, 1, 1), last=date(2026, 11, 24))
    with pytest.raises(errors.GrantDaysCrossed):
        a_grant(first=date(2026, 12, 5), last=date(2026, 12, 4))


@pytest.mark.parametrize("who", ["head", "clerk"])
def test_the_second_person_is_neither_giver_nor_grantee(who: str) -> None:
    """Two pairs of eyes are two people."""
    scenario(a_grant(KEEPER)).when(approve(who)).then_refused(
        errors.GrantToYourself, "$.grant_id"
    )


def test_approval_is_given_once_and_only_where_it_is_waited_for() -> None:
    """Then the grant is active."""
    grant = a_grant(KEEPER)
    scenario(grant).when(approve("chief")).then(AccessGrant.Approved)
    assert "active" == grant.state
    scenario(grant).when(approve("chief")).then_refused(errors.GrantNotPending)
    scenario(a_grant()).when(approve("chief")).then_refused(errors.GrantNotPending)


def test_a_grant_is_taken_back_once() -> None:
    """From the day on it counts no more, approved or not."""
    scenario(a_grant(KEEPER)).when(revoke()).then(AccessGrant.Revoked).telling(
        revoked_on=TODAY, revoked_by="head", reason="left_office"
    )
    scenario(a_grant()).given(revoke()).when(revoke()).then_refused(errors.GrantRevoked)
