"""Which sessions were held here, in these days? For lists, drives and single looks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.campaigns.domain.session import Session
from services.campaigns.read_models.pages import Listing
from services.campaigns.read_models.tables import READ_METADATA, path_column
from services.chassis.event_store import RecordedEvent
from services.contracts.campaigns.api import GetMany, ListSessions
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

SESSIONS: Final = sa.Table(
    "session_list",
    READ_METADATA,
    sa.Column("id", pg.UUID, primary_key=True),
    sa.Column("campaign_id", pg.UUID),
    sa.Column("unit_id", pg.UUID, nullable=False),
    path_column(),
    sa.Column("held_on", sa.Date, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("attendance", sa.Integer, nullable=False),
    sa.Column("organiser", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("venue", sa.Text, nullable=False),
    sa.Column("corrections", sa.Integer, nullable=False, server_default="0"),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("session_list_by_day", "held_on", "id"),
    sa.Index("session_list_by_unit", "unit_path", "held_on", "id"),
    sa.Index(
        "session_list_by_campaign",
        "campaign_id",
        "held_on",
        "id",
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
    ),
)
_S = SESSIONS.c

# Columns that the event of the same name fills, with their types on the wire.
_HELD: Final = {
    "originator_id": "uuid",
    "campaign_id": "uuid",
    "unit_id": "uuid",
    "unit_path": "text",
    "held_on": "date",
    "kind": "text",
    "attendance": "int",
    "organiser": "text",
    "origin": "text",
    "venue": "text",
}
_INSERT: Final = (
    f"INSERT INTO {SESSIONS.fullname}"
    f" ({', '.join(_HELD).replace('originator_id', 'id')})"
    f" SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in _HELD.values())})"
)

_CORRECT: Final = (
    f"UPDATE {SESSIONS.fullname} AS s"
    " SET attendance = u.attendance, corrections = s.corrections + u.times"
    " FROM unnest(%s::uuid[], %s::int[], %s::int[]) AS u(id, attendance, times)"
    " WHERE s.id = u.id"
)
_WITHDRAW: Final = (
    f"UPDATE {SESSIONS.fullname} SET withdrawn = true WHERE id = ANY(%s::uuid[])"
)

LISTING: Final = Listing(
    shown={c.name: c for c in _S if c.name != "unit_path"},
    order=(_S.held_on, _S.id),
    descending=True,
)


class SessionList:
    """Keeps the list inside the command's own transaction."""

    name = "session_list"

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Take in the events of one transaction."""
        held = [r.event for r in recorded if isinstance(r.event, Session.Held)]
        if held:
            # One statement for the whole transaction: every session passes here.
            columns = [[getattr(event, name) for event in held] for name in _HELD]
            connection.exec_driver_sql(_INSERT, tuple(columns))
        corrected = [
            r.event for r in recorded if isinstance(r.event, Session.Corrected)
        ]
        if corrected:
            _correct(connection, corrected)
        withdrawn = [
            one.aggregate_id
            for one in recorded
            if isinstance(one.event, Session.Withdrawn)
        ]
        if withdrawn:
            connection.exec_driver_sql(_WITHDRAW, (withdrawn,))


def _correct(connection: sa.Connection, events: Sequence[Session.Corrected]) -> None:
    """Take in corrections by one statement; of one session the last one counts."""
    times = Counter(event.originator_id for event in events)
    last = {event.originator_id: event.attendance_after for event in events}
    connection.exec_driver_sql(
        _CORRECT, (list(times), [last[one] for one in times], list(times.values()))
    )


def list_sessions(
    connection: sa.Connection,
    asked: ListSessions,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer a page of the sessions in the area, the latest day first."""
    conditions: list[sa.ColumnElement[bool]] = [lies_within_sql(_S.unit_path, paths)]
    if asked.from_day is not None:
        conditions.append(_S.held_on >= asked.from_day)
    if asked.to_day is not None:
        conditions.append(_S.held_on <= asked.to_day)
    if asked.campaign_ids:
        conditions.append(_S.campaign_id.in_(asked.campaign_ids))
    if asked.kind is not None:
        conditions.append(_S.kind == asked.kind)
    if asked.organiser is not None:
        conditions.append(_S.organiser == asked.organiser)
    if not asked.with_withdrawn:
        conditions.append(_S.withdrawn.is_(False))
    return LISTING.page(
        connection, conditions, first=asked.first, after=asked.after, fields=fields
    )


def get_sessions(
    connection: sa.Connection,
    asked: GetMany,
    paths: Iterable[Covered],
    fields: tuple[str, ...] | None,
) -> bytes:
    """Answer the sessions with these ids, as far as they lie in the area."""
    conditions = [_S.id.in_(asked.ids), lies_within_sql(_S.unit_path, paths)]
    return LISTING.many(connection, conditions, fields)
