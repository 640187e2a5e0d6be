"""The list of all units of one month: published once, and never changed.

Signed bytes lie in `registry_write.unit_list_files`; this is the fact that they exist.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.chassis.clock import LOCAL_ZONE
from services.registry.domain.unit_list_errors import UnitListTooEarly

_NAMESPACE: Final = UUID("0f6b9a1e-6a35-5c0b-8d0e-2b5d1c7e9a43")
# A fact bears the moment of its decision and is in the store some seconds later, also
# when the clocks of two machines differ. After this time nothing can come late.
SETTLING: Final = timedelta(hours=1)


class ListedUnits(NamedTuple):
    """What a list is, apart from its bytes."""

    month: str
    country_id: UUID
    edition: str
    units: int
    facts: int
    changes_after: str
    size_bytes: int
    sha256: str
    content_sha256: str
    key_id: str
    signature: str


def unit_list_id(month: str) -> UUID:
    """Return the one id that the list of a month can have."""
    return uuid5(_NAMESPACE, month)


def moment_of(month: str) -> datetime:
    """Return the first moment of a month in Vietnam: what was known then is listed."""
    year, _, number = month.partition("-")
    return datetime(int(year), int(number), 1, tzinfo=LOCAL_ZONE)


def refuse_early(month: str, now: datetime) -> None:
    """Raise UnitListTooEarly before what was known then is settled."""
    earliest = moment_of(month) + SETTLING
    if now < earliest:
        raise UnitListTooEarly(field="$.month", month=month, earliest=earliest)


class UnitList(Aggregate):
    """The published list of one month."""

    TOPIC = "registry.unit_list"

    class Event(Aggregate.Event):
        TOPIC = "registry.unit_list.event"

    class Published(Event, AggregateCreated):
        TOPIC = "registry.unit_list.published"
        listed: ListedUnits
        known_at: datetime

    @classmethod
    def publish(cls, listed: ListedUnits, *, now: datetime) -> "UnitList":
        """Say that a month's list is signed and kept. Raises UnitListTooEarly."""
        refuse_early(listed.month, now)
        return cls._create(
            cls.Published,
            id=unit_list_id(listed.month),
            listed=listed,
            known_at=moment_of(listed.month),
        )

    @event(Published)
    def __init__(self, listed: ListedUnits) -> None:
        self.month = listed.month
        self.sha256 = listed.sha256
