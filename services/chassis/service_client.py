"""The caller's end of a request: a deadline, one retry of reads, a breaker, errors.

The gateway asks services through it.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import msgspec
import nats.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from services.chassis.errors import DomainError, Kind, Unavailable
from services.chassis.nats import BUS_ERRORS
from services.chassis.wire_headers import (
    CORRELATION,
    CREDENTIALS,
    DEADLINE,
    ERROR_CODE,
    FIELDS,
    KEY,
    subject_of_verb,
)

log = structlog.get_logger()

FIRST_SHARE = 0.4
_AGAIN_SECONDS = 0.05
_FAILURES_TO_OPEN = 3
_OPEN_SECONDS = 1.0
_INTERNAL_STATUS = 500


class ServiceAway(Unavailable):
    """Nobody answers for the service at the moment."""

    code = "upstream.away"
    message_vi = "Dịch vụ {service} tạm thời không hoạt động."
    message_en = "The service {service} is away at the moment."


class ServiceLate(Unavailable):
    """The service did not answer in time; a command may have taken effect."""

    code = "upstream.late"
    message_vi = "Dịch vụ {service} trả lời quá chậm."
    message_en = "The service {service} did not answer in time."


class ServiceFailed(Unavailable):
    """The service met a defect of its own; its log knows the request id."""

    code = "upstream.failed"
    message_vi = "Dịch vụ {service} gặp lỗi; mã yêu cầu đã được ghi lại."
    message_en = "The service {service} met an error; quote the request id."


class RemoteRefusal(DomainError):
    """A refusal as another service worded it: its own code, kind and messages."""

    kind = Kind.CONFLICT
    code = "upstream.refused"
    message_vi = "Yêu cầu bị từ chối."
    message_en = "The request was refused."

    def __init__(self, problem: dict[str, Any]) -> None:
        errors = problem.get("errors") or [{}]
        super().__init__(field=errors[0].get("field"))
        self.remote = problem
        # Instance attributes shadow the class: what a caller reads is the remote's.
        self.__dict__["kind"] = Kind(problem.get("kind", Kind.CONFLICT))
        for name in ("code", "message_vi", "message_en"):
            if name in problem:
                self.__dict__[name] = problem[name]

    def problem(self, correlation_id: str) -> dict[str, object]:
        """Return the remote's own answer, under our request id."""
        return {**self.remote, "correlation_id": correlation_id}


class _Breaker:
    """Stops asking for a second when nobody has answered several times."""

    def __init__(self) -> None:
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._open_until

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= _FAILURES_TO_OPEN:
            self._open_until = time.monotonic() + _OPEN_SECONDS

    def answered(self) -> None:
        self._failures = 0


class ServiceClient:
    """Asks services' verbs over one connection."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._breakers: dict[str, _Breaker] = {}

    async def call(  # noqa: PLR0913 - the envelope of a request has these parts
        self,
        service: str,
        verb: str,
        body: msgspec.Struct | bytes,
        *,
        token: str | None = None,
        deadline_s: float = 5.0,
        key: UUID | None = None,
        fields: tuple[str, ...] | None = None,
        correlation_id: str = "",
    ) -> bytes:
        """Return the reply's body.

        A read is asked once more when its first answer is late, on another replica. A
        command is not: send it again with the same key. Raises RemoteRefusal,
        ServiceAway, ServiceLate, ServiceFailed.
        """
        payload = body if isinstance(body, bytes) else msgspec.json.encode(body)
        headers = _headers(token, key, fields, correlation_id)
        until = time.monotonic() + deadline_s
        breaker = self._breakers.setdefault(service, _Breaker())
        if breaker.is_open or not self._client.is_connected:
            raise ServiceAway(service=service)
        tries = 1 if key is not None else 2
        answer = await self._ask(
            subject_of_verb(service, verb), payload, headers, until, tries
        )
        if answer is None:
            breaker.failed()
            raise ServiceAway(service=service)
        breaker.answered()
        if answer.headers and ERROR_CODE in answer.headers:
            raise _refusal(service, answer)
        return answer.data

    async def _ask(
        self,
        subject: str,
        payload: bytes,
        headers: dict[str, str],
        until: float,
        tries: int,
    ) -> Msg | None:
        """Return the answer, None when nobody is there. Raises ServiceLate."""
        nobody = 0
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise ServiceLate(service=_service_of(subject))
            seconds = left * FIRST_SHARE if tries > 1 else left
            try:
                return await self._client.request(
                    subject,
                    payload,
                    timeout=seconds,
                    headers={**headers, DEADLINE: str(int(seconds * 1000))},
                )
            except nats.errors.NoRespondersError:
                nobody += 1
                if nobody > 1:
                    return None
                await asyncio.sleep(_AGAIN_SECONDS)
            except TimeoutError:
                tries -= 1
                if tries <= 0:
                    raise ServiceLate(service=_service_of(subject)) from None
            except BUS_ERRORS:
                return None


def _service_of(subject: str) -> str:
    return subject.split(".", 2)[1]


def _headers(
    token: str | None,
    key: UUID | None,
    fields: tuple[str, ...] | None,
    correlation_id: str,
) -> dict[str, str]:
    headers: dict[str, str] = {}
    if token:
        headers[CREDENTIALS] = f"Bearer {token}"
    if key is not None:
        headers[KEY] = str(key)
    if fields is not None:
        headers[FIELDS] = ",".join(fields)
    if correlation_id:
        headers[CORRELATION] = correlation_id
    return headers


def _refusal(service: str, answer: Msg) -> DomainError:
    try:
        problem = msgspec.json.decode(answer.data, type=dict[str, Any])
        status = int((answer.headers or {}).get(ERROR_CODE, _INTERNAL_STATUS))
        if status != _INTERNAL_STATUS and "code" in problem:
            return RemoteRefusal(problem)
    except (msgspec.DecodeError, ValueError):
        log.warning("upstream.answer_unreadable", service=service)
    return ServiceFailed(service=service)
