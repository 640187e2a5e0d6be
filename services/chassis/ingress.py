"""The door for a partner's events: stored raw first, then judged, then answered.

A service lists its partners' streams in its definition; its process runs the door.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid5

import msgspec

from services.chassis.calls import CommandKey

if TYPE_CHECKING:
    from services.chassis.calls import Outcome
    from services.chassis.service import Runtime

_NAMESPACE = UUID("6f3b5a52-0d0c-4f57-9d1c-6f1b7f0a2f11")


class PartnerEvent(NamedTuple):
    """One valid event of a partner, on its way to become a command.

    ``data`` is an instance of the type listed in ``Ingress.types``, its texts cleaned.
    ``key`` makes the command run once however often the event comes.
    """

    partner: str
    event_id: str
    type: str
    time: datetime | None
    data: Any
    key: CommandKey
    correlation_id: str


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
    handle: Callable[["Runtime", PartnerEvent], Awaitable["Outcome"]]
    max_bytes: int = 262_144


def command_id(partner: str, event_id: str) -> UUID:
    """Id of the command that a partner's event stands for, the same for ever."""
    return uuid5(_NAMESPACE, f"{partner}\0{event_id}")
