"""Until when was a force chosen? Its terms, by their first day."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.tables import FORCE_UNITS, READ

TERMS = sa.Table(
    "force_unit_terms",
    READ,
    sa.Column("force_unit_id", pg.UUID, primary_key=True),
    sa.Column("begins_on", sa.Date, primary_key=True),
    sa.Column("ends_on", sa.Date, nullable=False),
)


class TermsReadModel:
    """Writes one row per force unit and first day."""

    name = "terms"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; the last word for a day counts."""
        rows = {
            (fact.originator_id, fact.begins_on): fact.ends_on
            for item in recorded
            if isinstance(fact := item.event, ForceUnit.TermBegun)
        }
        if not rows:
            return
        insert = pg.insert(TERMS)
        conn.execute(
            insert.on_conflict_do_update(
                index_elements=[TERMS.c.force_unit_id, TERMS.c.begins_on],
                set_={"ends_on": insert.excluded.ends_on},
            ),
            [
                {"force_unit_id": which, "begins_on": first, "ends_on": end}
                for (which, first), end in rows.items()
            ],
        )


def term_end_on(day: date) -> sa.ScalarSelect[date]:
    """Select the end of the term of a row of FORCE_UNITS on a day; NULL without one."""
    return (
        sa.select(TERMS.c.ends_on)
        .where(TERMS.c.force_unit_id == FORCE_UNITS.c.id, TERMS.c.begins_on <= day)
        .order_by(TERMS.c.begins_on.desc())
        .limit(1)
        .scalar_subquery()
    )
