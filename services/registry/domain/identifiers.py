"""What a personal number says by itself: 12 digits of today, 9 digits of before 2025.

A number never blocks for what it says: sex and birth date can be corrected, the number
stays. What does not agree is confirmed by whoever saw the card, or is a warning.
"""

import enum
import re
from datetime import date
from typing import Final

from services.registry.domain import person_errors as errors
from services.registry.reference.people_rules import PEOPLE_RULES

_SEPARATORS: Final = re.compile(r"[\s.\-]")
_CENTURY_AT: Final = 3
_YEAR: Final = slice(4, 6)
_FIRST_CENTURY: Final = 1900


class IdFlag(enum.StrEnum):
    """What about a personal number wants a second look."""

    BIRTH_YEAR_DIFFERS = "birth_year_differs"
    PREFIX_UNKNOWN = "prefix_unknown"


def normalised_citizen_id(text: str, field: str) -> str:
    """Return the 12 digits. Raises CitizenIdMalformed."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch("[0-9]{12}", digits):
        raise errors.CitizenIdMalformed(field=field)
    return digits


def normalised_old_id(text: str, field: str) -> str:
    """Return the 9 digits. Raises OldIdMalformed."""
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch("[0-9]{9}", digits):
        raise errors.OldIdMalformed(field=field)
    return digits


def birth_year(citizen_id: str) -> int:
    """Return the year that the century digit and the two after it tell."""
    century = _FIRST_CENTURY + 100 * (int(citizen_id[_CENTURY_AT]) // 2)
    return century + int(citizen_id[_YEAR])


def flags_of(citizen_id: str, birth_date: date | None) -> tuple[IdFlag, ...]:
    """Return what wants a second look about a number of 12 digits."""
    flags = []
    if birth_date is not None and birth_year(citizen_id) != birth_date.year:
        flags.append(IdFlag.BIRTH_YEAR_DIFFERS)
    if not PEOPLE_RULES.knows_prefix(citizen_id[:3]):
        flags.append(IdFlag.PREFIX_UNKNOWN)
    return tuple(flags)


def masked(number: str | None) -> str | None:
    """Return what a reader without the right to all sees: the last four digits."""
    if number is None:
        return None
    return "•" * (len(number) - 4) + number[-4:]
