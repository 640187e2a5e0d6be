"""Questions about people's records: each is recorded before it is answered."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from services.chassis.calls import Call, CommandKey
from services.chassis.clock import local_today
from services.chassis.ids import new_id
from services.chassis.service import Runtime
from services.contracts.registry import people as shapes
from services.contracts.registry.units import UnitRef
from services.registry.domain.identifiers import (
    normalised_citizen_id,
    normalised_old_id,
)
from services.registry.domain.person_errors import SearchIncomplete
from services.registry.domain.person_values import ReadingKind, ReadingPurpose, Shown
from services.registry.person_vault import EXTRA, MatchKind, PersonRecord, PersonVault
from services.registry.read_models import people_found, person_list, person_readings
from services.registry.read_models.person_list import Reach
from services.registry.read_models.person_readings import ReadingFilter
from services.registry.read_models.person_views import person_view
from services.registry.reference.people_rules import PEOPLE_RULES
from services.registry.use_cases.record_reading import record_reading, shown_to
from services.registry.verbs.making import callers_paths, given, query
from services.unit_directory.directory import units_of

AUDIT: Final = "people:audit"
READ_FULL: Final = "people:read_full"
READ_SOME: Final = "people:read"
# What a search compares; the words of a name in any order, without marks.
_SEARCHED: Final[tuple[MatchKind, ...]] = ("citizen_id", "old_id", "words", "birth")
_A_WEEK: Final = timedelta(days=7)


Q = TypeVar("Q")


def vault_of(runtime: Runtime) -> PersonVault:
    """Return the vault that the wiring opened."""
    vault: PersonVault = runtime.extras[EXTRA]
    return vault


async def people_read(call: Call[shapes.PeopleRead]) -> shapes.PeopleAnswer:
    """Read records of people; without a right to them they look absent."""
    asked, purpose = call.body, ReadingPurpose(call.body.purpose)
    found: dict[UUID, shapes.PersonView] = {}
    for right, shown in _rights(call):
        left = [one for one in asked.ids if one not in found]
        paths = callers_paths(right)
        reached = await call.runtime.read(person_list.reach, left, paths)
        views = await _read(right, reached.values(), ReadingKind.READ, purpose, shown)
        found |= {one: views[person.id] for one, person in reached.items()}
    return shapes.PeopleAnswer(rows=tuple(found.get(one) for one in asked.ids))


async def people_search(call: Call[shapes.PeopleSearch]) -> shapes.PeopleFound:
    """Find people of the caller's area by name or number.

    Without a right to their records nobody is found. Raises SearchIncomplete.
    """
    asked, purpose = call.body, ReadingPurpose(call.body.purpose)
    wanted = _wanted(asked, vault_of(call.runtime))
    _areas(call, asked.unit)
    found: dict[UUID, shapes.PersonView] = {}
    has_next = False
    for right, shown in _rights(call):
        areas, unit_id = _areas(right, asked.unit)
        ids, more = await call.runtime.read(
            people_found.find_people, wanted, areas, first=asked.first
        )
        has_next = has_next or more
        paths = callers_paths(right)
        reached = await call.runtime.read(person_list.reach, ids, paths)
        people = [one for one in reached.values() if one.id not in found]
        kind = ReadingKind.SEARCH
        found |= await _read(right, people, kind, purpose, shown, asked_in=unit_id)
    rows = tuple(found.values())[: asked.first]
    return shapes.PeopleFound(rows=rows, has_next=has_next or len(rows) < len(found))


def _rights(call: Call[Q]) -> Iterator[tuple[Call[Q], Shown]]:
    """Take a call's rights apart by how much of a record they show, all of it first.

    Where one right shows all, another one has nothing to add; where none shows
    anything, there is nothing.
    """
    full = call.caller.only_with(READ_FULL)
    some = call.caller.only_with(READ_SOME)
    left = set(some.unit_roots) - set(full.unit_roots)
    for right, is_asked in ((full, bool(full.unit_roots)), (some, bool(left))):
        if is_asked:
            mine = dataclasses.replace(call, principal=right)
            shown = shown_to(given(mine))
            if shown is not None:
                yield mine, shown


def _wanted(asked: shapes.PeopleSearch, vault: PersonVault) -> dict[MatchKind, bytes]:
    citizen_id, old_id = asked.citizen_id, asked.old_id
    if asked.name is None and citizen_id is None and old_id is None:
        raise SearchIncomplete(field="$.name")
    record = PersonRecord(
        full_name=asked.name or "",
        birth_date=asked.birth_date,
        citizen_id=citizen_id and normalised_citizen_id(citizen_id, "$.citizen_id"),
        old_id=old_id and normalised_old_id(old_id, "$.old_id"),
    )
    matches = vault.matches(record)
    return {kind: matches[kind] for kind in _SEARCHED if kind in matches}


def _areas(
    call: Call[Any], ref: UnitRef | None
) -> tuple[tuple[tuple[str, ...], ...], UUID | None]:
    if ref is None:
        return (callers_paths(call),), None
    unit_id, paths = covered(call, ref)
    return (callers_paths(call), paths), unit_id


def covered(call: Call[Any], ref: UnitRef) -> tuple[UUID, tuple[str, ...]]:
    """Return a unit that the caller names, and the places of its subtree."""
    tree = units_of(call.runtime)
    unit = tree.resolve(ref, None if ref.id else local_today())
    return unit.id, tree.covers(unit.id)


async def _read(
    call: Call[Any],
    reached: Iterable[Reach],
    kind: ReadingKind,
    purpose: ReadingPurpose,
    shown: Shown,
    *,
    asked_in: UUID | None = None,
) -> dict[UUID, shapes.PersonView]:
    """Record the reading, then open the records; give the views by id."""
    people = {person.id: person for person in reached}
    if not people and kind is ReadingKind.READ:
        return {}
    change = record_reading(
        people.values(), kind, purpose, given(call), asked_in=asked_in
    )
    # Every answer has a record of its own: there is no key by which to spare one.
    await call.runtime.commands.run(change, CommandKey(new_id(), b""))
    records = await call.runtime.read(vault_of(call.runtime).records, people)
    return {
        one: person_view(person, records.get(one), shown)
        for one, person in people.items()
    }


async def people_reads(call: Call[shapes.PeopleReads]) -> shapes.ReadingList:
    """List who read records of people of a unit's subtree, the latest first."""
    asked = call.body
    _, paths = covered(call, asked.unit)
    mine = callers_paths(call)
    family: tuple[UUID, ...] | None = None
    if asked.person_id is not None:
        found = await call.runtime.read(person_list.reach, (asked.person_id,), mine)
        person = found.get(asked.person_id)
        family = person.family if person else (asked.person_id,)
    wanted = ReadingFilter(
        paths, mine, asked.from_day, asked.to_day, family, asked.reader
    )
    return await call.runtime.read(
        person_readings.list_readings, wanted, first=asked.first, after=asked.after
    )


async def people_unusual_reads(
    call: Call[shapes.UnusualReads],
) -> shapes.UnusualReadsAnswer:
    """List readers of a week who stand out against hours and their own average."""
    _, paths = covered(call, call.body.unit)
    monday = _monday(call.body.week_of or local_today() - _A_WEEK)
    rows = await call.runtime.read(
        person_readings.unusual_readers,
        ReadingFilter(paths, callers_paths(call)),
        monday,
        PEOPLE_RULES.reading,
    )
    return shapes.UnusualReadsAnswer(week_begins=monday, rows=tuple(rows))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


VERBS: Final = (
    query("people.read", shapes.PeopleRead, people_read),
    query("people.search", shapes.PeopleSearch, people_search),
    query("people.reads", shapes.PeopleReads, people_reads, AUDIT),
    query("people.unusual_reads", shapes.UnusualReads, people_unusual_reads, AUDIT),
)
