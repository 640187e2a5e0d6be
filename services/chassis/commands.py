"""From a use case's decision to durable events: the one path of every command.

A use case returns a Change; this module loads the aggregate (or has it cached), lets it
decide under a lock of its own, and hands the events to a writer that puts the commands
of many callers into one durable transaction. Correctness between processes comes from
two unique keys alone: the command id, and an aggregate's next version.
"""

import asyncio
import random
from collections import OrderedDict
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Mapping,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from eventsourcing.domain import Aggregate

from services.chassis.calls import CommandKey, Outcome
from services.chassis.command_writer import (
    CommandWriter,
    DecideAgain,
    PreparedCommand,
    store_within_reach,
)
from services.chassis.errors import Conflict, DomainError
from services.chassis.event_store import EventLog
from services.chassis.mapper import AnyEvent, EventMapper, project

A = TypeVar("A", bound=Aggregate)

MAX_TRIES = 20
CACHED_AGGREGATES = 20_000
MANY_AGGREGATES = 500


class TooManyConflicts(Conflict):
    """The same aggregate kept moving while this command tried to change it."""

    code = "commands.too_many_conflicts"
    message_vi = "Hồ sơ đang được nhiều người sửa cùng lúc, hãy thử lại."
    message_en = "The record is being changed by others at this moment; try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[A]):
    """What a use case wants: an aggregate, and the decision to be taken on it.

    ``decide`` gets the aggregate, or None when it does not exist yet or the id is that
    of something else, and returns it with the reply to the caller; it refuses by
    raising a DomainError. It may run several times and must have no other effect.
    ``also`` writes further rows in the same transaction. ``is_new`` says that the id
    was drawn for this command, so that there is nothing to load. ``guard`` looks
    at what the transaction has written, read models included, and refuses by raising:
    for a rule over more than the aggregates at hand. What it reads it has to lock, so
    that two commands meet there. By raising DecideAgain it has the decision taken once
    more, with what it has learnt.
    """

    aggregate_type: type[A]
    aggregate_id: UUID
    decide: Callable[[A | None], tuple[A, object]]
    also: Callable[[sa.Connection], None] | None = None
    is_new: bool = False
    guard: Callable[[sa.Connection], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointChange:
    """What a use case wants of several aggregates: all of it or nothing, by one key.

    ``decide`` gets those of ``loads`` that exist, by id, and returns every aggregate
    that changed or is new, with the reply to the caller. One that it only looks at may
    be changed by another process meanwhile. With many of them it decides in a thread.
    The rest is as in ``Change``.
    """

    loads: Collection[UUID]
    decide: Callable[[Mapping[UUID, Any]], tuple[Collection[Aggregate], object]]
    also: Callable[[sa.Connection], None] | None = None
    guard: Callable[[sa.Connection], None] | None = None


class _Decided(NamedTuple):
    aggregates: tuple[Any, ...]
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
            return await self._take_effect(lambda: self._decide(change, key))

    async def run_together(self, change: JointChange, key: CommandKey) -> Outcome:
        """Take a decision on several aggregates in one transaction.

        Raises as ``run`` does.
        """
        async with AsyncExitStack() as locks:
            for aggregate_id in sorted(set(change.loads)):
                await locks.enter_async_context(self._locked(aggregate_id))
            return await self._take_effect(lambda: self._decide_together(change, key))

    async def _take_effect(
        self, decide: Callable[[], Awaitable[_Decided | Outcome]]
    ) -> Outcome:
        for attempt in range(MAX_TRIES):
            decided = await decide()
            if isinstance(decided, Outcome):
                return decided
            try:
                outcome = await self._writer.write(decided.prepared)
            except DecideAgain:
                # A process with a warm cache wins every race: leave it a gap.
                await asyncio.sleep(random.random() * min(0.002 * 2**attempt, 0.2))  # noqa: S311 - jitter
                continue
            if not outcome.replayed:
                for aggregate in decided.aggregates:
                    self._remember(aggregate.id, aggregate)
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
        except DomainError as refusal:
            return await self._known_or(refusal, key)

    async def _decide_together(
        self, change: JointChange, key: CommandKey
    ) -> _Decided | Outcome:
        cached = {
            one: self._cache.pop(one) for one in change.loads if one in self._cache
        }
        missing = [one for one in change.loads if one not in cached]
        loaded = await self._load_many(missing)
        if cached:
            try:
                return await self._prepare_together(change, key, {**cached, **loaded})
            except DomainError:
                # Some may have moved, and all may be half changed: begin anew.
                loaded = await self._load_many(change.loads)
        try:
            return await self._prepare_together(change, key, loaded)
        except DomainError as refusal:
            return await self._known_or(refusal, key)

    async def _known_or(self, refusal: DomainError, key: CommandKey) -> Outcome:
        """Answer a refused repetition as the first was. Raises the refusal."""
        stored = await self._writer.stored_outcome(key)
        if stored is None:
            raise refusal
        return stored

    def _prepare(
        self, change: Change[A], key: CommandKey, found: Aggregate | None
    ) -> _Decided:
        aggregate = found if isinstance(found, change.aggregate_type) else None
        changed, reply = change.decide(aggregate)
        return self._prepared((changed,), reply, key, change)

    async def _prepare_together(
        self, change: JointChange, key: CommandKey, found: Mapping[UUID, Any]
    ) -> _Decided:
        def prepare() -> _Decided:
            changed, reply = change.decide(found)
            return self._prepared(tuple(changed), reply, key, change)

        if len(change.loads) < MANY_AGGREGATES:
            return prepare()
        # Thousands of decisions take a second, in which the loop has others to serve.
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, prepare)

    def _prepared(
        self,
        changed: tuple[Aggregate, ...],
        reply: object,
        key: CommandKey,
        change: Change[Any] | JointChange,
    ) -> _Decided:
        events = tuple(e for aggregate in changed for e in aggregate.collect_events())
        if len(changed) > 1:
            _tell_at_one_moment(events)
        rows = [self._mapper.to_row(event) for event in events]
        encoded = reply if isinstance(reply, bytes) else msgspec.json.encode(reply)
        prepared = PreparedCommand(
            key, encoded, events, rows, change.also, change.guard
        )
        return _Decided(changed, prepared)

    async def _load(self, change: Change[A]) -> Aggregate | None:
        return (await self._load_many((change.aggregate_id,))).get(change.aggregate_id)

    async def _load_many(self, ids: Collection[UUID]) -> dict[UUID, Any]:
        if not ids:
            return {}

        def load() -> dict[UUID, Any]:
            if len(ids) == 1:
                (only,) = ids
                found = {only: self._log.events_of(only)}
            else:
                found = self._log.events_of_many(ids)
            return {one: project(None, events) for one, events in found.items()}

        loop = asyncio.get_running_loop()
        with store_within_reach():
            loaded = await loop.run_in_executor(self._readers, load)
        return {one: aggregate for one, aggregate in loaded.items() if aggregate}

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


def _tell_at_one_moment(events: Sequence[AnyEvent]) -> None:
    """Give a command's facts one timestamp: no moment knows only a part of them."""
    last = max((event.timestamp for event in events), default=None)
    for event in events:
        event.__dict__["timestamp"] = last  # as the mapper does: events are frozen
