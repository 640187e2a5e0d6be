"""How forces of a type, and those who serve in them, are counted; stocks, unit by unit.

A force that passes to another unit takes along what stands; facts of earlier days that
come later name the later homes themselves. So each fact is counted by itself, and the
order in which facts are read changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from services.contracts.envelope import PublicEvent
from services.contracts.registry.events import (
    ForceUnitConsolidatedV1,
    ForceUnitDisbandedV1,
    ForceUnitEstablishedV1,
    ForceUnitEstablishmentWithdrawnV1,
    MemberCeasedV1,
    MemberEnrolledV1,
    MemberEnrolmentWithdrawnV1,
)
from services.contracts.registry.force_events import (
    ForceUnitPassedOnV1,
    ForceUnitPassingUndoneV1,
    LaterHome,
)
from services.reporting.indicators.definition import Contribution, Counts

What = Literal["force_units", "members"]
Passing = ForceUnitPassedOnV1 | ForceUnitPassingUndoneV1


class _Fact(NamedTuple):
    """By how much one event changes the number in a unit from a day on."""

    unit_id: UUID
    day: date
    delta: int
    later_homes: tuple[LaterHome, ...] = ()

    def where_it_goes_on(self) -> Iterator[Contribution]:
        """Count the change in its unit, and move it along to each later home."""
        yield Contribution(self.unit_id, self.day, self.delta)
        unit_id = self.unit_id
        for home in self.later_homes:
            yield Contribution(unit_id, home.since, -self.delta)
            yield Contribution(home.unit_id, home.since, self.delta)
            unit_id = home.unit_id


Reading = Callable[..., _Fact]


def _established(event: ForceUnitEstablishedV1) -> _Fact:
    return _Fact(event.unit_id, event.established_on, 1)


def _withdrawn(event: ForceUnitEstablishmentWithdrawnV1) -> _Fact:
    return _Fact(event.unit_id, event.established_on, -1, event.later_homes)


def _disbanded(event: ForceUnitDisbandedV1) -> _Fact:
    return _Fact(event.unit_id, event.disbanded_on, -1, event.later_homes)


def _consolidated(event: ForceUnitConsolidatedV1) -> _Fact:
    return _Fact(event.unit_id, event.consolidated_on, -1, event.later_homes)


def _enrolled(event: MemberEnrolledV1) -> _Fact:
    return _Fact(event.unit_id, event.enrolled_on, 1, event.later_homes)


def _never_enrolled(event: MemberEnrolmentWithdrawnV1) -> _Fact:
    return _Fact(event.unit_id, event.enrolled_on, -1, event.later_homes)


def _ceased(event: MemberCeasedV1) -> _Fact:
    return _Fact(event.unit_id, event.ceased_on, -1, event.later_homes)


_FORCES: Mapping[type[PublicEvent], Reading] = {
    ForceUnitEstablishedV1: _established,
    ForceUnitEstablishmentWithdrawnV1: _withdrawn,
    ForceUnitDisbandedV1: _disbanded,
    ForceUnitConsolidatedV1: _consolidated,
}
_MEMBERS: Mapping[type[PublicEvent], Reading] = {
    MemberEnrolledV1: _enrolled,
    MemberEnrolmentWithdrawnV1: _never_enrolled,
    MemberCeasedV1: _ceased,
}


def forces_of(force_type: str) -> Mapping[type[PublicEvent], Counts]:
    """Count the forces of a type."""
    return _counting(force_type, _FORCES, "force_units")


def members_of(force_type: str) -> Mapping[type[PublicEvent], Counts]:
    """Count those who serve in the forces of a type."""
    return _counting(force_type, _MEMBERS, "members")


def _counting(
    force_type: str, readings: Mapping[type[PublicEvent], Reading], what: What
) -> Mapping[type[PublicEvent], Counts]:
    def of(reading: Reading) -> Counts:
        def counts(event: MemberEnrolledV1) -> Iterable[Contribution]:
            if event.force_type == force_type:
                yield from reading(event).where_it_goes_on()

        return counts

    def moved(event: Passing) -> Iterable[Contribution]:
        if event.force_type == force_type:
            yield from _moved(event, what)

    return {
        **{kind: of(reading) for kind, reading in readings.items()},
        ForceUnitPassedOnV1: moved,
        ForceUnitPassingUndoneV1: moved,
    }


def _moved(event: Passing, what: What) -> Iterator[Contribution]:
    """Take out of one unit and give to the other what stood, and each later change.

    An undoing gives it all back: what stood by the day of the passing moves on it.
    """
    changes = [(event.passed_on, getattr(event, what))]
    changes += [(later.day, getattr(later, what)) for later in event.later]
    for day, delta in changes:
        yield Contribution(event.from_unit_id, day, -delta)
        yield Contribution(event.unit_id, day, delta)
