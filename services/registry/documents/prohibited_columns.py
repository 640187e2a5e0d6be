"""Which columns of a file may not be read: by heading, and by what stands in them.

The list is reference data; a refused column is never kept, not even sealed.
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from services.chassis.text import fold

_FILE: Final = "prohibited_columns.toml"
_LOOKED_AT: Final = 2_000


class _Rules(NamedTuple):
    words: tuple[str, ...]
    whole: frozenset[str]
    values: frozenset[str]
    share: float
    fewest: int


@cache
def _rules() -> _Rules:
    folder = resources.files("services.registry.reference")
    told: dict[str, Any] = tomllib.loads(folder.joinpath(_FILE).read_text("utf-8"))
    headings, values = told["headings"], told["values"]
    return _Rules(
        words=tuple(f" {fold(word)} " for word in headings["words"]),
        whole=frozenset(headings["whole"]),
        values=frozenset(
            fold(value)
            for kind in ("peoples", "religions", "memberships")
            for value in values[kind]
        ),
        share=values["share"],
        fewest=values["fewest"],
    )


def heading_is_prohibited(heading: str) -> bool:
    """Tell whether a heading, in Vietnamese or English, names what nobody may ask."""
    rules = _rules()
    folded = fold(heading)
    padded = f" {folded} "
    return folded in rules.whole or any(word in padded for word in rules.words)


def values_are_prohibited(cells: Iterable[object]) -> bool:
    """Tell whether most cells of a column name a people, a belief or a membership."""
    rules = _rules()
    texts = [fold(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    sample: Sequence[str] = texts[:_LOOKED_AT]
    hits = sum(1 for text in sample if text in rules.values)
    return hits >= rules.fewest and hits >= rules.share * len(sample)
