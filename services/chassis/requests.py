"""Request and reply over NATS: the gateway asks, a service's verbs answer.

Services list verbs and run a RequestRunner; the gateway calls by ServiceClient.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union

import msgspec

from services.chassis.calls import Call

if TYPE_CHECKING:
    from services.chassis.calls import Outcome

T = TypeVar("T", bound=msgspec.Struct)

Reply = Union["Outcome", msgspec.Struct, bytes]


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
