"""Kinds of residential area and categories of law, dated reference data.

Read from `reference/residential_areas.toml` when the registry is imported.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from services.registry.domain import residential_area_errors as errors
from services.registry.domain.values import Period

_FILE: Final = Path(__file__).parents[1] / "reference" / "residential_areas.toml"


class AreaWord(NamedTuple):
    """One kind or category with the days on which it is used and where it stands."""

    code: str
    name: str
    group: str | None
    used: Period
    source: str
    mark: str


def _words(rows: list[dict[str, Any]]) -> dict[str, AreaWord]:
    return {
        row["code"]: AreaWord(
            code=row["code"],
            name=row["name"],
            group=row.get("group"),
            used=Period(row.get("valid_from"), row.get("valid_to")),
            source=row["source"],
            mark=row["mark"],
        )
        for row in rows
    }


_READ: Final = tomllib.loads(_FILE.read_text("utf-8"))
KINDS: Final = _words(_READ["kinds"])
CATEGORIES: Final = _words(_READ["categories"])


def kind_on(code: str, day: date, field: str = "$.kind") -> AreaWord:
    """Return a kind in use on a day. Raises AreaKindUnknown."""
    word = KINDS.get(code)
    if word is None or not word.used.holds(day):
        raise errors.AreaKindUnknown(field=field, kind=code, day=day)
    return word


def category_on(code: str, day: date, field: str = "$.category") -> AreaWord:
    """Return a category in use on a day. Raises AreaCategoryUnknown."""
    word = CATEGORIES.get(code)
    if word is None or not word.used.holds(day):
        raise errors.AreaCategoryUnknown(field=field, category=code, day=day)
    return word
