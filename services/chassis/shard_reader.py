"""One follower reading one source's partitions: pull, plan, apply, acknowledge.

The Inbox runs one per follower, source and shard. It never skips: a gap is filled from
the source's own log, and until the source answers the reader waits.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import sqlalchemy as sa
import structlog
from prometheus_client import Counter, Gauge

from services.chassis.applying import Applier, is_transient
from services.chassis.bus import Bus
from services.chassis.consumer_pull import ConsumerLost, Pull, Pulled
from services.chassis.deliveries import Gap, OtherGeneration, Plan, Planner
from services.chassis.followers import Delivered, Follower, NoticesCommits
from services.chassis.generations import HistoryDiverged, generation_now, places_in
from services.chassis.history import (
    EventsAfter,
    HistoryPage,
    HistoryUnanswered,
    ask_history,
)
from services.chassis.nats import (
    BUS_ERRORS,
    JetStreamRefused,
    ensure_consumer,
    event_stream,
)
from services.chassis.positions import NOWHERE, Place
from services.chassis.stream_tail import LastFact, StreamUnreadable, last_facts

if TYPE_CHECKING:
    from services.chassis.service import Runtime

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

WINDOW, WIDE_WINDOW, FAR_BEHIND = 500, 2000, 4000
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
_HEALING: tuple[type[BaseException], ...] = (
    ConsumerLost,
    JetStreamRefused,
    StreamUnreadable,
    sa.exc.SQLAlchemyError,
    *BUS_ERRORS,
)
_HOOK_SECONDS = 5.0

_APPLIED = Counter("binhyen_follower_applied", "Facts applied.", ("follower", "source"))
_BEHIND = Gauge(
    "binhyen_follower_behind", "Messages not read yet.", ("follower", "source", "shard")
)
_GAP = Gauge(
    "binhyen_follower_gap", "1 while a gap is open.", ("follower", "source", "shard")
)
_TROUBLE = Counter(
    "binhyen_follower_trouble", "New starts.", ("follower", "source", "reason")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderContext:
    """What the readers of one process share."""

    client: Bus
    engine: sa.Engine
    schema: str
    threads: ThreadPoolExecutor
    catalogue: frozenset[str]
    partitions: int
    shards: int
    runtime: "Runtime | None"
    on_diverged: Callable[[str], None]


class ShardReader:
    """Keeps one follower's share of one source up to date."""

    def __init__(
        self, context: ReaderContext, follower: Follower, source: str, shard: int
    ) -> None:
        self._context = context
        self._follower = follower
        self._source = source
        self._stream = event_stream(source)
        self._is_first = shard == 0
        self._mine = range(shard, context.partitions, context.shards)
        self.consumer = consumer_name(follower.name, shard, context.shards)
        self._labels = (follower.name, source, str(shard))
        self._planner = Planner(follower, source, context.catalogue)
        self._applier = Applier(context.engine, context.schema, follower, source)
        self._places: dict[int, Place] = {}
        self._behind = FAR_BEHIND
        self._progressed = False

    async def run(self) -> None:
        """Read until cancelled; every trouble but divergence heals by itself."""
        wait = _FIRST_WAIT
        while True:
            try:
                await self._session()
            except HistoryDiverged:
                self._trouble("diverged")
                self._context.on_diverged(self._follower.name)
                return
            except _HEALING as error:
                self._trouble(type(error).__name__)
            except Exception as error:
                self._trouble(type(error).__name__)
                log.exception("follower.defect", follower=self._follower.name)
            if self._progressed:
                wait = _FIRST_WAIT
            self._progressed = False
            await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311 - jitter
            wait = min(wait * 2, _LONGEST_WAIT)

    async def read_history(self) -> None:
        """Apply the source's whole log, without its stream.

        Raises HistoryUnanswered; what was applied until then stays.
        """
        self._places = await self._in_thread(self._applier.load)
        after = -1
        page = await self._history_behind(0)
        while page.complete_to > after:
            await self._apply([bytes(raw) for raw in page.events], is_complete=True)
            after = page.complete_to
            page = await self._history_behind(after)

    async def _history_behind(self, after: int) -> HistoryPage:
        asked = EventsAfter(after=after)
        return await ask_history(self._context.client, self._source, asked)

    def _trouble(self, reason: str) -> None:
        _TROUBLE.labels(self._follower.name, self._source, reason).inc()
        log.warning(
            "follower.trouble",
            follower=self._follower.name,
            source=self._source,
            reason=reason,
        )

    async def _session(self) -> None:
        self._places = await self._in_thread(self._applier.load)
        acknowledged = await ensure_consumer(
            self._context.client,
            self._stream,
            self.consumer,
            subjects=self._subjects(),
            max_ack_pending=4 * WIDE_WINDOW,
        )
        await self._check_quiet_partitions(acknowledged)
        if self._is_first:
            await self._tell(
                await self._in_thread(self._applier.retry_held, self._planner)
            )
        async with Pull(self._context.client, self._stream, self.consumer) as pull:
            while True:
                window = WIDE_WINDOW if self._behind >= FAR_BEHIND else WINDOW
                messages = await pull.take(window)
                await self._settle([message.payload for message in messages])
                await pull.acknowledge(messages)
                self._note_backlog(messages[-1])

    async def _check_quiet_partitions(self, acknowledged: int) -> None:
        """Fill what the consumer counts as done and our positions do not.

        The positions came from a backup, say. A busy partition would show the gap with
        its next fact; a quiet one never would.
        """
        client = self._context.client
        tail = await last_facts(client, self._source, self._mine)
        if not tail:
            return
        newest = max(tail, key=_sequence).event.generation
        if self._planner.adopts is None:
            self._planner.adopts = newest
        if any(q.position and q.generation != newest for q in self._places.values()):
            await self._meet(newest)
        for sequence, event in tail:
            after, until = self._at(event.partition).position, event.position
            is_ours = event.generation == newest not in self._planner.superseded
            if sequence <= acknowledged and is_ours and until > after:
                await self._fill(Gap(event.partition, after, until, newest))

    def _subjects(self) -> tuple[str, ...]:
        if self._context.shards == 1:
            return ()
        return tuple(f"ev.{self._source}.{p}.>" for p in self._mine)

    def _note_backlog(self, last: Pulled) -> None:
        self._progressed = True
        self._behind = last.pending
        _BEHIND.labels(*self._labels).set(self._behind)

    async def _settle(self, payloads: Sequence[bytes]) -> None:
        """Bring every message to its end, however long that takes."""
        left = list(payloads)
        while left:
            plan = await self._apply(left)
            left = left[plan.taken :]
            if isinstance(plan.stopped_by, Gap):
                await self._fill(plan.stopped_by)
            elif isinstance(plan.stopped_by, OtherGeneration):
                await self._meet(plan.stopped_by.generation)

    async def _apply(
        self, payloads: Sequence[bytes], *, is_complete: bool = False
    ) -> Plan:
        wait = _FIRST_WAIT
        while True:
            try:
                plan, facts = await self._in_thread(
                    self._plan_and_apply, payloads, is_complete
                )
            except Exception as error:
                if not is_transient(error):
                    raise
                self._trouble(type(error).__name__)
                await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311
                wait = min(wait * 2, _LONGEST_WAIT)
                await self._reload()
            else:
                await self._tell(facts)
                return plan

    async def _reload(self) -> None:
        """See where the places are now: another reader may have moved them."""
        with contextlib.suppress(sa.exc.SQLAlchemyError):
            self._places = await self._in_thread(self._applier.load)

    def _plan_and_apply(
        self,
        payloads: Sequence[bytes],
        is_complete: bool,  # noqa: FBT001 - internal
    ) -> tuple[Plan, list[Delivered]]:
        plan = self._planner.plan(payloads, self._places, is_complete=is_complete)
        self._applier.hold(plan.loose)
        return plan, self._applier.apply(plan.items, self._places)

    async def _tell(self, facts: list[Delivered]) -> None:
        if not facts:
            return
        _APPLIED.labels(self._follower.name, self._source).inc(len(facts))
        if isinstance(self._follower, NoticesCommits) and self._context.runtime:
            try:
                hook = self._follower.after_commit(self._context.runtime, facts)
                await asyncio.wait_for(hook, _HOOK_SECONDS)
            except Exception:
                log.exception("follower.after_commit", follower=self._follower.name)

    async def _fill(self, gap: Gap) -> None:
        """Ask the source for the facts that are missing and apply them first."""
        # Another reader may have been active here while this one stood by.
        await self._reload()
        if not self._is_open(gap):
            return
        log.warning("follower.gap", follower=self._follower.name, source=self._source,
                    after=gap.after, until=gap.until)  # fmt: skip
        _GAP.labels(*self._labels).set(1)
        wait = _FIRST_WAIT
        while self._is_open(gap):
            before = self._at(gap.partition)
            with contextlib.suppress(HistoryUnanswered):
                await self._fill_page(gap, before)
            if self._at(gap.partition) == before and self._is_open(gap):
                await self._reload()
                await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311
                wait = min(wait * 2, _LONGEST_WAIT)
        _GAP.labels(*self._labels).set(0)

    def _is_open(self, gap: Gap) -> bool:
        is_past = gap.generation in self._planner.superseded
        return not is_past and self._at(gap.partition).position < gap.until

    def _at(self, partition: int) -> Place:
        return self._places.get(partition, NOWHERE)

    async def _fill_page(self, gap: Gap, place: Place) -> None:
        page = await ask_history(
            self._context.client,
            self._source,
            EventsAfter(after=place.position, partition=gap.partition, until=gap.until),
        )
        if page.generation != gap.generation:
            await self._meet(gap.generation)
            return
        await self._apply([bytes(raw) for raw in page.events], is_complete=True)
        now = self._at(gap.partition)
        if page.complete_to > now.position:
            further = now._replace(
                generation=page.generation, position=page.complete_to
            )
            await self._move({gap.partition: further})

    async def _meet(self, generation: str) -> None:
        """Find out what a message of another generation means.

        Raises HistoryDiverged when the source has another past than the one applied.
        """
        client = self._context.client
        wait = _FIRST_WAIT
        while True:
            try:
                current = await generation_now(client, self._source)
                self._planner.adopts = current
                if generation != current:
                    self._planner.superseded.add(generation)
                    return
                mine = {p: q for p, q in self._places.items() if p in self._mine}
                await self._move(await places_in(client, self._source, current, mine))
            except HistoryUnanswered:
                await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311
                wait = min(wait * 2, _LONGEST_WAIT)
            else:
                return

    async def _move(self, after: dict[int, Place]) -> None:
        if after:
            await self._in_thread(self._applier.move, dict(self._places), after)
            self._places.update(after)

    async def _in_thread(
        self, work: Callable[P, T], *args: P.args, **kw: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._context.threads, partial(work, *args, **kw))
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            # A transaction cannot be called back: who stops us waits for its end.
            with contextlib.suppress(Exception):
                await done
            raise


def consumer_name(follower: str, shard: int, shards: int) -> str:
    """Durable name of a follower's consumer in each source's stream."""
    return follower if shards == 1 else f"{follower}-{shard}of{shards}"


def _sequence(last: LastFact) -> int:
    return last.sequence
