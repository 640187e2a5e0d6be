"""Who serves in a force on a day? Numbers, posts and days; never a name."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.chassis.many_rows import insert_many
from services.contracts.registry.members import MembersOf, MemberView
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.force_homes import FORCE_HOMES, home_today
from services.registry.read_models.member_facts import post_on, resting_since
from services.registry.read_models.tables import MEMBERS
from services.unit_directory.predicate import lies_within_sql


class MemberListReadModel:
    """Writes one row per membership."""

    name = "member_list"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        enrolled = [
            _row(item.event)
            for item in recorded
            if isinstance(item.event, ForceUnit.MemberEnrolled)
        ]
        insert_many(conn, MEMBERS, enrolled, once=True)
        struck = [
            item.event.member_id
            for item in recorded
            if isinstance(item.event, ForceUnit.EnrolmentWithdrawn)
        ]
        if struck:
            conn.execute(
                sa.delete(MEMBERS).where(_C.id == sa.any_(sa.literal(struck, _IDS)))
            )
        # Of several changes of one member the last one counts, column by column.
        changed: dict[UUID, dict[str, Any]] = {}
        for item in recorded:
            values = _change(item.event)
            if values:
                changed.setdefault(values["who"], {**_AS_IT_IS}).update(values)
        if changed:
            conn.execute(_CHANGE, list(changed.values()))


# What a change leaves alone; a suspension is taken back by a day before all days.
_AS_IT_IS: Final = dict.fromkeys(("post_now", "day", "why", "rests"))
_IDS: Final = pg.ARRAY(pg.UUID)
_RESTS_NOT: Final = date.min
_C: Final = MEMBERS.c
_CHANGE: Final = (
    sa.update(MEMBERS)
    .where(_C.id == sa.bindparam("who"))
    .values(
        version=sa.bindparam("number"),
        post=sa.func.coalesce(sa.bindparam("post_now", type_=sa.Text), _C.post),
        ceased_on=sa.func.coalesce(sa.bindparam("day", type_=sa.Date), _C.ceased_on),
        ground=sa.func.coalesce(sa.bindparam("why", type_=sa.Text), _C.ground),
        suspended_on=sa.func.nullif(
            sa.func.coalesce(sa.bindparam("rests", type_=sa.Date), _C.suspended_on),
            _RESTS_NOT,
        ),
    )
)


def _row(fact: ForceUnit.MemberEnrolled) -> dict[str, Any]:
    number, decided_on, issuer = fact.decision or (None, None, None)
    return {
        "id": fact.member_id,
        "force_unit_id": fact.originator_id,
        "person_id": fact.person_id or fact.member_id,
        "post": fact.post,
        "first_post": fact.post,
        "enrolled_on": fact.enrolled_on,
        "from_member_id": fact.from_member_id,
        "version": 1,
        "decision_number": number,
        "decided_on": decided_on,
        "issuer": issuer,
    }


def _change(fact: object) -> dict[str, Any]:
    match fact:
        case ForceUnit.MemberPostChanged(member_id=who, version=number, post=post):
            return {"who": who, "number": number, "post_now": post}
        case ForceUnit.MemberSuspended(member_id=who, version=number) as rest:
            return {"who": who, "number": number, "rests": rest.suspended_on}
        case ForceUnit.MemberResumed(member_id=who, version=number):
            return {"who": who, "number": number, "rests": _RESTS_NOT}
        case ForceUnit.MemberCeased(member_id=who, version=number) as end:
            over = {"day": end.ceased_on, "why": end.ground, "rests": _RESTS_NOT}
            return {"who": who, "number": number, **over}
    return {}


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
    page = _chosen(ids, callers_paths, on, after).subquery()
    query = (
        sa.select(page)
        .where(page.c.place <= first + 1)
        .order_by(page.c.force_unit_id, page.c.place)
    )
    found: dict[UUID, list[MemberView]] = {}
    for row in conn.execute(query):
        found.setdefault(row.force_unit_id, []).append(_view(row, on))
    return {
        unit: MembersOf(
            id=unit,
            rows=tuple(found.get(unit, ())[:first]),
            has_next=len(found.get(unit, ())) > first,
        )
        for unit in ids
    }


def _chosen(
    ids: list[UUID], callers_paths: Iterable[str], on: date | None, after: str | None
) -> sa.Select[Any]:
    as_of = (
        ()
        if on is None
        else (
            post_on(on).label("post_then"),
            resting_since(on).label("rest_then"),
        )
    )
    order = (MEMBERS.c.enrolled_on, MEMBERS.c.id)
    place = (
        sa.func.row_number()
        .over(partition_by=MEMBERS.c.force_unit_id, order_by=order)
        .label("place")
    )
    chosen = (
        sa.select(*MEMBERS.c, *as_of, place)
        .join(FORCE_HOMES, home_today(MEMBERS.c.force_unit_id))
        .where(
            MEMBERS.c.force_unit_id.in_(ids),
            lies_within_sql(FORCE_HOMES.c.unit_path, callers_paths),
        )
    )
    if on is not None:
        chosen = chosen.where(serving_on(on))
    key = None if after is None else key_of(after, tuple[date, UUID])
    if key is not None:
        chosen = chosen.where(sa.tuple_(*order) > sa.tuple_(*key))
    return chosen


def _view(row: sa.Row[Any], on: date | None) -> MemberView:
    return MemberView(
        id=row.id,
        force_unit_id=row.force_unit_id,
        post=row.post if on is None else row.post_then,
        enrolled_on=row.enrolled_on,
        ceased_on=row.ceased_on,
        ground=row.ground,
        from_member_id=row.from_member_id,
        suspended_on=row.suspended_on if on is None else row.rest_then,
        version=row.version,
        person_id=row.person_id,
        cursor=cursor_of(row.enrolled_on, row.id),
    )
