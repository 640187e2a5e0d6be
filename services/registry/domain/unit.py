"""What may happen to an administrative unit: the import and the commands ask here."""

import enum
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import unit_errors as errors
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.domain.values import Heir


class UnitFacts(NamedTuple):
    """What a unit is when it begins."""

    code: str
    level: str
    unit_type: str
    name: str
    bare_name: str
    parent_id: UUID | None
    path: str
    valid_from: date | None
    legal_basis: str | None
    decree_date: date | None = None


class UnitChangeKind(enum.StrEnum):
    """What happened to a unit after it began."""

    RENAMED = "renamed"
    RETYPED = "retyped"
    PART_TRANSFERRED = "part_transferred"
    ABOLISHED = "abolished"
    VOIDED = "voided"
    CUSTODY_PASSED = "custody_passed"


class UndoReason(enum.StrEnum):
    """Why a recorded change is taken back."""

    ENTERED_WRONGLY = "entered_wrongly"
    DECREE_WITHDRAWN = "decree_withdrawn"
    DECREE_POSTPONED = "decree_postponed"


class StandingChange(NamedTuple):
    """A change that has not been undone, and type and name borne since."""

    version: int
    kind: UnitChangeKind
    day: date | None
    unit_type: str
    bare_name: str


_ENDS = frozenset({UnitChangeKind.ABOLISHED, UnitChangeKind.VOIDED})
_DIVIDING = frozenset({UnitChangeKind.ABOLISHED, UnitChangeKind.PART_TRANSFERRED})


