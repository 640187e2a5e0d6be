"""The register of units as an edition: the mark that an import is whole."""

from uuid import UUID

from eventsourcing.domain import Aggregate, AggregateCreated, event


class UnitRegister(Aggregate):
    """One imported edition of the register of units."""

    TOPIC = "registry.unit_register"

    class Event(Aggregate.Event):
        TOPIC = "registry.unit_register.event"

    class Imported(Event, AggregateCreated):
        TOPIC = "registry.unit_register.imported"
        country_id: UUID
        edition: str
        units: int
        facts: int

    @classmethod
    def mark(
        cls,
        register_id: UUID,
        *,
        country_id: UUID,
        edition: str,
        units: int,
        facts: int,
    ) -> "UnitRegister":
        """Say that all of an edition's facts are in the store."""
        return cls._create(
            cls.Imported,
            id=register_id,
            country_id=country_id,
            edition=edition,
            units=units,
            facts=facts,
        )

    @event(Imported)
    def __init__(self, *, edition: str) -> None:
        self.edition = edition
