"""Which tips lie where, and how do they stand? Lists and counters ask; no text here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.tips.api import ListTips
from services.tips.domain.tip import Tip
from services.tips.domain.values import TipState
from services.tips.tip_vault import VaultTables
from services.unit_directory.places import Covered
from services.unit_directory.predicate import lies_within_sql

READ_METADATA = sa.MetaData(schema="tips_read")

TIP_INBOX = sa.Table(
    "tip_inbox",
    READ_METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("unit_id", sa.Uuid, nullable=False),
    sa.Column("unit_path", sa.Text(collation="C"), nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("triaged_on", sa.Date),
    sa.Column("valuable", sa.Boolean),
    sa.Column("valued_on", sa.Date),
    sa.Index("tip_inbox_by_day", "received_on", "id"),
    sa.Index("tip_inbox_by_place", "unit_path", "received_on"),
)


class TipInbox:
    """Keeps the rows in the transaction of each command."""

    name = "tip_inbox"

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        received = [_row(e) for e in recorded if isinstance(e.event, Tip.Received)]
        if received:
            connection.execute(sa.insert(TIP_INBOX), received)
        for entry in recorded:
            changes = _changes(entry.event)
            if changes:
                connection.execute(
                    sa.update(TIP_INBOX)
                    .where(TIP_INBOX.c.id == entry.aggregate_id)
                    .values(**changes)
                )


def _row(recorded: RecordedEvent) -> dict[str, Any]:
    event: Any = recorded.event
    names = ("unit_id", "unit_path", "category", "channel", "received_on")
    columns = {name: getattr(event, name) for name in names}
    return {"id": recorded.aggregate_id, "state": TipState.RECEIVED, **columns}


def _changes(event: object) -> dict[str, Any]:
    match event:
        case Tip.Triaged():
            return {
                "state": TipState.TRIAGED,
                "outcome": event.outcome,
                "triaged_on": event.triaged_on,
            }
        case Tip.Valued():
            return {
                "state": TipState.VALUED,
                "valuable": event.valuable,
                "valued_on": event.valued_on,
            }
        case Tip.Erased():
            return {"state": TipState.ERASED}
        case _:
            return {}


class Page(NamedTuple):
    """Rows of one page, and whether more follow."""

    rows: list[dict[str, Any]]
    has_next: bool


def list_tips(
    conn: sa.Connection,
    prefixes: Iterable[Covered],
    wanted: ListTips,
    tables: VaultTables,
) -> Page:
    """Give the tips below the prefixes, latest day first. Raises CursorInvalid."""
    inbox, register = TIP_INBOX.c, tables.register.c
    conditions = [lies_within_sql(inbox.unit_path, prefixes), *_filters(wanted)]
    if wanted.after is not None:
        day, tip_id = key_of(wanted.after, tuple[date, UUID])
        later = sa.tuple_(inbox.received_on, inbox.id)
        conditions.append(later < sa.tuple_(sa.literal(day), sa.literal(tip_id)))
    shown = [inbox[name] for name in _SHOWN]
    found = conn.execute(
        sa.select(*shown, register.year, register.number)
        .join(tables.register, register.tip_id == inbox.id)
        .where(*conditions)
        .order_by(inbox.received_on.desc(), inbox.id.desc())
        .limit(wanted.first + 1)
    )
    rows = [dict(row) for row in found.mappings()]
    for row in rows:
        row["cursor"] = cursor_of(row["received_on"], row["id"])
    return Page(rows[: wanted.first], len(rows) > wanted.first)


_SHOWN = (
    "id",
    "unit_id",
    "received_on",
    "category",
    "channel",
    "state",
    "outcome",
    "valuable",
)


def _filters(wanted: ListTips) -> list[sa.ColumnElement[bool]]:
    inbox = TIP_INBOX.c
    conditions = []
    if wanted.from_day is not None:
        conditions.append(inbox.received_on >= wanted.from_day)
    if wanted.to_day is not None:
        conditions.append(inbox.received_on <= wanted.to_day)
    if wanted.category is not None:
        conditions.append(inbox.category == wanted.category)
    if wanted.state is not None:
        conditions.append(inbox.state == wanted.state)
    return conditions
