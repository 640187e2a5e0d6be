"""What the registry publishes about reorganisations; the units' own events say what."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.contracts.envelope import PublicEvent


class ReorganisationExecutedV1(PublicEvent, frozen=True, kw_only=True):
    """A plan was carried out as one act: all its changes of units are in the store."""

    TYPE: ClassVar[str] = "registry.reorganisation.executed.v1"

    reorganisation_id: UUID
    decree_number: str
    effective_on: date
    established: int
    abolished: int
    changed: int
    # Forces of divided units that go on in another one; each has its own event.
    forces_passed: int = 0


class ReorganisationUndoneV1(PublicEvent, frozen=True, kw_only=True):
    """Everything that the plan changed was taken back by further facts."""

    TYPE: ClassVar[str] = "registry.reorganisation.undone.v1"

    reorganisation_id: UUID
    reason: str  # entered_wrongly | decree_withdrawn | decree_postponed
