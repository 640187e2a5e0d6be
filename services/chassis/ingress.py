"""The door for a partner's events: stored raw first, then judged, then answered.

A service lists its partners' streams in its definition; its process runs the door. An
event that was stored is judged for certain, also after a crash, and takes effect once.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import msgspec
import sqlalchemy as sa
import structlog
from prometheus_client import Counter

from services.chassis.bus import Bus
from services.chassis.calls import Outcome
from services.chassis.consumer_pull import ConsumerLost, Pull
from services.chassis.ending import end
from services.chassis.errors import DomainError, Invalid, Unavailable
from services.chassis.ingress_rows import IngressRows, StoredEvent
from services.chassis.nats import (
    BUS_ERRORS,
    JetStreamRefused,
    ensure_consumer,
    ensure_stream,
    ingress_stream_shape,
)
from services.chassis.observability import DEFECTS
from services.chassis.partner_events import (
    PartnerEvent,
    checked_event,
    command_id,
    told_event_id,
)

if TYPE_CHECKING:
    from services.chassis.service import Runtime

__all__ = ["Ingress", "PartnerDoor", "PartnerEvent", "command_id"]

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

WINDOW = 200
AT_ONCE, IN_HAND = 16, 1000
TRIES = 3
SWEEP_SECONDS = 2.0
_AGAIN_SECONDS = 0.2
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
_HEALING: tuple[type[BaseException], ...] = (
    ConsumerLost,
    JetStreamRefused,
    sa.exc.SQLAlchemyError,
    *BUS_ERRORS,
)

_JUDGED = Counter(
    "binhyen_ingress_judged", "Partner events answered.", ("partner", "outcome")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingress:
    """A partner's stream and what its events mean here.

    ``handle`` turns a valid event into a command; the refusals that it raises become
    the answer on ``out.<partner>.rejected``.
    """

    partner: str
    stream: str
    subject: str
    types: Mapping[str, type[msgspec.Struct]]
    handle: Callable[["Runtime", PartnerEvent], Awaitable[Outcome]]
    max_bytes: int = 262_144


class EventNotProcessed(Invalid):
    """We failed on the event; it is kept, and an operator looks at it."""

    code = "ingress.internal"
    message_vi = "Hệ thống gặp lỗi khi xử lý sự kiện; sự kiện đã được giữ lại."
    message_en = "We met an error with the event; it is kept and will be looked at."


class PartnerDoor:
    """Takes in one partner's events and answers each."""

    def __init__(self, runtime: "Runtime", client: Bus, ingress: Ingress) -> None:
        self._runtime = runtime
        self._client = client
        self._ingress = ingress
        schema = f"{runtime.name}_write"
        self._rows = IngressRows(runtime.engine, schema, ingress.partner)
        self._consumer = f"{runtime.name}-door"
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="ingress")
        self._judging = asyncio.Semaphore(AT_ONCE)
        self._in_hand: set[int] = set()
        self._judges: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Take in, judge and answer until stopped."""
        tasks = [
            asyncio.create_task(self._again_and_again(self._take_in)),
            asyncio.create_task(self._again_and_again(self._sweep)),
        ]
        await self._stopping.wait()
        await end(tasks)
        await end(self._judges)
        self._threads.shutdown()

    def stop(self) -> None:
        """Let ``run`` return; what is stored and not answered is taken up later."""
        self._stopping.set()

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        wait = _FIRST_WAIT
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await work()
            except _HEALING as error:
                log.warning("ingress.trouble", partner=self._ingress.partner,
                            reason=type(error).__name__)  # fmt: skip
            except Exception:
                log.exception("ingress.defect", partner=self._ingress.partner)
            if asyncio.get_running_loop().time() - began > _LONGEST_WAIT:
                wait = _FIRST_WAIT
            await asyncio.sleep(random.uniform(wait / 2, wait))  # noqa: S311 - jitter
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _take_in(self) -> None:
        stream = self._ingress.stream
        shape = ingress_stream_shape(
            self._ingress.partner, subject=self._ingress.subject
        )
        state = await ensure_stream(self._client, {**shape, "name": stream})
        await ensure_consumer(self._client, stream, self._consumer)
        async with Pull(self._client, stream, self._consumer) as pull:
            while True:
                messages = await pull.take(WINDOW)
                stored = await self._in_thread(
                    self._rows.store, messages, state.created
                )
                await pull.acknowledge(messages)
                await self._set_to_work(stored)

    async def _sweep(self) -> None:
        """Take up what was stored and not answered: a crash, or a store away."""
        older_than_s = 0.0
        while True:
            waiting = await self._in_thread(self._rows.waiting, older_than_s)
            await self._set_to_work(waiting)
            older_than_s = SWEEP_SECONDS
            await asyncio.sleep(SWEEP_SECONDS)

    async def _set_to_work(self, events: Sequence[StoredEvent]) -> None:
        """Judge the events beside what goes on; wait while too much is in hand."""
        for event in events:
            if event.row_id not in self._in_hand:
                self._in_hand.add(event.row_id)
                task = asyncio.create_task(self._judge_one(event))
                self._judges.add(task)
                task.add_done_callback(self._judges.discard)
        while len(self._judges) > IN_HAND:
            await asyncio.wait(self._judges, return_when=asyncio.FIRST_COMPLETED)

    async def _judge_one(self, event: StoredEvent) -> None:
        try:
            async with self._judging:
                await self._judge(event)
        except _HEALING as error:
            # The sweep takes it up again.
            log.warning("ingress.trouble", partner=self._ingress.partner,
                        reason=type(error).__name__)  # fmt: skip
        except Exception:
            log.exception("ingress.defect", partner=self._ingress.partner)
        finally:
            self._in_hand.discard(event.row_id)

    async def _judge(self, event: StoredEvent) -> None:
        try:
            outcome = await self._handled(event)
        except Unavailable as refusal:
            log.warning("ingress.later", code=refusal.code,
                        correlation_id=event.correlation_id)  # fmt: skip
        except DomainError as refusal:
            await self._reject(event, refusal)
        else:
            await self._accept(event, outcome)

    async def _handled(self, event: StoredEvent) -> Outcome:
        checked = checked_event(
            event.raw,
            self._ingress.partner,
            self._ingress.types,
            max_bytes=self._ingress.max_bytes,
            correlation_id=event.correlation_id,
        )
        for attempt in range(1, TRIES + 1):
            try:
                return await self._ingress.handle(self._runtime, checked)
            except DomainError:
                raise
            except Exception as error:
                DEFECTS.labels("ingress").inc()
                log.exception("ingress.handler_failed",
                              correlation_id=event.correlation_id)  # fmt: skip
                if attempt == TRIES:
                    raise EventNotProcessed from error
                await asyncio.sleep(_AGAIN_SECONDS * attempt)
        raise EventNotProcessed

    async def _accept(self, event: StoredEvent, outcome: Outcome) -> None:
        await self._answer(
            "accepted",
            {
                "event_id": told_event_id(event.raw),
                "code": "accepted",
                "reply": msgspec.Raw(outcome.reply or b"null"),
                "correlation_id": event.correlation_id,
            },
        )
        await self._in_thread(self._rows.accepted, event)
        _JUDGED.labels(self._ingress.partner, "accepted").inc()

    async def _reject(self, event: StoredEvent, refusal: DomainError) -> None:
        event_id = told_event_id(event.raw)
        problem = refusal.problem(event.correlation_id)
        shown = ("code", "message_vi", "message_en", "errors", "correlation_id")
        await self._answer(
            "rejected",
            {
                "event_id": event_id,
                **{name: problem[name] for name in shown},
                "field": refusal.field,
            },
        )
        await self._in_thread(
            self._rows.rejected, event, event_id, refusal.code, refusal.field
        )
        _JUDGED.labels(self._ingress.partner, refusal.code).inc()
        log.info("ingress.rejected", code=refusal.code,
                 correlation_id=event.correlation_id)  # fmt: skip

    async def _answer(self, outcome: str, answer: dict[str, Any]) -> None:
        """Tell the partner, before the row says so: it may hear twice, but it hears."""
        subject = f"out.{self._ingress.partner}.{outcome}"
        await self._client.publish(subject, msgspec.json.encode(answer))
        await self._client.flush(5)

    async def _in_thread(
        self, work: Callable[P, T], *args: P.args, **kw: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._threads, partial(work, *args, **kw))
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                await done
            raise
