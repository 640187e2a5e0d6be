"""What a reorganisation says: new units, operations, and who comes after whom.

Asked by the aggregate, the rehearsal and the execution, so that all three agree.
"""

import enum
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain.values import Heir


class OperationKind(enum.StrEnum):
    """What a decree may do to units."""

    RENAME = "rename"
    RETYPE = "retype"
    MERGE = "merge"
    SPLIT = "split"
    PARTIAL_TRANSFER = "partial_transfer"
    DISSOLVE = "dissolve"


class NewUnit(NamedTuple):
    """A unit that begins on the day of the plan; its id follows from code and day."""

    unit_id: UUID
    code: str
    level: str
    unit_type: str
    name: str
    bare_name: str
    parent_id: UUID
    path: str


class Operation(NamedTuple):
    """One operation on units that are in force on the eve, by their ids."""

    kind: OperationKind
    unit_ids: list[UUID]
    into: list[UUID]
    succession: str = "merge"
    unit_type: str | None = None
    name: str | None = None
    bare_name: str | None = None


class PlanContent(NamedTuple):
    """Everything that a plan says, in its order."""

    effective_on: date
    new_units: tuple[NewUnit, ...]
    operations: tuple[Operation, ...]

    def endings(self) -> dict[UUID, list[Heir]]:
        """Return the units that end, each with those who take it over."""
        ends: dict[UUID, list[Heir]] = {}
        for operation in self.operations:
            for unit_id in operation.unit_ids:
                if operation.kind in _ENDING:
                    ends.setdefault(unit_id, []).extend(_heirs(operation))
        return ends

    def ended_by(self) -> Counter[UUID]:
        """Count for each unit the operations that end it."""
        return Counter(
            unit_id
            for operation in self.operations
            if operation.kind in _ENDING
            for unit_id in operation.unit_ids
        )

    def candidates(self) -> dict[UUID, list[UUID]]:
        """Return who may take over what depends on a unit that the plan touches."""
        found = {
            unit_id: [heir.unit_id for heir in heirs]
            for unit_id, heirs in self.endings().items()
        }
        for operation in self.operations:
            if operation.kind is OperationKind.PARTIAL_TRANSFER:
                for unit_id in operation.unit_ids:
                    found.setdefault(unit_id, [unit_id]).extend(operation.into)
        return {unit_id: list(dict.fromkeys(ids)) for unit_id, ids in found.items()}

    def passes_whole(self) -> frozenset[UUID]:
        """Return the units whose heir covers them, so that nothing has to move."""
        return frozenset(
            unit_id
            for unit_id, heirs in self.endings().items()
            if any(heir.whole for heir in heirs)
        )

    def named_units(self) -> list[UUID]:
        """Return every unit that an operation names, old and new, once."""
        named: dict[UUID, None] = {}
        for operation in self.operations:
            named.update(dict.fromkeys((*operation.unit_ids, *operation.into)))
        return list(named)

    def first_sources(self) -> dict[UUID, UUID]:
        """Return for each taking unit the one named first: it keeps what is undone."""
        first: dict[UUID, UUID] = {}
        for operation in self.operations:
            for taking in operation.into:
                first.setdefault(taking, operation.unit_ids[0])
        return first


def content_of(
    effective_on: date, parts: Iterable[tuple[Sequence[NewUnit], Sequence[Operation]]]
) -> PlanContent:
    """Join the parts in which a plan was drafted."""
    units: list[NewUnit] = []
    operations: list[Operation] = []
    for new_units, more in parts:
        units.extend(new_units)
        operations.extend(more)
    return PlanContent(effective_on, tuple(units), tuple(operations))


_ENDING = frozenset({OperationKind.MERGE, OperationKind.SPLIT, OperationKind.DISSOLVE})


def _heirs(operation: Operation) -> list[Heir]:
    whole = operation.kind is OperationKind.MERGE
    kind = operation.succession if whole else operation.kind.value
    return [Heir(unit_id, whole, kind) for unit_id in operation.into]
