"""Who read records of people, which ones, and what for: recorded before the answer."""

from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.registry.domain.person_values import (
    PlaceRead,
    ReadingKind,
    ReadingPurpose,
    Shown,
)


class PersonReading(Aggregate):
    """One reading, search or export of records of people.

    Each stands for itself: there is nothing to load and nothing to wait for, however
    much one reader reads. The moment is that of the event.
    """

    TOPIC = "registry.person_reading"

    class Event(Aggregate.Event):
        TOPIC = "registry.person_reading.event"

    class Recorded(Event, AggregateCreated):
        TOPIC = "registry.person_reading.recorded"
        kind: str
        purpose: str
        shown: str
        reader: str
        places: tuple[PlaceRead, ...]

    @classmethod
    def record(
        cls,
        reading_id: UUID,
        kind: ReadingKind,
        purpose: ReadingPurpose,
        shown: Shown,
        *,
        reader: str,
        places: tuple[PlaceRead, ...],
    ) -> "PersonReading":
        """Leave the trace of one reading."""
        return cls._create(
            cls.Recorded,
            id=reading_id,
            kind=kind.value,
            purpose=purpose.value,
            shown=shown.value,
            reader=reader,
            places=places,
        )

    @event(Recorded)
    def __init__(self, *, reader: str) -> None:
        self.reader = reader
