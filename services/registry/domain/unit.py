"""What may happen to an administrative unit; the import decides here."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import errors
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


class Unit(Aggregate):
    """One unit version: the code it bears, its place, its life, who came after.

    Codes were reused, so a new bearer of a code is another unit.
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

    class Retyped(Event):
        TOPIC = "registry.unit.retyped"
        effective_on: date
        unit_type: str
        name: str
        legal_basis: str | None

    class Renamed(Event):
        TOPIC = "registry.unit.renamed"
        effective_on: date
        unit_type: str
        name: str
        bare_name: str
        legal_basis: str | None

    class Abolished(Event):
        TOPIC = "registry.unit.abolished"
        valid_to: date
        legal_basis: str | None
        successors: list[Heir]

    @classmethod
    def establish(cls, unit_id: UUID, facts: UnitFacts) -> "Unit":
        """Begin a unit under the id that the contract derives for it."""
        return cls._create(cls.Established, id=unit_id, **facts._asdict())

    @event(Established)
    def __init__(self, *, unit_type: str, path: str, valid_from: date | None) -> None:
        self.unit_type = unit_type
        self.path = path
        self.valid_from = valid_from
        self.valid_to: date | None = None
        self.changed_on = valid_from

    def retype(
        self, *, effective_on: date, unit_type: str, name: str, legal_basis: str | None
    ) -> None:
        """Give another type. Raises UnitAlreadyAbolished, UnitChangeOutOfOrder."""
        self._refuse_day(effective_on)
        self.trigger_event(
            self.Retyped,
            effective_on=effective_on,
            unit_type=unit_type,
            name=name,
            legal_basis=legal_basis,
        )

    def rename(
        self, *, effective_on: date, name: str, bare_name: str, legal_basis: str | None
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
        )

    def abolish(
        self, *, valid_to: date, legal_basis: str | None, successors: list[Heir]
    ) -> None:
        """End the unit. Raises UnitAlreadyAbolished, UnitChangeOutOfOrder."""
        self._refuse_day(valid_to)
        self.trigger_event(
            self.Abolished,
            valid_to=valid_to,
            legal_basis=legal_basis,
            successors=successors,
        )

    def _refuse_day(self, day: date) -> None:
        if self.valid_to is not None:
            raise errors.UnitAlreadyAbolished(unit_id=self.id)
        if self.changed_on is not None and day <= self.changed_on:
            raise errors.UnitChangeOutOfOrder(unit_id=self.id, day=day)

    @event(Retyped)
    def _bear_type(self, effective_on: date, unit_type: str) -> None:
        self.changed_on = effective_on
        self.unit_type = unit_type

    @event(Renamed)
    def _bear_name(self, effective_on: date) -> None:
        self.changed_on = effective_on

    @event(Abolished)
    def _end(self, valid_to: date) -> None:
        self.valid_to = valid_to
