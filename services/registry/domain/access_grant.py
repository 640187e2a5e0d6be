"""What may happen to a right that one person hands on to another, for a time."""

import enum
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.chassis.identity import Holding
from services.registry.domain import access_errors as errors
from services.registry.domain.roles import Role


class GrantState(enum.StrEnum):
    """Where a grant stands; whether its days have come is asked beside it."""

    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"


class RevocationReason(enum.StrEnum):
    """Why a grant was taken back before its end."""

    NO_LONGER_NEEDED = "no_longer_needed"
    LEFT_OFFICE = "left_office"
    MISUSE = "misuse"
    MISTAKE = "mistake"


class GrantTerms(NamedTuple):
    """What is to be handed on: to whom, where, from when until the last day."""

    subject: str
    role: Role
    unit_id: UUID
    unit_path: str
    first_day: date
    last_day: date


class AccessGrant(Aggregate):
    """One role of one subject in one unit's area, for some days."""

    TOPIC = "registry.access_grant"

    class Event(Aggregate.Event):
        TOPIC = "registry.access_grant.event"

    class Granted(Event, AggregateCreated):
        TOPIC = "registry.access_grant.granted"
        subject: str
        role: str
        unit_id: UUID
        unit_path: str
        first_day: date
        last_day: date
        granted_by: str
        needs_approval: bool
        # Those of the role on that day; none in the facts of before they were kept.
        scopes: tuple[str, ...] = ()

    class Approved(Event):
        TOPIC = "registry.access_grant.approved"
        approved_by: str

    class Revoked(Event):
        TOPIC = "registry.access_grant.revoked"
        revoked_on: date
        revoked_by: str
        reason: str

    @classmethod
    def grant(
        cls,
        grant_id: UUID,
        terms: GrantTerms,
        *,
        giver: str,
        held: Iterable[Holding],
        today: date,
    ) -> "AccessGrant":
        """Hand a role on; ``held`` is what the giver has in an area with the unit.

        Raises GrantToYourself, GrantDaysCrossed, GrantNotYours, GrantTooLong.
        """
        if terms.subject == giver:
            raise errors.GrantToYourself(field="$.subject")
        if terms.last_day < max(terms.first_day, today):
            raise errors.GrantDaysCrossed(field="$.last_day", last_day=terms.last_day)
        latest = terms.first_day + timedelta(terms.role.longest_days - 1)
        for scope in sorted(terms.role.scopes):
            latest = min(latest, _held_until(scope, held, latest))
        if terms.last_day > latest:
            raise errors.GrantTooLong(field="$.last_day", latest=latest)
        return cls._create(
            cls.Granted,
            id=grant_id,
            subject=terms.subject,
            role=terms.role.code,
            unit_id=terms.unit_id,
            unit_path=terms.unit_path,
            first_day=terms.first_day,
            last_day=terms.last_day,
            granted_by=giver,
            needs_approval=terms.role.sensitive,
            scopes=tuple(sorted(terms.role.scopes)),
        )

    @event(Granted)
    def __init__(
        self, *, subject: str, role: str, unit_id: UUID, granted_by: str,
        needs_approval: bool,
    ) -> None:  # fmt: skip
        self.subject = subject
        self.role = role
        self.unit_id = unit_id
        self.granted_by = granted_by
        self.state = GrantState.PENDING if needs_approval else GrantState.ACTIVE
        self.revoked_on: date | None = None

    def approve(self, approver: str) -> None:
        """Let a sensitive grant count. Raises GrantNotPending, GrantToYourself."""
        if self.state is not GrantState.PENDING:
            raise errors.GrantNotPending
        if approver in {self.subject, self.granted_by}:
            raise errors.GrantToYourself(field="$.grant_id")
        self.trigger_event(self.Approved, approved_by=approver)

    def revoke(self, by: str, reason: RevocationReason, *, today: date) -> None:
        """Take the grant back from today on. Raises GrantRevoked."""
        if self.revoked_on is not None:
            raise errors.GrantRevoked(revoked_on=self.revoked_on)
        self.trigger_event(
            self.Revoked, revoked_on=today, revoked_by=by, reason=reason.value
        )

    @event(Approved)
    def _count(self) -> None:
        self.state = GrantState.ACTIVE

    @event(Revoked)
    def _end(self, revoked_on: date) -> None:
        self.state = GrantState.REVOKED
        self.revoked_on = revoked_on


def _held_until(scope: str, held: Iterable[Holding], bound: date) -> date:
    """Return until when a scope is held, at most the bound. Raises GrantNotYours."""
    ends = [one.until or bound for one in held if scope in one.scopes]
    if not ends:
        raise errors.GrantNotYours(field="$.role", scope=scope)
    return max(ends)
