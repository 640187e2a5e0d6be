"""What may happen to a coordination programme (chương trình phối hợp) of partners."""

import enum
from datetime import date
from typing import NamedTuple
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain import steering_errors as errors
from services.registry.domain.days import refuse_future
from services.registry.domain.partners import require_partner
from services.registry.domain.steering_committee import SteeringPlace


class ReviewKind(enum.StrEnum):
    """Which review of a programme (sơ kết, tổng kết)."""

    MID_TERM = "mid_term"
    FINAL = "final"


class ProgrammeTerms(NamedTuple):
    """Who signs what, for how long, and when it is to be reviewed."""

    number: str
    parties: tuple[str, ...]
    signed_on: date
    valid_from: date
    valid_to: date
    mid_term_on: date | None
    final_on: date | None


class CoordinationProgramme(Aggregate):
    """A signed programme with its reviews, until it is ended or renewed.

    `valid_to` is the first day without it. Whether it is active is a question of the
    day, and no fact.
    """

    TOPIC = "registry.coordination_programme"

    class Event(Aggregate.Event):
        TOPIC = "registry.coordination_programme.event"

    class Signed(Event, AggregateCreated):
        TOPIC = "registry.coordination_programme.signed"
        unit_id: UUID
        unit_path: str
        level: str
        number: str
        parties: list[str]
        signed_on: date
        valid_from: date
        valid_to: date
        mid_term_on: date | None
        final_on: date | None
        renews: UUID | None

    class Reviewed(Event):
        TOPIC = "registry.coordination_programme.reviewed"
        unit_id: UUID
        kind: str
        held_on: date

    class Ended(Event):
        TOPIC = "registry.coordination_programme.ended"
        unit_id: UUID
        ended_on: date

    class Renewed(Event):
        TOPIC = "registry.coordination_programme.renewed"
        unit_id: UUID
        renewed_by: UUID
        renewed_on: date

    @classmethod
    def sign(
        cls,
        programme_id: UUID,
        place: SteeringPlace,
        terms: ProgrammeTerms,
        *,
        renews: "CoordinationProgramme | None",
        today: date,
    ) -> "CoordinationProgramme":
        """Record a programme; one that it renews is over when it begins.

        Raises DayInFuture, PartnerUnknown, PartiesRepeated, ProgrammeDaysOutOfOrder,
        ProgrammeOver, RenewsAnotherUnits.
        """
        refuse_future(terms.signed_on, today, "$.signed_on")
        _refuse_parties(terms)
        _refuse_days(terms)
        if renews is not None:
            renews.give_way(programme_id, place.unit_id, terms.valid_from)
        return cls._create(
            cls.Signed,
            id=programme_id,
            unit_id=place.unit_id,
            unit_path=place.path,
            level=place.level,
            **{**terms._asdict(), "parties": list(terms.parties)},
            renews=None if renews is None else renews.id,
        )

    @event(Signed)
    def __init__(self, *, unit_id: UUID, signed_on: date, valid_from: date) -> None:
        self.unit_id = unit_id
        self.signed_on = signed_on
        self.valid_from = valid_from
        self.over_on: date | None = None
        self.reviews: dict[str, date] = {}

    def give_way(self, successor_id: UUID, unit_id: UUID, on: date) -> None:
        """Be over when another programme begins.

        Raises ProgrammeOver, RenewsAnotherUnits, ProgrammeDaysOutOfOrder.
        """
        if unit_id != self.unit_id:
            raise errors.RenewsAnotherUnits(field="$.renews")
        self._refuse_over("$.renews")
        self._refuse_early(on, "$.valid_from")
        self.trigger_event(
            self.Renewed, unit_id=self.unit_id, renewed_by=successor_id, renewed_on=on
        )

    def review(self, kind: ReviewKind, *, on: date, today: date) -> None:
        """Record that a review was held.

        The final one may follow the end. Raises DayInFuture, ProgrammeDaysOutOfOrder,
        ReviewAlreadyHeld.
        """
        refuse_future(on, today, "$.held_on")
        self._refuse_early(on, "$.held_on")
        if kind in self.reviews:
            raise errors.ReviewAlreadyHeld(field="$.kind", held_on=self.reviews[kind])
        self.trigger_event(
            self.Reviewed, unit_id=self.unit_id, kind=kind.value, held_on=on
        )

    def end(self, *, on: date, today: date) -> None:
        """End the programme before its time.

        Raises DayInFuture, ProgrammeOver, ProgrammeDaysOutOfOrder.
        """
        refuse_future(on, today, "$.ended_on")
        self._refuse_over(None)
        self._refuse_early(on, "$.ended_on")
        self.trigger_event(self.Ended, unit_id=self.unit_id, ended_on=on)

    def _refuse_over(self, field: str | None) -> None:
        if self.over_on is not None:
            raise errors.ProgrammeOver(field=field, over_on=self.over_on)

    def _refuse_early(self, day: date, field: str) -> None:
        if day <= self.valid_from:
            raise errors.ProgrammeDaysOutOfOrder(field=field, day=day)

    @event(Reviewed)
    def _reviewed(self, kind: str, held_on: date) -> None:
        self.reviews[kind] = held_on

    @event(Ended)
    def _ended(self, ended_on: date) -> None:
        self.over_on = ended_on

    @event(Renewed)
    def _renewed(self, renewed_on: date) -> None:
        self.over_on = renewed_on


def _refuse_parties(terms: ProgrammeTerms) -> None:
    if len(set(terms.parties)) != len(terms.parties):
        raise errors.PartiesRepeated(field="$.parties")
    for number, party in enumerate(terms.parties):
        require_partner(party, terms.signed_on, f"$.parties[{number}]")


def _refuse_days(terms: ProgrammeTerms) -> None:
    """Signed, then valid, then half-way, then its last reviews; each on its day."""
    days = (
        ("$.valid_to", terms.valid_from, terms.valid_to),
        ("$.mid_term_on", terms.valid_from, terms.mid_term_on),
        ("$.final_on", terms.mid_term_on or terms.valid_from, terms.final_on),
    )
    for field, before, day in days:
        if day is not None and day <= before:
            raise errors.ProgrammeDaysOutOfOrder(field=field, day=day)
