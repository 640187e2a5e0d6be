"""What may happen to a named hierarchy: another order of the same units, by days."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import hierarchy_errors as errors
from services.registry.domain.days import refuse_future
from services.unit_hierarchies.shape import (
    Administration,
    HierarchyBase,
    HierarchyShape,
    Placing,
)


class Basis(NamedTuple):
    """The document that a change of a hierarchy rests on."""

    number: str | None
    decided_on: date | None


class HierarchyHead(NamedTuple):
    """What a hierarchy is called, whose it is, and where unplaced units stand."""

    code: str
    name: str
    base: HierarchyBase
    owner_id: UUID
    owner_path: str


class Hierarchy(Aggregate):
    """A line of units beside administration: the police line, the Front, ad-hoc ones.

    It holds only what differs from its base: levels that it skips from a day on, units
    that stand elsewhere. A unit's placings come in the order of their days.
    """

    TOPIC = "registry.hierarchy"

    class Event(Aggregate.Event):
        TOPIC = "registry.hierarchy.event"

    class Defined(Event, AggregateCreated):
        TOPIC = "registry.hierarchy.defined"
        code: str
        name: str
        base: str
        owner_id: UUID
        owner_path: str
        valid_from: date | None
        decision: str | None
        decided_on: date | None

    class LevelSkipped(Event):
        TOPIC = "registry.hierarchy.level_skipped"
        level: str
        effective_on: date
        decision: str | None
        decided_on: date | None

    class LevelSkipWithdrawn(Event):
        TOPIC = "registry.hierarchy.level_skip_withdrawn"
        level: str

    class UnitPlaced(Event):
        TOPIC = "registry.hierarchy.unit_placed"
        unit_id: UUID
        parent_id: UUID | None
        effective_on: date
        decision: str | None
        decided_on: date | None

    class UnitReturned(Event):
        TOPIC = "registry.hierarchy.unit_returned"
        unit_id: UUID
        effective_on: date
        decision: str | None
        decided_on: date | None

    class PlacingWithdrawn(Event):
        TOPIC = "registry.hierarchy.placing_withdrawn"
        unit_id: UUID
        effective_on: date

    class Ended(Event):
        TOPIC = "registry.hierarchy.ended"
        ended_on: date
        decision: str | None
        decided_on: date | None

    @classmethod
    def define(
        cls,
        hierarchy_id: UUID,
        head: HierarchyHead,
        basis: Basis,
        *,
        valid_from: date | None,
        today: date,
    ) -> "Hierarchy":
        """Begin a hierarchy. Raises DayInFuture."""
        if valid_from is not None:
            refuse_future(valid_from, today, "$.valid_from")
        return cls._create(
            cls.Defined,
            id=hierarchy_id,
            **head._asdict(),
            valid_from=valid_from,
            decision=basis.number,
            decided_on=basis.decided_on,
        )

    @event(Defined)
    def __init__(
        self, *, code: str, base: str, owner_id: UUID, valid_from: date | None
    ) -> None:
        self.code = code
        self.base = HierarchyBase(base)
        self.owner_id = owner_id
        self.valid_from = valid_from
        self.ended_on: date | None = None
        self.skipped: dict[str, date] = {}
        self.placings: dict[UUID, tuple[Placing, ...]] = {}

    @property
    def shape(self) -> HierarchyShape:
        """The order of units that the facts so far make."""
        return HierarchyShape(self.base, self.skipped, self.placings)

    def skip_level(self, level: str, basis: Basis, *, on: date, today: date) -> None:
        """Do without a level from a day on.

        Raises HierarchyEnded, DayInFuture, OutsideHierarchyLife, LevelAlreadySkipped.
        """
        self._refuse_day(on, today)
        if level in self.skipped:
            raise errors.LevelAlreadySkipped(
                field="$.level",
                hierarchy=self.code,
                level=level,
                since=self.skipped[level],
            )
        self.trigger_event(
            self.LevelSkipped,
            level=level,
            effective_on=on,
            decision=basis.number,
            decided_on=basis.decided_on,
        )

    def withdraw_skip(self, level: str) -> None:
        """Take back a skip that was recorded wrongly.

        Raises HierarchyEnded, LevelNotSkipped.
        """
        self._refuse_ended()
        if level not in self.skipped:
            raise errors.LevelNotSkipped(
                field="$.level", hierarchy=self.code, level=level
            )
        self.trigger_event(self.LevelSkipWithdrawn, level=level)

    def place(
        self,
        unit_id: UUID,
        parent_id: UUID | None,
        units: Administration,
        basis: Basis,
        *,
        on: date,
        today: date,
    ) -> None:
        """Put a unit under another one, or (None) at the top, from a day on.

        Raises HierarchyEnded, DayInFuture, OutsideHierarchyLife, PlacementOutOfOrder,
        UnitNotOfHierarchy, HierarchyCycle.
        """
        self._refuse_day(on, today)
        self._refuse_order(unit_id, on)
        if self.shape.skips(units.level(unit_id), on):
            self._refuse_stranger(unit_id, on, "$.unit")
        if parent_id == unit_id:
            raise errors.HierarchyCycle(field="$.parent", unit_id=unit_id, day=on)
        if parent_id is not None and not self.shape.holds(parent_id, units, on):
            self._refuse_stranger(parent_id, on, "$.parent")
        placing = Placing(on, parent_id, returned=False)
        self._refuse_ring(unit_id, units, self._with(unit_id, placing), on)
        self.trigger_event(
            self.UnitPlaced,
            unit_id=unit_id,
            parent_id=parent_id,
            effective_on=on,
            decision=basis.number,
            decided_on=basis.decided_on,
        )

    def put_back(
        self,
        unit_id: UUID,
        units: Administration,
        basis: Basis,
        *,
        on: date,
        today: date,
    ) -> None:
        """Let a unit stand as in the base again, from a day on.

        Raises as `place` does, and UnitNotPlaced.
        """
        self._refuse_day(on, today)
        self._refuse_order(unit_id, on)
        if self.shape.placing(unit_id, on) is None:
            raise errors.UnitNotPlaced(field="$.unit", unit_id=unit_id)
        placing = Placing(on, None, returned=True)
        self._refuse_ring(unit_id, units, self._with(unit_id, placing), on)
        self.trigger_event(
            self.UnitReturned,
            unit_id=unit_id,
            effective_on=on,
            decision=basis.number,
            decided_on=basis.decided_on,
        )

    def withdraw_placing(self, unit_id: UUID, units: Administration) -> None:
        """Take back the last change of a unit's place, which was recorded wrongly.

        Raises HierarchyEnded, UnitNotPlaced, HierarchyCycle.
        """
        self._refuse_ended()
        placed = self.placings.get(unit_id, ())
        if not placed:
            raise errors.UnitNotPlaced(field="$.unit", unit_id=unit_id)
        day = placed[-1].effective_on
        without = self._placed(unit_id, placed[:-1])
        self._refuse_ring(unit_id, units, without, day)
        self.trigger_event(self.PlacingWithdrawn, unit_id=unit_id, effective_on=day)

    def end(self, basis: Basis, *, on: date, today: date) -> None:
        """End the hierarchy; its past stays.

        Raises HierarchyEnded, DayInFuture, OutsideHierarchyLife.
        """
        self._refuse_day(on, today)
        if self.shape.days_of_change(on)[1:]:
            raise errors.OutsideHierarchyLife(
                field="$.ended_on", hierarchy=self.code, day=on
            )
        self.trigger_event(
            self.Ended,
            ended_on=on,
            decision=basis.number,
            decided_on=basis.decided_on,
        )

    def _refuse_day(self, on: date, today: date) -> None:
        self._refuse_ended()
        refuse_future(on, today, "$.effective_on")
        if self.valid_from is not None and on < self.valid_from:
            raise errors.OutsideHierarchyLife(
                field="$.effective_on", hierarchy=self.code, day=on
            )

    def _refuse_ended(self) -> None:
        if self.ended_on is not None:
            raise errors.HierarchyEnded(hierarchy=self.code, ended_on=self.ended_on)

    def _refuse_order(self, unit_id: UUID, on: date) -> None:
        placed = self.placings.get(unit_id, ())
        if placed and on <= placed[-1].effective_on:
            raise errors.PlacementOutOfOrder(
                field="$.effective_on",
                unit_id=unit_id,
                last_on=placed[-1].effective_on,
            )

    def _refuse_stranger(self, unit_id: UUID, day: date, field: str) -> None:
        raise errors.UnitNotOfHierarchy(
            field=field, unit_id=unit_id, hierarchy=self.code, day=day
        )

    def _with(self, unit_id: UUID, placing: Placing) -> HierarchyShape:
        return self._placed(unit_id, (*self.placings.get(unit_id, ()), placing))

    def _placed(self, unit_id: UUID, placed: tuple[Placing, ...]) -> HierarchyShape:
        return self.shape._replace(placings={**self.placings, unit_id: placed})

    def _refuse_ring(
        self, unit_id: UUID, units: Administration, shape: HierarchyShape, since: date
    ) -> None:
        days = {*shape.days_of_change(since), *units.days_of_succession(since)}
        for day in sorted(days):
            if shape.closes_ring(unit_id, units, day):
                raise errors.HierarchyCycle(field="$.parent", unit_id=unit_id, day=day)

    @event(LevelSkipped)
    def _skip(self, level: str, effective_on: date) -> None:
        self.skipped = {**self.skipped, level: effective_on}

    @event(LevelSkipWithdrawn)
    def _skip_no_more(self, level: str) -> None:
        self.skipped = {one: day for one, day in self.skipped.items() if one != level}

    @event(UnitPlaced)
    def _place(self, unit_id: UUID, parent_id: UUID | None, effective_on: date) -> None:
        placed = self.placings.get(unit_id, ())
        placing = Placing(effective_on, parent_id, returned=False)
        self.placings[unit_id] = (*placed, placing)

    @event(UnitReturned)
    def _put_back(self, unit_id: UUID, effective_on: date) -> None:
        placed = self.placings.get(unit_id, ())
        self.placings[unit_id] = (*placed, Placing(effective_on, None, returned=True))

    @event(PlacingWithdrawn)
    def _withdraw(self, unit_id: UUID) -> None:
        self.placings[unit_id] = self.placings[unit_id][:-1]

    @event(Ended)
    def _end(self, ended_on: date) -> None:
        self.ended_on = ended_on
