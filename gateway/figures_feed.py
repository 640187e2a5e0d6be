"""Who is told that figures changed: notices on NATS wake the subscriptions they touch.

Started by app.py; subscriptions of the schema wait here and then ask reporting again.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import structlog

from gateway.context import RequestContext
from gateway.loaders import figures_of
from services.chassis.errors import DomainError, Kind
from services.contracts.reporting.events import FIGURES_CHANGED_SUBJECT, FiguresChanged

_LOG = structlog.get_logger("gateway")
_GATHER_SECONDS = 0.2
_RETRY_SECONDS = 2.0
_PASSING = frozenset({Kind.UNAVAILABLE, Kind.TOO_MANY})


class FiguresFeed:
    """Wakes whoever watches a unit; many notices before a look count as one."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Event]] = {}
        self._decoder = msgspec.json.Decoder(FiguresChanged)
        self._subscription: Any = None

    async def start(self, nats: Any) -> None:
        """Listen to reporting's notices."""
        self._subscription = await nats.subscribe(
            FIGURES_CHANGED_SUBJECT, cb=self._heard
        )

    async def stop(self) -> None:
        """Stop listening; who still watches is woken no more."""
        if self._subscription is not None:
            await self._subscription.unsubscribe()
            self._subscription = None

    @contextmanager
    def watch(self, unit: str) -> Iterator[asyncio.Event]:
        """Event that is set by each change of the unit's figures."""
        changed = asyncio.Event()
        self._watchers.setdefault(unit, set()).add(changed)
        try:
            yield changed
        finally:
            watching = self._watchers[unit]
            watching.discard(changed)
            if not watching:
                del self._watchers[unit]

    def wake_all(self) -> None:
        """Let everyone look again, for example after NATS was away."""
        for watching in self._watchers.values():
            for changed in watching:
                changed.set()

    async def _heard(self, message: Any) -> None:
        try:
            notice = self._decoder.decode(message.data)
        except msgspec.DecodeError:
            _LOG.warning("gateway.notice_unreadable", subject=message.subject)
            return
        if notice.everything:
            self.wake_all()
            return
        for unit in notice.unit_ids:
            for changed in self._watchers.get(str(unit), ()):
                changed.set()


async def figures_over_time(
    context: RequestContext, unit: str, terms: dict[str, Any]
) -> AsyncIterator[Any]:
    """Return the figures of a unit now and after each change, until the caller leaves.

    Raises the service's refusal; a service that is away is asked again.
    """
    if context.feed is None:
        raise RuntimeError("figures are followed over a socket only")
    with context.feed.watch(unit) as changed:
        shown: Any = None
        while True:
            changed.clear()
            row = await _asked_until_answered(context, unit, terms)
            lines = row["lines"]
            if lines != shown:
                shown = lines
                yield row
            await changed.wait()
            await asyncio.sleep(_GATHER_SECONDS)


async def _asked_until_answered(
    context: RequestContext, unit: str, terms: dict[str, Any]
) -> Any:
    while True:
        context.renew()
        try:
            return await figures_of(context, unit, terms)
        except DomainError as refusal:
            if refusal.kind not in _PASSING:
                raise
            await asyncio.sleep(_RETRY_SECONDS)
