"""The event log of a service: our recorder on SQLAlchemy Core, and how it is read.

Writers hold a shared advisory lock from before their ids are drawn until they
commit; the reader takes the same lock alone for a moment and so knows a mark below
which nothing can appear any more. Ids have holes (a rolled-back write burns its ids),
order has none.
The command path writes through ``insert_rows``; the recorder class gives the library's
own conformance tests and tools the same table.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import sqlalchemy as sa
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    OperationalError,
    StoredEvent,
    Subscription,
)

from services.chassis.database import engine_for_single_reads
from services.chassis.mapper import AnyEvent, EventMapper, StoredRow

READER_LOCK_TIMEOUT = "200ms"


class RecordedEvent(NamedTuple):
    """A domain event with its place in the log."""

    position: int
    event: AnyEvent
    topic: str
    aggregate_id: UUID
    version: int


class EventStatements:
    """The few SQL statements of one events table, built once."""

    def __init__(self, schema: str, table: str = "events") -> None:
        name = f"{schema}.{table}"
        self.lock = f"hashtextextended('{name}', 0)"
        self.lock_block = (
            f"SELECT pg_advisory_xact_lock(hashtextextended('{name}:block', 0))"
        )
        # One statement: the lock is VOLATILE and joined in, so that it is held before
        # the first id is drawn; ORDINALITY keeps ids in the order of the events.
        # Arrays go in binary form (%b): as text, escaping them costs eight times more.
        self.insert = (
            f"INSERT INTO {name} (originator_id, originator_version, topic, state)"
            " SELECT u.id, u.version, u.topic, u.state FROM"
            f" (SELECT pg_advisory_xact_lock_shared({self.lock})) AS held,"
            " unnest(%b::uuid[], %b::int8[], %b::text[], %b::bytea[])"
            " WITH ORDINALITY AS u(id, version, topic, state, n) ORDER BY u.n"
            " RETURNING position"
        )
        columns = "position, originator_id, originator_version, topic, state"
        self.of_aggregate = (
            f"SELECT originator_version, topic, state FROM {name}"
            " WHERE originator_id = %s AND originator_version > %s"
            " ORDER BY originator_version"
        )
        self.of_aggregates = (
            f"SELECT originator_id, originator_version, topic, state FROM {name}"
            " WHERE originator_id = ANY(%b::uuid[])"
            " ORDER BY originator_id, originator_version"
        )
        self.after = (
            f"SELECT {columns} FROM {name} WHERE position > %s AND position <= %s"
            " ORDER BY position LIMIT %s"
        )
        self.head = f"SELECT coalesce(max(position), 0) FROM {name}"


class SafeMarkBusy(Exception):
    """A writer kept the lock for longer than the reader waits; try again soon."""


def insert_rows(
    connection: sa.Connection, statements: EventStatements, rows: Sequence[StoredRow]
) -> list[int]:
    """Append rows in the caller's transaction and return their positions.

    Raises sqlalchemy.exc.IntegrityError when a version is taken.
    """
    result = connection.exec_driver_sql(statements.insert, event_arrays(rows))
    return [row[0] for row in result]


def event_arrays(rows: Sequence[StoredRow]) -> tuple[list[Any], ...]:
    """Return the rows as the arrays that ``EventStatements.insert`` takes."""
    return (
        [row.aggregate_id for row in rows],
        [row.version for row in rows],
        [row.topic for row in rows],
        [row.state for row in rows],
    )


def safe_mark(connection: sa.Connection, statements: EventStatements) -> int:
    """Position below which the log is settled; closes the caller's transaction.

    Raises SafeMarkBusy when a writer holds on for more than 200 ms.
    """
    try:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{READER_LOCK_TIMEOUT}'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({statements.lock})")
        head = connection.exec_driver_sql(statements.head).scalar_one()
        connection.commit()
    except sa.exc.OperationalError as error:
        connection.rollback()
        if getattr(error.orig, "sqlstate", None) == "55P03":
            raise SafeMarkBusy from error
        raise
    return int(head)


class EventLog:
    """Reads one service's event log as domain events; safe to call from threads."""

    def __init__(self, engine: sa.Engine, schema: str, mapper: EventMapper) -> None:
        self._engine = engine
        self._single_reads = engine_for_single_reads(engine, f"binhyen-{schema}-load")
        self._mapper = mapper
        self._schema = schema
        self.statements = EventStatements(schema)

    def safe_mark(self) -> int:
        """Highest position below which nothing can still appear.

        Raises SafeMarkBusy.
        """
        with self._engine.connect() as connection:
            return safe_mark(connection, self.statements)

    def head(self) -> int:
        """Highest position that has been committed; below it a write may be open."""
        with self._engine.connect() as connection:
            head = connection.exec_driver_sql(self.statements.head).scalar_one()
        return int(head)

    def read_after(
        self, position: int, limit: int, *, until: int | None = None
    ) -> list[RecordedEvent]:
        """Events behind ``position`` in order, at most ``limit``, up to the safe mark.

        ``until`` is a mark that the caller already knows to be safe. Raises
        SafeMarkBusy.
        """
        with self._engine.connect() as connection:
            mark = until
            if mark is None:
                head = connection.exec_driver_sql(self.statements.head).scalar_one()
                connection.commit()
                if head <= position:
                    return []
                mark = safe_mark(connection, self.statements)
            rows = connection.exec_driver_sql(
                self.statements.after, (position, mark, limit)
            ).all()
        return [self._recorded(row) for row in rows]

    def events_of(self, aggregate_id: UUID, after_version: int = 0) -> list[AnyEvent]:
        """Events of one aggregate behind a version, oldest first."""
        rows = self._select(self.statements.of_aggregate, (aggregate_id, after_version))
        to_event = self._mapper.to_event
        return [to_event(aggregate_id, *row) for row in rows]

    def events_of_many(self, ids: Collection[UUID]) -> dict[UUID, list[AnyEvent]]:
        """Events of several aggregates, oldest first; those without one are absent."""
        rows = self._select(self.statements.of_aggregates, (list(ids),))
        found: dict[UUID, list[AnyEvent]] = {}
        for aggregate_id, *row in rows:
            event = self._mapper.to_event(aggregate_id, *row)
            found.setdefault(aggregate_id, []).append(event)
        return found

    def _select(self, statement: str, values: tuple[object, ...]) -> Sequence[Any]:
        """Return the driver's own tuples: commands on cold aggregates wait here."""
        try:
            return self._select_once(statement, values)
        except sa.exc.OperationalError as error:
            if not error.connection_invalidated:
                raise
            # The pool's connections were those of a server that is gone.
            return self._select_once(statement, values)

    def _select_once(self, statement: str, values: tuple[object, ...]) -> Sequence[Any]:
        with self._single_reads.connect() as connection:
            result = connection.exec_driver_sql(statement, values)
            return result.cursor.fetchall() if result.cursor else ()

    def generation(self) -> UUID:
        """Identity of this store; a restore from backup gives it a new one."""
        table = f"{self._schema}.store_identity"
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO {table} (only_row, generation) VALUES (true, %s)"
                " ON CONFLICT DO NOTHING",
                (uuid4(),),
            )
            found = connection.exec_driver_sql(
                f"SELECT generation FROM {table}"
            ).scalar_one()
        return UUID(str(found))

    def begin_generation(self) -> UUID:
        """Give the store a new identity, as an operator does after a restore."""
        self.generation()
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                f"UPDATE {self._schema}.store_identity SET generation = %s", (uuid4(),)
            )
        return self.generation()

    def _recorded(self, row: Any) -> RecordedEvent:
        position, aggregate_id, version, topic, state = row
        event = self._mapper.to_event(aggregate_id, version, topic, state)
        return RecordedEvent(position, event, topic, aggregate_id, version)


