"""What may happen to a board, team or force and to those who serve in it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import errors
from services.registry.domain.force_errors import PostNotInForce
from services.registry.domain.force_types import (
    Counting,
    ForceType,
    refuse_other_counting,
)
from services.registry.domain.values import Ground, Period, Post


class Place(NamedTuple):
    """The administrative unit of a force unit, as it is on the day of the fact."""

    unit_id: UUID
    path: str
    unit_type: str
    life: Period


class Enrolment(NamedTuple):
    """One person about to serve; without a ``person_id`` it bears the member's id."""

    member_id: UUID
    post: Post
    enrolled_on: date
    person_id: UUID | None = None
    from_member_id: UUID | None = None


class Service(NamedTuple):
    """One person's service in the force unit."""

    post: Post
    enrolled_on: date
    ceased_on: date | None = None
    person_id: UUID | None = None


class ForceUnit(Aggregate):
    """A force in one unit with its roster: who served in which post from when to when.

    The roster lives here because its rules do: one leader at a time, nobody outside the
    life of the force. Names are not part of it.
    """

    TOPIC = "registry.force_unit"

    class Event(Aggregate.Event):
        TOPIC = "registry.force_unit.event"

    class Established(Event, AggregateCreated):
        TOPIC = "registry.force_unit.established"
        force_type: str
        unit_id: UUID
        unit_path: str
        name: str | None
        established_on: date

    class Disbanded(Event):
        TOPIC = "registry.force_unit.disbanded"
        force_type: str
        unit_id: UUID
        disbanded_on: date

    class MemberEnrolled(Event):
        TOPIC = "registry.member.enrolled"
        member_id: UUID
        force_type: str
        unit_id: UUID
        post: str
        enrolled_on: date
        # Absent where the person came with this very membership and bears its id.
        person_id: UUID | None = None
        # The service in a former force out of which the person was chosen.
        from_member_id: UUID | None = None

    class MemberCeased(Event):
        TOPIC = "registry.member.ceased"
        member_id: UUID
        force_type: str
        unit_id: UUID
        ceased_on: date
        ground: str

    class Consolidated(Event):
        TOPIC = "registry.force_unit.consolidated"
        force_type: str
        unit_id: UUID
        consolidated_on: date
        into: list[UUID]
        selected: int
        ceased: int

    class AreasAssigned(Event):
        TOPIC = "registry.force_unit.areas_assigned"
        force_type: str
        unit_id: UUID
        area_ids: list[UUID]
        assigned_on: date

    class HeadcountReported(Event):
        TOPIC = "registry.force_unit.headcount_reported"
        force_type: str
        unit_id: UUID
        counted_on: date
        members: int

    @classmethod
    def establish(
        cls,
        force_unit_id: UUID,
        force: ForceType,
        place: Place,
        *,
        name: str | None,
        on: date,
        today: date,
    ) -> "ForceUnit":
        """Set a force up.

        Raises DayInFuture, ForceTypeNotInForce, UnitDoesNotFitForceType.
        """
        refuse_future(on, today, "$.established_on")
        _refuse_outside_law(force, on, "$.established_on")
        if place.unit_type not in force.unit_types:
            raise errors.UnitDoesNotFitForceType(
                field="$.unit", force_type=force.code, unit_type=place.unit_type
            )
        return cls._create(
            cls.Established,
            id=force_unit_id,
            force_type=force.code,
            unit_id=place.unit_id,
            unit_path=place.path,
            name=name,
            established_on=on,
        )

    @event(Established)
    def __init__(
        self, *, force_type: str, unit_id: UUID, unit_path: str, established_on: date
    ) -> None:
        self.force_type = force_type
        self.unit_id = unit_id
        self.unit_path = unit_path
        self.established_on = established_on
        self.disbanded_on: date | None = None
        self.roster: dict[UUID, Service] = {}
        self.headcounts: dict[date, int] = {}
        self.area_ids: tuple[UUID, ...] = ()

    def enrol(
        self,
        people: Sequence[Enrolment],
        force: ForceType,
        unit_life: Period,
        *,
        today: date,
    ) -> None:
        """Take people in, all or none.

        Raises ForceUnitDisbanded, DayInFuture, OutsideForceUnitLife, OutsideUnitLife,
        ForceTypeNotInForce, PostNotInForce, LeaderAlreadyThere, RosterNotKept.
        """
        self.refuse_disbanded()
        refuse_other_counting(force, Counting.ROSTER)
        for number, person in enumerate(people):
            field = f"$.members[{number}]"
            day = person.enrolled_on
            refuse_future(day, today, f"{field}.enrolled_on")
            if day < self.established_on:
                raise errors.OutsideForceUnitLife(field=f"{field}.enrolled_on", day=day)
            if not unit_life.holds(day):
                raise errors.OutsideUnitLife(field=f"{field}.enrolled_on", day=day)
            _refuse_outside_law(force, day, f"{field}.enrolled_on")
            _refuse_post(force, person.post, f"{field}.post")
            if person.post is Post.LEADER and self._is_led_after(day):
                raise errors.LeaderAlreadyThere(field=f"{field}.post", day=day)
            self.trigger_event(
                self.MemberEnrolled,
                member_id=person.member_id,
                force_type=self.force_type,
                unit_id=self.unit_id,
                post=person.post.value,
                enrolled_on=day,
                person_id=person.person_id,
                from_member_id=person.from_member_id,
            )

    def cease(self, member_id: UUID, *, on: date, ground: Ground, today: date) -> None:
        """End one person's service; `on` is the first day without it.

        Raises MemberUnknown, MemberAlreadyCeased, CeasedBeforeEnrolled, DayInFuture.
        """
        service = self.roster.get(member_id)
        if service is None:
            raise errors.MemberUnknown(field="$.member_id", member_id=member_id)
        if service.ceased_on is not None:
            raise errors.MemberAlreadyCeased(ceased_on=service.ceased_on)
        if on <= service.enrolled_on:
            raise errors.CeasedBeforeEnrolled(
                field="$.ceased_on", enrolled_on=service.enrolled_on
            )
        refuse_future(on, today, "$.ceased_on")
        self._cease(member_id, on, ground)

    def disband(self, *, on: date, today: date) -> int:
        """End the force and everybody's service in it; returns how many that were.

        Raises as `end_services` does.
        """
        ceased = self.end_services(on=on, today=today, field="$.disbanded_on")
        self.trigger_event(
            self.Disbanded,
            force_type=self.force_type,
            unit_id=self.unit_id,
            disbanded_on=on,
        )
        return ceased

    def end_services(self, *, on: date, today: date, field: str) -> int:
        """End everybody's service by law, before the force itself ends.

        Raises ForceUnitDisbanded, DayInFuture, DisbandedBeforeItsFacts.
        """
        self.refuse_disbanded()
        refuse_future(on, today, field)
        days = [self.established_on]
        for service in self.roster.values():
            days.append(service.enrolled_on)
            # A service may end on the very day on which the force does.
            if service.ceased_on is not None and service.ceased_on > on:
                days.append(service.ceased_on)
        if max(days) >= on:
            raise errors.DisbandedBeforeItsFacts(field=field, day=on)
        serving = [who for who, s in self.roster.items() if s.ceased_on is None]
        for member_id in serving:
            self._cease(member_id, on, Ground.LAW)
        return len(serving)

    def _cease(self, member_id: UUID, on: date, ground: Ground) -> None:
        self.trigger_event(
            self.MemberCeased,
            member_id=member_id,
            force_type=self.force_type,
            unit_id=self.unit_id,
            ceased_on=on,
            ground=ground.value,
        )

    def refuse_disbanded(self) -> None:
        """Let nothing more be recorded after the end. Raises ForceUnitDisbanded."""
        if self.disbanded_on is not None:
            raise errors.ForceUnitDisbanded(disbanded_on=self.disbanded_on)

    def _is_led_after(self, day: date) -> bool:
        return any(
            service.post is Post.LEADER
            and (service.ceased_on is None or service.ceased_on > day)
            for service in self.roster.values()
        )

    @event(MemberEnrolled)
    def _take_in(
        self, member_id: UUID, post: str, enrolled_on: date, person_id: UUID | None
    ) -> None:
        self.roster[member_id] = Service(
            Post(post), enrolled_on, person_id=person_id or member_id
        )

    @event(MemberCeased)
    def _let_go(self, member_id: UUID, ceased_on: date) -> None:
        self.roster[member_id] = self.roster[member_id]._replace(ceased_on=ceased_on)

    @event(Disbanded)
    def _end(self, disbanded_on: date) -> None:
        self.disbanded_on = disbanded_on

    @event(Consolidated)
    def _merge(self, consolidated_on: date) -> None:
        self.disbanded_on = consolidated_on

    @event(AreasAssigned)
    def _cover(self, area_ids: list[UUID]) -> None:
        self.area_ids = tuple(area_ids)

    @event(HeadcountReported)
    def _count(self, counted_on: date, members: int) -> None:
        self.headcounts[counted_on] = members


def refuse_future(day: date, today: date, field: str) -> None:
    """Let only what has happened be recorded. Raises DayInFuture."""
    if day > today:
        raise errors.DayInFuture(field=field, day=day)


def _refuse_post(force: ForceType, post: Post, field: str) -> None:
    if post not in force.posts:
        raise PostNotInForce(field=field, force_type=force.code, post=post.value)


def _refuse_outside_law(force: ForceType, day: date, field: str) -> None:
    if not force.in_force.holds(day):
        raise errors.ForceTypeNotInForce(
            field=field,
            force_type=force.code,
            day=day,
            valid_from=force.in_force.first,
            valid_to=force.in_force.end,
            legal_basis=force.legal_basis,
        )
