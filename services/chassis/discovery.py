"""Tells the bus that a service is there: the discovery protocol of nats.micro.

PING, INFO and STATS on ``$SRV`` as tools know them; the requests themselves are served
by our own runner, because nats.micro answers one at a time and leaks exceptions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.micro.service import ServiceVerb, control_subject

from services.chassis.clock import utc_now
from services.chassis.wire_headers import subject_of_verb

VERSION = "1.0.0"
_TYPES = {
    ServiceVerb.PING: "io.nats.micro.v1.ping_response",
    ServiceVerb.INFO: "io.nats.micro.v1.info_response",
    ServiceVerb.STATS: "io.nats.micro.v1.stats_response",
}


@dataclass(slots=True)
class VerbStatistics:
    """How often a verb was asked, refused, and how long it took in all."""

    requests: int = 0
    errors: int = 0
    nanoseconds: int = 0


class Discovery:
    """Answers the discovery requests for one running service."""

    def __init__(
        self, client: Client, service: str, statistics: dict[str, VerbStatistics]
    ) -> None:
        self._client = client
        self._service = service
        self._id = client.new_inbox().rpartition(".")[2]
        self._statistics = statistics
        self._started = utc_now().isoformat()
        self._subscriptions: list[Subscription] = []

    async def start(self) -> None:
        """Listen for the three questions to all, to this service, to this process."""
        answers = {
            ServiceVerb.PING: dict,
            ServiceVerb.INFO: self._information,
            ServiceVerb.STATS: self._figures,
        }
        everybody, kind = (None, None), (self._service, None)
        myself = (self._service, self._id)
        for verb, answer in answers.items():
            for name, one in (everybody, kind, myself):
                self._subscriptions.append(
                    await self._client.subscribe(
                        control_subject(verb, name, one),
                        cb=self._answering(verb, answer),
                    )
                )

    async def stop(self) -> None:
        """Be known no more."""
        for subscription in self._subscriptions:
            await subscription.unsubscribe()

    def _answering(
        self, verb: ServiceVerb, answer: Callable[[], dict[str, Any]]
    ) -> Callable[[Msg], Any]:
        async def respond(message: Msg) -> None:
            known = {
                "type": _TYPES[verb],
                "name": self._service,
                "id": self._id,
                "version": VERSION,
                "metadata": {},
            }
            await message.respond(msgspec.json.encode({**known, **answer()}))

        return respond

    def _information(self) -> dict[str, Any]:
        return {
            "description": f"Bình Yên, {self._service}",
            "endpoints": [self._endpoint(verb) for verb in self._statistics],
        }

    def _figures(self) -> dict[str, Any]:
        return {
            "started": self._started,
            "endpoints": [
                {
                    **self._endpoint(verb),
                    "num_requests": seen.requests,
                    "num_errors": seen.errors,
                    "last_error": "",
                    "processing_time": seen.nanoseconds,
                    "average_processing_time": seen.nanoseconds
                    // max(1, seen.requests),
                }
                for verb, seen in self._statistics.items()
            ],
        }

    def _endpoint(self, verb: str) -> dict[str, Any]:
        return {
            "name": verb,
            "subject": subject_of_verb(self._service, verb),
            "queue_group": f"svc.{self._service}",
            "metadata": {},
        }
