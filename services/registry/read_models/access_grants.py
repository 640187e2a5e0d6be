"""Which rights were handed on, to whom, where? For lists, and for every door."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.access import GrantList, GrantView
from services.registry.domain.access_grant import AccessGrant, GrantState
from services.registry.read_models.tables import READ
from services.unit_directory.predicate import lies_within_sql

GRANTS: Final = sa.Table(
    "access_grants",
    READ,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("unit_id", pg.UUID, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("granted_by", sa.Text, nullable=False),
    sa.Column("approved_by", sa.Text),
    sa.Column("revoked_on", sa.Date),
    sa.Column("revoked_by", sa.Text),
    # Of the last fact about it: replicas see by the highest one that something moved.
    sa.Column("position", sa.BigInteger, nullable=False, index=True),
    sa.Index("access_grants_place", "unit_path", "id"),
    sa.Index("access_grants_root", "unit_id", "id"),
)
_G = GRANTS.c


class AccessGrantsReadModel:
    """Writes one row per grant."""

    name = "access_grants"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction, in their order."""
        for item in recorded:
            match item.event:
                case AccessGrant.Granted() as fact:
                    conn.execute(
                        pg.insert(GRANTS)
                        .values(_row(fact, item.position))
                        .on_conflict_do_nothing()
                    )
                case AccessGrant.Approved(approved_by=who):
                    _change(conn, item, state=GrantState.ACTIVE.value, approved_by=who)
                case AccessGrant.Revoked() as fact:
                    _change(
                        conn,
                        item,
                        state=GrantState.REVOKED.value,
                        revoked_on=fact.revoked_on,
                        revoked_by=fact.revoked_by,
                    )


def _row(fact: AccessGrant.Granted, position: int) -> dict[str, Any]:
    state = GrantState.PENDING if fact.needs_approval else GrantState.ACTIVE
    return {
        "id": fact.originator_id,
        "subject": fact.subject,
        "role": fact.role,
        "unit_id": fact.unit_id,
        "unit_path": fact.unit_path,
        "first_day": fact.first_day,
        "last_day": fact.last_day,
        "state": state.value,
        "granted_by": fact.granted_by,
        "position": position,
    }


def _change(conn: sa.Connection, item: RecordedEvent, **values: Any) -> None:
    conn.execute(
        sa.update(GRANTS)
        .where(_G.id == item.aggregate_id)
        .values(position=item.position, **values)
    )


class StandingGrant(NamedTuple):
    """What a door needs to know of a grant that counts or may come to count."""

    subject: str
    role: str
    unit_id: UUID
    first_day: date
    last_day: date


def head(conn: sa.Connection) -> int:
    """Return the position of the last fact about a grant; 0 for none."""
    return int(conn.execute(sa.select(sa.func.max(_G.position))).scalar_one() or 0)


def standing(conn: sa.Connection, today: date) -> list[StandingGrant]:
    """Return the approved grants that have not run out."""
    rows = conn.execute(
        sa.select(_G.subject, _G.role, _G.unit_id, _G.first_day, _G.last_day).where(
            _G.state == GrantState.ACTIVE.value, _G.last_day >= today
        )
    )
    return [StandingGrant(*row) for row in rows]


def counting_on(day: date) -> sa.ColumnElement[bool]:
    """Keep the grants that count on a day, as far as is known now."""
    return sa.and_(
        _G.first_day <= day,
        _G.last_day >= day,
        sa.or_(
            _G.state == GrantState.ACTIVE.value,
            sa.and_(_G.state == GrantState.REVOKED.value, _G.revoked_on > day),
        ),
    )


def grants_in_area(
    conn: sa.Connection,
    areas: Sequence[Iterable[str]],
    *,
    on: date | None,
    first: int,
    after: str | None,
) -> GrantList:
    """Return a page of the grants with a root in all areas. Raises CursorInvalid."""
    conditions = [lies_within_sql(_G.unit_path, area) for area in areas]
    if on is not None:
        conditions.append(counting_on(on))
    return _page(conn, conditions, first=first, after=after)


def grants_by_roots(
    conn: sa.Connection,
    roots: Iterable[UUID],
    roles: Iterable[str],
    *,
    on: date,
    first: int,
    after: str | None,
) -> GrantList:
    """Return a page of the grants that count on a day from one of the roots."""
    conditions = [
        _G.unit_id.in_(list(roots)), _G.role.in_(list(roles)), counting_on(on)
    ]  # fmt: skip
    return _page(conn, conditions, first=first, after=after)


def _page(
    conn: sa.Connection,
    conditions: list[sa.ColumnElement[bool]],
    *,
    first: int,
    after: str | None,
) -> GrantList:
    key = None if after is None else key_of(after, tuple[str, UUID])
    if key is not None:
        conditions.append(sa.tuple_(_G.unit_path, _G.id) > sa.tuple_(*key))
    query = sa.select(GRANTS).where(*conditions)
    rows = conn.execute(query.order_by(_G.unit_path, _G.id).limit(first + 1)).all()
    return GrantList(
        rows=tuple(_view(row) for row in rows[:first]), has_next=len(rows) > first
    )


def _view(row: sa.Row[Any]) -> GrantView:
    shown = {name: getattr(row, name) for name in GrantView.__struct_fields__[:-1]}
    return GrantView(**shown, cursor=cursor_of(row.unit_path, row.id))
