"""What moves facts in and out of one service process, by its roles.

The process starts these parts beside its HTTP door and stops them with it.
"""

from typing import TYPE_CHECKING, Protocol

from services.chassis.bus import Bus
from services.chassis.history import history_verb_of
from services.chassis.inbox import Inbox
from services.chassis.ingress import PartnerDoor
from services.chassis.outbox import Relay
from services.chassis.requests import RequestRunner

if TYPE_CHECKING:
    from services.chassis.service import Runtime


class MovingPart(Protocol):
    """Something that works beside the doors of a process."""

    async def run(self) -> None:
        """Work until told to stop."""

    def stop(self) -> None:
        """End soon."""


def moving_parts(runtime: "Runtime") -> list[MovingPart]:
    """Return the parts of a process that is connected to NATS.

    Each has ``run()`` and ``stop()``; commits wake the relay.
    """
    roles = runtime.settings.roles
    parts: list[MovingPart] = []
    if "requests" in roles:
        parts.append(request_runner(runtime))
    if "relay" in roles:
        parts.append(relay(runtime))
    if "followers" in roles:
        parts += followers(runtime)
        parts += [make(runtime) for make in runtime.definition.parts]
    return parts


def relay(runtime: "Runtime") -> Relay:
    """Return the relay of a runtime's facts, woken by its commits."""
    made = Relay(
        _client(runtime),
        runtime.log,
        runtime.definition.publish,
        service=runtime.name,
        partitions=runtime.settings.partitions,
    )
    runtime.wakers.append(made.wake)
    return made


def followers(runtime: "Runtime") -> list[MovingPart]:
    """Return what takes facts in: the inbox, and a door for each partner."""
    client, definition = _client(runtime), runtime.definition
    parts: list[MovingPart] = [
        PartnerDoor(runtime, client, ingress) for ingress in definition.ingresses
    ]
    if definition.followers:
        inbox = Inbox(
            client,
            runtime.engine,
            definition.followers,
            service=runtime.name,
            runtime=runtime,
            partitions=runtime.settings.partitions,
            shards=runtime.settings.shards,
            catalogue=definition.catalogue,
        )
        runtime.extras["inbox"] = inbox
        parts.append(inbox)
    return parts


def request_runner(runtime: "Runtime") -> RequestRunner:
    """Return the runner of the service's verbs and of the chassis' own."""
    verbs = (*runtime.definition.verbs, history_verb_of(runtime))
    return RequestRunner(
        runtime,
        _client(runtime),
        verbs,
        drain_seconds=runtime.settings.shutdown_seconds,
    )


def _client(runtime: "Runtime") -> Bus:
    if not isinstance(runtime.nats, Bus):
        raise TypeError("the runtime is not connected to NATS")
    return runtime.nats
