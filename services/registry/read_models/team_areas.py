"""Which residential areas does a team cover on a day? Its lists, by their first day."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.event_store import RecordedEvent
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.tables import FORCE_UNITS, READ

TEAM_AREAS = sa.Table(
    "force_unit_areas",
    READ,
    sa.Column("force_unit_id", pg.UUID, primary_key=True),
    sa.Column("assigned_on", sa.Date, primary_key=True),
    sa.Column("area_ids", pg.ARRAY(pg.UUID), nullable=False),
)


class TeamAreasReadModel:
    """Writes one row per force unit and day."""

    name = "team_areas"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction; the last word for a day counts."""
        rows = {
            (fact.originator_id, fact.assigned_on): fact.area_ids
            for item in recorded
            if isinstance(fact := item.event, ForceUnit.AreasAssigned)
        }
        if not rows:
            return
        insert = pg.insert(TEAM_AREAS)
        conn.execute(
            insert.on_conflict_do_update(
                index_elements=[TEAM_AREAS.c.force_unit_id, TEAM_AREAS.c.assigned_on],
                set_={"area_ids": insert.excluded.area_ids},
            ),
            [
                {"force_unit_id": which, "assigned_on": day, "area_ids": area_ids}
                for (which, day), area_ids in rows.items()
            ],
        )


def areas_on(day: date) -> sa.ScalarSelect[list[object]]:
    """Select the areas of a row of FORCE_UNITS on a day; NULL where never said."""
    return (
        sa.select(TEAM_AREAS.c.area_ids)
        .where(
            TEAM_AREAS.c.force_unit_id == FORCE_UNITS.c.id,
            TEAM_AREAS.c.assigned_on <= day,
        )
        .order_by(TEAM_AREAS.c.assigned_on.desc())
        .limit(1)
        .scalar_subquery()
    )
