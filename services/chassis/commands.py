"""From a use case's decision to durable events: the one path of every command.

A use case returns a Change; this module loads the aggregate (or has it cached), lets it
decide under a lock of its own, and hands the events to a writer that puts the commands
of many callers into one durable transaction. Correctness between processes comes from
two unique keys alone: the command id, and an aggregate's next version.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from eventsourcing.domain import Aggregate

from services.chassis.calls import CommandKey, Outcome
from services.chassis.command_writer import (
    CommandWriter,
    PreparedCommand,
    VersionTaken,
    store_within_reach,
)
from services.chassis.errors import Conflict, DomainError
from services.chassis.event_store import EventLog
from services.chassis.mapper import EventMapper, project

A = TypeVar("A", bound=Aggregate)

MAX_TRIES = 20
CACHED_AGGREGATES = 20_000


class TooManyConflicts(Conflict):
    """The same aggregate kept moving while this command tried to change it."""

    code = "commands.too_many_conflicts"
    message_vi = "Hồ sơ đang được nhiều người sửa cùng lúc, hãy thử lại."
    message_en = "The record is being changed by others at this moment; try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[A]):
    """What a use case wants: an aggregate, and the decision to be taken on it.

    ``decide`` gets the aggregate, or None when it does not exist yet, and returns it
    with the reply to the caller; it refuses by raising a DomainError. It may run
    several times and must have no other effect. ``also`` writes further rows in the
    same transaction. ``is_new`` says that the id was drawn for this command, so that
    there is nothing to load.
    """

    aggregate_type: type[A]
    aggregate_id: UUID
    decide: Callable[[A | None], tuple[A, object]]
    also: Callable[[sa.Connection], None] | None = None
    is_new: bool = False


class _Decided(NamedTuple):
    aggregate: Any
    prepared: PreparedCommand


class CommandPath:
    """Runs changes; one per process."""

    def __init__(
        self,
        log: EventLog,
        mapper: EventMapper,
        writer: CommandWriter,
        threads: int = 4,
    ) -> None:
        self._log = log
        self._mapper = mapper
        self._writer = writer
        self._readers = ThreadPoolExecutor(threads, thread_name_prefix="load")
        self._cache: OrderedDict[UUID, Any] = OrderedDict()
        self._locks: dict[UUID, tuple[asyncio.Lock, int]] = {}

    async def run(self, change: Change[A], key: CommandKey) -> Outcome:
        """Take the decision once and for ever, and return its reply.

        The same key with the same content answers the stored reply. Raises what
        ``decide`` refuses with, KeyReused, TooManyConflicts, StoreUnavailable.
        """
        async with self._locked(change.aggregate_id):
            for attempt in range(MAX_TRIES):
                decided = await self._decide(change, key)
                if isinstance(decided, Outcome):
                    return decided
                try:
                    outcome = await self._writer.write(decided.prepared)
                except VersionTaken:
                    # A process with a warm cache wins every race: leave it a gap.
                    await asyncio.sleep(random.random() * min(0.002 * 2**attempt, 0.2))  # noqa: S311 - jitter
                    continue
                if not outcome.replayed:
                    self._remember(change.aggregate_id, decided.aggregate)
                return outcome
        raise TooManyConflicts

    async def close(self) -> None:
        """Write what is waiting, then stop."""
        await self._writer.close()
        self._readers.shutdown()

    async def _decide(self, change: Change[A], key: CommandKey) -> _Decided | Outcome:
        # Taken out of the cache while it may be dirty: every failure forgets it.
        cached = self._cache.pop(change.aggregate_id, None)
        if cached is not None:
            try:
                return self._prepare(change, key, cached)
            except DomainError:
                pass  # another process may have moved it: confirm on the stored state
        fresh = None if change.is_new else await self._load(change)
        try:
            return self._prepare(change, key, fresh)
        except DomainError:
            stored = await self._writer.stored_outcome(key)
            if stored is not None:
                return stored
            raise

    def _prepare(
        self, change: Change[A], key: CommandKey, aggregate: A | None
    ) -> _Decided:
        changed, reply = change.decide(aggregate)
        events = changed.collect_events()
        rows = [self._mapper.to_row(event) for event in events]
        encoded = reply if isinstance(reply, bytes) else msgspec.json.encode(reply)
        prepared = PreparedCommand(key, encoded, tuple(events), rows, change.also)
        return _Decided(changed, prepared)

    async def _load(self, change: Change[A]) -> A | None:
        def load() -> A | None:
            aggregate: A | None = project(
                None, self._log.events_of(change.aggregate_id)
            )
            return aggregate

        loop = asyncio.get_running_loop()
        with store_within_reach():
            return await loop.run_in_executor(self._readers, load)

    def _remember(self, aggregate_id: UUID, aggregate: Any) -> None:
        self._cache[aggregate_id] = aggregate
        if len(self._cache) > CACHED_AGGREGATES:
            self._cache.popitem(last=False)

    @asynccontextmanager
    async def _locked(self, aggregate_id: UUID) -> AsyncIterator[None]:
        lock, users = self._locks.get(aggregate_id, (None, 0))
        lock = lock or asyncio.Lock()
        self._locks[aggregate_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[aggregate_id]
            if users == 1:
                del self._locks[aggregate_id]
            else:
                self._locks[aggregate_id] = (lock, users - 1)
