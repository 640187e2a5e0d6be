"""Which rights were handed on, to whom, where, by whom? For lists of them.

What counts at the doors is `access_directory`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.access import GrantList, GrantView
from services.registry.domain.access_grant import AccessGrant, GrantState
from services.registry.domain.roles import scopes_given
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
    # What the role let do when it was given.
    sa.Column("scopes", pg.ARRAY(sa.Text), nullable=False),
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
                        pg.insert(GRANTS).values(_row(fact)).on_conflict_do_nothing()
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


def _row(fact: AccessGrant.Granted) -> dict[str, Any]:
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
        "scopes": list(scopes_given(fact.role, fact.scopes)),
    }


def _change(conn: sa.Connection, item: RecordedEvent, **values: Any) -> None:
    conn.execute(sa.update(GRANTS).where(_G.id == item.aggregate_id).values(**values))


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
    scope: str | None,
    *,
    on: date,
    first: int,
    after: str | None,
) -> GrantList:
    """Return a page of the grants of a scope that count on a day from the roots."""
    conditions = [_G.unit_id.in_(list(roots)), counting_on(on)]
    if scope is not None:
        conditions.append(_G.scopes.contains([scope]))
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
    shown["scopes"] = tuple(row.scopes)
    return GrantView(**shown, cursor=cursor_of(row.unit_path, row.id))
