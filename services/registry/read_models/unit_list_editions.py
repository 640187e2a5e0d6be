"""Which monthly lists of units were published? With what verifies each."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.chassis.lists import cursor_of, key_of
from services.contracts.registry.unit_lists import (
    MANIFEST_DOCUMENT,
    UnitListManifest,
    UnitLists,
    UnitListView,
)
from services.registry.domain.unit_list import UnitList
from services.registry.read_models.tables import READ
from services.registry.unit_list_store import ALGORITHM

EDITIONS = sa.Table(
    "unit_list_editions",
    READ,
    sa.Column("month", sa.Text(collation="C"), primary_key=True),
    sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("units", sa.Integer, nullable=False),
    sa.Column("facts", sa.Integer, nullable=False),
    sa.Column("changes_after", sa.Text, nullable=False),
    sa.Column("size_bytes", sa.Integer, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("content_sha256", sa.Text, nullable=False),
    sa.Column("key_id", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
)
_COLUMNS: Final = tuple(column.name for column in EDITIONS.c)


class UnitListsReadModel:
    """Writes one row per list."""

    name = "unit_list_editions"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        rows = [
            _row(item.event)
            for item in recorded
            if isinstance(item.event, UnitList.Published)
        ]
        if rows:
            conn.execute(sa.insert(EDITIONS), rows)


def _row(fact: UnitList.Published) -> dict[str, Any]:
    told = {
        "known_at": fact.known_at,
        "published_at": fact.timestamp,
        **fact.listed._asdict(),
    }
    return {name: told[name] for name in _COLUMNS}


def list_editions(conn: sa.Connection, *, first: int, after: str | None) -> UnitLists:
    """List what was published, the newest month first. Raises CursorInvalid."""
    query = sa.select(EDITIONS).order_by(EDITIONS.c.month.desc()).limit(first + 1)
    if after is not None:
        (month,) = key_of(after, tuple[str])
        query = query.where(EDITIONS.c.month < month)
    found = conn.execute(query).mappings().all()
    rows = tuple(
        UnitListView(
            id=row["month"],
            **row,
            file_path=f"/v1/unit-lists/{row['month']}",
            manifest_path=f"/v1/unit-lists/{row['month']}/manifest",
            cursor=cursor_of(row["month"]),
        )
        for row in found[:first]
    )
    return UnitLists(rows=rows, has_next=len(found) > first)


def manifest_of(conn: sa.Connection, month: str) -> UnitListManifest | None:
    """Return what stands beside the list of a month."""
    wanted = sa.select(EDITIONS).where(EDITIONS.c.month == month)
    row = conn.execute(wanted).mappings().one_or_none()
    if row is None:
        return None
    return UnitListManifest(document=MANIFEST_DOCUMENT, algorithm=ALGORITHM, **row)


def published_months(conn: sa.Connection) -> set[str]:
    """Return the months that have their list."""
    return set(conn.execute(sa.select(EDITIONS.c.month)).scalars())
