"""Counts all figures anew beside the present ones, then swaps: safe while in service.

``python -m services.reporting.rebuild`` reads the streams, and asks the services for
what they lack; ``--from stores`` asks the services for everything.
"""

import argparse
import asyncio
import contextlib
import gc
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
import structlog

from services.chassis import nats
from services.chassis.bus import Bus
from services.chassis.consumer_pull import Pull
from services.chassis.deliveries import (
    Gap,
    Item,
    OtherGeneration,
    Planner,
    places_after,
)
from services.chassis.history import (
    EventsAfter,
    HistoryPage,
    HistoryUnanswered,
    ask_history,
)
from services.chassis.observability import configure_logging
from services.chassis.positions import NOWHERE, Place, positions_reached
from services.chassis.service import Runtime, build_runtime, close_runtime
from services.chassis.settings import Settings
from services.reporting.read_models.figures_follower import (
    FOLLOWER,
    SOURCES,
    FiguresFollower,
)
from services.reporting.read_models.geography import Geography
from services.reporting.read_models.report_register import ReportRegister
from services.reporting.read_models.side_tables import SideTables
from services.reporting.read_models.tables import (
    FIGURES,
    LEVELS,
    REPORTS,
    UNITS,
    WAITING,
)
from services.reporting.wiring import definition
from services.unit_directory.directory import UnitDirectory
from services.unit_directory.refusals import UnitsNotLoaded

WINDOW: Final = 2000
TRIES: Final = 20
Origin = Literal["streams", "stores"]
Reached = dict[str, dict[int, Place]]

logger = structlog.get_logger()


class Rebuilt(NamedTuple):
    """What a rebuild did: facts counted, and figures that came out differently."""

    facts: int
    differing: int


class RebuildRefused(Exception):
    """The rebuild would give worse figures than there are; nothing was changed."""


