"""Types of units as dated reference: which a level knows on a day, and their names.

Read from `reference/unit_types.toml`, which gives source and certainty of each.
"""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any, Final, NamedTuple

from services.registry.domain.unit_errors import UnitTypeNotInForce
from services.registry.domain.values import Period


class UnitType(NamedTuple):
    """A type of unit at one level."""

    code: str
    level: str
    prefix: str
    in_force: Period
    own_names: tuple[str, ...] = ()

    def full_name(self, bare_name: str) -> str:
        """Return the name with its kind before it."""
        return f"{self.prefix} {bare_name}".strip()


def _read() -> dict[tuple[str, str], UnitType]:
    source = files("services.registry.reference") / "unit_types.toml"
    rows: list[dict[str, Any]] = tomllib.loads(source.read_text("utf-8"))["type"]
    return {
        (row["level"], row["code"]): UnitType(
            row["code"],
            row["level"],
            row["prefix"],
            Period(row.get("valid_from"), row.get("valid_to")),
            tuple(row.get("own_names", ())),
        )
        for row in rows
    }


UNIT_TYPES: Final = _read()


def unit_type_on(level: str, code: str, day: date, field: str) -> UnitType:
    """Return a type that a level knows on a day. Raises UnitTypeNotInForce."""
    found = UNIT_TYPES.get((level, code))
    if found is None or not found.in_force.holds(day):
        raise UnitTypeNotInForce(field=field, unit_type=code, level=level, day=day)
    return found
