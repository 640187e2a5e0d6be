"""Which units are there? The registry's own copy, written with the facts themselves."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.registry.domain.unit import Unit
from services.registry.domain.unit_register import UnitRegister
from services.registry.publishing import publish
from services.registry.read_models.tables import UNITS
from services.unit_directory.tables import UNIT_EVENTS, UnitFact

_ABOUT: Final = (Unit.Event, UnitRegister.Event)


class UnitsReadModel:
    """Writes unit facts in the transaction that records them."""

    name = "units"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        facts = []
        for item in recorded:
            if not isinstance(item.event, _ABOUT):
                continue
            event = publish(item)
            if isinstance(event, UNIT_EVENTS):
                told_at = item.event.timestamp
                facts.append(UnitFact(item.version, event, item.position, told_at))
        if facts:
            UNITS.apply(conn, facts)
