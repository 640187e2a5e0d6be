"""Boards, teams and forces of a unit on a day, each with its headcount."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.chassis.many_rows import insert_many
from services.contracts.registry.force_units import (
    ForceHome,
    ForceUnitList,
    ForceUnitView,
)
from services.registry.domain.force_homes import ALWAYS
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.force_homes import (
    FORCE_HOMES,
    at_home,
    homes_of,
)
from services.registry.read_models.headcounts import reported_by
from services.registry.read_models.member_facts import resting_in
from services.registry.read_models.member_list import serving_on
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.registry.read_models.team_areas import areas_on
from services.unit_directory.predicate import lies_within_sql


class ForceUnitListReadModel:
    """Writes one row per force unit."""

    name = "force_unit_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        established: dict[UUID, dict[str, object]] = {}
        withdrawn: set[UUID] = set()
        ended = []
        for item in recorded:
            match item.event:
                case ForceUnit.Established() | ForceUnit.EstablishedAnew() as fact:
                    established[fact.originator_id] = _row(fact)
                case ForceUnit.EstablishmentWithdrawn(originator_id=which):
                    established.pop(which, None)
                    withdrawn.add(which)
                case ForceUnit.Disbanded(originator_id=which, disbanded_on=day):
                    ended.append({"which": which, "day": day, "how": "disbanded"})
                case ForceUnit.Consolidated(originator_id=which, consolidated_on=day):
                    ended.append({"which": which, "day": day, "how": "consolidated"})
        # One that was withdrawn and set up again has the rows of its second life.
        _delete(conn, withdrawn)
        insert_many(conn, FORCE_UNITS, list(established.values()), once=True)
        _end(conn, ended)


def _delete(conn: sa.Connection, ids: set[UUID]) -> None:
    if ids:
        conn.execute(sa.delete(FORCE_UNITS).where(FORCE_UNITS.c.id.in_(ids)))


def _end(conn: sa.Connection, ends: list[dict[str, object]]) -> None:
    if ends:
        conn.execute(
            sa.update(FORCE_UNITS)
            .where(FORCE_UNITS.c.id == sa.bindparam("which"))
            .values(disbanded_on=sa.bindparam("day"), ended_as=sa.bindparam("how")),
            ends,
        )


def _row(fact: ForceUnit.Established | ForceUnit.EstablishedAnew) -> dict[str, object]:
    return {
        "id": fact.originator_id,
        "force_type": fact.force_type,
        "name": fact.name,
        "established_on": fact.established_on,
    }


_HOME: Final = ("unit_id", "unit_path", "since", "until", "decision")


class ForceUnitFilter(NamedTuple):
    """Which force units a list holds; both areas have to cover a row."""

    unit_paths: tuple[str, ...]
    callers_paths: tuple[str, ...]
    force_type: str | None
    on: date | None


def existing_on(day: date) -> sa.ColumnElement[bool]:
    """Keep the force units that exist on a day."""
    return sa.and_(
        FORCE_UNITS.c.established_on <= day,
        sa.or_(FORCE_UNITS.c.disbanded_on.is_(None), FORCE_UNITS.c.disbanded_on > day),
    )


def list_force_units(
    conn: sa.Connection,
    wanted: ForceUnitFilter,
    *,
    today: date,
    first: int,
    after: str | None,
) -> ForceUnitList:
    """Return a page in the order of place and id. Raises CursorInvalid.

    The place is that of the day asked for; without one, that of today.
    """
    day = wanted.on or today
    # Both parts of the order stand in one index of the homes.
    place, which = FORCE_HOMES.c.unit_path, FORCE_HOMES.c.force_unit_id
    query = _with_members(day).where(
        lies_within_sql(place, wanted.unit_paths),
        lies_within_sql(place, wanted.callers_paths),
    )
    if wanted.force_type is not None:
        query = query.where(FORCE_UNITS.c.force_type == wanted.force_type)
    if wanted.on is not None:
        query = query.where(existing_on(wanted.on))
    key = None if after is None else key_of(after, tuple[str, UUID])
    if key is not None:
        query = query.where(sa.tuple_(place, which) > sa.tuple_(*key))
    query = query.order_by(place, which).limit(first + 1)
    rows = conn.execute(query).all()
    return ForceUnitList(rows=_views(conn, rows[:first]), has_next=len(rows) > first)


def get_force_units(
    conn: sa.Connection,
    ids: Sequence[UUID],
    callers_paths: Iterable[str],
    *,
    today: date,
) -> dict[UUID, ForceUnitView]:
    """Return the force units that lie in the caller's area today, by id."""
    query = _with_members(today).where(
        FORCE_UNITS.c.id.in_(list(ids)),
        lies_within_sql(FORCE_HOMES.c.unit_path, callers_paths),
    )
    return {view.id: view for view in _views(conn, conn.execute(query).all())}


def _with_members(day: date) -> sa.Select[Any]:
    members = (
        sa.select(sa.func.count())
        .where(MEMBERS.c.force_unit_id == FORCE_UNITS.c.id, serving_on(day))
        .scalar_subquery()
    )
    # Of a force either members are known or reported numbers, never both.
    home = (FORCE_HOMES.c[name] for name in _HOME)
    counted = sa.select(
        *FORCE_UNITS.c,
        *home,
        (members + reported_by(day)).label("members"),
        areas_on(day).label("area_ids"),
        resting_in(day).label("resting"),
    )
    return counted.join(FORCE_HOMES, at_home(day))


def _views(
    conn: sa.Connection, rows: Sequence[sa.Row[Any]]
) -> tuple[ForceUnitView, ...]:
    """Show forces; only of those that were passed on are further homes looked up."""
    passed = [row.id for row in rows if row.since != ALWAYS or row.until is not None]
    homes = homes_of(conn, passed) if passed else {}
    return tuple(_view(row, homes.get(row.id, [row])) for row in rows)


def _view(row: sa.Row[Any], homes: Sequence[sa.Row[Any]]) -> ForceUnitView:
    return ForceUnitView(
        id=row.id,
        force_type=row.force_type,
        unit_id=row.unit_id,
        name=row.name,
        established_on=row.established_on,
        disbanded_on=row.disbanded_on,
        members=row.members,
        ended_as=row.ended_as,
        area_ids=tuple(row.area_ids or ()),
        active=row.members - row.resting,
        homes=tuple(
            ForceHome(
                unit_id=home.unit_id,
                since=None if home.since == ALWAYS else home.since,
                until=home.until,
                decision=home.decision,
            )
            for home in homes
        ),
        cursor=cursor_of(row.unit_path, row.id),
    )
