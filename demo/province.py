"""The province's own units of that year, as the registry shows them.

Asked once through the registry's API; the plan spreads its records over them.
"""

from dataclasses import dataclass
from datetime import date

from services.contracts.registry.unit_views import UnitView


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in which something happens; codes mean a unit on the day of a fact."""

    code: str
    name: str
    unit_type: str
    district: str
    valid_from: date | None = None
    valid_to: date | None = None

    def exists_on(self, day: date) -> bool:
        """Tell whether the unit was in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)

    @property
    def in_sentence(self) -> str:
        """The name as it stands inside a sentence: xã Vi Hương."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Province:
    """The province with its districts and communes of one day, each by code."""

    itself: Place
    districts: tuple[Place, ...]
    communes: tuple[Place, ...]

    def communes_of_type(self, *unit_types: str) -> list[Place]:
        """Return the communes that are of one of the types."""
        return [place for place in self.communes if place.unit_type in unit_types]


def place_of(unit: UnitView, district: str = "") -> Place:
    """Return the registry's unit as a place of the plan."""
    return Place(
        code=unit.code,
        name=unit.name,
        unit_type=unit.unit_type,
        district=district,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )
