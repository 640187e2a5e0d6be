"""Request and reply over NATS: the gateway asks, a service's verbs answer.

Services list verbs and run a RequestRunner; the gateway calls by ServiceClient.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
import nats.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from services.chassis.bodies import decode_body
from services.chassis.calls import (
    Call,
    CommandKey,
    Outcome,
    Scope,
    command_key,
    require_scope,
)
from services.chassis.discovery import Discovery, VerbStatistics
from services.chassis.errors import DomainError, NotFound, TooLarge, Unavailable
from services.chassis.identity import Principal
from services.chassis.nats import BUS_ERRORS
from services.chassis.observability import CALLS, DEFECTS
from services.chassis.service_client import RemoteRefusal, ServiceClient
from services.chassis.text import normalise
from services.chassis.wire_headers import (
    CREDENTIALS,
    DEADLINE,
    ERROR_CODE,
    ERROR_NAME,
    FIELDS,
    KEY,
    POSITION,
    REPLAYED,
    correlation_of,
    subject_of_verb,
)

if TYPE_CHECKING:
    from services.chassis.service import Runtime

__all__ = ["RemoteRefusal", "RequestRunner", "ServiceClient", "Verb"]

T = TypeVar("T", bound=msgspec.Struct)

log = structlog.get_logger()

ADMITTED = 256
DEADLINE_MS = 5000
LONGEST_DEADLINE_MS = 60_000
_DEFECT_STATUS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb(Generic[T]):
    """One question or command that a service answers on ``svc.<service>.v1.<name>``.

    ``scope=None`` opens it to every user of the bus who may publish on the subject.
    """

    name: str
    request: type[T]
    handler: Callable[[Call[T]], Awaitable[Any]]
    scope: str | None
    command: bool = False


class Overloaded(Unavailable):
    """The service has as many requests in hand as it takes."""

    code = "requests.overloaded"
    message_vi = "Dịch vụ đang quá tải, hãy thử lại sau giây lát."
    message_en = "The service has too much in hand; try again in a moment."


class DeadlinePassed(Unavailable):
    """The caller's time is up; a command goes on and may still take effect."""

    code = "requests.deadline_passed"
    message_vi = "Hết thời gian xử lý yêu cầu."
    message_en = "The time for the request is up."

    @property
    def status(self) -> int:
        """Gateway timeout, as HTTP says it."""
        return 504


class VerbUnknown(NotFound):
    """The service does not know the verb."""

    code = "requests.verb_unknown"
    message_vi = "Dịch vụ không có thao tác này."
    message_en = "The service has no such verb."


class AnswerTooLarge(TooLarge):
    """The answer does not fit into one message: ask for fewer rows."""

    code = "requests.answer_too_large"
    message_vi = "Kết quả quá lớn, hãy yêu cầu ít dòng hơn."
    message_en = "The answer is too large; ask for fewer rows."


class _Reply(NamedTuple):
    body: bytes
    headers: dict[str, str] | None
    outcome: str


class RequestRunner:
    """Answers a service's verbs: many at once, bounded, each within its deadline."""

    def __init__(
        self,
        runtime: "Runtime",
        client: Client,
        verbs: Iterable[Verb[Any]],
        *,
        admitted: int = ADMITTED,
        drain_seconds: float = 20.0,
    ) -> None:
        self._runtime = runtime
        self._client = client
        self._verbs = {verb.name: verb for verb in verbs}
        self._admitted = admitted
        self._drain_seconds = drain_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self.started = asyncio.Event()
        self._statistics = {name: VerbStatistics() for name in self._verbs}

    async def run(self) -> None:
        """Answer until stopped; what is in hand then is finished."""
        name = self._runtime.name
        discovery = Discovery(self._client, name, self._statistics)
        await discovery.start()
        subscription = await self._client.subscribe(
            subject_of_verb(name, ">"), queue=f"svc.{name}", cb=self._admit
        )
        with contextlib.suppress(*BUS_ERRORS):
            await self._client.flush()
        self.started.set()
        await self._stopping.wait()
        await self._drain(subscription, discovery)

    def stop(self) -> None:
        """Take no more requests and let ``run`` return."""
        self._stopping.set()

    async def _drain(self, subscription: Subscription, discovery: Discovery) -> None:
        with contextlib.suppress(*BUS_ERRORS):
            await discovery.stop()
            # Other replicas get what comes from here on; ours is already delivered.
            draining: Any = subscription.drain()  # type: ignore[no-untyped-call]
            await asyncio.wait_for(draining, self._drain_seconds)
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=self._drain_seconds)
            for task in late:
                task.cancel()
        with contextlib.suppress(*BUS_ERRORS):
            await self._client.flush()

    async def _admit(self, message: Msg) -> None:
        """Count at the door: what is over the limit is turned away at once."""
        if len(self._tasks) >= self._admitted:
            refusal = Overloaded()
            correlation_id = correlation_of(message.headers or {})
            CALLS.labels("nats", "admission", refusal.code).observe(0)
            await self._respond(message, _refused(refusal, correlation_id))
            return
        task = asyncio.create_task(self._serve(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, message: Msg) -> None:
        started = time.perf_counter_ns()
        headers = message.headers or {}
        correlation_id = correlation_of(headers)
        verb = self._verbs.get(message.subject.split(".", 3)[3])
        name = verb.name if verb is not None else "unknown"
        work: asyncio.Task[Any] | None = None
        try:
            if verb is None:
                raise VerbUnknown  # noqa: TRY301 - one place answers all refusals
            call = self._call(verb, message.data, headers, correlation_id)
            work = asyncio.create_task(_answer(verb, call))
            reply = await _within(work, _seconds(headers), stays=verb.command)
        except DomainError as refusal:
            log.info("refused", operation=name, code=refusal.code,
                     correlation_id=correlation_id)  # fmt: skip
            reply = _refused(refusal, correlation_id)
        except Exception:
            DEFECTS.labels("nats").inc()
            log.exception("defect", operation=name, correlation_id=correlation_id)
            reply = _defect(correlation_id)
        await self._respond(message, reply)
        self._count(name, reply, time.perf_counter_ns() - started)
        if work is not None and not work.done():
            # Keeps its place among the admitted until it is really over.
            await asyncio.wait({work})

    def _count(self, name: str, reply: _Reply, nanoseconds: int) -> None:
        CALLS.labels("nats", name, reply.outcome).observe(nanoseconds / 1e9)
        seen = self._statistics.get(name)
        if seen is not None:
            seen.requests += 1
            seen.errors += reply.outcome != "ok"
            seen.nanoseconds += nanoseconds

    def _call(
        self, verb: Verb[T], raw: bytes, headers: Mapping[str, str], correlation_id: str
    ) -> Call[T]:
        principal = self._principal(headers, verb.scope)
        require_scope(principal, verb.scope)
        body: Any = normalise(decode_body(raw or b"{}", verb.request))
        fields = headers.get(FIELDS)
        return Call(
            body=body,
            runtime=self._runtime,
            correlation_id=correlation_id,
            principal=principal,
            command=_key(verb, headers, principal, raw) if verb.command else None,
            fields=tuple(fields.split(",")) if fields else None,
        )

    def _principal(self, headers: Mapping[str, str], scope: Scope) -> Principal | None:
        scheme, _, token = headers.get(CREDENTIALS, "").partition(" ")
        if not token or scheme.lower() != "bearer":
            return None
        runtime = self._runtime
        return runtime.rights(runtime.verifier.verify(token), scope)

    async def _respond(self, message: Msg, reply: _Reply) -> None:
        if not message.reply:
            return
        with contextlib.suppress(*BUS_ERRORS):
            try:
                await self._client.publish(
                    message.reply, reply.body, headers=reply.headers
                )
            except nats.errors.MaxPayloadError:
                refusal = AnswerTooLarge()
                correlation_id = correlation_of(message.headers or {})
                late = _refused(refusal, correlation_id)
                await self._client.publish(
                    message.reply, late.body, headers=late.headers
                )


async def _answer(verb: Verb[Any], call: Call[Any]) -> _Reply:
    result = await verb.handler(call)
    if isinstance(result, Outcome):
        headers = {POSITION: str(result.position)}
        if result.replayed:
            headers[REPLAYED] = "true"
        return _Reply(result.reply, headers, "ok")
    body = result if isinstance(result, bytes) else msgspec.json.encode(result)
    return _Reply(body, None, "ok")


async def _within(
    work: "asyncio.Task[_Reply]", seconds: float, *, stays: bool
) -> _Reply:
    """Wait for the answer. Raises DeadlinePassed; a command is left to finish."""
    done, _ = await asyncio.wait({work}, timeout=seconds)
    if done:
        return work.result()
    if not stays:
        work.cancel()
    work.add_done_callback(_quietly)
    raise DeadlinePassed


def _quietly(task: "asyncio.Task[_Reply]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.info("requests.late_end", error=type(error).__name__)


def _seconds(headers: Mapping[str, str]) -> float:
    given = headers.get(DEADLINE, "")
    milliseconds = int(given) if given.isdecimal() else DEADLINE_MS
    return min(milliseconds, LONGEST_DEADLINE_MS) / 1000


def _key(
    verb: Verb[Any], headers: Mapping[str, str], principal: Principal | None, raw: bytes
) -> CommandKey:
    try:
        key = UUID(headers[KEY]) if headers.get(KEY) else None
    except ValueError:
        key = None
    caller = principal.subject if principal else Principal.ANONYMOUS
    # The handler's name, as at the HTTP door: a key is the same key at both.
    return command_key(key, verb.handler.__name__, caller, raw)


def _refused(refusal: DomainError, correlation_id: str) -> _Reply:
    problem = refusal.problem(correlation_id)
    headers = {ERROR_CODE: str(refusal.status), ERROR_NAME: refusal.code}
    return _Reply(msgspec.json.encode(problem), headers, refusal.code)


def _defect(correlation_id: str) -> _Reply:
    problem = {
        "type": "urn:binhyen:defect",
        "title": "An internal error happened.",
        "status": _DEFECT_STATUS,
        "code": "internal",
        "kind": "internal",
        "message_vi": "Hệ thống gặp lỗi; hãy báo mã này cho quản trị viên.",
        "message_en": "An internal error happened; quote this id.",
        "errors": [],
        "correlation_id": correlation_id,
    }
    headers = {ERROR_CODE: str(_DEFECT_STATUS), ERROR_NAME: "internal"}
    return _Reply(msgspec.json.encode(problem), headers, "defect")
