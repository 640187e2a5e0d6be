"""What may happen to a course of training: planned, held, certified, closed."""

import enum
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import care_errors as errors
from services.registry.domain.care_rules import topics_on
from services.registry.domain.days import refuse_future


class CourseState(enum.StrEnum):
    """Where a course stands."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Attendance(enum.StrEnum):
    """How far a member came in a course."""

    REGISTERED = "registered"
    ATTENDED = "attended"
    CERTIFIED = "certified"


class CoursePlan(NamedTuple):
    """What is planned."""

    topics: tuple[str, ...]
    first_day: date
    last_day: date
    places: int


_BEFORE: Final = {
    Attendance.ATTENDED: Attendance.REGISTERED,
    Attendance.CERTIFIED: Attendance.ATTENDED,
}


class TrainingCourse(Aggregate):
    """A course of one unit with those who take part: member numbers, never names."""

    TOPIC = "registry.course"

    class Event(Aggregate.Event):
        TOPIC = "registry.course.event"

    class Planned(Event, AggregateCreated):
        TOPIC = "registry.course.planned"
        unit_id: UUID
        unit_path: str
        topics: tuple[str, ...]
        first_day: date
        last_day: date
        places: int

    class MembersRegistered(Event):
        TOPIC = "registry.course.members_registered"
        member_ids: tuple[UUID, ...]

    class Held(Event):
        TOPIC = "registry.course.held"
        attended: tuple[UUID, ...]
        held_on: date
        unit_id: UUID | None = None

    class Certified(Event):
        TOPIC = "registry.course.certified"
        member_ids: tuple[UUID, ...]
        certified_on: date
        unit_id: UUID | None = None

    class Closed(Event):
        TOPIC = "registry.course.closed"
        closed_on: date
        registered: int
        attended: int
        certified: int

    class Cancelled(Event):
        TOPIC = "registry.course.cancelled"
        cancelled_on: date

    @classmethod
    def plan(
        cls, course_id: UUID, unit_id: UUID, unit_path: str, plan: CoursePlan
    ) -> "TrainingCourse":
        """Begin a course. Raises CourseDaysReversed, CourseTopicUnknown."""
        if plan.last_day < plan.first_day:
            raise errors.CourseDaysReversed(
                field="$.last_day", first_day=plan.first_day
            )
        known = topics_on(plan.first_day)
        for number, topic in enumerate(plan.topics):
            if topic not in known:
                raise errors.CourseTopicUnknown(
                    field=f"$.topics[{number}]", topic=topic
                )
        return cls._create(
            cls.Planned,
            id=course_id,
            unit_id=unit_id,
            unit_path=unit_path,
            topics=tuple(dict.fromkeys(plan.topics)),
            first_day=plan.first_day,
            last_day=plan.last_day,
            places=plan.places,
        )

    @event(Planned)
    def __init__(
        self, *, unit_id: UUID, unit_path: str, last_day: date, places: int
    ) -> None:
        self.unit_id = unit_id
        self.unit_path = unit_path
        self.last_day = last_day
        self.places = places
        self.state = CourseState.PLANNED
        self.latest = last_day
        self.people: dict[UUID, Attendance] = {}

    def register(self, members: Sequence[UUID]) -> int:
        """Put members on the list; who is on it stays. Returns how many are new.

        Raises CourseStepNotPossible, CourseFull.
        """
        self._refuse_unless(CourseState.PLANNED)
        new = tuple(one for one in dict.fromkeys(members) if one not in self.people)
        if len(self.people) + len(new) > self.places:
            raise errors.CourseFull(field="$.member_ids", places=self.places)
        if new:
            self.trigger_event(self.MembersRegistered, member_ids=new)
        return len(new)

    def hold(self, attended: Sequence[UUID], *, on: date, today: date) -> None:
        """Record that the course was held and who was there.

        Raises CourseStepNotPossible, DayInFuture, CourseDayOutOfOrder,
        CourseMemberNotListed.
        """
        self._refuse_unless(CourseState.PLANNED)
        self._refuse_day(on, today, "$.held_on")
        present = tuple(dict.fromkeys(attended))
        self._refuse_unlisted(present, Attendance.ATTENDED, "$.attended")
        self.trigger_event(
            self.Held, attended=present, held_on=on, unit_id=self.unit_id
        )

    def certify(self, members: Sequence[UUID], *, on: date, today: date) -> int:
        """Certify members who attended; returns how many are new.

        Raises CourseStepNotPossible, DayInFuture, CourseDayOutOfOrder,
        CourseMemberNotListed.
        """
        self._refuse_unless(CourseState.HELD)
        self._refuse_day(on, today, "$.certified_on")
        chosen = [one for one in dict.fromkeys(members) if not self._is_certified(one)]
        self._refuse_unlisted(chosen, Attendance.CERTIFIED, "$.member_ids")
        if chosen:
            self.trigger_event(
                self.Certified,
                member_ids=tuple(chosen),
                certified_on=on,
                unit_id=self.unit_id,
            )
        return len(chosen)

    def close(self, *, on: date, today: date) -> None:
        """End the course with its counts.

        Raises CourseStepNotPossible, DayInFuture, CourseDayOutOfOrder.
        """
        self._refuse_unless(CourseState.HELD)
        self._refuse_day(on, today, "$.closed_on")
        reached = list(self.people.values())
        certified = reached.count(Attendance.CERTIFIED)
        self.trigger_event(
            self.Closed,
            closed_on=on,
            registered=len(reached),
            attended=reached.count(Attendance.ATTENDED) + certified,
            certified=certified,
        )

    def cancel(self, *, today: date) -> None:
        """Give up a course that was not held. Raises CourseStepNotPossible."""
        self._refuse_unless(CourseState.PLANNED)
        self.trigger_event(self.Cancelled, cancelled_on=today)

    def _is_certified(self, member_id: UUID) -> bool:
        return self.people.get(member_id) is Attendance.CERTIFIED

    def _refuse_unless(self, state: CourseState) -> None:
        if self.state is not state:
            raise errors.CourseStepNotPossible(state=self.state.value)

    def _refuse_day(self, on: date, today: date, field: str) -> None:
        refuse_future(on, today, field)
        if on < self.latest:
            raise errors.CourseDayOutOfOrder(field=field, earliest=self.latest)

    def _refuse_unlisted(
        self, members: Collection[UUID], wanted: Attendance, field: str
    ) -> None:
        for number, one in enumerate(members):
            if self.people.get(one) is not _BEFORE[wanted]:
                raise errors.CourseMemberNotListed(
                    field=f"{field}[{number}]", member_id=one
                )

    @event(MembersRegistered)
    def _list(self, member_ids: tuple[UUID, ...]) -> None:
        self.people = {
            **self.people,
            **dict.fromkeys(member_ids, Attendance.REGISTERED),
        }

    @event(Held)
    def _take_place(self, attended: tuple[UUID, ...], held_on: date) -> None:
        self.people = {**self.people, **dict.fromkeys(attended, Attendance.ATTENDED)}
        self.state = CourseState.HELD
        self.latest = held_on

    @event(Certified)
    def _mark(self, member_ids: tuple[UUID, ...], certified_on: date) -> None:
        self.people = {
            **self.people,
            **dict.fromkeys(member_ids, Attendance.CERTIFIED),
        }
        self.latest = certified_on

    @event(Closed)
    def _end(self, closed_on: date) -> None:
        self.state = CourseState.CLOSED
        self.latest = closed_on

    @event(Cancelled)
    def _give_up(self, cancelled_on: date) -> None:
        self.state = CourseState.CANCELLED
        self.latest = cancelled_on
