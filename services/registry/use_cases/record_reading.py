"""Leave the trace of a reading of people's records; only then are they opened."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.registry.domain.person_reading import PersonReading
from services.registry.domain.person_values import (
    PlaceRead,
    ReadingKind,
    ReadingPurpose,
    Shown,
)
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances


def record_reading(
    people: Iterable[Reach],
    kind: ReadingKind,
    purpose: ReadingPurpose,
    given: Circumstances,
    *,
    asked_in: UUID | None = None,
) -> Change[PersonReading]:
    """Decide on the trace of one reading; what was found nowhere is told as well.

    ``asked_in`` is the unit whose head is told of a search that found nobody.
    """
    reading_id = new_id()
    shown = shown_to(given)
    places = _places(people) or _nowhere(asked_in, given)

    def decide(_: PersonReading | None) -> tuple[PersonReading, dict[str, str]]:
        reading = PersonReading.record(
            reading_id,
            kind,
            purpose,
            shown or Shown.MASKED,
            reader=given.caller.subject,
            places=places,
        )
        return reading, {}

    return Change(
        aggregate_type=PersonReading,
        aggregate_id=reading_id,
        decide=decide,
        is_new=True,
    )


def shown_to(given: Circumstances) -> Shown | None:
    """Return how much of people's records the caller sees; None is nothing."""
    scopes = given.caller.scopes
    if "people:read_full" in scopes:
        return Shown.FULL
    return Shown.MASKED if "people:read" in scopes else None


def _places(people: Iterable[Reach]) -> tuple[PlaceRead, ...]:
    places: dict[UUID, PlaceRead] = {}
    for person in people:
        empty = PlaceRead(person.unit_id, person.unit_path, ())
        place = places.get(person.unit_id, empty)
        ids = (*place.person_ids, person.id)
        places[person.unit_id] = place._replace(person_ids=ids)
    return tuple(places.values())


def _nowhere(asked_in: UUID | None, given: Circumstances) -> tuple[PlaceRead, ...]:
    units = given.caller.unit_roots if asked_in is None else (asked_in,)
    return tuple(
        PlaceRead(unit.id, unit.path, ())
        for unit in (given.units.get(one) for one in units)
        if unit is not None
    )
