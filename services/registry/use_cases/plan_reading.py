"""From what a caller wrote in a plan to units by id: asked when a plan is added to.

Units are those of the eve, the day before the plan takes effect.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.contracts.registry import reorganisations as api
from services.contracts.registry.units import Level, UnitRef, unit_id
from services.registry.domain import reorganisation_errors as errors
from services.registry.domain.reorganisation_plan import (
    NewUnit,
    Operation,
    OperationKind,
)
from services.registry.domain.unit_naming import (
    refuse_kind_in_name,
    refuse_other_name,
)
from services.unit_directory.tree import UnitTree

_LEVELS: Final[dict[int, Level]] = {2: "province", 3: "district", 5: "commune"}
_NAMED: Final = ("unit_type", "name", "bare_name")
# For each kind: fewest and most units, fewest and most heirs, the names it takes.
_SHAPES: Final[dict[str, tuple[int, int, int, int, frozenset[str]]]] = {
    "merge": (1, 200, 1, 1, frozenset()),
    "split": (1, 1, 1, 50, frozenset()),
    "partial_transfer": (1, 1, 1, 1, frozenset()),
    "dissolve": (1, 200, 0, 0, frozenset()),
    "rename": (1, 1, 0, 0, frozenset({"name", "bare_name"})),
    "retype": (1, 1, 0, 0, frozenset({"name", "unit_type"})),
}


class PlanReader:
    """Resolves references of one plan; new units of earlier parts are known."""

    def __init__(
        self, tree: UnitTree, effective_on: date, known: Iterable[NewUnit]
    ) -> None:
        self._tree = tree
        self._day = effective_on
        self._eve = effective_on - timedelta(days=1)
        self._new = {new.code: new for new in known}

    def new_units(self, given: Sequence[api.NewPlannedUnit]) -> list[NewUnit]:
        """Read new units, parents before children.

        Raises NewUnitTwice, NewUnitUnknown, PlannedUnitIncomplete, UnitNameWithKind,
        UnitNameDiffers and the refusals of units.
        """
        read = []
        for number, new in enumerate(given):
            field = f"$.new_units[{number}]"
            if new.code in self._new:
                raise errors.NewUnitTwice(field=f"{field}.code", new=new.code)
            _check_names(new.name, new.bare_name, field)
            parent = self._unit(new.parent, f"{field}.parent")
            path = self._path(parent)
            level = _LEVELS.get(len(new.code), "country")
            made = NewUnit(
                unit_id=unit_id(level, new.code, self._day),
                code=new.code,
                level=level,
                unit_type=new.unit_type,
                name=new.name,
                bare_name=new.bare_name,
                parent_id=parent,
                path=f"{path}.{new.code}-{self._day.year}",
            )
            self._new[new.code] = made
            read.append(made)
        return read

    def operations(self, given: Sequence[api.PlannedOperation]) -> list[Operation]:
        """Read operations.

        Raises OperationShapeWrong, UnitNameWithKind, UnitNameDiffers and what
        references raise.
        """
        return [
            self._operation(operation, f"$.operations[{number}]")
            for number, operation in enumerate(given)
        ]

    def _operation(self, given: api.PlannedOperation, field: str) -> Operation:
        least, most, least_into, most_into, names = _SHAPES[given.kind]
        named = {name for name in _NAMED if getattr(given, name) is not None}
        if not (
            least <= len(given.units) <= most
            and least_into <= len(given.into) <= most_into
            and named == names
        ):
            raise errors.OperationShapeWrong(field=field, kind=given.kind)
        if given.name is not None and given.bare_name is not None:
            _check_names(given.name, given.bare_name, field)
        return Operation(
            kind=OperationKind(given.kind),
            unit_ids=[
                self._old(unit, f"{field}.units[{number}]")
                for number, unit in enumerate(given.units)
            ],
            into=[
                self._unit(unit, f"{field}.into[{number}]")
                for number, unit in enumerate(given.into)
            ],
            succession=given.succession,
            unit_type=given.unit_type,
            name=given.name,
            bare_name=given.bare_name,
        )

    def _unit(self, given: api.PlannedUnit, field: str) -> UUID:
        if given.new is None:
            return self._old(given, field)
        if given.id is not None or given.code is not None:
            raise errors.PlannedUnitIncomplete(field=field)
        if given.new not in self._new:
            raise errors.NewUnitUnknown(field=f"{field}.new", new=given.new)
        return self._new[given.new].unit_id

    def _old(self, given: api.PlannedUnit, field: str) -> UUID:
        if given.new is not None or (given.id is None) == (given.code is None):
            raise errors.PlannedUnitIncomplete(field=field)
        return self._tree.resolve(UnitRef(given.id, given.code), self._eve, field).id

    def _path(self, parent: UUID) -> str:
        known = {new.unit_id: new.path for new in self._new.values()}
        return known.get(parent) or self._tree.path(parent)


def _check_names(name: str, bare_name: str, field: str) -> None:
    refuse_kind_in_name(bare_name, f"{field}.bare_name")
    refuse_other_name(name, bare_name, f"{field}.name")
