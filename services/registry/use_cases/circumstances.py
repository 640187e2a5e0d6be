"""Who sends a command, on which day, with which units in force: given to every one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.chassis.identity import Principal
from services.contracts.dependants import CustodyKind
from services.contracts.registry.units import UnitRef
from services.registry.domain.access_errors import GrantUnknown
from services.registry.domain.access_grant import AccessGrant
from services.registry.domain.errors import ForceUnitUnknown
from services.registry.domain.force_types import FORCE_TYPES, ForceType
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.values import Period
from services.unit_directory.custody import reaches
from services.unit_directory.lineage import life_with_heirs, whole_line
from services.unit_directory.tree import Unit, UnitTree


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The caller, the tree of units and today."""

    caller: Principal
    units: UnitTree
    today: date

    def unit_of_fact(self, ref: UnitRef, on: date) -> Unit:
        """Return the unit of a fact on its day, when the caller covers it.

        Raises the refusals of units.
        """
        unit = self.units.resolve(ref, on)
        self.units.require_within(self.caller, unit.id, "$.unit")
        return unit

    def mine(self, force_unit: ForceUnit | None, force_unit_id: UUID) -> ForceUnit:
        """Return the force unit if it lies in the caller's area today.

        What lies elsewhere looks absent. Raises ForceUnitUnknown.
        """
        # An id of something else is no force unit either.
        if not isinstance(force_unit, ForceUnit) or not self.units.within(
            self.caller.unit_roots, force_unit.unit_on(self.today)
        ):
            raise ForceUnitUnknown(field="$.force_unit_id", force_unit_id=force_unit_id)
        return force_unit

    def my_grant(self, grant: AccessGrant | None, grant_id: UUID) -> AccessGrant:
        """Return the grant if its unit lies in the caller's area.

        What lies elsewhere looks absent. Raises GrantUnknown.
        """
        if grant is None or not self.units.within(
            self.caller.unit_roots, grant.unit_id
        ):
            raise GrantUnknown(field="$.grant_id", grant_id=grant_id)
        return grant

    def reaches(self, unit_id: UUID, kind: CustodyKind) -> bool:
        """Tell whether a unit's rows of a kind are the caller's: covered or kept."""
        return reaches(self.units, self.caller.unit_roots, unit_id, kind)

    def life_of(self, unit_id: UUID) -> Period:
        """Return the days on which a unit exists."""
        unit = self.units.unit(unit_id)
        return Period(unit.valid_from, unit.valid_to)

    def life_where(self, force_unit: ForceUnit) -> Period:
        """Return the days on which a unit exists that holds the force.

        A force passes on the very day on which its unit is divided, and an heir that
        took its unit over whole holds it from that day, so the lives follow on one
        another.
        """
        first, last = force_unit.homes[0], force_unit.homes[-1]
        _, end = life_with_heirs(self.units, self.units.unit(last.unit_id))
        return Period(self.life_of(first.unit_id).first, end)

    def holder_of(self, force_unit: ForceUnit) -> UUID:
        """Return which unit holds the force at last: its home, or that one's heir."""
        return holder_of(self.units, force_unit, self.today)


def holder_of(units: UnitTree, force_unit: ForceUnit, today: date) -> UUID:
    """Return which unit holds a force at last: its home, or that one's heir.

    Who will take the home over later holds nothing of it before.
    """
    last = units.unit(force_unit.homes[-1].unit_id)
    return whole_line(units, last, today)[-1].id


def category(force_unit: ForceUnit) -> ForceType:
    """Return the legal category of a force unit."""
    return FORCE_TYPES[force_unit.force_type]
