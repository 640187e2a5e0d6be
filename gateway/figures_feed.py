"""Who is told that figures changed: notices on NATS wake the subscriptions they touch.

Started by app.py; subscriptions of the schema wait here and then ask reporting again.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeVar

import msgspec
import structlog

from gateway.context import RequestContext
from gateway.loaders import by_id, figures_of
from gateway.questions import Question
from services.chassis.errors import DomainError, Kind
from services.contracts.reporting import api as reporting
from services.contracts.reporting.events import FIGURES_CHANGED_SUBJECT, FiguresChanged

FIGURES_FOLLOWED: Final = Question(
    "reporting", "figures.follow", reporting.FiguresRequest
)

T = TypeVar("T")

_LOG = structlog.get_logger("gateway")
_GATHER_SECONDS = 0.2
_RETRY_SECONDS = 1.0
_LOOK_AGAIN_SECONDS = 30.0
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
    def watch(self, units: Iterable[str]) -> Iterator[asyncio.Event]:
        """Give an event that is set by each change of these units' figures."""
        watched = frozenset(units)
        changed = asyncio.Event()
        for unit in watched:
            self._watchers.setdefault(unit, set()).add(changed)
        try:
            yield changed
        finally:
            for unit in watched:
                watching = self._watchers[unit]
                watching.discard(changed)
                if not watching:
                    del self._watchers[unit]

    async def _heard(self, message: Any) -> None:
        try:
            notice = self._decoder.decode(message.data)
        except msgspec.DecodeError:
            _LOG.warning("gateway.notice_unreadable", subject=message.subject)
            return
        if notice.everything:
            touched: Iterable[str] = tuple(self._watchers)
        else:
            touched = (str(unit) for unit in notice.unit_ids)
        for unit in touched:
            for changed in self._watchers.get(unit, ()):
                changed.set()


async def figures_over_time(
    context: RequestContext, unit: str, terms: dict[str, Any]
) -> AsyncIterator[Any]:
    """Return the figures of a unit now and after each change, until the caller leaves.

    Raises the service's refusal, also when a right has gone meanwhile; a service that
    is away is asked again.
    """
    if context.feed is None:
        raise RuntimeError("figures are followed over a socket only")
    cover = await _until_answered(context, lambda: _cover_of(context, unit))
    with context.feed.watch(cover) as changed:
        shown: Any = None
        while True:
            changed.clear()
            row = await _until_answered(
                context, lambda: figures_of(context, unit, terms, FIGURES_FOLLOWED)
            )
            if (row["lines"], row["refusal"]) != shown:
                shown = row["lines"], row["refusal"]
                yield row
            with suppress(TimeoutError):
                # Notices may be lost, so that everyone looks again now and then.
                await asyncio.wait_for(changed.wait(), _LOOK_AGAIN_SECONDS)
            await asyncio.sleep(_GATHER_SECONDS)


async def _cover_of(context: RequestContext, unit: str) -> set[str]:
    """Return the unit and all that it wholly took over, whose figures are its own."""
    cover: set[str] = set()
    reached = {unit}
    while reached:
        cover |= reached
        rows = await asyncio.gather(*(by_id(context, "Unit", one) for one in reached))
        reached = {
            before["unit_id"]
            for row in rows
            if row is not None
            for before in row["predecessors"]
            if before["whole"]
        } - cover
    return cover


async def _until_answered(
    context: RequestContext, question: Callable[[], Awaitable[T]]
) -> T:
    while True:
        context.renew()
        try:
            return await question()
        except DomainError as refusal:
            if refusal.kind not in _PASSING:
                raise
            await asyncio.sleep(_RETRY_SECONDS)
