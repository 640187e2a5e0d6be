"""One process of a service: its parts put together, started in order, stopped in order.

A service describes itself in a ServiceDefinition (its wiring.py); ``serve`` runs it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
import structlog
from eventsourcing.domain import Aggregate
from fastapi import APIRouter
from nats.aio.client import Client as Nats

from services.chassis.calls import Scope
from services.chassis.command_writer import (
    CommandWriter,
    InlineReadModel,
    StoreUnavailable,
    store_within_reach,
)
from services.chassis.commands import CommandPath
from services.chassis.database import create_engine
from services.chassis.event_store import EventLog, RecordedEvent
from services.chassis.identity import Principal, TokenVerifier
from services.chassis.mapper import EventMapper
from services.chassis.settings import Settings
from services.contracts.envelope import PublicEvent

if TYPE_CHECKING:
    from services.chassis.movement import MovingPart

P = ParamSpec("P")
T = TypeVar("T")

logger = structlog.get_logger()

Check = Callable[[], Awaitable[str | None]]
# What of a caller's rights counts now, at a door that asks for this scope.
Rights = Callable[[Principal, Scope], Principal]


def as_the_token_says(principal: Principal, _: Scope) -> Principal:
    """Let a caller's rights be those of its token, where nothing else is known."""
    return principal


@dataclass(frozen=True, kw_only=True)
class ServiceDefinition:
    """What makes a service this service; everything else is the chassis.

    ``publish`` turns a recorded event into its contract, or None when it is private.
    ``catalogue`` names every wire type that this service may meet. ``on_start`` runs
    before the doors open. ``parts`` make what works beside them.
    """

    name: str
    aggregates: tuple[type[Aggregate], ...]
    publish: Callable[[RecordedEvent], PublicEvent | None]
    read_metadata: sa.MetaData
    inline_read_models: tuple[InlineReadModel, ...] = ()
    followers: tuple[Any, ...] = ()
    ingresses: tuple[Any, ...] = ()
    verbs: tuple[Any, ...] = ()
    routers: tuple[APIRouter, ...] = ()
    catalogue: frozenset[str] = frozenset()
    on_start: "Callable[[Runtime], Awaitable[None]] | None" = None
    parts: "tuple[Callable[[Runtime], MovingPart], ...]" = ()


@dataclass(kw_only=True)
class Runtime:
    """A running service as its own code sees it."""

    definition: ServiceDefinition
    settings: Settings
    engine: sa.Engine
    log: EventLog
    commands: CommandPath
    verifier: TokenVerifier
    threads: ThreadPoolExecutor
    nats: Nats | None = None
    rights: Rights = as_the_token_says
    extras: dict[str, Any] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    wakers: list[Callable[[], None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the service."""
        return self.definition.name

    async def read(
        self,
        question: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask the database in a bounded thread, in a read-only transaction.

        Raises StoreUnavailable.
        """

        def ask() -> T:
            with self.engine.connect() as connection:
                reader = connection.execution_options(postgresql_readonly=True)
                return question(reader, *args, **kwargs)

        return await self.in_thread(ask)

    async def keep_reading(
        self, look: Callable[[sa.Connection], None], *, every_s: float, lost: str
    ) -> None:
        """Look again and again, for what another process may have written.

        Goes on while the database is away, logging ``lost``, and ends with the
        runtime's threads.
        """
        while True:
            await asyncio.sleep(every_s)
            try:
                await self.read(look)
            except (StoreUnavailable, sa.exc.SQLAlchemyError):
                logger.warning(lost, service=self.name)
            except RuntimeError:
                return  # the threads were shut down

    async def write(
        self,
        change: Callable[Concatenate[sa.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Change rows that are no events (an audit line, a vault key) in a thread.

        Raises StoreUnavailable.
        """

        def run() -> T:
            with self.engine.begin() as connection:
                return change(connection, *args, **kwargs)

        return await self.in_thread(run)

    async def in_thread(
        self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do what waits for the database in a bounded thread.

        Raises StoreUnavailable.
        """
        loop = asyncio.get_running_loop()
        with store_within_reach():
            return await loop.run_in_executor(
                self.threads, partial(work, *args, **kwargs)
            )

    async def unready(self) -> Sequence[str]:
        """Reasons why this process should get no calls yet; empty when it is ready."""
        reasons = []
        for name, check in list(self.checks.items()):  # a check may leave meanwhile
            reason = await check()
            if reason is not None:
                reasons.append(f"{name}: {reason}")
        return reasons


def build_runtime(definition: ServiceDefinition, settings: Settings) -> Runtime:
    """Connect the parts of a service that need no network but the database.

    Raises ValueError for missing settings.
    """
    if settings.jwks_file is None:
        raise ValueError("BINHYEN_JWKS_FILE is not set")
    schema = f"{definition.name}_write"
    engine = create_engine(
        settings.database(), service=definition.name, pool=settings.database_pool
    )
    mapper = EventMapper(definition.aggregates)
    log = EventLog(engine, schema, mapper)
    wakers: list[Callable[[], None]] = []
    writer = CommandWriter(
        engine,
        schema,
        definition.inline_read_models,
        on_commit=lambda: _wake(wakers),
        publish=definition.publish,
    )
    runtime = Runtime(
        definition=definition,
        settings=settings,
        engine=engine,
        log=log,
        commands=CommandPath(log, mapper, writer),
        verifier=TokenVerifier(
            settings.jwks_file, settings.token_issuer, settings.token_audience
        ),
        threads=ThreadPoolExecutor(settings.threads, thread_name_prefix="read"),
        wakers=wakers,
    )
    runtime.checks["database"] = _database_check(runtime)
    return runtime


def _wake(wakers: list[Callable[[], None]]) -> None:
    for wake in wakers:
        wake()


async def close_runtime(runtime: Runtime) -> None:
    """Write what is waiting, then let go of threads and connections."""
    await runtime.commands.close()
    runtime.threads.shutdown()
    runtime.engine.dispose()


def _database_check(runtime: Runtime) -> Check:
    async def check() -> str | None:
        try:
            await runtime.read(
                lambda connection: connection.exec_driver_sql("SELECT 1")
            )
        except (StoreUnavailable, sa.exc.SQLAlchemyError):
            return "not reachable"
        return None

    return check
