"""Group commit in the application: many callers' commands, one durable transaction.

A transaction holds the command ids, the events and the inline read models. A batch that
fails is run again one by one, so that each command meets its own fate.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple, Protocol

import sqlalchemy as sa
from prometheus_client import Counter, Histogram

from services.chassis.calls import CommandKey, Outcome
from services.chassis.clock import local_today
from services.chassis.envelopes import Publish
from services.chassis.errors import Conflict, DomainError, Unavailable
from services.chassis.event_store import EventStatements, RecordedEvent, event_arrays
from services.chassis.mapper import AnyEvent, StoredRow

MAX_BATCH = 256
STORE_TRIES = 8
FIRST_WAIT_SECONDS = 0.05
# A refused connection, a broken one, and a pool without a free one.
_AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)

_BATCHES = Histogram(
    "binhyen_command_batch_commands",
    "Commands in one durable transaction.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
_RETRIED = Counter(
    "binhyen_command_batch_retried", "Batches that were run again one by one."
)


class KeyReused(Conflict):
    """An idempotency key came again with another content."""

    code = "commands.key_reused"
    message_vi = "Idempotency-Key này đã dùng cho một lệnh có nội dung khác."
    message_en = "This Idempotency-Key was used for a command with other content."


class StoreUnavailable(Unavailable):
    """The database cannot be reached; whether the command took effect is not known."""

    code = "commands.store_unavailable"
    message_vi = (
        "Tạm thời không ghi được dữ liệu; gửi lại lệnh với cùng Idempotency-Key."
    )
    message_en = "The store is away; send the command again with the same key."


@contextmanager
def store_within_reach() -> Iterator[None]:
    """Refuse instead of failing while the database is away. Raises StoreUnavailable."""
    try:
        yield
    except _AWAY as error:
        raise StoreUnavailable from error


class DecideAgain(Exception):
    """What the decision stood on has changed: load and decide again.

    A guard raises it after it has told ``decide`` what there is to know.
    """


class VersionTaken(DecideAgain):
    """Another command moved the aggregate first."""


class PreparedCommand(NamedTuple):
    """A decided command, ready to be written."""

    key: CommandKey
    reply: bytes
    events: tuple[AnyEvent, ...]
    rows: list[StoredRow]
    also: Callable[[sa.Connection], None] | None
    guard: Callable[[sa.Connection], None] | None = None


class InlineReadModel(Protocol):
    """A read model that changes in the transaction of the command."""

    name: str

    def apply(
        self, connection: sa.Connection, recorded: Sequence[RecordedEvent]
    ) -> None:
        """Take in the events of one transaction, in their order."""


class CommandWriter:
    """The one writer of a process: a queue, a thread, a transaction at a time."""

    def __init__(
        self,
        engine: sa.Engine,
        schema: str,
        read_models: Sequence[InlineReadModel] = (),
        on_commit: Callable[[], None] = lambda: None,
        publish: Publish | None = None,
    ) -> None:
        self._engine = engine
        self._read_models = read_models
        self._publish = publish
        self._statements = EventStatements(schema)
        # Command ids and events in one statement: one round trip less per transaction.
        self._record = (
            f"WITH known AS (INSERT INTO {schema}.commands"
            " (command_id, fingerprint, reply, recorded_on)"
            " SELECT u.*, %s FROM unnest(%b::uuid[], %b::bytea[], %b::bytea[]) AS u)"
            f" {self._statements.insert}"
        )
        self._find_command = (
            f"SELECT fingerprint, reply FROM {schema}.commands WHERE command_id = %s"
        )
        self._on_commit = on_commit
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._queue: asyncio.Queue[_Waiting | None] = asyncio.Queue(maxsize=10_000)
        self._task: asyncio.Task[None] | None = None
        self._held: sa.Connection | None = None

    async def write(self, command: PreparedCommand) -> Outcome:
        """Wait until the command is durable.

        Raises DecideAgain, KeyReused, StoreUnavailable, or what a read model or the
        command's guard raises.
        """
        if self._task is None:
            self._task = asyncio.create_task(self._drain(), name="command-writer")
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        await self._queue.put(_Waiting(command, future))
        return await future

    async def stored_outcome(self, key: CommandKey) -> Outcome | None:
        """Return the outcome that the command id already has.

        Raises KeyReused, StoreUnavailable.
        """
        loop = asyncio.get_running_loop()
        with store_within_reach():
            return await loop.run_in_executor(None, self._look_up, key)

    async def close(self) -> None:
        """Write what is queued, then stop the thread."""
        if self._task is not None:
            await self._queue.put(None)
            await self._task
        self._thread.shutdown()
        if self._held is not None:
            self._held.close()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while (first := await self._queue.get()) is not None:
            batch, closing = self._take(first)
            results = await loop.run_in_executor(
                self._thread, self._write_batch, [item.command for item in batch]
            )
            self._on_commit()
            for item, result in zip(batch, results, strict=True):
                _settle(item.future, result)
            if closing:
                return

    def _take(self, first: "_Waiting") -> tuple[list["_Waiting"], bool]:
        batch = [first]
        while len(batch) < MAX_BATCH and not self._queue.empty():
            item = self._queue.get_nowait()
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _write_batch(
        self, commands: list[PreparedCommand]
    ) -> list[Outcome | BaseException]:
        _BATCHES.observe(len(commands))
        if len(commands) > 1:
            try:
                return list(self._transact(commands))
            except Exception:  # noqa: BLE001 - each command meets its own fate below
                _RETRIED.inc()
        return [self._write_one(command) for command in commands]

    def _write_one(self, command: PreparedCommand) -> Outcome | BaseException:
        wait = FIRST_WAIT_SECONDS
        for _ in range(STORE_TRIES):
            try:
                return self._transact([command])[0]
            except sa.exc.IntegrityError as error:
                # A conflict may be our own success whose acknowledgement was lost.
                return self._after_conflict(command.key, error)
            except _AWAY:
                time.sleep(wait)
                wait = min(wait * 2, 2.0)
                if (found := self._after_loss(command.key)) is not None:
                    return found
            except Exception as error:  # noqa: BLE001 - handed to the caller
                return error
        return StoreUnavailable()

    def _transact(self, commands: list[PreparedCommand]) -> list[Outcome]:
        with self._connection().begin():
            recorded = _recorded(commands, self._insert(commands))
            for command in commands:
                if command.also is not None:
                    command.also(self._connection())
            self._apply_read_models(self._connection(), recorded)
            for command in commands:
                if command.guard is not None:
                    command.guard(self._connection())
        return [
            Outcome(command.reply, self._position(told), replayed=False)
            for command, told in zip(commands, recorded, strict=True)
        ]

    def _position(self, recorded: Sequence[RecordedEvent]) -> int:
        """Return where the last fact stands that others hear of; 0 where there is none.

        A follower comes to it and no further: what is private never reaches it.
        """
        for item in reversed(recorded):
            try:
                if self._publish is None or self._publish(item) is not None:
                    return item.position
            except Exception:  # noqa: BLE001 - the relay reports it, and waits for it too
                return item.position
        return 0

    def _insert(self, commands: list[PreparedCommand]) -> list[int]:
        rows = [row for command in commands for row in command.rows]
        keys = (
            local_today(),
            [command.key.id for command in commands],
            [command.key.fingerprint for command in commands],
            [command.reply for command in commands],
        )
        result = self._connection().exec_driver_sql(
            self._record, (*keys, *event_arrays(rows))
        )
        return [row[0] for row in result]

    def _connection(self) -> sa.Connection:
        if self._held is None or self._held.closed or self._held.invalidated:
            self._held = self._engine.connect()
        return self._held

    def _apply_read_models(
        self,
        connection: sa.Connection,
        recorded: list[list[RecordedEvent]],
    ) -> None:
        together = [item for told in recorded for item in told]
        if not together:
            return
        for model in self._read_models:
            model.apply(connection, together)

    def _look_up(self, key: CommandKey) -> Outcome | None:
        with self._engine.connect() as connection:
            row = connection.exec_driver_sql(
                self._find_command, (key.id,)
            ).one_or_none()
        if row is None:
            return None
        if bytes(row[0]) != key.fingerprint:
            raise KeyReused
        return Outcome(bytes(row[1]), 0, replayed=True)

    def _after_conflict(
        self, key: CommandKey, error: sa.exc.IntegrityError
    ) -> Outcome | BaseException:
        try:
            stored = self._look_up(key)
        except (DomainError, sa.exc.SQLAlchemyError) as refusal:
            return refusal
        if stored is not None:
            return stored
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        return VersionTaken() if constraint == "events_version" else error

    def _after_loss(self, key: CommandKey) -> Outcome | BaseException | None:
        try:
            return self._look_up(key)
        except DomainError as refusal:
            return refusal
        except sa.exc.SQLAlchemyError:
            return None


class _Waiting(NamedTuple):
    command: PreparedCommand
    future: asyncio.Future[Outcome]


def _recorded(
    commands: list[PreparedCommand], positions: list[int]
) -> list[list[RecordedEvent]]:
    """Return the events of each command with their places in the log."""
    place = iter(positions)
    return [
        [
            RecordedEvent(next(place), event, row.topic, row.aggregate_id, row.version)
            for event, row in zip(command.events, command.rows, strict=True)
        ]
        for command in commands
    ]


def _settle(future: asyncio.Future[Outcome], result: Outcome | BaseException) -> None:
    if future.done():
        return
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)
