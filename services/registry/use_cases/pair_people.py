"""person.merge, person.unmerge, duplicates.dismiss: two people are one, or are two."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.chassis.commands import JointChange
from services.contracts.registry.people import TwoPeople, TwoPeopleAnswer
from services.registry.domain.person import Person
from services.registry.domain.person_identity import absorb, release, tell_apart
from services.registry.read_models.one_membership import keeping_one_after_merging
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.reached import found_or_begun


def merge_people(
    command: TwoPeople, one: Reach, other: Reach, given: Circumstances
) -> JointChange:
    """Decide that the other one is this person, who then serves where one may.

    The services stay where they are; the view of the person folds them.
    """
    change = _together(command, one, other, given, absorb)
    return replace(change, guard=keeping_one_after_merging(command.person_id))


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
