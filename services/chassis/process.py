"""The process of a service: what it starts, in which order, and how it stops.

``serve`` is what every ``main.py`` calls. One process opens the doors (HTTP, verbs),
relays its own facts and follows those of others; roles can be switched off.
"""

import argparse
import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Any

import sqlalchemy as sa
import structlog
import uvicorn
import uvloop
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.chassis import nats
from services.chassis.http import create_app
from services.chassis.movement import moving_parts
from services.chassis.observability import configure_logging
from services.chassis.schemas import prepare_schema, rebuild_read_schema
from services.chassis.service import (
    Runtime,
    ServiceDefinition,
    build_runtime,
    close_runtime,
)
from services.chassis.settings import Settings

logger = structlog.get_logger()

_COLLECT_AFTER = 10_000
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.2, 3.0


class DoorServer(uvicorn.Server):
    """A uvicorn server that leaves signals to the process around it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield


def serve(definition: ServiceDefinition) -> None:
    """Run a service until SIGTERM or SIGINT; settings come from the environment.

    With the word ``rebuild`` behind the module's name it builds the read schema anew
    instead, and ends.
    """
    settings = Settings(service=definition.name)
    parser = argparse.ArgumentParser(prog=f"python -m services.{definition.name}.main")
    parser.add_argument(
        "task", nargs="?", choices=["serve", "rebuild"], default="serve"
    )
    configure_logging(definition.name, settings.log_level)
    if parser.parse_args().task == "rebuild":
        asyncio.run(_rebuild(definition, settings))
    else:
        uvloop.run(_serve(definition, settings))


async def _rebuild(definition: ServiceDefinition, settings: Settings) -> None:
    runtime = build_runtime(definition, settings)
    prepare_schema(runtime)
    taken = rebuild_read_schema(runtime)
    logger.info("rebuilt", events=taken)
    await close_runtime(runtime)


async def _serve(definition: ServiceDefinition, settings: Settings) -> None:
    stopping = stop_on_signals()
    runtime = build_runtime(definition, settings)
    inner = door_server(
        inner_app(runtime.unready), settings.inner_host, settings.inner_port, settings
    )
    runtime.checks["started"] = _not_yet
    inner_task = asyncio.create_task(inner.serve())
    try:
        await _until_prepared(runtime, stopping)
        if not stopping.is_set():
            await _work(runtime, stopping)
    finally:
        await close_runtime(runtime)
        inner.should_exit = True
        await inner_task
        logger.info("stopped")


async def _work(runtime: Runtime, stopping: asyncio.Event) -> None:
    async with connected(runtime, stopping):
        if stopping.is_set():
            return
        if runtime.definition.on_start is not None:
            await runtime.definition.on_start(runtime)
        parts = moving_parts(runtime)
        tasks = [asyncio.create_task(part.run()) for part in parts]
        outer = _outer_server(runtime)
        if outer is not None:
            tasks.append(asyncio.create_task(outer.serve()))
        keep_out_of_collections()
        runtime.checks.pop("started")
        logger.info("ready", port=runtime.settings.http_port)
        stop_wait = asyncio.create_task(stopping.wait())
        await asyncio.wait([stop_wait, *tasks], return_when=asyncio.FIRST_COMPLETED)
        runtime.checks["started"] = _stopping
        if outer is not None:
            outer.should_exit = True
        for part in reversed(parts):
            part.stop()
        stop_wait.cancel()
        await _finished(tasks, runtime.settings.shutdown_seconds)


async def _finished(tasks: list[asyncio.Task[None]], seconds: float) -> None:
    """Wait for the parts; a part that fell takes the process with it, loudly."""
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    for task in done:
        error = task.exception()
        if error is not None:
            logger.error("part.fell", exc_info=error)
            raise SystemExit(1) from error


def _outer_server(runtime: Runtime) -> DoorServer | None:
    if "http" not in runtime.settings.roles:
        return None
    app = create_app(runtime, runtime.definition.routers)
    settings = runtime.settings
    return door_server(app, settings.http_host, settings.http_port, settings)


def keep_out_of_collections() -> None:
    """Spare what lives as long as the process; called when everything is loaded.

    A full collection walks the tree of units and all that is cached, a tenth of a
    second in which no command is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)


def door_server(app: Any, host: str, port: int, settings: Settings) -> DoorServer:
    """Build a server for an application; it writes no access log of its own."""
    return DoorServer(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            loop="uvloop",
            http="httptools",
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=30,
            timeout_graceful_shutdown=settings.shutdown_seconds,
            h11_max_incomplete_event_size=16_384,
        )
    )


def inner_app(unready: Any) -> Starlette:
    """Build the inner address: liveness, readiness with reasons, metrics."""

    async def live(_: Request) -> Response:
        return JSONResponse({"live": True})

    async def ready(_: Request) -> Response:
        reasons = await unready()
        return JSONResponse({"reasons": list(reasons)}, 503 if reasons else 200)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/health", ready),
            Route("/metrics", metrics),
        ]
    )


def stop_on_signals() -> asyncio.Event:
    """Return an event that SIGTERM or SIGINT sets."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


async def _until_prepared(runtime: Runtime, stopping: asyncio.Event) -> None:
    """Bring the tables up to date, waiting for a database that is not there yet."""
    wait = _FIRST_WAIT_SECONDS
    while not stopping.is_set():
        try:
            await asyncio.to_thread(prepare_schema, runtime)
        except sa.exc.OperationalError:
            logger.warning("database.waiting")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), wait)
            wait = min(wait * 2, _LONGEST_WAIT_SECONDS)
        else:
            return


@contextlib.asynccontextmanager
async def connected(runtime: Runtime, stopping: asyncio.Event) -> AsyncIterator[None]:
    """Hold the connection to NATS; stops waiting for one when told to stop."""
    settings = runtime.settings
    password = settings.nats_password
    connecting = asyncio.create_task(
        nats.connect(
            settings.nats_url,
            name=runtime.name,
            user=settings.nats_user,
            password=password.get_secret_value() if password else None,
        )
    )
    stop_wait = asyncio.create_task(stopping.wait())
    await asyncio.wait([connecting, stop_wait], return_when=asyncio.FIRST_COMPLETED)
    stop_wait.cancel()
    if not connecting.done():
        connecting.cancel()
        yield
        return
    runtime.nats = connecting.result()
    try:
        yield
    finally:
        await runtime.nats.close()


async def _not_yet() -> str | None:
    return "starting"


async def _stopping() -> str | None:
    return "stopping"
