"""The gateway process: `python -m gateway.main`.

Opens `/graphql`, asks the services over NATS, serves health and metrics on the inner
address, and says good-bye to its sockets before it stops.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
import uvicorn
import uvloop
from nats.aio.client import Client
from starlette.types import ASGIApp

from gateway.app import Gateway
from gateway.limits import LIMITS
from services.chassis import nats
from services.chassis.identity import TokenVerifier
from services.chassis.observability import configure_logging
from services.chassis.process import (
    DoorServer,
    door_server,
    inner_app,
    stop_on_signals,
)
from services.chassis.requests import ServiceClient
from services.chassis.settings import Settings

_LOG = structlog.get_logger("gateway")


def main() -> None:
    """Serve until SIGTERM or SIGINT; settings come from the environment."""
    settings = Settings(service="gateway")
    configure_logging("gateway", settings.log_level)
    uvloop.run(run(settings))


async def run(settings: Settings) -> None:
    """Serve until told to stop. Raises ValueError for missing settings."""
    if settings.jwks_file is None:
        raise ValueError("BINHYEN_JWKS_FILE is not set")
    verifier = TokenVerifier(
        settings.jwks_file, settings.token_issuer, settings.token_audience
    )
    stopping = stop_on_signals()
    bus: list[Client] = []
    inner = door_server(
        inner_app(_readiness(bus, stopping)),
        settings.inner_host,
        settings.inner_port,
        settings,
    )
    inner_task = asyncio.create_task(inner.serve())
    connecting = asyncio.create_task(_connected(settings))
    stop_wait = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({connecting, stop_wait}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            bus.append(connecting.result())
            await _serve(settings, verifier, bus[0], stop_wait)
    finally:
        connecting.cancel()
        stop_wait.cancel()
        for client in bus:
            await client.close()
        inner.should_exit = True
        await inner_task


async def _serve(
    settings: Settings,
    verifier: TokenVerifier,
    client: Client,
    stop_wait: "asyncio.Task[bool]",
) -> None:
    gateway = Gateway(ServiceClient(client), verifier, graphiql=settings.graphiql)
    await gateway.feed.start(client)
    outer = listener(gateway.application(), settings)
    serving = asyncio.create_task(outer.serve())
    _LOG.info("gateway.serving", port=settings.http_port)
    await asyncio.wait({serving, stop_wait}, return_when=asyncio.FIRST_COMPLETED)
    await gateway.sockets.drain()
    outer.should_exit = True
    await serving
    await gateway.feed.stop()


def listener(app: ASGIApp, settings: Settings) -> DoorServer:
    """Return the server of the outer address."""
    return DoorServer(
        uvicorn.Config(
            app,
            host=settings.http_host,
            port=settings.http_port,
            http="httptools",
            ws="websockets-sansio",
            ws_max_size=LIMITS.body_bytes,
            ws_ping_interval=20.0,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
    )


async def _connected(settings: Settings) -> Client:
    password = settings.nats_password
    return await nats.connect(
        settings.nats_url,
        name="gateway",
        user=settings.nats_user,
        password=password.get_secret_value() if password else None,
    )


def _readiness(
    bus: list[Client], stopping: asyncio.Event
) -> Callable[[], Awaitable[Sequence[str]]]:
    async def unready() -> Sequence[str]:
        if stopping.is_set():
            return ["stopping"]
        if not bus or not bus[0].is_connected:
            return ["nats: not connected"]
        return []

    return unready


if __name__ == "__main__":
    main()
