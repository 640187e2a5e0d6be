"""How the name of a residential area is kept for finding, and what a typed kind means.

Used where names are written and where they are sought.
"""

from typing import Any, Final

from services.unit_directory.name_keys import spellings

# People say the short word; the books have the long one.
_SHORT: Final = {
    "to": ("to_dan_pho",),
    "khu": ("khu_pho", "khu_dan_cu", "tieu_khu"),
    "khoi": ("khoi_pho",),
}


def kinds_meant(typed: str) -> tuple[str, ...]:
    """Return the codes of kinds that a typed kind may stand for."""
    return _SHORT.get(typed, (typed,))


def name_rows(name: str) -> list[dict[str, Any]]:
    """Return a name from each of its words on, in every spelling, the whole ones so."""
    rows: dict[str, dict[str, Any]] = {}
    for words in spellings(name):
        for number in range(len(words.bare)):
            rest = words.without_first(number)
            row = {
                "key": rest.key,
                "marked": " ".join(rest.marked),
                "whole": number == 0,
            }
            if rest.key not in rows or number == 0:
                rows[rest.key] = row
    return list(rows.values())
