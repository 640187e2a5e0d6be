"""What may happen to a residential area (thôn, tổ dân phố, ấp …) of a commune."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import residential_area_errors as errors
from services.registry.domain.area_kinds import category_on, kind_on
from services.registry.domain.days import refuse_future


class AreaHeir(NamedTuple):
    """A residential area that took over the whole or a part of an ended one."""

    area_id: UUID
    whole: bool


class AreaTitle(NamedTuple):
    """What an area is called when it begins, under which number of its book."""

    number: int
    kind: str
    name: str


class AreaPlace(NamedTuple):
    """The commune of an area, as it is on the day of the fact."""

    unit_id: UUID
    path: str
    level: str


class ResidentialArea(Aggregate):
    """One area of a commune: its number there, kind, name, size and categories.

    It lies in the unit version of its first day. A unit that absorbs the commune whole
    covers it with all its areas; only a split says by a fact where each area goes.
    """

    TOPIC = "registry.residential_area"

    class Event(Aggregate.Event):
        TOPIC = "registry.residential_area.event"

    class Registered(Event, AggregateCreated):
        TOPIC = "registry.residential_area.registered"
        unit_id: UUID
        unit_path: str
        number: int
        kind: str
        name: str
        registered_on: date
        decision: str | None

    class Renamed(Event):
        TOPIC = "registry.residential_area.renamed"
        kind: str
        name: str
        effective_on: date
        decision: str | None

    class Retyped(Event):
        TOPIC = "registry.residential_area.retyped"
        kind: str
        name: str
        effective_on: date
        decision: str | None

    class Ended(Event):
        TOPIC = "registry.residential_area.ended"
        ended_on: date
        heirs: list[AreaHeir]
        decision: str | None

    class Reassigned(Event):
        TOPIC = "registry.residential_area.reassigned"
        unit_id: UUID
        unit_path: str
        effective_on: date
        decision: str | None

    class ReassignmentUndone(Event):
        TOPIC = "registry.residential_area.reassignment_undone"
        unit_id: UUID
        effective_on: date

    class FiguresReported(Event):
        TOPIC = "registry.residential_area.figures_reported"
        counted_on: date
        households: int
        people: int

    class CategoryGiven(Event):
        TOPIC = "registry.residential_area.category_given"
        category: str
        effective_on: date
        decision: str | None

    class CategoryLifted(Event):
        TOPIC = "registry.residential_area.category_lifted"
        category: str
        effective_on: date
        decision: str | None

    @classmethod
    def register(
        cls,
        area_id: UUID,
        place: AreaPlace,
        title: AreaTitle,
        *,
        on: date,
        decision: str | None,
    ) -> "ResidentialArea":
        """Begin an area under the number that its commune's book gave.

        Raises UnitHasNoAreas, AreaKindUnknown.
        """
        if place.level != "commune":
            raise errors.UnitHasNoAreas(field="$.unit", level=place.level)
        return cls._create(
            cls.Registered,
            id=area_id,
            unit_id=place.unit_id,
            unit_path=place.path,
            number=title.number,
            kind=kind_on(title.kind, on).code,
            name=title.name,
            registered_on=on,
            decision=decision,
        )

    @event(Registered)
    def __init__(
        self,
        *,
        unit_id: UUID,
        unit_path: str,
        kind: str,
        name: str,
        registered_on: date,
    ) -> None:
        self.registered_in = unit_id
        self.homes = [unit_id]
        self.unit_path = unit_path
        self.kind = kind
        self.name = name
        self.registered_on = registered_on
        self.changed_on = registered_on
        self.ended_on: date | None = None
        self.categories: dict[str, date] = {}
        self.lifted: dict[str, date] = {}

    @property
    def unit_id(self) -> UUID:
        """The unit in which the area lies by the last fact that stands."""
        return self.homes[-1]

    def rename(self, name: str, *, on: date, decision: str | None, today: date) -> None:
        """Give another name.

        Raises AreaEnded, DayInFuture, AreaChangeOutOfOrder, AreaUnchanged.
        """
        self._refuse_day(on, today)
        if name == self.name:
            raise errors.AreaUnchanged(field="$.name", since=self.changed_on)
        self.trigger_event(
            self.Renamed,
            kind=self.kind,
            name=name,
            effective_on=on,
            decision=decision,
        )

    def retype(self, kind: str, *, on: date, decision: str | None, today: date) -> None:
        """Give another kind; the id and the number stay.

        Raises AreaEnded, DayInFuture, AreaChangeOutOfOrder, AreaKindUnknown,
        AreaUnchanged.
        """
        self._refuse_day(on, today)
        if kind_on(kind, on).code == self.kind:
            raise errors.AreaUnchanged(field="$.kind", since=self.changed_on)
        self.trigger_event(
            self.Retyped,
            kind=kind,
            name=self.name,
            effective_on=on,
            decision=decision,
        )

    def end(
        self,
        heirs: Sequence[AreaHeir],
        *,
        on: date,
        decision: str | None,
        today: date,
    ) -> None:
        """End the area; `on` is the first day without it.

        Raises AreaEnded, DayInFuture, AreaChangeOutOfOrder, AreaIsOwnHeir.
        """
        self._refuse_day(on, today, "$.ended_on")
        if any(heir.area_id == self.id for heir in heirs):
            raise errors.AreaIsOwnHeir(field="$.heirs")
        self.trigger_event(
            self.Ended, ended_on=on, heirs=list(heirs), decision=decision
        )

    def reassign(
        self, unit_id: UUID, path: str, *, on: date, decision: str | None
    ) -> None:
        """Pass to one of the units into which its own was divided.

        Raises OutsideAreaLife.
        """
        self.require_alive(on, "$.effective_on")
        self.trigger_event(
            self.Reassigned,
            unit_id=unit_id,
            unit_path=path,
            effective_on=on,
            decision=decision,
        )

    def undo_reassignment(self, *, on: date) -> None:
        """Lie again where it lay before the reassignment of a day."""
        self.trigger_event(
            self.ReassignmentUndone, unit_id=self.homes[-2], effective_on=on
        )

    def report_figures(
        self, *, households: int, people: int, on: date, today: date
    ) -> None:
        """Note how many live there on a day; a later word on a day stands.

        Raises DayInFuture, OutsideAreaLife.
        """
        refuse_future(on, today, "$.counted_on")
        self.require_alive(on, "$.counted_on")
        self.trigger_event(
            self.FiguresReported, counted_on=on, households=households, people=people
        )

    def give_category(
        self, category: str, *, on: date, decision: str | None, today: date
    ) -> None:
        """Count the area to a category of law from a day on.

        Raises DayInFuture, OutsideAreaLife, AreaCategoryUnknown, AreaUnchanged,
        AreaChangeOutOfOrder.
        """
        refuse_future(on, today, "$.effective_on")
        self.require_alive(on, "$.effective_on")
        word = category_on(category, on)
        if word.code in self.categories:
            since = self.categories[word.code]
            raise errors.AreaUnchanged(field="$.category", since=since)
        lifted = self.lifted.get(word.code)
        if lifted is not None and on < lifted:
            raise errors.AreaChangeOutOfOrder(
                field="$.effective_on", day=on, changed_on=lifted
            )
        self.trigger_event(
            self.CategoryGiven, category=category, effective_on=on, decision=decision
        )

    def lift_category(
        self, category: str, *, on: date, decision: str | None, today: date
    ) -> None:
        """Count it to the category no more. Raises DayInFuture, AreaCategoryNotHeld."""
        refuse_future(on, today, "$.effective_on")
        since = self.categories.get(category)
        if since is None or on <= since:
            raise errors.AreaCategoryNotHeld(
                field="$.category", category=category, day=on
            )
        self.trigger_event(
            self.CategoryLifted, category=category, effective_on=on, decision=decision
        )

    def require_alive(self, day: date, field: str) -> None:
        """Let a day of the area's life pass. Raises OutsideAreaLife."""
        if day < self.registered_on or (self.ended_on and day >= self.ended_on):
            raise errors.OutsideAreaLife(field=field, day=day)

    def _refuse_day(
        self, day: date, today: date, field: str = "$.effective_on"
    ) -> None:
        if self.ended_on is not None:
            raise errors.AreaEnded(ended_on=self.ended_on)
        refuse_future(day, today, field)
        if day <= self.changed_on:
            raise errors.AreaChangeOutOfOrder(
                field=field, day=day, changed_on=self.changed_on
            )

    @event(Renamed)
    def _bear_name(self, name: str, effective_on: date) -> None:
        self.name = name
        self.changed_on = effective_on

    @event(Retyped)
    def _bear_kind(self, kind: str, effective_on: date) -> None:
        self.kind = kind
        self.changed_on = effective_on

    @event(Reassigned)
    def _move(self, unit_id: UUID) -> None:
        self.homes.append(unit_id)

    @event(ReassignmentUndone)
    def _move_back(self) -> None:
        self.homes.pop()

    @event(Ended)
    def _end(self, ended_on: date) -> None:
        self.ended_on = ended_on

    @event(FiguresReported)
    def _count(self, counted_on: date) -> None:
        self.counted_on = counted_on

    @event(CategoryGiven)
    def _take_up(self, category: str, effective_on: date) -> None:
        self.categories[category] = effective_on

    @event(CategoryLifted)
    def _let_go(self, category: str, effective_on: date) -> None:
        self.lifted[category] = effective_on
        del self.categories[category]
