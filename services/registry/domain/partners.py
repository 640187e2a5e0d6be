"""Partner organisations, offices and standing bodies by days: dated reference data.

Read from `reference/partners.toml` when the registry is imported.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from services.registry.domain import steering_errors as errors
from services.registry.domain.values import Period

_FILE: Final = Path(__file__).parents[1] / "reference" / "partners.toml"


class Partner(NamedTuple):
    """One row of the list of organisations; `parent` is whom it stands under."""

    code: str
    name: str
    member_of: str | None
    parent: str | None
    listed: Period
    source: str
    mark: str


class Office(NamedTuple):
    """An office, or a standing body, with the levels at which it exists."""

    code: str
    name: str
    organisation: str | None
    levels: frozenset[str]
    used: Period
    source: str
    mark: str


def _period(row: dict[str, Any]) -> Period:
    return Period(row.get("valid_from"), row.get("valid_to"))


def _partner(row: dict[str, Any]) -> Partner:
    return Partner(
        row["code"],
        row["name"],
        row.get("member_of"),
        row.get("parent"),
        _period(row),
        row["source"],
        row["mark"],
    )


def _office(row: dict[str, Any]) -> Office:
    return Office(
        row["code"],
        row["name"],
        row.get("organisation"),
        frozenset(row["levels"]),
        _period(row),
        row["source"],
        row["mark"],
    )


_READ: Final = tomllib.loads(_FILE.read_text("utf-8"))
PARTNERS: Final = tuple(_partner(row) for row in _READ["organisations"])
OFFICES: Final = tuple(_office(row) for row in _READ["offices"])
STANDING_BODIES: Final = tuple(_office(row) for row in _READ["standing_bodies"])


def partners_on(day: date | None) -> list[Partner]:
    """Return the organisations of a day (None: every row)."""
    return [one for one in PARTNERS if day is None or one.listed.holds(day)]


def require_partner(code: str, day: date, field: str) -> None:
    """Let an organisation pass that is on the list. Raises PartnerUnknown."""
    if all(one.code != code for one in partners_on(day)):
        raise errors.PartnerUnknown(field=field, organisation=code, day=day)


def require_office(code: str, level: str, day: date, field: str) -> None:
    """Let an office pass that exists at a level on a day. Raises OfficeUnknown."""
    _require(OFFICES, code, level, day, field)


def require_standing_body(code: str, level: str, day: date, field: str) -> None:
    """Let a standing body pass that exists on a day. Raises OfficeUnknown."""
    _require(STANDING_BODIES, code, level, day, field)


def _require(
    among: Iterable[Office], code: str, level: str, day: date, field: str
) -> None:
    for one in among:
        if one.code == code and level in one.levels and one.used.holds(day):
            return
    raise errors.OfficeUnknown(field=field, office=code, level=level, day=day)
