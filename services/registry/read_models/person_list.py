"""Which people are there, and who may reach them? Numbers, places and days; no names.

A person is reached through the unit that entered it and through every unit that it
served in; two that were merged are one.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.person import Person
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.tables import MEMBERS, READ, UNITS
from services.unit_directory.places import Covered
from services.unit_directory.tree import lies_within

PEOPLE: Final = sa.Table(
    "person_list",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("registered_on", sa.Date, nullable=False),
    sa.Column("merged_into", pg.UUID),
    sa.Column("erased_on", sa.Date),
    sa.Index("person_list_place", "unit_path", "id"),
    sa.Index("person_list_merged", "merged_into"),
)
APART: Final = sa.Table(
    "people_apart",
    READ,
    sa.Column("person_id", pg.UUID, primary_key=True),
    sa.Column("other_id", pg.UUID, primary_key=True),
)
_INSERT: Final = (
    f"INSERT INTO {PEOPLE.fullname} (id, unit_id, unit_path, registered_on)"
    " SELECT p.id, p.unit_id, coalesce(u.path, ''), p.day"
    " FROM unnest(%b::uuid[], %b::uuid[], %b::date[]) AS p(id, unit_id, day)"
    f" LEFT JOIN {UNITS.units.fullname} AS u ON u.id = p.unit_id"
    " ON CONFLICT DO NOTHING"
)


class PersonListReadModel:
    """Writes one row per person; merging and parting move a pointer."""

    name = "person_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        new: dict[UUID, tuple[UUID, date]] = {}
        merged: dict[UUID, UUID | None] = {}
        erased: dict[UUID, date] = {}
        apart: dict[tuple[UUID, UUID], bool] = {}
        for item in recorded:
            match item.event:
                case Person.Registered(originator_id=one) as fact:
                    new.setdefault(one, (fact.unit_id, fact.registered_on))
                case ForceUnit.MemberEnrolled() as fact:
                    # Whoever came before people had records of their own.
                    who = fact.person_id or fact.member_id
                    new.setdefault(who, (fact.unit_id, fact.enrolled_on))
                case Person.Merged(originator_id=one, into=other):
                    merged[one] = other
                    apart[(one, other)] = apart[(other, one)] = False
                case Person.Parted(originator_id=one):
                    merged[one] = None
                case Person.Erased(originator_id=one, erased_on=day):
                    erased[one] = day
                case Person.ToldApart(originator_id=one, other_id=other):
                    apart[(one, other)] = True
        _insert(conn, new)
        _set(conn, "merged_into", merged)
        _set(conn, "erased_on", erased)
        _tell_apart(conn, apart)


def _insert(conn: sa.Connection, new: dict[UUID, tuple[UUID, date]]) -> None:
    if new:
        units = [unit for unit, _ in new.values()]
        days = [day for _, day in new.values()]
        conn.exec_driver_sql(_INSERT, (list(new), units, days))


def _set(conn: sa.Connection, column: str, values: dict[UUID, Any]) -> None:
    if values:
        conn.execute(
            sa.update(PEOPLE)
            .where(PEOPLE.c.id == sa.bindparam("who"))
            .values({column: sa.bindparam("what")}),
            [{"who": who, "what": what} for who, what in values.items()],
        )


def _tell_apart(conn: sa.Connection, apart: dict[tuple[UUID, UUID], bool]) -> None:
    told = [pair for pair, is_so in apart.items() if is_so]
    untold = [pair for pair, is_so in apart.items() if not is_so]
    if untold:
        pair = sa.tuple_(APART.c.person_id, APART.c.other_id)
        conn.execute(sa.delete(APART).where(pair.in_(untold)))
    if told:
        rows = [{"person_id": one, "other_id": other} for one, other in told]
        conn.execute(pg.insert(APART).on_conflict_do_nothing(), rows)


class Service(NamedTuple):
    """One service of a person, as lists know it."""

    member_id: UUID
    person_id: UUID
    force_unit_id: UUID
    unit_path: str
    post: str
    enrolled_on: date
    ceased_on: date | None


class Reach(NamedTuple):
    """A person whom the caller may reach: which one counts, and all that belongs to it.

    ``family`` holds the person and those merged into it.
    """

    id: UUID
    family: tuple[UUID, ...]
    unit_id: UUID
    unit_path: str
    erased_on: date | None
    services: tuple[Service, ...]


def reach(
    conn: sa.Connection, ids: Collection[UUID], callers_paths: Iterable[Covered]
) -> dict[UUID, Reach]:
    """Return those of the people asked for whom the caller may reach."""
    paths = tuple(callers_paths)
    families, roots = families_of(conn, ids)
    services = _services(conn, [one for family in families.values() for one in family])
    found = {}
    for root_id, family in families.items():
        row = roots[root_id]
        mine = tuple(s for one in family for s in services.get(one, ()))
        places = [row.unit_path, *(service.unit_path for service in mine)]
        if any(lies_within(place, paths) for place in places):
            found[root_id] = Reach(
                root_id, family, row.unit_id, row.unit_path, row.erased_on, mine
            )
    return {
        asked: found[root]
        for asked in ids
        for root in (_root_of(asked, families),)
        if root in found
    }


def _root_of(asked: UUID, families: dict[UUID, tuple[UUID, ...]]) -> UUID | None:
    if asked in families:
        return asked
    return next((root for root, family in families.items() if asked in family), None)


def who_counts(conn: sa.Connection, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return who counts for those of the people who were merged, however often."""
    given = sa.literal(list(ids), pg.ARRAY(pg.UUID))
    query = sa.select(PEOPLE.c.id).where(
        PEOPLE.c.id == sa.any_(given), PEOPLE.c.merged_into.is_not(None)
    )
    merged = set(conn.execute(query).scalars())
    families = families_of(conn, merged)[0] if merged else {}
    return {
        one: root
        for root, family in families.items()
        for one in merged.intersection(family)
    }