class Unit(Aggregate):
    """One unit version: the code it bears, its place, its life, who came after.

    Codes were reused, so a new bearer of a code is another unit. A change that proves
    wrong is undone by a further fact, by the version of the change; nothing is deleted.
    """

    TOPIC = "registry.unit"

    class Event(Aggregate.Event):
        TOPIC = "registry.unit.event"

    class Established(Event, AggregateCreated):
        TOPIC = "registry.unit.established"
        code: str
        level: str
        unit_type: str
        name: str
        bare_name: str
        parent_id: UUID | None
        path: str
        valid_from: date | None
        legal_basis: str | None
        decree_date: date | None = None

    class Retyped(Event):
        TOPIC = "registry.unit.retyped"
        effective_on: date
        unit_type: str
        name: str
        legal_basis: str | None
        decree_date: date | None = None

    class Renamed(Event):
        TOPIC = "registry.unit.renamed"
        effective_on: date
        unit_type: str
        name: str
        bare_name: str
        legal_basis: str | None
        decree_date: date | None = None

    class PartTransferred(Event):
        TOPIC = "registry.unit.part_transferred"
        effective_on: date
        to_unit_id: UUID
        legal_basis: str | None
        decree_date: date | None

    class Abolished(Event):
        TOPIC = "registry.unit.abolished"
        valid_to: date
        legal_basis: str | None
        successors: list[Heir]
        decree_date: date | None = None

    class ChangeUndone(Event):
        TOPIC = "registry.unit.change_undone"
        change_version: int
        change: UnitChangeKind
        reason: UndoReason
        legal_basis: str | None
        decree_date: date | None

    class Voided(Event):
        TOPIC = "registry.unit.voided"
        reason: UndoReason
        heirs: list[Heir]
        legal_basis: str | None
        decree_date: date | None

    class CustodyPassed(Event):
        TOPIC = "registry.unit.custody_passed"
        kind: DependantKind
        keeper_id: UUID
        effective_on: date
        legal_basis: str | None
        decree_date: date | None

    @classmethod
    def establish(cls, unit_id: UUID, facts: UnitFacts) -> "Unit":
        """Begin a unit under the id that the contract derives for it."""
        return cls._create(cls.Established, id=unit_id, **facts._asdict())

    @event(Established)
    def __init__(
        self, *, unit_type: str, bare_name: str, path: str, valid_from: date | None
    ) -> None:
        self.first_type = unit_type
        self.first_name = bare_name
        self.path = path
        self.valid_from = valid_from
        self.changes: tuple[StandingChange, ...] = ()

    @property
    def unit_type(self) -> str:
        """The type borne after the last change that stands."""
        return self.changes[-1].unit_type if self.changes else self.first_type

    @property
    def bare_name(self) -> str:
        """The name without its kind, borne after the last change that stands."""
        return self.changes[-1].bare_name if self.changes else self.first_name

    @property
    def valid_to(self) -> date | None:
        """The first day without the unit; None while no end is known."""
        return next((c.day for c in self.changes if c.kind in _ENDS), None)

    def retype(
        self,
        *,
        effective_on: date,
        unit_type: str,
        name: str,
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> None:
        """Give another type. Raises UnitAlreadyAbolished, UnitChangeOutOfOrder."""
        self._refuse_day(effective_on)
        self.trigger_event(
            self.Retyped,
            effective_on=effective_on,
            unit_type=unit_type,
            name=name,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )

    def rename(
        self,
        *,
        effective_on: date,
        name: str,
        bare_name: str,
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> None:
        """Give another name. Raises UnitAlreadyAbolished, UnitChangeOutOfOrder."""
        self._refuse_day(effective_on)
        self.trigger_event(
            self.Renamed,
            effective_on=effective_on,
            unit_type=self.unit_type,
            name=name,
            bare_name=bare_name,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )

    def transfer_part(
        self,
        *,
        effective_on: date,
        to_unit_id: UUID,
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> None:
        """Hand a part to another living unit; both stay.

        Raises UnitPartToItself, UnitAlreadyAbolished, UnitChangeOutOfOrder.
        """
        if to_unit_id == self.id:
            raise errors.UnitPartToItself(unit_id=self.id)
        self._refuse_day(effective_on)
        self.trigger_event(
            self.PartTransferred,
            effective_on=effective_on,
            to_unit_id=to_unit_id,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )

    def abolish(
        self,
        *,
        valid_to: date,
        legal_basis: str | None,
        successors: list[Heir],
        decree_date: date | None = None,
    ) -> None:
        """End the unit. Raises UnitAlreadyAbolished, UnitChangeOutOfOrder."""
        self._refuse_day(valid_to)
        self.trigger_event(
            self.Abolished,
            valid_to=valid_to,
            legal_basis=legal_basis,
            successors=successors,
            decree_date=decree_date,
        )

    def pass_custody(
        self,
        kind: DependantKind,
        *,
        keeper_id: UUID,
        effective_on: date,
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> None:
        """Say who keeps what of a kind is bound to the unit, since it was divided.

        A later word about the kind stands. Raises UnitKeepsItself, UnitNotDivided.
        """
        if keeper_id == self.id:
            raise errors.UnitKeepsItself(unit_id=self.id)
        days = {c.day for c in self.changes if c.kind in _DIVIDING}
        if effective_on not in days:
            raise errors.UnitNotDivided(unit_id=self.id, day=effective_on)
        self.trigger_event(
            self.CustodyPassed,
            kind=kind,
            keeper_id=keeper_id,
            effective_on=effective_on,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )

    def undo(
        self,
        version: int,
        *,
        reason: UndoReason,
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> StandingChange:
        """Take back a change, or the voiding, by its version; return what it was.

        The later changes go first, so that what stands is always what some decrees
        said. Raises DecreeNeeded, UnitChangeUnknown, UnitChangeFollowed.
        """
        _refuse_without_decree(reason, legal_basis, decree_date)
        found = next((c for c in self.changes if c.version == version), None)
        if found is None:
            raise errors.UnitChangeUnknown(unit_id=self.id, version=version)
        last = self.changes[-1]
        if last is not found:
            raise errors.UnitChangeFollowed(unit_id=self.id, later=last.version)
        self.trigger_event(
            self.ChangeUndone,
            change_version=version,
            change=found.kind,
            reason=reason,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )
        return found

    def void(
        self,
        *,
        reason: UndoReason,
        heirs: list[Heir],
        legal_basis: str | None,
        decree_date: date | None = None,
    ) -> None:
        """Take back the establishment: an empty life, still known by its id.

        Raises DecreeNeeded, UnitWithoutFirstDay, UnitAlreadyAbolished.
        """
        _refuse_without_decree(reason, legal_basis, decree_date)
        if self.valid_from is None:
            raise errors.UnitWithoutFirstDay(unit_id=self.id)
        self._refuse_ended()
        self.trigger_event(
            self.Voided,
            reason=reason,
            heirs=heirs,
            legal_basis=legal_basis,
            decree_date=decree_date,
        )

    def _refuse_ended(self) -> None:
        if any(c.kind in _ENDS for c in self.changes):
            raise errors.UnitAlreadyAbolished(unit_id=self.id)

    def _refuse_day(self, day: date) -> None:
        """Keep changes in order; one decree may make several on one day."""
        self._refuse_ended()
        begun = self.valid_from is None or self.valid_from < day
        before = self.changes[-1].day if self.changes else None
        if not begun or (before is not None and day < before):
            raise errors.UnitChangeOutOfOrder(unit_id=self.id, day=day)

    @event(Retyped)
    def _bear_type(self, effective_on: date, unit_type: str) -> None:
        self._stand(UnitChangeKind.RETYPED, effective_on, unit_type=unit_type)

    @event(Renamed)
    def _bear_name(self, effective_on: date, bare_name: str) -> None:
        self._stand(UnitChangeKind.RENAMED, effective_on, bare_name=bare_name)

    @event(PartTransferred)
    def _give_part(self, effective_on: date) -> None:
        self._stand(UnitChangeKind.PART_TRANSFERRED, effective_on)

    @event(Abolished)
    def _end(self, valid_to: date) -> None:
        self._stand(UnitChangeKind.ABOLISHED, valid_to)

    @event(Voided)
    def _never_begin(self) -> None:
        self._stand(UnitChangeKind.VOIDED, self.valid_from)

    @event(CustodyPassed)
    def _give_custody(self, effective_on: date) -> None:
        self._stand(UnitChangeKind.CUSTODY_PASSED, effective_on)

    @event(ChangeUndone)
    def _take_back(self, change_version: int) -> None:
        self.changes = tuple(c for c in self.changes if c.version != change_version)

    def _stand(
        self,
        kind: UnitChangeKind,
        day: date | None,
        *,
        unit_type: str | None = None,
        bare_name: str | None = None,
    ) -> None:
        # The version moves behind the event method: this change has the next one.
        change = StandingChange(
            self.version + 1,
            kind,
            day,
            unit_type or self.unit_type,
            bare_name or self.bare_name,
        )
        self.changes = (*self.changes, change)


def _refuse_without_decree(
    reason: UndoReason, legal_basis: str | None, decree_date: date | None
) -> None:
    """Let only a wrong entry be taken back without a decree."""
    told = legal_basis is not None and decree_date is not None
    if reason is not UndoReason.ENTERED_WRONGLY and not told:
        raise errors.DecreeNeeded(field="$.legal_basis", reason=reason.value)
