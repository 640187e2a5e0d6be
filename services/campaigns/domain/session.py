"""Session: one gathering (buổi) of the movement, with its attendance."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.campaigns.domain.errors import (
    AttendanceOutOfRange,
    AttendanceUnchanged,
    ReasonUnknown,
    SessionKindUnknown,
    SessionWithdrawn,
)
from services.campaigns.domain.organisations import organisation_on
from services.campaigns.domain.values import (
    ATTENDANCE_LIMIT,
    CorrectionReason,
    SessionKind,
    WithdrawalReason,
    require_recordable_day,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What is told about a session; the unit is the one in force on its day."""

    session_id: UUID
    campaign_id: UUID | None
    unit_id: UUID
    unit_path: str
    held_on: date
    kind: str
    attendance: int
    organiser: str
    origin: str
    venue: str
    recorded_by: str


class Session(Aggregate):
    """One gathering; its attendance counts attendances, never distinct people."""

    TOPIC = "campaigns.session"

    class Event(Aggregate.Event):
        """Any fact of a session."""

        TOPIC = "campaigns.session.event"

    class Held(Event, AggregateCreated):
        """It took place."""

        TOPIC = "campaigns.session.held"

        campaign_id: UUID | None
        unit_id: UUID
        unit_path: str
        held_on: date
        kind: str
        attendance: int
        organiser: str
        origin: str
        venue: str
        recorded_by: str

    class Corrected(Event):
        """Its attendance was another one than recorded."""

        TOPIC = "campaigns.session.corrected"

        unit_id: UUID
        held_on: date
        attendance_before: int
        attendance_after: int
        reason_code: str
        recorded_by: str

    class Withdrawn(Event):
        """It must not count."""

        TOPIC = "campaigns.session.withdrawn"

        unit_id: UUID
        held_on: date
        attendance: int
        reason_code: str
        recorded_by: str

    def __init__(
        self,
        *,
        unit_id: UUID,
        held_on: date,
        attendance: int,
        organiser: str,
        **_: object,
    ) -> None:
        self.unit_id = unit_id
        self.held_on = held_on
        self.attendance = attendance
        self.organiser = organiser
        self.is_withdrawn = False

    @classmethod
    def hold(cls, facts: SessionFacts, today: date) -> Self:
        """Record a session that took place.

        Raises DayInFuture, DayBeforeRecords, SessionKindUnknown,
        AttendanceOutOfRange, OrganisationUnknown.
        """
        require_recordable_day(facts.held_on, today, "$.held_on")
        if facts.kind not in set(SessionKind):
            raise SessionKindUnknown(field="$.kind")
        _require_attendance(facts.attendance)
        organisation_on(facts.organiser, facts.held_on, "$.organiser")
        told = {field.name: getattr(facts, field.name) for field in fields(facts)}
        return cls._create(cls.Held, id=told.pop("session_id"), **told)

    def correct(self, attendance: int, reason: str, by: str) -> None:
        """Put the attendance right; before and after are both kept.

        Raises SessionWithdrawn, AttendanceOutOfRange, AttendanceUnchanged,
        ReasonUnknown.
        """
        self._require_counting()
        _require_attendance(attendance)
        if reason not in set(CorrectionReason):
            raise ReasonUnknown(field="$.reason_code")
        if attendance == self.attendance:
            raise AttendanceUnchanged(field="$.attendance", attendance=attendance)
        self.trigger_event(
            self.Corrected,
            unit_id=self.unit_id,
            held_on=self.held_on,
            attendance_before=self.attendance,
            attendance_after=attendance,
            reason_code=reason,
            recorded_by=by,
        )

    def withdraw(self, reason: str, by: str) -> None:
        """Take the session out of every count. Raises SessionWithdrawn, ReasonUnknown.

        It stays in the record; a session is withdrawn once.
        """
        self._require_counting()
        if reason not in set(WithdrawalReason):
            raise ReasonUnknown(field="$.reason_code")
        self.trigger_event(
            self.Withdrawn,
            unit_id=self.unit_id,
            held_on=self.held_on,
            attendance=self.attendance,
            reason_code=reason,
            recorded_by=by,
        )

    def _require_counting(self) -> None:
        if self.is_withdrawn:
            raise SessionWithdrawn(session_id=self.id)

    @event(Corrected)
    def _corrected(self, attendance_after: int) -> None:
        self.attendance = attendance_after

    @event(Withdrawn)
    def _withdrawn(self) -> None:
        self.is_withdrawn = True


def _require_attendance(attendance: int) -> None:
    if not 0 <= attendance <= ATTENDANCE_LIMIT:
        raise AttendanceOutOfRange(field="$.attendance", limit=ATTENDANCE_LIMIT)
