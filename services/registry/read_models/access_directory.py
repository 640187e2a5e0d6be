"""Which rights count at the doors? The registry's own table, kept with the facts."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from services.access_directory.tables import ACCESS_EVENTS
from services.chassis.event_store import RecordedEvent
from services.registry.domain.access_grant import AccessGrant
from services.registry.publishing import publish
from services.registry.read_models.tables import ACCESS

_ABOUT: Final = AccessGrant.Event


class AccessDirectoryReadModel:
    """Writes facts about grants in the transaction that records them."""

    name = "access_directory"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        told = [publish(one) for one in recorded if isinstance(one.event, _ABOUT)]
        ACCESS.apply(conn, [one for one in told if isinstance(one, ACCESS_EVENTS)])
