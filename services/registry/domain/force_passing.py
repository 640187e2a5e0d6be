"""How a force of a divided unit goes on in the unit that was decided, and back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.registry.domain import force_passing_errors as errors
from services.registry.domain.errors import ForceUnitDisbanded
from services.registry.domain.force_unit import ForceUnit, LaterCount


class Passing(NamedTuple):
    """To which unit a force passes from a day on, by which act of which plan."""

    unit_id: UUID
    path: str
    on: date
    decision: str
    reorganisation_id: UUID


def pass_on(force_unit: ForceUnit, passing: Passing) -> None:
    """Let the force lie in another unit from the day of the decree on.

    That day may lie ahead, as the end of the old unit may. A force that was set up
    after it, before the plan was carried out, lies there from its first day.
    Raises ForceUnitDisbanded, ForcePassedOnLater, ForceLiesThere.
    """
    ended = force_unit.disbanded_on
    if ended is not None and ended <= passing.on:
        raise ForceUnitDisbanded(disbanded_on=ended)
    last = force_unit.homes[-1]
    if passing.on <= last.since:
        raise errors.ForcePassedOnLater(force_unit_id=force_unit.id, since=last.since)
    if passing.unit_id == last.unit_id:
        raise errors.ForceLiesThere(
            force_unit_id=force_unit.id, unit_id=passing.unit_id
        )
    force_unit.trigger_event(
        ForceUnit.PassedOn,
        force_type=force_unit.force_type,
        from_unit_id=last.unit_id,
        unit_id=passing.unit_id,
        unit_path=passing.path,
        passed_on=passing.on,
        decision=passing.decision,
        reorganisation_id=passing.reorganisation_id,
        **_counted(force_unit, passing.on),
    )


def passed_by(force_unit: ForceUnit, reorganisation_id: UUID) -> bool:
    """Tell whether a plan's passing of the force stands.

    A force that was withdrawn and set up anew has no passing of its former life.
    """
    return reorganisation_id in force_unit.passings


def undo_passing(force_unit: ForceUnit, reorganisation_id: UUID) -> None:
    """Let the force lie where it lay before the plan. Raises ForcePassedOnLater."""
    last = force_unit.homes[-1]
    if force_unit.passings[-1] != reorganisation_id:
        raise errors.ForcePassedOnLater(force_unit_id=force_unit.id, since=last.since)
    force_unit.trigger_event(
        ForceUnit.PassingUndone,
        force_type=force_unit.force_type,
        from_unit_id=last.unit_id,
        unit_id=force_unit.homes[-2].unit_id,
        passed_on=last.since,
        reorganisation_id=reorganisation_id,
        **_counted(force_unit, last.since),
    )


def _counted(force_unit: ForceUnit, day: date) -> dict[str, Any]:
    """Say how the force and its roster count on a day, and what changed since."""
    days: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    before = [0, 0]
    for when, forces, members in _changes(force_unit):
        number = before if when < day else days[when]
        number[0] += forces
        number[1] += members
    return {
        "force_units": before[0],
        "members": before[1],
        "later": tuple(
            LaterCount(when, *numbers)
            for when, numbers in sorted(days.items())
            if any(numbers)
        ),
    }


def _changes(force_unit: ForceUnit) -> Iterator[tuple[date, int, int]]:
    yield force_unit.established_on, 1, 0
    if force_unit.disbanded_on is not None:
        yield force_unit.disbanded_on, -1, 0
    for service in force_unit.roster.values():
        yield service.enrolled_on, 0, 1
        if service.ceased_on is not None:
            yield service.ceased_on, 0, -1
