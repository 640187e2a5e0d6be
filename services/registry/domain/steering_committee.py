"""What may happen to a committee 138: who holds which post by office, by days."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import steering_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.partners import require_office, require_standing_body


class SteeringPost(enum.StrEnum):
    """Posts of a committee (Quyết định 1405/QĐ-BCĐ of Cao Bằng, 22/08/2025)."""

    HEAD = "head"
    STANDING_DEPUTY = "standing_deputy"
    DEPUTY = "deputy"
    MEMBER = "member"
    STANDING_BODY = "standing_body"


class Seat(NamedTuple):
    """A post and the office that holds it; never a person."""

    post: str
    office: str
    holders: int


class Composition(NamedTuple):
    """What a committee is called, which body stands in for it, who sits in it."""

    name: str
    standing_body: str
    seats: Sequence[Seat]


class SteeringPaper(NamedTuple):
    """The decision behind a change: its number, its day, the office that signed."""

    number: str
    decided_on: date
    issuer: str


class SteeringPlace(NamedTuple):
    """The unit of a committee, as it is on the day of the fact."""

    unit_id: UUID
    path: str
    level: str


class SteeringCommittee(Aggregate):
    """The committee of one unit: established, reconstituted, dissolved.

    A unit has one. Set up again after its end it is the same one reconstituted.
    """

    TOPIC = "registry.steering_committee"

    class Event(Aggregate.Event):
        TOPIC = "registry.steering_committee.event"

    class Established(Event, AggregateCreated):
        TOPIC = "registry.steering_committee.established"
        unit_id: UUID
        unit_path: str
        level: str
        name: str
        standing_body: str
        seats: list[Seat]
        effective_on: date
        number: str
        decided_on: date
        issuer: str

    class Reconstituted(Event):
        TOPIC = "registry.steering_committee.reconstituted"
        unit_id: UUID
        name: str
        standing_body: str
        seats: list[Seat]
        effective_on: date
        number: str
        decided_on: date
        issuer: str

    class Dissolved(Event):
        TOPIC = "registry.steering_committee.dissolved"
        unit_id: UUID
        dissolved_on: date
        number: str
        decided_on: date
        issuer: str

    @classmethod
    def establish(
        cls,
        committee_id: UUID,
        place: SteeringPlace,
        composed: Composition,
        paper: SteeringPaper,
        *,
        on: date,
        today: date,
    ) -> "SteeringCommittee":
        """Set a committee up.

        Raises DayInFuture, OfficeUnknown, OneHeadNeeded, TwoStandingDeputies,
        SeatTwice.
        """
        refuse_future(on, today, "$.effective_on")
        _refuse_composition(composed, place.level, on)
        require_office(paper.issuer, place.level, paper.decided_on, "$.issuer")
        return cls._create(
            cls.Established,
            id=committee_id,
            unit_id=place.unit_id,
            unit_path=place.path,
            level=place.level,
            name=composed.name,
            standing_body=composed.standing_body,
            seats=list(composed.seats),
            effective_on=on,
            **paper._asdict(),
        )

    @event(Established)
    def __init__(self, *, unit_id: UUID, level: str, effective_on: date) -> None:
        self.unit_id = unit_id
        self.level = level
        self.changed_on = effective_on
        self.dissolved_on: date | None = None

    def reconstitute(
        self, composed: Composition, paper: SteeringPaper, *, on: date, today: date
    ) -> None:
        """Give the committee another composition from a day on.

        Raises as `establish` does, and SteeringChangeOutOfOrder.
        """
        self._refuse_day(on, today, "$.effective_on")
        _refuse_composition(composed, self.level, on)
        require_office(paper.issuer, self.level, paper.decided_on, "$.issuer")
        self.trigger_event(
            self.Reconstituted,
            unit_id=self.unit_id,
            name=composed.name,
            standing_body=composed.standing_body,
            seats=list(composed.seats),
            effective_on=on,
            **paper._asdict(),
        )

    def dissolve(self, paper: SteeringPaper, *, on: date, today: date) -> None:
        """End the committee.

        Raises SteeringCommitteeDissolved, DayInFuture, SteeringChangeOutOfOrder.
        """
        if self.dissolved_on is not None:
            raise errors.SteeringCommitteeDissolved(dissolved_on=self.dissolved_on)
        self._refuse_day(on, today, "$.dissolved_on")
        require_office(paper.issuer, self.level, paper.decided_on, "$.issuer")
        self.trigger_event(
            self.Dissolved, unit_id=self.unit_id, dissolved_on=on, **paper._asdict()
        )

    def _refuse_day(self, on: date, today: date, field: str) -> None:
        refuse_future(on, today, field)
        if on <= self.changed_on:
            raise errors.SteeringChangeOutOfOrder(field=field, last_on=self.changed_on)

    @event(Reconstituted)
    def _compose(self, effective_on: date) -> None:
        self.changed_on = effective_on
        self.dissolved_on = None

    @event(Dissolved)
    def _end(self, dissolved_on: date) -> None:
        self.changed_on = dissolved_on
        self.dissolved_on = dissolved_on


def _refuse_composition(composed: Composition, level: str, on: date) -> None:
    require_standing_body(composed.standing_body, level, on, "$.standing_body")
    posts = [seat.post for seat in composed.seats for _ in range(seat.holders)]
    heads = posts.count(SteeringPost.HEAD)
    if heads != 1:
        raise errors.OneHeadNeeded(field="$.seats", heads=heads)
    if posts.count(SteeringPost.STANDING_DEPUTY) > 1:
        raise errors.TwoStandingDeputies(field="$.seats")
    seen: set[tuple[str, str]] = set()
    for number, seat in enumerate(composed.seats):
        field = f"$.seats[{number}].office"
        require_office(seat.office, level, on, field)
        if seat[:2] in seen:
            raise errors.SeatTwice(field=field, office=seat.office)
        seen.add(seat[:2])
