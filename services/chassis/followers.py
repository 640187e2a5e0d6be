"""What a service does with the facts of others: the shape of a follower.

Read models and reactions implement Follower; the Inbox runs them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy import Connection

from services.contracts.envelope import PublicEvent

if TYPE_CHECKING:
    from services.chassis.service import Runtime


class Delivered(NamedTuple):
    """One fact of another service, decoded, with its place in that service's log."""

    source: str
    generation: str
    partition: int
    position: int
    event_id: str
    type: str
    subject: UUID
    time: datetime
    event: PublicEvent


class Follower(Protocol):
    """A read model or reaction that follows the streams of other services.

    ``sources`` are service names, ``event_types`` maps wire types to contracts; other
    types of the sources are skipped. ``apply`` runs in the transaction that moves the
    positions, each fact exactly once; order is kept within an aggregate only.
    """

    @property
    def name(self) -> str: ...

    @property
    def sources(self) -> tuple[str, ...]: ...

    @property
    def event_types(self) -> Mapping[str, type[PublicEvent]]: ...

    def apply(self, conn: Connection, batch: Sequence[Delivered]) -> None: ...


@runtime_checkable
class NoticesCommits(Protocol):
    """A follower that acts after its batch is committed (notices, caches).

    It may be left out when the process dies in between; never put a fact here.
    """

    async def after_commit(
        self, runtime: "Runtime", batch: Sequence[Delivered]
    ) -> None: ...


@runtime_checkable
class Rebuildable(Protocol):
    """A follower that can forget everything that it has derived, to be read again."""

    def forget(self, conn: Connection) -> None: ...
