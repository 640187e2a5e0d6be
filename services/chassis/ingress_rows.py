"""A partner's events as they came, in our own table, before anybody judges them.

The partner door writes and reads them; a row stays ``received`` until it is answered.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.clock import utc_now
from services.chassis.consumer_pull import Pulled
from services.chassis.quarantine import Held, quarantine

_NAMESPACE = UUID("b3a1c8c4-7f1e-4a0b-9a63-5a1a6f1f6f57")


class StoredEvent(NamedTuple):
    """One message of a partner that is durable here and not yet answered."""

    row_id: int
    stream_created: str
    stream_sequence: int
    raw: bytes

    @property
    def correlation_id(self) -> str:
        """Id of this message in logs and answers, the same after a restart."""
        return str(uuid5(_NAMESPACE, f"{self.stream_created}/{self.stream_sequence}"))


class IngressRows:
    """The rows of one partner."""

    def __init__(self, engine: sa.Engine, schema: str, partner: str) -> None:
        self._engine = engine
        self._schema = schema
        self._partner = partner
        self._columns = "id, stream_created, stream_sequence, raw"

    def store(
        self, messages: Sequence[Pulled], stream_created: str
    ) -> list[StoredEvent]:
        """Store what came and return what is new; redelivered messages are known."""
        with self._engine.begin() as connection:
            rows = connection.exec_driver_sql(
                f"INSERT INTO {self._schema}.ingress (partner, stream_created,"
                " stream_sequence, subject, raw, received_at)"
                " SELECT %(partner)s, %(created)s, u.*, %(now)s FROM"
                " unnest(%(sequences)s::int8[], %(subjects)s::text[],"
                " %(raws)s::bytea[]) AS u"
                f" ON CONFLICT DO NOTHING RETURNING {self._columns}",
                {
                    "partner": self._partner,
                    "created": stream_created,
                    "now": utc_now(),
                    "sequences": [m.sequence for m in messages],
                    "subjects": [m.subject.decode() for m in messages],
                    "raws": [m.payload for m in messages],
                },
            ).all()
        return [StoredEvent(row[0], row[1], row[2], bytes(row[3])) for row in rows]

    def waiting(self, older_than_s: float, limit: int = 500) -> list[StoredEvent]:
        """Return what was stored a while ago and never answered, oldest first."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {self._columns} FROM {self._schema}.ingress"
                " WHERE partner = %s AND state = 'received'"
                " AND received_at <= clock_timestamp() - make_interval(secs => %s)"
                " ORDER BY id LIMIT %s",
                (self._partner, older_than_s, limit),
            ).all()
        return [StoredEvent(row[0], row[1], row[2], bytes(row[3])) for row in rows]

    def accepted(self, event: StoredEvent) -> None:
        """Note that the event took effect and was answered."""
        with self._engine.begin() as connection:
            self._close(connection, event, "accepted")

    def rejected(
        self, event: StoredEvent, event_id: str | None, reason: str, field: str | None
    ) -> None:
        """Note that the event was refused, and keep it in quarantine."""
        digest = hashlib.sha256(event.raw).hexdigest()[:16]
        held = Held(
            f"{event_id or 'unreadable'} {digest}",
            reason,
            {"field": field, "correlation_id": event.correlation_id},
            event.raw,
        )
        with self._engine.begin() as connection:
            self._close(connection, event, "rejected")
            reader = f"ingress-{self._partner}"
            quarantine(connection, self._schema, reader, self._partner, held)

    def _close(self, connection: sa.Connection, event: StoredEvent, state: str) -> None:
        connection.exec_driver_sql(
            f"UPDATE {self._schema}.ingress SET state = %s WHERE id = %s",
            (state, event.row_id),
        )
