"""What may happen to a plan of reorganisation: drafted, decided, executed, undone."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import reorganisation_errors as errors
from services.registry.domain.dependant_kinds import DependantKind
from services.registry.domain.reorganisation_plan import (
    NewUnit,
    Operation,
    OperationKind,
    PlanContent,
)
from services.registry.domain.unit import UndoReason

MOST_PARTS: Final = 40_000


class Decree(NamedTuple):
    """The act that orders the reorganisation."""

    number: str
    dated: date
    issuer: str


class ReorganisationState(enum.StrEnum):
    """How far a plan has come."""

    DRAFT = "draft"
    EXECUTED = "executed"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"


class Decision(NamedTuple):
    """Which unit takes over one dependant of a divided unit.

    The id of a group is that of the unit: it is kept as a whole.
    """

    kind: DependantKind
    dependant_id: UUID
    successor_id: UUID


class Made(NamedTuple):
    """One change of a unit that the execution made, by its version there."""

    unit_id: UUID
    version: int
    established: bool


class Reorganisation(Aggregate):
    """A plan under one decree: what it does to units on one day, as one act."""

    TOPIC = "registry.reorganisation"

    class Event(Aggregate.Event):
        TOPIC = "registry.reorganisation.event"

    class Drafted(Event, AggregateCreated):
        TOPIC = "registry.reorganisation.drafted"
        unit_id: UUID
        unit_path: str
        decree_number: str
        decree_date: date
        issuer: str
        effective_on: date

    class OperationsPlanned(Event):
        TOPIC = "registry.reorganisation.operations_planned"
        new_units: list[NewUnit]
        operations: list[Operation]

    class DependantsDecided(Event):
        TOPIC = "registry.reorganisation.dependants_decided"
        decisions: list[Decision]

    class Withdrawn(Event):
        TOPIC = "registry.reorganisation.withdrawn"

    class Executed(Event):
        TOPIC = "registry.reorganisation.executed"
        effective_on: date
        decree_number: str
        established: int
        abolished: int
        changed: int
        made: list[Made]
        areas: list[UUID]
        # Forces of divided units that go on in another one.
        forces: tuple[UUID, ...] = ()

    class Undone(Event):
        TOPIC = "registry.reorganisation.undone"
        reason: UndoReason

    @classmethod
    def draft(
        cls,
        reorganisation_id: UUID,
        *,
        unit_id: UUID,
        unit_path: str,
        decree: Decree,
        effective_on: date,
    ) -> "Reorganisation":
        """Begin a plan for a part of the country."""
        return cls._create(
            cls.Drafted,
            id=reorganisation_id,
            unit_id=unit_id,
            unit_path=unit_path,
            decree_number=decree.number,
            decree_date=decree.dated,
            issuer=decree.issuer,
            effective_on=effective_on,
        )

    @event(Drafted)
    def __init__(
        self,
        *,
        unit_id: UUID,
        decree_number: str,
        decree_date: date,
        effective_on: date,
    ) -> None:
        self.unit_id = unit_id
        self.decree_number = decree_number
        self.decree_date = decree_date
        self.effective_on = effective_on
        self.state = ReorganisationState.DRAFT
        self.new_units: dict[UUID, NewUnit] = {}
        self.operations: list[Operation] = []
        # How each unit ends: whole to one, in parts, or to nobody.
        self.endings: dict[UUID, OperationKind] = {}
        self.decisions: dict[tuple[DependantKind, UUID], UUID] = {}
        self.made: list[Made] = []
        self.areas: list[UUID] = []
        self.forces: tuple[UUID, ...] = ()

    @property
    def content(self) -> PlanContent:
        """Everything that the plan says."""
        return PlanContent(
            self.effective_on, tuple(self.new_units.values()), tuple(self.operations)
        )

    def plan(
        self, new_units: Sequence[NewUnit], operations: Sequence[Operation]
    ) -> None:
        """Add to the draft.

        Raises ReorganisationNotDraft, PlanTooLarge, NewUnitTwice, UnitPassedTwice.
        """
        self._refuse_no_draft()
        parts = len(self.new_units) + len(self.operations)
        if parts + len(new_units) + len(operations) > MOST_PARTS:
            raise errors.PlanTooLarge(most=MOST_PARTS)
        for number, new in enumerate(new_units):
            if new.unit_id in self.new_units:
                field = f"$.new_units[{number}].code"
                raise errors.NewUnitTwice(field=field, new=new.code)
        self._refuse_second_end(operations)
        self.trigger_event(
            self.OperationsPlanned,
            new_units=list(new_units),
            operations=list(operations),
        )

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Say who takes dependants over; a later word stands.

        Raises ReorganisationNotDraft.
        """
        self._refuse_no_draft()
        self.trigger_event(self.DependantsDecided, decisions=list(decisions))

    def withdraw(self) -> None:
        """Put the draft away. Raises ReorganisationNotDraft."""
        self._refuse_no_draft()
        self.trigger_event(self.Withdrawn)

    def execute(
        self,
        made: Sequence[Made],
        areas: Sequence[UUID],
        forces: Sequence[UUID],
        *,
        abolished: int,
        changed: int,
    ) -> None:
        """Note the act with all that it made; `changed` counts no word on custody.

        Raises ReorganisationNotDraft, PlanEmpty.
        """
        self.require_executable()
        established = sum(one.established for one in made)
        self.trigger_event(
            self.Executed,
            effective_on=self.effective_on,
            decree_number=self.decree_number,
            established=established,
            abolished=abolished,
            changed=changed,
            made=list(made),
            areas=list(areas),
            forces=tuple(forces),
        )

    def undo(self, reason: UndoReason) -> None:
        """Note that all of it was taken back. Raises ReorganisationNotExecuted."""
        self.require_executed()
        self.trigger_event(self.Undone, reason=reason)

    def require_executable(self) -> None:
        """Let a draft with operations pass.

        Raises ReorganisationNotDraft, PlanEmpty.
        """
        self._refuse_no_draft()
        if not self.operations:
            raise errors.PlanEmpty

    def require_executed(self) -> None:
        """Let an executed plan pass. Raises ReorganisationNotExecuted."""
        if self.state is not ReorganisationState.EXECUTED:
            raise errors.ReorganisationNotExecuted(state=self.state.value)

    def _refuse_no_draft(self) -> None:
        if self.state is not ReorganisationState.DRAFT:
            raise errors.ReorganisationNotDraft(state=self.state.value)

    def _refuse_second_end(self, operations: Sequence[Operation]) -> None:
        ends = dict(self.endings)
        for number, operation in enumerate(operations):
            for unit_id in _ended_by(operation):
                before = ends.get(unit_id)
                # Several splits of one unit add up; everything else is said once.
                in_parts = before is OperationKind.SPLIT is operation.kind
                if before is not None and not in_parts:
                    field = f"$.operations[{number}]"
                    raise errors.UnitPassedTwice(field=field, unit_id=unit_id)
                ends[unit_id] = operation.kind

    @event(OperationsPlanned)
    def _take_in(self, new_units: list[NewUnit], operations: list[Operation]) -> None:
        self.new_units.update((new.unit_id, new) for new in new_units)
        self.operations.extend(operations)
        self.endings.update(
            (unit_id, operation.kind)
            for operation in operations
            for unit_id in _ended_by(operation)
        )

    @event(DependantsDecided)
    def _note(self, decisions: list[Decision]) -> None:
        self.decisions.update(
            ((d.kind, d.dependant_id), d.successor_id) for d in decisions
        )

    @event(Withdrawn)
    def _put_away(self) -> None:
        self.state = ReorganisationState.WITHDRAWN

    @event(Executed)
    def _carry_out(
        self, made: list[Made], areas: list[UUID], forces: tuple[UUID, ...]
    ) -> None:
        self.state = ReorganisationState.EXECUTED
        self.made = made
        self.areas = areas
        self.forces = forces

    @event(Undone)
    def _take_back(self) -> None:
        self.state = ReorganisationState.UNDONE


def _ended_by(operation: Operation) -> list[UUID]:
    living = {
        OperationKind.RENAME,
        OperationKind.RETYPE,
        OperationKind.PARTIAL_TRANSFER,
    }
    return [] if operation.kind in living else operation.unit_ids
