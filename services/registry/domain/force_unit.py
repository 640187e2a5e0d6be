"""What may happen to a board, team or force and to those who serve in it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import errors
from services.registry.domain.cessation_rules import Evidence
from services.registry.domain.conditions import Outcome
from services.registry.domain.decision import Decision
from services.registry.domain.force_entry import Lives, refuse_entry, refuse_setting_up
from services.registry.domain.force_homes import (
    Home,
    LaterHome,
    first_home,
)
from services.registry.domain.force_types import (
    Counting,
    ForceType,
    refuse_other_counting,
)
from services.registry.domain.roster import Enrolment, Roster, service_of
from services.registry.domain.values import Period, Place, Post


class LaterCount(NamedTuple):
    """By how much a force and its roster changed on a day after it was passed on."""

    day: date
    force_units: int
    members: int


class ForceUnit(Aggregate):
    """A force in one unit with its roster: who served in which post from when to when.

    The roster lives here because its rules do: one leader at a time, nobody outside the
    life of the force. Names are not part of it. Facts that count say in which unit they
    count on their day, and to which units the force passes later.
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

    class EstablishmentWithdrawn(Event):
        TOPIC = "registry.force_unit.establishment_withdrawn"
        force_type: str
        unit_id: UUID
        established_on: date
        later_homes: tuple[LaterHome, ...] = ()

    class EstablishedAnew(Event):
        TOPIC = "registry.force_unit.established_anew"
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
        later_homes: tuple[LaterHome, ...] = ()

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
        decision: Decision | None = None
        outcomes: tuple[Outcome, ...] = ()
        later_homes: tuple[LaterHome, ...] = ()

    class EnrolmentWithdrawn(Event):
        TOPIC = "registry.member.enrolment_withdrawn"
        force_type: str
        unit_id: UUID
        member_id: UUID
        post: str
        enrolled_on: date
        later_homes: tuple[LaterHome, ...] = ()
        # Absent where a whole import was taken back.
        reason: str | None = None

    class MemberPostChanged(Event):
        TOPIC = "registry.member.post_changed"
        member_id: UUID
        force_type: str
        unit_id: UUID
        post: str
        changed_on: date
        decision: Decision
        version: int

    class MemberSuspended(Event):
        TOPIC = "registry.member.suspended"
        member_id: UUID
        force_type: str
        unit_id: UUID
        suspended_on: date
        decision: Decision
        version: int

    class MemberResumed(Event):
        TOPIC = "registry.member.resumed"
        member_id: UUID
        force_type: str
        unit_id: UUID
        resumed_on: date
        decision: Decision
        version: int

    class DecisionPosted(Event):
        TOPIC = "registry.force_unit.decision_posted"
        number: str
        decided_on: date
        place: str
        posted_on: date

    class MemberCeased(Event):
        TOPIC = "registry.member.ceased"
        member_id: UUID
        force_type: str
        unit_id: UUID
        ceased_on: date
        ground: str
        decision: Decision | None = None
        evidence: Evidence | None = None
        # Before members had further changes, an end was their second fact.
        version: int = 2
        later_homes: tuple[LaterHome, ...] = ()

    class Consolidated(Event):
        TOPIC = "registry.force_unit.consolidated"
        force_type: str
        unit_id: UUID
        consolidated_on: date
        into: list[UUID]
        selected: int
        ceased: int
        later_homes: tuple[LaterHome, ...] = ()

    class AreasAssigned(Event):
        TOPIC = "registry.force_unit.areas_assigned"
        force_type: str
        unit_id: UUID
        area_ids: list[UUID]
        assigned_on: date

    class TermBegun(Event):
        TOPIC = "registry.force_unit.term_begun"
        force_type: str
        unit_id: UUID
        begins_on: date
        ends_on: date

    class HeadcountReported(Event):
        TOPIC = "registry.force_unit.headcount_reported"
        force_type: str
        unit_id: UUID
        counted_on: date
        members: int

    class PassedOn(Event):
        TOPIC = "registry.force_unit.passed_on"
        force_type: str
        from_unit_id: UUID
        unit_id: UUID
        unit_path: str
        passed_on: date
        decision: str
        reorganisation_id: UUID
        # What counts there on that day, and what was recorded for it and later ones.
        force_units: int
        members: int
        later: tuple[LaterCount, ...]

    class PassingUndone(Event):
        TOPIC = "registry.force_unit.passing_undone"
        force_type: str
        from_unit_id: UUID
        unit_id: UUID
        passed_on: date
        reorganisation_id: UUID
        force_units: int
        members: int
        later: tuple[LaterCount, ...]

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
        """Set a force up. Raises as `refuse_setting_up` does."""
        refuse_setting_up(force, place, on, today)
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
        self.homes = first_home(unit_id, unit_path)
        # The plans by which it was passed on, one for each further home.
        self.passings: tuple[UUID, ...] = ()
        self.established_on = established_on
        self.disbanded_on: date | None = None
        self.roster = Roster()
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
        """Take people in, all or none. Raises as `refuse_entry` does, RosterNotKept."""
        self.refuse_disbanded()
        refuse_other_counting(force, Counting.ROSTER)
        lives = Lives(self.established_on, unit_life)
        for number, person in enumerate(people):
            field = f"$.members[{number}]"
            refuse_entry(person, self.roster, force, lives, today=today, field=field)
            self.trigger_event(
                self.MemberEnrolled,
                member_id=person.member_id,
                force_type=self.force_type,
                post=person.post.value,
                enrolled_on=person.enrolled_on,
                person_id=person.person_id,
                from_member_id=person.from_member_id,
                decision=person.decision,
                outcomes=person.outcomes,
                **self.homes.of_fact(person.enrolled_on),
            )

    def unit_on(self, day: date) -> UUID:
        """Return the unit in which the force lies on a day."""
        return self.homes.on(day).unit_id

    def refuse_disbanded(self) -> None:
        """Let nothing more be recorded after the end. Raises ForceUnitDisbanded."""
        if self.disbanded_on is not None:
            raise errors.ForceUnitDisbanded(disbanded_on=self.disbanded_on)

    @event(MemberEnrolled)
    def _take_in(
        self,
        member_id: UUID,
        post: str,
        enrolled_on: date,
        person_id: UUID | None,
        decision: Decision | None,
    ) -> None:
        service = service_of(Post(post), enrolled_on, person_id or member_id)
        self.roster.note(member_id, service, decision)

    @event(MemberPostChanged)
    def _move(
        self, member_id: UUID, post: str, changed_on: date, decision: Decision
    ) -> None:
        self.roster.note(
            member_id, self.roster[member_id].in_post(Post(post), changed_on), decision
        )

    @event(MemberSuspended)
    def _rest(self, member_id: UUID, suspended_on: date, decision: Decision) -> None:
        self.roster.note(
            member_id, self.roster[member_id].resting(suspended_on), decision
        )

    @event(MemberResumed)
    def _return(self, member_id: UUID, resumed_on: date, decision: Decision) -> None:
        self.roster.note(member_id, self.roster[member_id].back(resumed_on), decision)

    @event(MemberCeased)
    def _let_go(
        self, member_id: UUID, ceased_on: date, decision: Decision | None
    ) -> None:
        self.roster.note(member_id, self.roster[member_id].over(ceased_on), decision)

    @event(DecisionPosted)
    def _post(self, number: str, decided_on: date, posted_on: date) -> None:
        self.roster.decisions[number, decided_on] = posted_on

    @event(EnrolmentWithdrawn)
    def _strike(self, member_id: UUID) -> None:
        del self.roster[member_id]

    @event(EstablishmentWithdrawn)
    def _undo(self, established_on: date) -> None:
        self.disbanded_on = established_on

    @event(EstablishedAnew)
    def _begin_again(self, unit_id: UUID, unit_path: str, established_on: date) -> None:
        self.homes = first_home(unit_id, unit_path)
        self.passings = ()
        self.established_on = established_on
        self.disbanded_on = None

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

    @event(PassedOn)
    def _pass(
        self, unit_id: UUID, unit_path: str, passed_on: date, reorganisation_id: UUID
    ) -> None:
        self.homes = self.homes.with_next(Home(passed_on, unit_id, unit_path))
        self.passings = (*self.passings, reorganisation_id)

    @event(PassingUndone)
    def _return_home(self) -> None:
        self.homes = self.homes.without_last()
        self.passings = self.passings[:-1]
