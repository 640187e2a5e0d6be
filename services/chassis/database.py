"""PostgreSQL: the engine, and the tables that every service writes to.

Schema ``<service>_write`` is never dropped; ``<service>_read`` is rebuilt at will.
"""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

WriteTables = Callable[[sa.MetaData], None]


def create_engine(url: str, *, service: str, pool: int = 8) -> sa.Engine:
    """Engine of one process; every commit waits for the disk, no wait is for ever."""
    return sa.create_engine(
        url,
        pool_size=pool,
        max_overflow=2,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_connect_args(f"binhyen-{service}"),
    )


def engine_for_single_reads(engine: sa.Engine, name: str) -> sa.Engine:
    """Engine beside another for one SELECT at a time: no ping, no transaction around.

    The three round trips less are half the time of loading an aggregate. A connection
    may turn out dead, so its user tries twice. It is disposed of with the other.
    """
    reader = sa.create_engine(
        engine.url,
        pool_size=4,
        max_overflow=4,
        pool_timeout=10,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args=_connect_args(name),
    )
    sa.event.listen(engine, "engine_disposed", lambda _: reader.dispose())
    return reader


def _connect_args(name: str) -> dict[str, object]:
    return {
        "application_name": name,
        "connect_timeout": 5,
        "options": (
            "-c synchronous_commit=on -c lock_timeout=5s -c statement_timeout=60s"
            " -c idle_in_transaction_session_timeout=15s -c timezone=UTC"
        ),
    }


def write_metadata(service: str, further: WriteTables | None = None) -> sa.MetaData:
    """Tables of ``<service>_write``: the event log, and what makes each fact once."""
    metadata = sa.MetaData(schema=f"{service}_write")
    _event_tables(metadata)
    _movement_tables(metadata)
    if further is not None:
        further(metadata)
    return metadata


def _event_tables(metadata: sa.MetaData) -> None:
    sa.Table(
        "events",
        metadata,
        sa.Column(
            "position", sa.BigInteger, sa.Identity(always=True), primary_key=True
        ),
        sa.Column("originator_id", pg.UUID, nullable=False),
        sa.Column("originator_version", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint(
            "originator_id", "originator_version", name="events_version"
        ),
    )
    sa.Table(
        "commands",
        metadata,
        sa.Column("command_id", pg.UUID, primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("reply", sa.LargeBinary, nullable=False),
        sa.Column("recorded_on", sa.Date, nullable=False, index=True),
    )
    sa.Table(
        "store_identity",
        metadata,
        sa.Column("only_row", sa.Boolean, primary_key=True),
        sa.Column("generation", pg.UUID, nullable=False),
        sa.CheckConstraint("only_row"),
    )


def _movement_tables(metadata: sa.MetaData) -> None:
    sa.Table(
        "follower_position",
        metadata,
        sa.Column("follower", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("partition", sa.Integer, primary_key=True),
        sa.Column("generation", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        # Of all facts up to the position, to tell a restored history from another.
        sa.Column("digest", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("event_time", sa.DateTime(timezone=True)),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
    )
    sa.Table(
        "quarantine",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("event_key", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", pg.JSONB, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        sa.UniqueConstraint("reader", "source", "event_key", name="quarantine_once"),
    )
    sa.Table(
        "ingress",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("stream_sequence", sa.BigInteger, nullable=False),
        sa.Column("stream_created", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="received"),
        sa.UniqueConstraint(
            "partner", "stream_created", "stream_sequence", name="ingress_once"
        ),
    )
