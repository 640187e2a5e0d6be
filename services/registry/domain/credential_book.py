"""What may happen to the badges and certificates of a commune: its book of them."""

import enum
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import care_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.values import Period


class CredentialKind(enum.StrEnum):
    """What Nghị định 40/2024 lets a member carry."""

    EMBLEM = "emblem"
    INSIGNIA = "insignia"
    BADGE = "badge"
    CERTIFICATE = "certificate"


class Replacement(enum.StrEnum):
    """How a credential is followed by another: handed in, or lost."""

    EXCHANGED = "exchanged"
    REISSUED = "reissued"


class RevocationGround(enum.StrEnum):
    """Why a credential is no more; LOST closes a recovery without the thing itself."""

    CEASED = "ceased"
    BREACH = "breach"
    ISSUED_WRONGLY = "issued_wrongly"
    LOST = "lost"


class Credential(NamedTuple):
    """One line of the book."""

    member_id: UUID
    kind: CredentialKind
    number: int
    issued_on: date
    ended_on: date | None = None


class CredentialBook(Aggregate):
    """All credentials of one commune; numbers run through a kind and never come back.

    The book is one aggregate because its rules are: a number once, one of each kind in
    a member's hand.
    """

    TOPIC = "registry.credential_book"

    class Event(Aggregate.Event):
        TOPIC = "registry.credential_book.event"

    class Opened(Event, AggregateCreated):
        TOPIC = "registry.credential_book.opened"
        unit_id: UUID
        unit_path: str

    class Issued(Event):
        TOPIC = "registry.credential.issued"
        credential_id: UUID
        member_id: UUID
        unit_id: UUID
        unit_path: str
        kind: str
        number: int
        issued_on: date

    class Replaced(Event):
        """The old one ended as the new one began; `how` tells exchange from reissue."""

        TOPIC = "registry.credential.replaced"
        credential_id: UUID
        replaces_id: UUID
        member_id: UUID
        unit_id: UUID
        unit_path: str
        kind: str
        number: int
        how: str
        replaced_on: date

    class Revoked(Event):
        TOPIC = "registry.credential.revoked"
        credential_id: UUID
        member_id: UUID
        ground: str
        revoked_on: date
        unit_id: UUID | None = None
        kind: str | None = None

    @classmethod
    def open(cls, book_id: UUID, unit_id: UUID, unit_path: str) -> "CredentialBook":
        """Begin the book of a commune."""
        return cls._create(cls.Opened, id=book_id, unit_id=unit_id, unit_path=unit_path)

    @event(Opened)
    def __init__(self, *, unit_id: UUID, unit_path: str) -> None:
        self.unit_id = unit_id
        self.unit_path = unit_path
        self.lines: dict[UUID, Credential] = {}

    def issue(
        self, credential_id: UUID, wanted: Credential, service: Period, *, today: date
    ) -> int:
        """Give a credential to a serving member; number 0 takes the next. Returns it.

        Raises DayInFuture, CredentialOutsideService, CredentialAlreadyHeld,
        CredentialNumberTaken.
        """
        refuse_future(wanted.issued_on, today, "$.issued_on")
        if not service.holds(wanted.issued_on):
            raise errors.CredentialOutsideService(
                field="$.issued_on", day=wanted.issued_on
            )
        if any(one.member_id == wanted.member_id for one in self._held(wanted.kind)):
            raise errors.CredentialAlreadyHeld(
                field="$.member_id", member_id=wanted.member_id, kind=wanted.kind.value
            )
        number = self._number(wanted.kind, wanted.number)
        self.trigger_event(
            self.Issued,
            credential_id=credential_id,
            member_id=wanted.member_id,
            unit_id=self.unit_id,
            unit_path=self.unit_path,
            kind=wanted.kind.value,
            number=number,
            issued_on=wanted.issued_on,
        )
        return number

    def replace(
        self,
        old: UUID,
        new: UUID,
        how: Replacement,
        number: int,
        *,
        on: date,
        today: date,
    ) -> int:
        """Let another credential of the same kind follow; returns its number.

        Raises CredentialUnknown, CredentialEnded, CredentialChangeOutOfOrder,
        DayInFuture, CredentialNumberTaken.
        """
        line = self._open_line(old, on, today, "$.replaced_on")
        taken = self._number(line.kind, number)
        self.trigger_event(
            self.Replaced,
            credential_id=new,
            replaces_id=old,
            member_id=line.member_id,
            unit_id=self.unit_id,
            unit_path=self.unit_path,
            kind=line.kind.value,
            number=taken,
            how=how.value,
            replaced_on=on,
        )
        return taken

    def revoke(
        self, credential_id: UUID, ground: RevocationGround, *, on: date, today: date
    ) -> None:
        """Take a credential back, or tell that it is gone.

        Raises CredentialUnknown, CredentialEnded, CredentialChangeOutOfOrder,
        DayInFuture.
        """
        line = self._open_line(credential_id, on, today, "$.revoked_on")
        self.trigger_event(
            self.Revoked,
            credential_id=credential_id,
            member_id=line.member_id,
            ground=ground.value,
            revoked_on=on,
            unit_id=self.unit_id,
            kind=line.kind.value,
        )

    def _held(self, kind: CredentialKind) -> Iterator[Credential]:
        return (
            one
            for one in self.lines.values()
            if one.kind is kind and one.ended_on is None
        )

    def _number(self, kind: CredentialKind, wanted: int) -> int:
        used = {one.number for one in self.lines.values() if one.kind is kind}
        if wanted in used:
            raise errors.CredentialNumberTaken(
                field="$.number", kind=kind.value, number=wanted
            )
        return wanted or max(used, default=0) + 1

    def _open_line(
        self, credential_id: UUID, on: date, today: date, field: str
    ) -> Credential:
        line = self.lines.get(credential_id)
        if line is None:
            raise errors.CredentialUnknown(
                field="$.credential_id", credential_id=credential_id
            )
        if line.ended_on is not None:
            raise errors.CredentialEnded(ended_on=line.ended_on)
        if on < line.issued_on:
            raise errors.CredentialChangeOutOfOrder(
                field=field, issued_on=line.issued_on
            )
        refuse_future(on, today, field)
        return line

    @event(Issued)
    def _enter(
        self,
        credential_id: UUID,
        member_id: UUID,
        kind: str,
        number: int,
        issued_on: date,
    ) -> None:
        self.lines[credential_id] = Credential(
            member_id, CredentialKind(kind), number, issued_on
        )

    @event(Replaced)
    def _follow(
        self,
        credential_id: UUID,
        replaces_id: UUID,
        member_id: UUID,
        kind: str,
        number: int,
        replaced_on: date,
    ) -> None:
        self.lines[replaces_id] = self.lines[replaces_id]._replace(ended_on=replaced_on)
        self.lines[credential_id] = Credential(
            member_id, CredentialKind(kind), number, replaced_on
        )

    @event(Revoked)
    def _end(self, credential_id: UUID, revoked_on: date) -> None:
        line = self.lines[credential_id]
        self.lines[credential_id] = line._replace(ended_on=revoked_on)