InlineProjection = Callable[[sa.Connection, Sequence[StoredEvent], Sequence[int]], None]


class SqlAlchemyRecorder(ApplicationRecorder):
    """The library's recorder interface over the same table and the same lock."""

    def __init__(
        self,
        engine: sa.Engine,
        schema: str,
        projections: Sequence[InlineProjection] = (),
    ) -> None:
        super().__init__()
        self._engine = engine
        self._projections = projections
        self.statements = EventStatements(schema)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append in one transaction, or in the caller's (``connection=``).

        Raises the library's IntegrityError and OperationalError.
        """
        connection = kwargs.get("connection")
        try:
            if connection is not None:
                return self._insert(connection, stored_events)
            with self._engine.begin() as own:
                return self._insert(own, stored_events)
        except sa.exc.IntegrityError as error:
            raise IntegrityError(str(error.orig)) from error
        except sa.exc.OperationalError as error:
            raise OperationalError(str(error.orig)) from error

    def _insert(
        self, connection: sa.Connection, stored_events: Sequence[StoredEvent]
    ) -> list[int]:
        rows = [
            StoredRow(
                UUID(str(event.originator_id)), event.originator_version, event.topic,
                      event.state)
            for event in stored_events
        ]  # fmt: skip
        if len(rows) > 1:
            # The library promises that ids of one call stand together. The command
            # path promises only order, and so needs no lock among writers.
            connection.exec_driver_sql(self.statements.lock_block)
        positions = insert_rows(connection, self.statements, rows) if rows else []
        for projection in self._projections:
            projection(connection, stored_events, positions)
        return positions

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Events of one aggregate, by version."""
        name = self.statements.after.partition(" WHERE")[0]
        order = "DESC" if desc else "ASC"
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                f"{name} WHERE originator_id = %s AND originator_version > %s"
                " AND originator_version <= %s"
                f" ORDER BY originator_version {order} LIMIT %s",
                (
                    originator_id,
                    0 if gt is None else gt,
                    2**62 if lte is None else lte,
                    limit,
                ),
            ).all()
        return [StoredEvent(row[1], row[2], row[3], bytes(row[4])) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events by position, never past the safe mark."""
        first = 0 if start is None else start - int(inclusive_of_start)
        name = self.statements.after.partition(" WHERE")[0]
        with self._engine.connect() as connection:
            mark = safe_mark(connection, self.statements)
            if stop is not None:
                mark = min(mark, stop)
            rows = connection.exec_driver_sql(
                f"{name} WHERE position > %s AND position <= %s"
                " AND (%s::text[] = '{}' OR topic = ANY(%s::text[]))"
                " ORDER BY position LIMIT %s",
                (first, mark, list(topics), list(topics), limit),
            ).all()
        return [
            Notification(row[1], row[2], row[3], bytes(row[4]), id=row[0])
            for row in rows
        ]

    def max_notification_id(self) -> int | None:
        """Highest committed position, None for an empty log."""
        with self._engine.connect() as connection:
            head = connection.exec_driver_sql(self.statements.head).scalar_one()
        return int(head) or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Not offered: readers poll up to the safe mark, the relay is woken."""
        del gt, topics
        raise NotImplementedError("read with select_notifications")
