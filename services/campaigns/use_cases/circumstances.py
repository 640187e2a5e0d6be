"""Who sends a command, on which day, with which units in force: given to every one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from services.campaigns.domain.organisations import require_acting_for
from services.campaigns.domain.values import Origin
from services.chassis.clock import local_today
from services.chassis.errors import NotFound
from services.chassis.identity import Principal
from services.chassis.service import Runtime
from services.contracts.dependants import CustodyKind
from services.contracts.registry.units import UnitRef
from services.unit_directory.custody import carriers, reaches
from services.unit_directory.directory import units_of
from services.unit_directory.tree import Unit, UnitTree, lies_within

MTTQ = "mttq"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The caller, the tree of units and today; both doors and the partner's give it."""

    caller: Principal
    units: UnitTree
    today: date

    @classmethod
    def of(cls, runtime: Runtime, caller: Principal) -> Self:
        """Return them for this moment. Raises UnitsNotLoaded."""
        return cls(caller, units_of(runtime), local_today())

    @property
    def author(self) -> str:
        """Who is written down beside the fact."""
        return self.caller.subject

    @property
    def origin(self) -> Origin:
        """Through whose hands the fact comes."""
        return Origin.MTTQ if self.caller.agency == MTTQ else Origin.OWN

    def unit_of_fact(self, ref: UnitRef, on: date, field: str = "$.unit") -> Unit:
        """Return the unit of a fact on its day, when the caller covers it.

        Raises the refusals of units.
        """
        unit = self.units.resolve(ref, on, field)
        self.units.require_within(self.caller, unit.id, field)
        return unit

    def acts_for(self, organisation: str, field: str) -> None:
        """Raise NotActingForOrganisation unless the caller may speak for it."""
        require_acting_for(self.caller.agency, organisation, field)

    def reaches(self, unit_id: UUID, kind: CustodyKind) -> bool:
        """Tell whether what a unit owns may be known to the caller.

        That is so in the caller's own area, with what it keeps of divided units, and
        on the way up from it: a commune takes part in what its province has opened,
        also where the province is no more and the commune took over one of its
        communes, or where another one goes on with it.
        """
        roots = self.caller.unit_roots
        if reaches(self.units, roots, unit_id, kind):
            return True
        reach = self.units.covers_any(carriers(self.units, unit_id, kind))
        return any(lies_within(path, reach) for path in self.units.covers_any(roots))

    def goes_on_in(self, owner_id: UUID, unit_id: UUID, kind: CustodyKind) -> bool:
        """Tell whether what one unit began takes place in another.

        It does in the owner's own area and in that of whoever goes on with it.
        """
        return self.units.within(carriers(self.units, owner_id, kind), unit_id)

    def require_mine(
        self,
        unit_id: UUID,
        kind: CustodyKind,
        organisation: str,
        absent: Callable[[], NotFound],
    ) -> None:
        """Let the caller pass to a recorded fact of its own area and organisation.

        What a divided unit left to the caller's unit is its own too; what lies
        elsewhere looks absent. Raises NotActingForOrganisation.
        """
        if not reaches(self.units, self.caller.unit_roots, unit_id, kind):
            raise absent()
        require_acting_for(self.caller.agency, organisation)
