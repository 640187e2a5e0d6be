"""A tiny service of its own for tests of the chassis: tallies that are raised."""

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec
import sqlalchemy as sa
from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.chassis.calls import CommandKey
from services.chassis.commands import Change
from services.chassis.database import write_metadata
from services.chassis.errors import Conflict
from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent

SERVICE = "tips"  # any provisioned role serves; the tables are the chassis' own
SCHEMA = f"{SERVICE}_write"


class TallyFull(Conflict):
    """The tally has reached its limit."""

    code = "sample.tally.full"
    message_vi = "Đã đủ {limit}."
    message_en = "The tally is full at {limit}."


class Tally(Aggregate):
    """A number that only rises."""

    TOPIC = "sample.tally"
    LIMIT: ClassVar[int] = 1_000_000

    class Event(Aggregate.Event):
        TOPIC = "sample.tally.event"

    class Opened(Event, AggregateCreated):
        TOPIC = "sample.tally.opened"
        label: str

    class Raised(Event):
        TOPIC = "sample.tally.raised"
        by: int

    @event(Opened)
    def __init__(self, label: str, id: UUID | None = None) -> None:  # noqa: A002
        self.label = label
        self.value = 0

    @staticmethod
    def create_id(label: str, id: UUID | None = None) -> UUID:  # noqa: A002
        del label
        return id or uuid4()

    def raise_by(self, by: int, limit: int | None = None) -> None:
        """Raise the number. Raises TallyFull."""
        limit = self.LIMIT if limit is None else limit
        if self.value + by > limit:
            raise TallyFull(limit=limit)
        self._raise(by)

    @event(Raised)
    def _raise(self, by: int) -> None:
        self.value += by


class TallyRaisedV1(PublicEvent, frozen=True, kw_only=True):
    """The tally rose."""

    TYPE = "sample.tally.raised.v1"

    by: int


class Tallied(msgspec.Struct, frozen=True):
    """Reply of both commands."""

    id: UUID
    value: int


def open_tally(label: str = "a", tally_id: UUID | None = None) -> Change[Tally]:
    """Open a tally under a fresh id, or under a given one."""
    aggregate_id = tally_id or uuid4()

    def decide(_: Tally | None) -> tuple[Tally, Tallied]:
        tally = Tally(label=label, id=aggregate_id)
        return tally, Tallied(tally.id, tally.value)

    return Change(
        aggregate_type=Tally,
        aggregate_id=aggregate_id,
        decide=decide,
        is_new=tally_id is None,
    )


def raise_tally(
    tally_id: UUID,
    by: int = 1,
    limit: int | None = None,
    also: Callable[[sa.Connection], None] | None = None,
) -> Change[Tally]:
    """Raise a tally that exists."""

    def decide(tally: Tally | None) -> tuple[Tally, Tallied]:
        assert tally is not None
        tally.raise_by(by, limit)
        return tally, Tallied(tally.id, tally.value)

    return Change(aggregate_type=Tally, aggregate_id=tally_id, decide=decide, also=also)


def new_key(fingerprint: bytes = b"f") -> CommandKey:
    """Give the identity of a command that was never sent."""
    return CommandKey(uuid4(), fingerprint)


read_metadata = sa.MetaData(schema=f"{SERVICE}_read")
tally_values = sa.Table(
    "tally_values",
    read_metadata,
    sa.Column("id", sa.UUID, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)


class TallyValues:
    """Read model: the value of each tally."""

    name = "tally_values"

    def apply(self, connection: sa.Connection, recorded: list[RecordedEvent]) -> None:
        """Take in opened and raised tallies, all in one statement."""
        sums: dict[UUID, int] = {}
        for item in recorded:
            by = item.event.by if isinstance(item.event, Tally.Raised) else 0
            sums[item.aggregate_id] = sums.get(item.aggregate_id, 0) + by
        connection.exec_driver_sql(
            f"INSERT INTO {SERVICE}_read.tally_values (id, value)"
            " SELECT * FROM unnest(%s::uuid[], %s::int[])"
            " ON CONFLICT (id) DO UPDATE"
            " SET value = tally_values.value + excluded.value",
            (list(sums), list(sums.values())),
        )


def create_sample_tables(engine: sa.Engine) -> None:
    """Create the chassis' write tables and the sample's read table."""
    write_metadata(SERVICE).create_all(engine)
    read_metadata.create_all(engine)


def publish(recorded: RecordedEvent) -> PublicEvent | None:
    """Publish raises; openings stay private."""
    if isinstance(recorded.event, Tally.Raised):
        return TallyRaisedV1(by=recorded.event.by)
    return None
