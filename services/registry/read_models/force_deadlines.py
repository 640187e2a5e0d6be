"""Moves what is chased about a force to where the force goes on."""

from collections.abc import Sequence

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.registry.domain.force_unit import ForceUnit
from services.registry.read_models.deadlines import follow_forces


class ForceDeadlinesReadModel:
    """Takes in passings, after the homes and after what opens deadlines of forces."""

    name = "force_deadlines"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        moves = (ForceUnit.PassedOn, ForceUnit.PassingUndone)
        moved = [r.aggregate_id for r in recorded if isinstance(r.event, moves)]
        follow_forces(conn, moved)
