"""What a resolver knows about its request: who asks, until when, and whom to ask.

Made once for each operation by the view and the sockets.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

import orjson

from gateway.errors import DeadlineUsedUp
from gateway.questions import Question
from services.chassis.identity import Principal

if TYPE_CHECKING:
    from gateway.figures_feed import FiguresFeed

_SHARE_OF_THE_TIME_LEFT = 0.9
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Services(Protocol):
    """The services behind the gateway, as services.chassis.requests reaches them."""

    async def call(  # noqa: PLR0913 - the envelope of a request has these parts
        self,
        service: str,
        verb: str,
        body: bytes,
        *,
        token: str,
        deadline_s: float,
        key: UUID | None,
        fields: tuple[str, ...] | None,
        correlation_id: str,
    ) -> bytes: ...


@dataclass(slots=True)
class RequestContext:
    """One operation's caller, time left, request id and batched questions."""

    caller: Principal
    services: Services
    request_id: str
    seconds: float
    idempotency_key: UUID | None = None
    root_fields: int = 1
    feed: "FiguresFeed | None" = None
    loaders: dict[Any, Any] = field(default_factory=dict)
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.seconds

    def renew(self) -> None:
        """Start the clock again and forget answers: the next push of a subscription."""
        self.deadline = time.monotonic() + self.seconds
        self.loaders.clear()

    async def ask(
        self,
        question: Question,
        parts: Mapping[str, Any] = _NOTHING,
        *,
        mask: tuple[str, ...] | None = None,
        key: UUID | None = None,
    ) -> Any:
        """Answer of a service as plain columns.

        Raises the service's refusal; DeadlineUsedUp when the time is used up.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise DeadlineUsedUp(service=question.service)
        answer = await self.services.call(
            question.service,
            question.verb,
            question.body(parts),
            token=self.caller.token,
            deadline_s=left * _SHARE_OF_THE_TIME_LEFT,
            key=key,
            fields=mask,
            correlation_id=self.request_id,
        )
        return orjson.loads(answer)
