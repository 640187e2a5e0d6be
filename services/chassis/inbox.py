"""What a service does with the facts of others: runs its followers over their streams.

One Inbox per process starts a reader for each follower, source and shard, and reads a
follower anew from the beginning when it is told to.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from services.chassis.bus import Bus
from services.chassis.ending import end
from services.chassis.followers import (
    Delivered,
    Follower,
    NoticesCommits,
    Rebuildable,
)
from services.chassis.history import HistoryUnanswered
from services.chassis.nats import BUS_ERRORS, delete_consumer, event_stream
from services.chassis.positions import (
    Reached,
    forget_positions,
    positions_reached,
)
from services.chassis.quarantine import release_all
from services.chassis.shard_reader import ReaderContext, ShardReader, consumer_name

if TYPE_CHECKING:
    from services.chassis.service import Runtime

__all__ = [
    "Delivered",
    "Follower",
    "Inbox",
    "NotRebuildable",
    "NoticesCommits",
    "Reached",
    "Rebuildable",
    "positions_reached",
]

log = structlog.get_logger()

_THREADS = 4


class NotRebuildable(Exception):
    """The follower cannot forget what it derived."""


class Inbox:
    """Keeps the followers of one process up to date."""

    def __init__(  # noqa: PLR0913 - everything that the readers share
        self,
        client: Bus,
        engine: sa.Engine,
        followers: Sequence[Follower],
        *,
        service: str,
        runtime: "Runtime | None" = None,
        partitions: int = 8,
        shards: int = 1,
        catalogue: frozenset[str] = frozenset(),
    ) -> None:
        self._client = client
        self._engine = engine
        self._schema = f"{service}_write"
        self._followers = {follower.name: follower for follower in followers}
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="follow")
        self._shards = shards
        self._context = ReaderContext(
            client=client,
            engine=engine,
            schema=self._schema,
            threads=self._threads,
            catalogue=catalogue,
            partitions=partitions,
            shards=shards,
            runtime=runtime,
            on_diverged=self._on_diverged,
        )
        self._readers: dict[str, list[asyncio.Task[None]]] = {}
        self._rebuilding: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Follow until stopped."""
        for name in self._followers:
            self._start(name)
        await self._stopping.wait()
        await end(self._rebuilding)
        await end(task for tasks in self._readers.values() for task in tasks)
        self._threads.shutdown()

    def stop(self) -> None:
        """Let ``run`` return when each reader's transaction is over."""
        self._stopping.set()

    async def rebuild(self, name: str, *, from_stores: bool = False) -> None:
        """Forget what the follower derived and read all its sources from the start.

        ``from_stores`` reads the sources' own logs first, for streams that no longer
        hold everything. Raises NotRebuildable, KeyError.
        """
        follower = self._followers[name]
        if not isinstance(follower, Rebuildable):
            raise NotRebuildable(name)
        await end(self._readers.pop(name, []))
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._threads, self._forget, follower)
            if from_stores:
                await self._read_stores(follower)
            # Only to be quicker: without it the whole past is one gap.
            with contextlib.suppress(*BUS_ERRORS):
                await self._forget_consumers(follower)
        finally:
            self._start(name)

    async def _read_stores(self, follower: Follower) -> None:
        for source in follower.sources:
            reader = ShardReader(self._context, follower, source, 0)
            try:
                await reader.read_history()
            except HistoryUnanswered:
                log.warning("follower.history_unanswered", source=source)

    def _forget(self, follower: Follower) -> None:
        with self._engine.begin() as connection:
            # First, because it waits for a batch that another process is applying.
            forget_positions(connection, self._schema, follower.name)
            if isinstance(follower, Rebuildable):
                follower.forget(connection)
            release_all(connection, self._schema, follower.name)

    async def _forget_consumers(self, follower: Follower) -> None:
        for source in follower.sources:
            for shard in range(self._shards):
                name = consumer_name(follower.name, shard, self._shards)
                await delete_consumer(self._client, event_stream(source), name)

    def _start(self, name: str) -> None:
        follower = self._followers[name]
        self._readers[name] = [
            asyncio.create_task(
                ShardReader(self._context, follower, source, shard).run(),
                name=f"{name}/{source}/{shard}",
            )
            for source in follower.sources
            for shard in range(self._shards)
        ]

    def _on_diverged(self, name: str) -> None:
        """Rebuild a follower whose source has another past; else it stays halted."""
        log.error("follower.diverged", follower=name)
        if isinstance(self._followers[name], Rebuildable):
            task = asyncio.create_task(self.rebuild(name))
            self._rebuilding.add(task)
            task.add_done_callback(self._rebuilding.discard)
