"""Does a plan fit the units as they are? Asked by the rehearsal and the execution."""

import hashlib
from collections.abc import Iterator, Sequence
from uuid import UUID

from services.contracts.registry.reorganisations import PlanProblem
from services.registry.domain.reorganisation_plan import (
    NewUnit,
    OperationKind,
    PlanContent,
)
from services.registry.read_models.hierarchy_list import Named
from services.registry.use_cases.closing_rings import rings_of_plan
from services.unit_directory.tree import Unit, UnitTree


def problems(
    content: PlanContent, tree: UnitTree, named: Sequence[Named]
) -> list[PlanProblem]:
    """Return how a plan contradicts the units: all of it, in the order of the plan.

    Behind it the rings that it would close in named hierarchies.
    """
    found = [
        PlanProblem(problem=problem, unit_id=unit_id)
        for problem, unit_id in _Check(content, tree).all()
    ]
    rings = rings_of_plan(content, tree, named)
    return found + [
        PlanProblem(
            problem="hierarchy_ring", unit_id=ring.unit_id, hierarchy=ring.hierarchy
        )
        for ring in rings
    ]


def digest(content: PlanContent, tree: UnitTree) -> str:
    """Name the plan together with the state of every unit on which it builds."""
    touched = {
        *content.named_units(),
        *(new.parent_id for new in content.new_units),
        *(new.unit_id for new in content.new_units),
    }
    parts = [f"{len(content.new_units)} {len(content.operations)}"]
    for unit_id in sorted(touched):
        unit = tree.get(unit_id)
        parts.append(f"{unit_id} {0 if unit is None else unit.version}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class _Check:
    """The plan's own view of the units on its day."""

    def __init__(self, content: PlanContent, tree: UnitTree) -> None:
        self._content = content
        self._tree = tree
        self._new = {new.unit_id: new for new in content.new_units}
        self._ends = content.endings()

    def all(self) -> Iterator[tuple[str, UUID]]:
        yield from self._old_units()
        yield from self._new_units()
        yield from self._heirs()
        yield from self._orphans()

    def _old_units(self) -> Iterator[tuple[str, UUID]]:
        # Said in two operations, who takes over what would be a guess.
        for unit_id, times in self._content.ended_by().items():
            if times > 1:
                yield "ends_twice", unit_id
        for operation in self._content.operations:
            for unit_id in operation.unit_ids:
                if not self._lives(self._tree.get(unit_id)):
                    yield "unit_not_in_force", unit_id
                stays = operation.kind is OperationKind.PARTIAL_TRANSFER
                if stays and unit_id in self._ends:
                    yield "unit_ends", unit_id

    def _new_units(self) -> Iterator[tuple[str, UUID]]:
        borne = {
            unit.code: unit.id
            for unit in self._tree
            if self._lives(unit) and unit.id not in self._ends
        }
        for new in self._content.new_units:
            before = self._tree.get(new.unit_id)
            if before is not None and not _is_twin(before, new):
                yield "id_taken", new.unit_id
            elif new.code in borne:
                yield "code_taken", borne[new.code]
            if not self._stands(new.parent_id):
                yield "parent_ends", new.unit_id

    def _heirs(self) -> Iterator[tuple[str, UUID]]:
        for operation in self._content.operations:
            for unit_id in operation.into:
                if not self._stands(unit_id):
                    yield "heir_ends", unit_id

    def _orphans(self) -> Iterator[tuple[str, UUID]]:
        for unit_id in self._ends:
            for child in self._tree.children(unit_id, self._content.effective_on):
                if child.id not in self._ends:
                    yield "orphaned", child.id

    def _stands(self, unit_id: UUID) -> bool:
        """Tell whether a unit is in force once the plan is executed."""
        if unit_id in self._new:
            return True
        return unit_id not in self._ends and self._lives(self._tree.get(unit_id))

    def _lives(self, unit: Unit | None) -> bool:
        """Tell whether a unit is in force on the eve and has no known end."""
        if unit is None or unit.valid_to is not None:
            return False
        begun = unit.valid_from
        return begun is None or begun < self._content.effective_on


def _is_twin(unit: Unit, new: NewUnit) -> bool:
    """Tell whether a unit of the same id was voided with the same facts."""
    voided = unit.valid_to is not None and unit.valid_to == unit.valid_from
    facts = (unit.unit_type, unit.name, unit.bare_name, unit.parent_id, unit.path)
    return voided and facts == (
        new.unit_type,
        new.name,
        new.bare_name,
        new.parent_id,
        new.path,
    )
