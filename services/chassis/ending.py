"""Ends background tasks for certain; inbox and partner door stop through it."""

import asyncio
from collections.abc import Iterable
from typing import Any

_AGAIN_SECONDS = 0.2


async def end(tasks: "Iterable[asyncio.Task[Any]]") -> None:
    """Cancel the tasks until each has ended.

    Once is not enough: nats-py swallows a cancellation that meets it while flushing.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_AGAIN_SECONDS)