def families_of(
    conn: sa.Connection, ids: Collection[UUID]
) -> tuple[dict[UUID, tuple[UUID, ...]], dict[UUID, sa.Row[Any]]]:
    """Return for each person that counts who belongs to it, and the row of its own."""
    up = (
        sa.select(PEOPLE.c.id, PEOPLE.c.merged_into)
        .where(PEOPLE.c.id == sa.any_(sa.literal(list(ids), pg.ARRAY(pg.UUID))))
        .cte("up", recursive=True)
    )
    up = up.union(
        sa.select(PEOPLE.c.id, PEOPLE.c.merged_into).join(
            up, up.c.merged_into == PEOPLE.c.id
        )
    )
    down = (
        sa.select(PEOPLE.c.id, PEOPLE.c.id.label("root"))
        .join(up, up.c.id == PEOPLE.c.id)
        .where(up.c.merged_into.is_(None))
        .cte("down", recursive=True)
    )
    down = down.union(
        sa.select(PEOPLE.c.id, down.c.root).join(
            down, down.c.id == PEOPLE.c.merged_into
        )
    )
    rows = conn.execute(
        sa.select(down.c.root, PEOPLE)
        .join(PEOPLE, PEOPLE.c.id == down.c.id)
        .order_by(down.c.root, PEOPLE.c.registered_on, PEOPLE.c.id)
    ).all()
    families: dict[UUID, tuple[UUID, ...]] = {}
    for row in rows:
        families[row.root] = (*families.get(row.root, ()), row.id)
    return families, {row.id: row for row in rows if row.id == row.root}


def _services(conn: sa.Connection, ids: Collection[UUID]) -> dict[UUID, list[Service]]:
    rows = conn.execute(
        sa.select(
            MEMBERS.c.id,
            MEMBERS.c.person_id,
            MEMBERS.c.force_unit_id,
            FORCE_HOMES.c.unit_path,
            MEMBERS.c.post,
            MEMBERS.c.enrolled_on,
            MEMBERS.c.ceased_on,
        )
        .join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))
        .where(MEMBERS.c.person_id.in_(list(ids)))
        .order_by(MEMBERS.c.enrolled_on, MEMBERS.c.id)
    )
    found: dict[UUID, list[Service]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(Service(*row))
    return found
