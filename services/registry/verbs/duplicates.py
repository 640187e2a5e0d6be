"""Pairs that may be one person: listed, dismissed, merged and parted again."""

from typing import Any, Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import people as shapes
from services.registry.read_models import person_duplicates, person_list
from services.registry.read_models.person_list import Reach
from services.registry.use_cases.pair_people import (
    dismiss_duplicate,
    merge_people,
    unmerge_people,
)
from services.registry.use_cases.reached import within_reach
from services.registry.verbs.making import callers_paths, command, given, query
from services.registry.verbs.people import covered
from services.registry.verbs.person_records import WRITE_PEOPLE


async def duplicates_list(call: Call[shapes.DuplicatesList]) -> shapes.DuplicateList:
    """List pairs that may be one person, of whom one is of a unit's subtree."""
    asked = call.body
    _, paths = covered(call, asked.unit)
    return await call.runtime.read(
        person_duplicates.list_duplicates,
        person_duplicates.PairFilter(paths, callers_paths(call)),
        first=asked.first,
        after=asked.after,
    )


async def duplicates_dismiss(call: Call[shapes.DismissDuplicate]) -> Outcome:
    """Remember for both that two people are not the same."""
    one, other = await _two(call)
    change = dismiss_duplicate(call.body, one, other, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def person_merge(call: Call[shapes.MergePeople]) -> Outcome:
    """Take the other one for this person; its services stay."""
    one, other = await _two(call)
    change = merge_people(call.body, one, other, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def person_unmerge(call: Call[shapes.UnmergePeople]) -> Outcome:
    """Let the other one be somebody else again."""
    one, other = await _two(call)
    change = unmerge_people(call.body, one, other, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def _two(call: Call[Any]) -> tuple[Reach, Reach]:
    body = call.body
    found = await call.runtime.read(
        person_list.reach, (body.person_id, body.other_id), callers_paths(call)
    )
    return (
        within_reach(found, body.person_id),
        within_reach(found, body.other_id, "$.other_id"),
    )


VERBS: Final = (
    query("duplicates.list", shapes.DuplicatesList, duplicates_list),
    command(
        "duplicates.dismiss", shapes.DismissDuplicate, duplicates_dismiss, WRITE_PEOPLE
    ),
    command("person.merge", shapes.MergePeople, person_merge, WRITE_PEOPLE),
    command("person.unmerge", shapes.UnmergePeople, person_unmerge, WRITE_PEOPLE),
)
