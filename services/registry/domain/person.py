"""What may happen to a person of the registry; who it is stands in the vault alone."""

from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event


class Person(Aggregate):
    """Somebody who serves, served or applies: a number, with what was done about it.

    A person who came with an enrolment bears the id of that membership.
    """

    TOPIC = "registry.person"

    class Event(Aggregate.Event):
        TOPIC = "registry.person.event"

    class Registered(Event, AggregateCreated):
        TOPIC = "registry.person.registered"
        registered_on: date
        unit_id: UUID

    @classmethod
    def register(cls, person_id: UUID, *, on: date, unit_id: UUID) -> "Person":
        """Begin a person, entered by or for a unit."""
        return cls._create(
            cls.Registered, id=person_id, registered_on=on, unit_id=unit_id
        )

    @event(Registered)
    def __init__(self, *, registered_on: date, unit_id: UUID) -> None:
        self.registered_on = registered_on
        self.unit_id = unit_id
