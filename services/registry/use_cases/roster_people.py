"""Whom of a roster does the register know already? Asked by its check.

People are the same by a number of theirs. By name and day of birth alone a row is only
recognised as the service that is there already, so that no two people become one.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.documents.roster_cells import RosterRow
from services.registry.domain import import_errors as errors
from services.registry.domain.one_membership import may_serve_both
from services.registry.person_vault import (
    MATCHES,
    MatchKind,
    PersonRecord,
    PersonVault,
    SchoolLevel,
)
from services.registry.read_models.import_lookup import (
    KnownService,
    services_of,
)
from services.registry.read_models.person_list import who_counts
from services.registry.use_cases.roster_plan import KnownPerson

_NUMBERS: Final[tuple[MatchKind, ...]] = ("citizen_id", "old_id")
_KINDS: Final[tuple[MatchKind, ...]] = (*_NUMBERS, "words_and_birth", "words")
Digests = Mapping[MatchKind, bytes]
Owners = dict[tuple[str, bytes], set[UUID]]
Ask = Callable[[Callable[[sa.Connection], Any]], Any]


class SeenRow(NamedTuple):
    """A row of the file that bears the same number."""

    number: int
    team_id: UUID
    force_type: str


def record_of(row: RosterRow) -> PersonRecord:
    """Return the record of a row's person, for the vault."""
    return PersonRecord(
        full_name=row.full_name,
        birth_date=row.birth_date,
        citizen_id=row.citizen_id,
        old_id=row.old_id,
        phone=row.phone,
        school_level=cast("SchoolLevel | None", row.school_level),
    )


class PeopleFinder:
    """Finds people of a file in the register, and those who stand in it twice."""

    def __init__(self, ask: Ask, vault: PersonVault, rows: Sequence[RosterRow]) -> None:
        self._records = {row.number: record_of(row) for row in rows}
        self._digests: dict[int, Digests] = {
            number: vault.matches(one, _KINDS) for number, one in self._records.items()
        }
        digests = list(self._digests.values())
        self._owners: Owners = ask(lambda conn: _owners(conn, digests))
        people = {one for owners in self._owners.values() for one in owners}
        self._numbered: set[UUID] = ask(lambda conn: _numbered(conn, people))
        self._services: dict[UUID, list[KnownService]] = ask(
            lambda conn: services_of(conn, people)
        )
        self._seen: dict[tuple[str, bytes], list[SeenRow]] = {}
        self._seen_names: dict[tuple[bytes, UUID], int] = {}

    def record(self, row: RosterRow) -> PersonRecord:
        """Return the record of a row."""
        return self._records[row.number]

    def known(self, row: RosterRow) -> KnownPerson | None:
        """Return the person who bears a number of the row.

        Raises IdsOfDifferentPeople.
        """
        found = self._bearing(row, *_NUMBERS)
        if len(found) > 1:
            raise errors.IdsOfDifferentPeople
        if not found:
            return None
        (person_id,) = found
        return KnownPerson(person_id)

    def _bearing(self, row: RosterRow, *kinds: MatchKind) -> set[UUID]:
        digests = self._digests[row.number]
        return {
            one
            for kind in kinds
            if kind in digests
            for one in self._owners.get((kind, digests[kind]), ())
        }

    def is_there_already(self, row: RosterRow, team_id: UUID) -> bool:
        """Tell whether the very service of a row is in the register.

        A row with a number is not taken for somebody with another number.
        """
        digests = self._digests[row.number]
        by_number = self._bearing(row, *_NUMBERS)
        by_name = self._bearing(row, _name_kind(digests))
        if any(kind in digests for kind in _NUMBERS):
            by_name -= self._numbered
        people = by_number | by_name
        wanted = (team_id, row.post.value, row.first_day)
        return any(
            wanted == (one.force_unit_id, one.post, one.enrolled_on)
            for person in people
            for one in self._services.get(person, ())
        )

    def refuse_double_service(
        self, row: RosterRow, team_id: UUID, known: KnownPerson | None
    ) -> None:
        """Let somebody serve in one force at a time, by register and by file.

        Raises PersonServesAlready, RowTwice.
        """
        for one in self._services.get(known.id, ()) if known else ():
            if _goes_on(one, row) and _excludes(one, row, team_id):
                raise errors.PersonServesAlready(since=one.enrolled_on)
        digests = self._digests[row.number]
        numbers = [(kind, digests[kind]) for kind in _NUMBERS if kind in digests]
        if not numbers:
            by_name = (digests[_name_kind(digests)], team_id)
            first = self._seen_names.setdefault(by_name, row.number)
            if first != row.number:
                raise errors.RowTwice(other_row=first)
        seen = SeenRow(row.number, team_id, row.force.code)
        for number in numbers:
            _refuse_twice(self._seen.setdefault(number, []), seen)


def _refuse_twice(rows: list[SeenRow], seen: SeenRow) -> None:
    for other in rows:
        same = other.team_id == seen.team_id
        if same or not may_serve_both(other.force_type, seen.force_type):
            raise errors.RowTwice(other_row=other.number)
    rows.append(seen)


def _asked(digests: Digests) -> set[MatchKind]:
    """Return by what a row is looked for: its numbers, and the strictest name."""
    return {kind for kind in _NUMBERS if kind in digests} | {_name_kind(digests)}


def _name_kind(digests: Digests) -> MatchKind:
    return "words_and_birth" if "words_and_birth" in digests else "words"


def _goes_on(one: KnownService, row: RosterRow) -> bool:
    return one.ceased_on is None or one.ceased_on > row.first_day


def _excludes(one: KnownService, row: RosterRow, team_id: UUID) -> bool:
    same = one.force_unit_id == team_id
    return same or not may_serve_both(one.force_type, row.force.code)


def _numbered(conn: sa.Connection, people: set[UUID]) -> set[UUID]:
    """Return those of the people who are known by a number."""
    given = sa.literal(list(people), pg.ARRAY(pg.UUID))
    query = sa.select(MATCHES.c.person_id).where(
        MATCHES.c.person_id == sa.any_(given),
        sa.or_(MATCHES.c.citizen_id.is_not(None), MATCHES.c.old_id.is_not(None)),
    )
    return set(conn.execute(query).scalars())


def _owners(conn: sa.Connection, digests: Sequence[Digests]) -> Owners:
    """Return who bears which digest: one statement a kind for the whole file."""
    found: Owners = {}
    for kind in _KINDS:
        wanted = list({each[kind] for each in digests if kind in _asked(each)})
        column = MATCHES.c[kind]
        given = sa.literal(wanted, pg.ARRAY(sa.LargeBinary))
        query = sa.select(column, MATCHES.c.person_id).where(column == sa.any_(given))
        for digest, person_id in conn.execute(query):
            found.setdefault((kind, bytes(digest)), set()).add(person_id)
    merged = who_counts(conn, {one for owners in found.values() for one in owners})
    return {
        key: {merged.get(one, one) for one in owners} for key, owners in found.items()
    }
