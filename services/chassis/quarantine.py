"""Where a message goes that cannot be applied: kept whole, counted, seen by operators.

Followers and the partner door write here in their own transaction; nothing that was
accepted vanishes.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from prometheus_client import Counter

from services.chassis.clock import utc_now
from services.chassis.errors import DomainError

_HELD = Counter(
    "binhyen_quarantined", "Messages put in quarantine.", ("reader", "reason")
)


class Held(NamedTuple):
    """One message for the quarantine: why, and its bytes."""

    key: str
    reason: str
    detail: Mapping[str, Any]
    raw: bytes
    attempts: int = 1


def raw_key(raw: bytes) -> str:
    """Name of a message that does not tell its own."""
    return f"raw:{hashlib.sha256(raw).hexdigest()[:32]}"


def reason_of(error: BaseException) -> tuple[str, dict[str, Any]]:
    """Return the reason and detail of a failure, without a word that somebody typed."""
    if isinstance(error, DomainError):
        return error.code, {"field": error.field, "kind": error.kind.value}
    detail: dict[str, Any] = {"error": type(error).__name__}
    if sqlstate := getattr(getattr(error, "orig", None), "sqlstate", None):
        detail["sqlstate"] = sqlstate
    return "apply_failed", detail


def quarantine(
    connection: sa.Connection, schema: str, reader: str, source: str, held: Held
) -> None:
    """Keep the message; the same one again only counts."""
    now = utc_now()
    connection.exec_driver_sql(
        f"INSERT INTO {schema}.quarantine AS q (reader, source, event_key, reason,"
        " detail, raw, attempts, first_seen, last_seen) VALUES (%(reader)s,"
        " %(source)s, %(key)s, %(reason)s, %(detail)s, %(raw)s, %(attempts)s,"
        " %(now)s, %(now)s) ON CONFLICT (reader, source, event_key) DO UPDATE SET"
        " attempts = q.attempts + excluded.attempts, last_seen = excluded.last_seen,"
        " reason = excluded.reason, detail = excluded.detail, state = 'open'",
        {
            "reader": reader,
            "source": source,
            "key": held.key,
            "reason": held.reason,
            "detail": msgspec.json.encode(held.detail).decode(),
            "raw": held.raw,
            "attempts": held.attempts,
            "now": now,
        },
    )
    _HELD.labels(reader, held.reason).inc()


def held_for_contracts(
    connection: sa.Connection, schema: str, reader: str, source: str
) -> list[tuple[int, bytes]]:
    """Return id and bytes of what an older release of the reader did not understand."""
    rows = connection.exec_driver_sql(
        f"SELECT id, raw FROM {schema}.quarantine WHERE reader = %s AND source = %s"
        " AND state = 'open' AND reason IN ('unknown_type', 'contract_broken')"
        " ORDER BY id LIMIT 1000",
        (reader, source),
    )
    return [(row[0], bytes(row[1])) for row in rows]


def holds_back(
    connection: sa.Connection, schema: str, reader: str, source: str
) -> bool:
    """Tell whether a fact of a kind that the reader knows could not be taken in."""
    held = connection.exec_driver_sql(
        f"SELECT 1 FROM {schema}.quarantine WHERE reader = %s AND source = %s"
        " AND state = 'open' AND reason NOT IN ('unknown_type', 'undecodable') LIMIT 1",
        (reader, source),
    )
    return held.first() is not None


def release(connection: sa.Connection, schema: str, row_id: int) -> bool:
    """Let one message out, once; say whether it was still held."""
    released = connection.exec_driver_sql(
        f"UPDATE {schema}.quarantine SET state = 'released'"
        " WHERE id = %s AND state = 'open'",
        (row_id,),
    )
    return released.rowcount == 1


def release_all(connection: sa.Connection, schema: str, reader: str) -> None:
    """Empty a reader's quarantine, because it reads everything anew."""
    connection.exec_driver_sql(
        f"DELETE FROM {schema}.quarantine WHERE reader = %s", (reader,)
    )
