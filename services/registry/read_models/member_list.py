"""Who serves in a force on a day? Numbers, posts and days; never a name."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.api import MembersOf, MemberView
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.tables import FORCE_UNITS, MEMBERS
from services.unit_directory.predicate import lies_within_sql


class MemberListReadModel:
    """Writes one row per membership."""

    name = "member_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        enrolled: list[dict[str, Any]] = []
        ceased: list[dict[str, Any]] = []
        for item in recorded:
            match item.event:
                case ForceUnit.MemberEnrolled() as fact:
                    enrolled.append(_row(fact))
                case ForceUnit.MemberCeased() as fact:
                    ceased.append(
                        {
                            "who": fact.member_id,
                            "day": fact.ceased_on,
                            "why": fact.ground,
                        }
                    )
        if enrolled:
            conn.execute(pg.insert(MEMBERS).on_conflict_do_nothing(), enrolled)
        if ceased:
            conn.execute(
                sa.update(MEMBERS)
                .where(MEMBERS.c.id == sa.bindparam("who"))
                .values(ceased_on=sa.bindparam("day"), ground=sa.bindparam("why")),
                ceased,
            )


def _row(fact: ForceUnit.MemberEnrolled) -> dict[str, Any]:
    return {
        "id": fact.member_id,
        "force_unit_id": fact.originator_id,
        "person_id": fact.person_id or fact.member_id,
        "post": fact.post,
        "enrolled_on": fact.enrolled_on,
        "from_member_id": fact.from_member_id,
    }


def serving_on(day: date) -> sa.ColumnElement[bool]:
    """Keep the memberships that run on a day."""
    return sa.and_(
        MEMBERS.c.enrolled_on <= day,
        sa.or_(MEMBERS.c.ceased_on.is_(None), MEMBERS.c.ceased_on > day),
    )


def list_members(
    conn: sa.Connection,
    force_unit_ids: Iterable[UUID],
    callers_paths: Iterable[str],
    *,
    on: date | None,
    first: int,
    after: str | None,
) -> dict[UUID, MembersOf]:
    """Return a page of each force unit's members. Raises CursorInvalid."""
    ids = list(force_unit_ids)
    order = (MEMBERS.c.enrolled_on, MEMBERS.c.id)
    place = (
        sa.func.row_number()
        .over(partition_by=MEMBERS.c.force_unit_id, order_by=order)
        .label("place")
    )
    chosen = (
        sa.select(*MEMBERS.c, place)
        .join(FORCE_UNITS, FORCE_UNITS.c.id == MEMBERS.c.force_unit_id)
        .where(
            MEMBERS.c.force_unit_id.in_(ids),
            lies_within_sql(FORCE_UNITS.c.unit_path, callers_paths),
        )
    )
    if on is not None:
        chosen = chosen.where(serving_on(on))
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        chosen = chosen.where(sa.tuple_(*order) > sa.tuple_(*key))
    page = chosen.subquery()
    query = (
        sa.select(page)
        .where(page.c.place <= first + 1)
        .order_by(page.c.force_unit_id, page.c.place)
    )
    found: dict[UUID, list[MemberView]] = {}
    for row in conn.execute(query):
        found.setdefault(row.force_unit_id, []).append(_view(row))
    return {
        unit: MembersOf(
            id=unit,
            rows=tuple(found.get(unit, ())[:first]),
            has_next=len(found.get(unit, ())) > first,
        )
        for unit in ids
    }


def _view(row: sa.Row[Any]) -> MemberView:
    return MemberView(
        id=row.id,
        force_unit_id=row.force_unit_id,
        post=row.post,
        enrolled_on=row.enrolled_on,
        ceased_on=row.ceased_on,
        ground=row.ground,
        from_member_id=row.from_member_id,
        cursor=cursor_of(row.enrolled_on, row.id),
    )
