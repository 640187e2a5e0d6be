"""Several processes of the registry over one store, and commands that truly meet there.

Each has its own writer, connections and cache: only the database stands between them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import httpx2
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.settings import Settings
from services.registry.read_models.person_list import PEOPLE
from tests.registry.conftest import Registry, opened

# Long enough for every command to have come as far as it gets.
PILING_UP_SECONDS = 0.4


@asynccontextmanager
async def processes(
    registry: Registry, settings: Settings, issuer: Issuer
) -> AsyncIterator[list[Registry]]:
    """Run two more processes beside one that runs."""
    async with AsyncExitStack() as stack:
        more = [await stack.enter_async_context(opened(settings, issuer))
                for _ in range(2)]  # fmt: skip
        yield [registry, *more]


async def at_once(
    registry: Registry, people: Iterable[str], *commands: Awaitable[httpx2.Response]
) -> list[httpx2.Response]:
    """Let commands pile up before people whom the test holds, then let go.

    They come one after the other, and the first of them is the first in the queue.
    """
    ids = [UUID(one) for one in people]
    hold = sa.select(PEOPLE.c.id).where(PEOPLE.c.id.in_(ids)).with_for_update()
    with registry.runtime.engine.connect() as conn, conn.begin():
        assert len(ids) == len(conn.execute(hold).all())
        waiting = []
        for command in commands:
            waiting.append(asyncio.ensure_future(command))
            await asyncio.sleep(PILING_UP_SECONDS / len(commands))
        await asyncio.sleep(PILING_UP_SECONDS)
    return list(await asyncio.gather(*waiting))


def passed(answers: Iterable[httpx2.Response]) -> list[int]:
    """Return which of the answers, by number, let something happen."""
    return [n for n, one in enumerate(answers) if one.status_code < 300]


def refused(answers: Iterable[httpx2.Response]) -> set[Any]:
    """Return the codes of those that did not."""
    return {one.json()["code"] for one in answers if one.status_code >= 300}
