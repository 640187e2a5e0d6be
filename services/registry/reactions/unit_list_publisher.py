"""Publishes the list of units of each month in the background, soon after its start."""

import asyncio
import contextlib
from typing import Final

import sqlalchemy as sa
import structlog

from services.chassis.errors import DomainError
from services.chassis.service import Runtime
from services.registry.use_cases.monthly_lists import publish_due_months

_LOOK_EVERY_SECONDS: Final = 900.0

logger = structlog.get_logger()


class UnitListPublisher:
    """A part of the process: `run` until `stop`."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End after the list at hand."""
        self._stopping.set()

    async def run(self) -> None:
        """Look whether a list is due, again and again; what fails is tried later."""
        while not self._stopping.is_set():
            try:
                made = await publish_due_months(self._runtime)
                if made:
                    logger.info("unit_lists.published", lists=made)
            except (DomainError, sa.exc.SQLAlchemyError):
                logger.warning("unit_lists.later", exc_info=True)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _LOOK_EVERY_SECONDS)
