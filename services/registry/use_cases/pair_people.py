"""person.merge, person.unmerge, duplicates.dismiss: two people are one, or are two."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.people import TwoPeople, TwoPeopleAnswer
from services.registry.domain.person import Person
from services.registry.domain.person_errors import PersonServesTwice
from services.registry.domain.person_identity import absorb, release, tell_apart
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.reached import found_or_begun

_ONE: Final = 1


def merge_people(
    command: TwoPeople, one: Reach, other: Reach, given: Circumstances
) -> JointChange:
    """Decide that the other one is this person. Raises PersonServesTwice.

    The services stay where they are; the view of the person folds them.
    """
    serving = [
        service.force_unit_id
        for person in (one, other)
        for service in person.services
        if service.ceased_on is None
    ]
    if one.id != other.id and len(serving) > _ONE:
        raise PersonServesTwice(field="$.other_id", force_unit_ids=sorted(set(serving)))
    return _together(command, one, other, given, absorb)


def unmerge_people(
    command: TwoPeople, one: Reach, other: Reach, given: Circumstances
) -> JointChange:
    """Decide that the other one is somebody else after all."""
    return _together(command, one, other, given, release)


def dismiss_duplicate(
    command: TwoPeople, one: Reach, other: Reach, given: Circumstances
) -> JointChange:
    """Decide that two are not the same, once for both."""
    return _together(command, one, other, given, tell_apart)


def _together(
    command: TwoPeople,
    one: Reach,
    other: Reach,
    given: Circumstances,
    act: Callable[..., None],
) -> JointChange:
    ids = (command.person_id, command.other_id)

    def decide(found: Mapping[UUID, Any]) -> tuple[list[Person], TwoPeopleAnswer]:
        first = found_or_begun(found, ids[0], one, given)
        second = found_or_begun(found, ids[1], other, given)
        act(first, second, on=given.today, by=given.caller.subject)
        reply = TwoPeopleAnswer(person_id=ids[0], other_id=ids[1])
        return [first, second], reply

    return JointChange(loads=ids, decide=decide)
