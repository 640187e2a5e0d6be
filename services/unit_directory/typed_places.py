"""Parts a typed text into the name and the places that it lies in.

Asked by the unit finder. People write "Hải Tiến, Quảng Ninh", "Hải Tiến (Quảng Ninh)",
"Hải Tiến - Quảng Ninh", "Hải Tiến Quảng Ninh" when they are in a hurry, and "Quảng
Ninh, Hải Tiến" as forms ask for it.
"""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from services.unit_directory.name_keys import (
    is_said_to_be_old,
    without_said_to_be_old,
    words_of,
)

_SAID: Final = re.compile(r"[,;\n()\[\]]")
_DASH: Final = re.compile(r"\s+[-\u2013\u2014]\s+|\s*/\s*")
_MOST_WORDS: Final = 12
_MOST_PLACES: Final = 2


class Parting(NamedTuple):
    """A text as a name and the places around it, the nearest first."""

    name: str
    above: tuple[str, ...] = ()
    is_old: bool = False


def as_said(text: str) -> Parting:
    """Part a text where its writer did, by commas, brackets or lines."""
    is_old = is_said_to_be_old(text)
    parts = [p.strip() for p in _SAID.split(without_said_to_be_old(text))]
    name, *above = [part for part in parts if words_of(part).bare] or [""]
    return Parting(name, tuple(above), is_old)


def as_may_be_meant(said: Parting) -> Iterator[Parting]:
    """Yield where the name may end that was not found whole, the longest name first.

    A dash parts as a comma would, unless the name has one ("Bà Rịa - Vũng Tàu"): that
    is why it is tried second. Without any sign, every word may begin a place: "xã Thanh
    Vận huyện Chợ Mới tỉnh Bắc Kạn" has two.
    """
    first, *places = [p for p in _DASH.split(said.name) if words_of(p).bare] or [""]
    if places:
        yield said._replace(name=first, above=(*places, *said.above))
    words = said.name.split()
    if len(words) > _MOST_WORDS:
        return
    for parts in range(1, _MOST_PLACES + 1):
        for ends in combinations(range(len(words) - 1, 0, -1), parts):
            bounds = (0, *reversed(ends), len(words))
            name, *above = (" ".join(words[a:b]) for a, b in pairwise(bounds))
            if all(words_of(part).bare for part in (name, *above)):
                yield said._replace(name=name, above=(*above, *said.above))


def as_turned_round(said: Parting) -> Iterator[Parting]:
    """Yield the same ways with the place first, the widest before: "Bắc Kạn, Cư Lễ"."""
    for parted in (said, *as_may_be_meant(said)):
        if parted.above:
            *above, name = parted.name, *parted.above
            yield parted._replace(name=name, above=tuple(reversed(above)))
