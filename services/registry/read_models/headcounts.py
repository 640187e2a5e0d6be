"""How strong is a force that keeps no roster? Its reported numbers, by day."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.tables import FORCE_UNITS, READ

HEADCOUNTS = sa.Table(
    "force_unit_headcounts",
    READ,
    sa.Column("force_unit_id", pg.UUID, primary_key=True),
    sa.Column("counted_on", sa.Date, primary_key=True),
    sa.Column("members", sa.Integer, nullable=False),
)


class HeadcountsReadModel:
    """Writes one row per force unit and day."""

    name = "headcounts"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; the last word for a day counts."""
        rows = {
            (fact.originator_id, fact.counted_on): fact.members
            for item in recorded
            if isinstance(fact := item.event, ForceUnit.HeadcountReported)
        }
        if not rows:
            return
        insert = pg.insert(HEADCOUNTS)
        conn.execute(
            insert.on_conflict_do_update(
                index_elements=[HEADCOUNTS.c.force_unit_id, HEADCOUNTS.c.counted_on],
                set_={"members": insert.excluded.members},
            ),
            [
                {"force_unit_id": which, "counted_on": day, "members": members}
                for (which, day), members in rows.items()
            ],
        )


def reported_by(day: date) -> sa.ColumnElement[int]:
    """Return the last number of a row of FORCE_UNITS on a day; 0 without one."""
    newest = (
        sa.select(HEADCOUNTS.c.members)
        .where(
            HEADCOUNTS.c.force_unit_id == FORCE_UNITS.c.id,
            HEADCOUNTS.c.counted_on <= day,
        )
        .order_by(HEADCOUNTS.c.counted_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(newest, 0)
