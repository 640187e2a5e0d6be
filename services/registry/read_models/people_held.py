"""Holds people until the transaction ends, so that two commands about one meet there.

Asked by guards, after the command's own rows are written. Whoever is held can neither
be merged, parted, erased nor taken into a force by another transaction meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.registry.domain.one_membership import HeldService
from services.registry.person_vault import KEYS
from services.registry.read_models.person_list import PEOPLE, families_of
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS


class HeldPerson(NamedTuple):
    """A person as it stands now: who belongs to it, where it serves or served."""

    id: UUID
    family: frozenset[UUID]
    erased_on: date | None
    has_record: bool
    services: tuple[HeldService, ...]


def hold_people(conn: sa.Connection, ids: Collection[UUID]) -> dict[UUID, HeldPerson]:
    """Hold the people that count for these ids; return them by the ids asked for."""
    families = _held_families(conn, ids)
    members = [one for family in families.values() for one in family]
    services = _services(conn, members)
    records = _with_record(conn, families)
    erased = _erased(conn, families)
    held = {
        root: HeldPerson(
            root,
            frozenset(family),
            erased.get(root),
            root in records,
            tuple(s for one in family for s in services.get(one, ())),
        )
        for root, family in families.items()
    }
    return {
        one: person
        for person in held.values()
        for one in person.family.intersection(ids)
    }


def _held_families(
    conn: sa.Connection, ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, ...]]:
    """Lock who counts; what came meanwhile may have moved whom that is."""
    held: set[UUID] = set()
    while True:
        families, _ = families_of(conn, ids)
        if held.issuperset(families):
            return families
        held |= families.keys()
        # In one order, so that two who hold the same people do not wait for each other.
        conn.execute(
            sa.select(PEOPLE.c.id)
            .where(PEOPLE.c.id == sa.any_(_array(held)))
            .order_by(PEOPLE.c.id)
            .with_for_update()
        )


def _services(
    conn: sa.Connection, person_ids: Collection[UUID]
) -> Mapping[UUID, list[HeldService]]:
    rows = conn.execute(
        sa.select(
            MEMBERS.c.person_id,
            MEMBERS.c.id,
            MEMBERS.c.force_unit_id,
            FORCE_UNITS.c.force_type,
            MEMBERS.c.enrolled_on,
            MEMBERS.c.ceased_on,
        )
        .join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
        .where(MEMBERS.c.person_id == sa.any_(_array(person_ids)))
        .order_by(MEMBERS.c.enrolled_on, MEMBERS.c.id)
    )
    found: dict[UUID, list[HeldService]] = {}
    for person_id, *service in rows:
        found.setdefault(person_id, []).append(HeldService(*service))
    return found


def _with_record(conn: sa.Connection, person_ids: Iterable[UUID]) -> set[UUID]:
    query = sa.select(KEYS.c.subject_id).where(
        KEYS.c.subject_id == sa.any_(_array(person_ids))
    )
    return set(conn.execute(query).scalars())


def _erased(conn: sa.Connection, person_ids: Iterable[UUID]) -> dict[UUID, date]:
    query = sa.select(PEOPLE.c.id, PEOPLE.c.erased_on).where(
        PEOPLE.c.id == sa.any_(_array(person_ids)), PEOPLE.c.erased_on.is_not(None)
    )
    return {row.id: row.erased_on for row in conn.execute(query)}


def _array(ids: Iterable[UUID]) -> sa.ColumnElement[Any]:
    """Return ids as one array, however many they are."""
    return sa.literal(list(ids), pg.ARRAY(pg.UUID))
