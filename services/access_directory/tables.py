"""Where a service keeps its copy of the grants: writing events into it, reading it.

The follower and the registry's own inline read model write; `Holdings` reads.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.contracts.envelope import PublicEvent
from services.contracts.registry.access_events import (
    AccessApprovedV1,
    AccessGrantedV1,
    AccessRevokedV1,
)

ACCESS_EVENTS: Final[tuple[type[PublicEvent], ...]] = (
    AccessGrantedV1,
    AccessApprovedV1,
    AccessRevokedV1,
)
# Which facts of a grant are known, as one number: it only ever grows.
_GRANTED, _APPROVED, _REVOKED = 1, 2, 4
_TOLD: Final = ("subject", "scopes", "unit_id", "first_day", "last_day", "at_once")


class StandingGrant(NamedTuple):
    """A grant that counts, or will when its first day comes."""

    subject: str
    scopes: frozenset[str]
    unit_id: UUID
    first_day: date
    last_day: date


class Revision(NamedTuple):
    """What the standing grants depend on; another one means that they may differ."""

    today: date
    grants: int
    facts: int


class GrantTables:
    """The tables of one service's copy of the grants, in its read schema."""

    def __init__(self, metadata: sa.MetaData) -> None:
        # A fact that was held back may come behind later ones: until a grant is told,
        # a row holds what is known of it.
        self.grants = sa.Table(
            "access_directory",
            metadata,
            sa.Column("id", pg.UUID, primary_key=True),
            sa.Column("facts", sa.SmallInteger, nullable=False),
            sa.Column("subject", sa.Text),
            sa.Column("scopes", pg.ARRAY(sa.Text)),
            sa.Column("unit_id", pg.UUID),
            sa.Column("first_day", sa.Date),
            sa.Column("last_day", sa.Date, index=True),
            sa.Column("at_once", sa.Boolean),
        )
        # One row, once everything was read that the source had told by then.
        self.whole = sa.Table(
            "access_directory_whole",
            metadata,
            sa.Column("id", sa.SmallInteger, primary_key=True),
            sa.Column("known_until", sa.DateTime(timezone=True), nullable=False),
        )

    def apply(self, conn: sa.Connection, events: Iterable[PublicEvent]) -> None:
        """Write a batch of facts; those that come again change nothing."""
        rows: dict[UUID, dict[str, Any]] = {}
        for event in events:
            told, fact = _told(event)
            row = rows.setdefault(told["id"], {"facts": 0, **dict.fromkeys(_TOLD)})
            row |= told
            row["facts"] |= fact
        if not rows:
            return
        given = pg.insert(self.grants)
        mine = self.grants.c
        upsert = given.on_conflict_do_update(
            index_elements=[mine.id],
            set_={
                "facts": mine.facts.bitwise_or(given.excluded.facts),
                **{
                    name: sa.func.coalesce(mine[name], given.excluded[name])
                    for name in _TOLD
                },
            },
        )
        # In one order, so that two processes cannot wait for each other.
        conn.execute(upsert, [rows[one] for one in sorted(rows)])

    def forget(self, conn: sa.Connection) -> None:
        """Delete every row; until all is read again, nothing of it counts."""
        for table in (self.whole, self.grants):
            conn.execute(sa.delete(table))

    def revision(self, conn: sa.Connection, today: date) -> Revision:
        """Return what tells whether a grant that has not run out has moved."""
        facts = self.grants.c.facts
        row = conn.execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(facts), 0)).where(
                self.grants.c.last_day >= today
            )
        ).one()
        return Revision(today, int(row[0]), int(row[1]))

    def standing(self, conn: sa.Connection, today: date) -> list[StandingGrant]:
        """Return the grants that count, or will; not what has run out by today."""
        c = self.grants.c
        approved = sa.or_(c.at_once, c.facts.bitwise_and(_APPROVED) > 0)
        rows = conn.execute(
            sa.select(c.subject, c.scopes, c.unit_id, c.first_day, c.last_day).where(
                c.last_day >= today,
                c.facts.bitwise_and(_GRANTED) > 0,
                c.facts.bitwise_and(_REVOKED) == 0,
                approved,
            )
        )
        return [StandingGrant(row[0], frozenset(row[1]), *row[2:]) for row in rows]

    def mark_whole(self, conn: sa.Connection, seconds_ago: float) -> None:
        """Write down that all is here that had been told some seconds ago."""
        until = sa.func.clock_timestamp() - sa.func.make_interval(
            0, 0, 0, 0, 0, 0, seconds_ago
        )
        given = pg.insert(self.whole).values(id=1, known_until=until)
        conn.execute(
            given.on_conflict_do_update(
                index_elements=[self.whole.c.id],
                set_={
                    "known_until": sa.func.greatest(
                        self.whole.c.known_until, given.excluded.known_until
                    )
                },
            )
        )

    def age(self, conn: sa.Connection) -> float | None:
        """Return how many seconds ago all that was told was here; None: never."""
        age = sa.func.clock_timestamp() - self.whole.c.known_until
        found = conn.execute(sa.select(sa.extract("epoch", age))).scalar_one_or_none()
        return None if found is None else float(found)


def _told(event: PublicEvent) -> tuple[dict[str, Any], int]:
    match event:
        case AccessGrantedV1():
            row = {
                "id": event.grant_id,
                "subject": event.subject,
                "scopes": list(event.scopes),
                "unit_id": event.unit_id,
                "first_day": event.first_day,
                "last_day": event.last_day,
                "at_once": not event.needs_approval,
            }
            return row, _GRANTED
        case AccessApprovedV1():
            return {"id": event.grant_id}, _APPROVED
        case AccessRevokedV1():
            return {"id": event.grant_id}, _REVOKED
        case _:
            raise TypeError(f"{type(event).__name__} tells nothing of a grant")