class Rebuild:
    """One rebuild of the figures of one running or resting service."""

    def __init__(self, runtime: Runtime, client: Bus, origin: Origin) -> None:
        self._runtime = runtime
        self._client = client
        self._origin = origin
        self._side = SideTables()
        self._places: dict[str, dict[int, Place]] = {source: {} for source in SOURCES}
        self._later: dict[str, list[Item]] = {source: [] for source in SOURCES}
        self._facts = 0
        self._reached: Reached = {source: {} for source in SOURCES}
        self._folding: asyncio.Task[None] | None = None
        directory = UnitDirectory(UNITS)
        with runtime.engine.connect() as conn:
            directory.reload(conn)
        self._geography = Geography(directory.tree)
        follower = FiguresFollower(directory, FIGURES, WAITING, LEVELS)
        catalogue = runtime.definition.catalogue
        self._planners = {
            source: Planner(follower, source, catalogue) for source in SOURCES
        }

    async def run(self) -> Rebuilt:
        """Count anew and swap. Raises RebuildRefused."""
        await self._runtime.write(self._side.make, self._geography)
        try:
            for _ in range(TRIES):
                for source in SOURCES:
                    await self._read_on(source)
                if self._folding is not None:
                    await self._folding
                await self._runtime.write(self._side.settle, self._geography)
                differing = await self._runtime.write(self._finish)
                if differing is not None:
                    return Rebuilt(self._facts, differing)
        finally:
            if self._folding is not None:
                await asyncio.wait((self._folding,))
            await self._runtime.write(self._side.drop)
        raise RebuildRefused("the follower keeps ahead of the rebuild")

    async def _read_on(self, source: str) -> None:
        async for payloads in self._payloads(source):
            left = payloads
            while left:
                taken, stopped_by = await self._count(source, left)
                left = left[taken:]
                if isinstance(stopped_by, Gap):
                    await self._fill(source, stopped_by)
                elif stopped_by is not None:
                    raise RebuildRefused(f"{source}: facts of another generation")
        for partition, reached in (await self._runtime.read(_reached))[source].items():
            mine = self._places[source].get(partition, NOWHERE)
            if mine.position < reached.position:
                # The stream ends before what the follower knows.
                gap = Gap(
                    partition, mine.position, reached.position, reached.generation
                )
                await self._fill(source, gap)

    async def _count(
        self, source: str, payloads: Sequence[bytes], *, is_complete: bool = False
    ) -> tuple[int, Gap | OtherGeneration | None]:
        """Count what the follower has counted; keep what it has not for later."""
        plan = self._planners[source].plan(
            payloads,
            self._places[source],
            is_complete=is_complete or self._origin == "stores",
        )
        now = await self._counted(source, plan.items)
        self._places[source].update(places_after(plan.items))
        self._gather(now)
        if self._side.is_full:
            await self._fold()
        return plan.taken, plan.stopped_by

    async def _counted(self, source: str, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items that the follower has counted; keep the others for later."""
        if not all(_is_reached(item, self._reached[source]) for item in items):
            self._reached = await self._runtime.read(_reached)
        reached = self._reached[source]
        now: list[Item] = []
        for item in items:
            counted = _is_reached(item, reached)
            (now if counted else self._later[source]).append(item)
        return now

    async def _fold(self) -> None:
        """Fold what was gathered beside the reading of what comes next."""
        if self._folding is not None:
            await self._folding
        fold = self._side.fold
        folding = self._runtime.write(fold, self._side.gathered(), self._geography)
        self._folding = asyncio.create_task(folding)

    def _gather(self, items: Iterable[Item]) -> None:
        events = [item.fact.event for item in items if item.fact is not None]
        self._side.gather(events)
        self._facts += len(events)

    async def _fill(self, source: str, gap: Gap) -> None:
        """Ask the source's store for what its stream does not hold."""
        after = gap.after
        while after < gap.until:
            page = await self._ask(
                source,
                EventsAfter(after=after, partition=gap.partition, until=gap.until),
            )
            await self._count(
                source, [bytes(raw) for raw in page.events], is_complete=True
            )
            if page.complete_to <= after:
                raise RebuildRefused(f"{source}: its store lacks facts")
            after = page.complete_to

    async def _ask(self, source: str, asked: EventsAfter) -> HistoryPage:
        try:
            return await ask_history(self._client, source, asked)
        except HistoryUnanswered as error:
            raise RebuildRefused(f"{source} does not answer") from error

    async def _payloads(self, source: str) -> AsyncIterator[list[bytes]]:
        if self._origin == "streams":
            stream = nats.event_stream(source)
            async for payloads in _of_stream(self._client, stream):
                yield payloads
            return
        after = max((p.position for p in self._places[source].values()), default=0)
        while True:
            page = await self._ask(source, EventsAfter(after=after))
            if page.complete_to <= after:
                return
            yield [bytes(raw) for raw in page.events]
            after = page.complete_to

    def _finish(self, conn: sa.Connection) -> int | None:
        """Catch up with the follower, which waits meanwhile, and swap.

        None: the follower is further than what was read; read on.
        """
        conn.exec_driver_sql(
            "SELECT 1 FROM reporting_write.follower_position WHERE follower = %s"
            " FOR UPDATE",
            (FOLLOWER,),
        )
        reached = _reached(conn)
        if not self._has_read(reached):
            return None
        for source in SOURCES:
            later = self._later[source]
            caught = [item for item in later if _is_reached(item, reached[source])]
            self._gather(caught)
        self._side.settle(conn, self._geography)
        differing = self._side.differing(conn)
        self._side.swap(conn)
        return differing

    def _has_read(self, reached: Reached) -> bool:
        for source, places in reached.items():
            for partition, place in places.items():
                mine = self._places[source].get(partition, NOWHERE)
                if mine.position < place.position:
                    return False
                if mine.generation != place.generation:
                    raise RebuildRefused(f"{source}: the store has another generation")
        return True


async def _of_stream(client: Bus, stream: str) -> AsyncIterator[list[bytes]]:
    """Return all messages that a stream holds by now, in their order.

    A stream that is not there holds nothing.
    """
    name = f"reporting-rebuild-{uuid4().hex[:8]}"
    try:
        last = (await nats.stream_state(client, stream)).last_sequence
    except nats.JetStreamRefused as refusal:
        if refusal.is_missing:
            return
        raise
    await nats.ensure_consumer(
        client, stream, name, max_ack_pending=4 * WINDOW, ack_policy="all"
    )
    try:
        seen = 0
        async with Pull(client, stream, name) as pull:
            while seen < last:
                messages = await pull.take(WINDOW)
                yield [message.payload for message in messages]
                await pull.acknowledge(messages[-1:])
                seen = messages[-1].sequence
    finally:
        await nats.delete_consumer(client, stream, name)


def _reached(conn: sa.Connection) -> Reached:
    """Return how far the live figures are, by source and partition."""
    found: Reached = {source: {} for source in SOURCES}
    for row in positions_reached(conn, "reporting_write", FOLLOWER):
        place = Place(row.generation, row.position, 0, None)
        found[row.source][row.partition] = place
    return found


def _is_reached(item: Item, reached: Mapping[int, Place]) -> bool:
    return item.event.position <= reached.get(item.event.partition, NOWHERE).position


def rebuild_reports(conn: sa.Connection, runtime: Runtime) -> None:
    """Fill the register of reports again from the service's own log."""
    conn.execute(sa.delete(REPORTS))
    register = ReportRegister(REPORTS)
    position = 0
    while recorded := runtime.log.read_after(position, WINDOW):
        register.apply(conn, recorded)
        position = recorded[-1].position


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Spare a million facts in hand from being walked, a third of a rebuild's time.

    What it makes has no cycles; it lasts a minute or two.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


async def rebuild(settings: Settings, origin: Origin) -> Rebuilt:
    """Rebuild everything that reporting derives."""
    runtime = build_runtime(definition(), settings)
    password = settings.nats_password
    runtime.nats = await nats.connect(
        settings.nats_url,
        name="reporting-rebuild",
        user=settings.nats_user,
        password=password.get_secret_value() if password else None,
    )
    try:
        await runtime.write(rebuild_reports, runtime)
        with _without_collections():
            done = await Rebuild(runtime, runtime.nats, origin).run()
        await asyncio.to_thread(FIGURES.sweep, runtime.engine)
        logger.info("rebuilt", facts=done.facts, differing=done.differing)
        return done
    finally:
        await runtime.nats.close()
        await close_runtime(runtime)


def main() -> None:
    """Run from a shell, with the settings of the service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--from", dest="origin", choices=("streams", "stores"), default="streams"
    )
    origin: Origin = parser.parse_args().origin
    settings = Settings(service="reporting")
    configure_logging("reporting", settings.log_level)
    try:
        done = asyncio.run(rebuild(settings, origin))
    except (RebuildRefused, UnitsNotLoaded) as refusal:
        sys.exit(f"Nothing was changed: {refusal}")
    sys.stdout.write(
        f"{done.facts} facts counted, {done.differing} figures differed.\n"
    )


if __name__ == "__main__":
    main()
