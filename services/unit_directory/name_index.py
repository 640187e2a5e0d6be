"""Which names are like a typed one? All names of all days, folded once.

Built once and never changed: `changed` gives a further index that shares what stayed.
Whoever has further named places (residential areas) gives them as entries too. Asked
by the unit finder.
"""

import enum
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Final, Literal, NamedTuple
from uuid import UUID

import msgspec

from services.unit_directory.name_keys import Reading, Words, spellings

_LEVELS: Final = {"country": 0, "province": 1, "district": 2, "commune": 3}
_SHORTEST_START: Final = 2
_SHORTEST_INITIALS: Final = 3
_LAST: Final = "\U0010ffff"


Order = tuple[int, int, str, date, UUID, str]


class Likeness(enum.IntEnum):
    """How a name or code is like what was typed, the nearest first."""

    CODE = 0
    NAME = 1
    INITIALS = 2
    START = 3
    WORDS = 4

    @property
    def told(self) -> Literal["code", "name", "initials", "start", "words"]:
        """The word for it in answers."""
        return _TOLD[self]


_TOLD: Final[tuple[Literal["code", "name", "initials", "start", "words"], ...]] = (
    "code", "name", "initials", "start", "words",
)  # fmt: skip


class NameEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A name that something bore for some days."""

    id: UUID
    level: str
    path: str
    code: str
    unit_type: str
    name: str
    bare_name: str
    since: date | None
    until: date | None

    def borne_on(self, day: date) -> bool:
        """Tell whether the name was borne on a day; `until` is outside."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


class Hit(NamedTuple):
    """Whether marks and kind of unit differ from the typed ones, and which entry."""

    marks_differ: bool
    kind_differs: bool
    number: int


class NameIndex:
    """Names by their words; `orders` says in which order equals are shown."""

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self.entries = sorted(entries, key=_order)
        self.orders = [_order(entry) for entry in self.entries]
        self.places = [frozenset(_prefixes(entry.path)) for entry in self.entries]
        self._numbers: dict[UUID, list[int]] = {}
        self._marked: list[str] = []
        self._keys: list[tuple[str, int]] = []
        self._initials: dict[str, list[int]] = {}
        self._holding: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            self._numbers.setdefault(entry.id, []).append(number)
            names = _Names.of(entry)
            self._marked.append(names.marked)
            self._keys.extend((key, number) for key in names.keys)
            for initials in names.initials:
                self._initials.setdefault(initials, []).append(number)
            for word in names.words:
                self._holding.setdefault(word, []).append(number)
        self._keys.sort()
        self._words = sorted(self._holding)

    def changed(
        self, gone: Collection[UUID], entries: Iterable[NameEntry]
    ) -> "NameIndex":
        """Return the index without all names of some ids, and with these entries.

        What goes leaves a number that nothing leads to any more.
        """
        index = object.__new__(NameIndex)
        for field in ("entries", "orders", "places", "_marked", "_keys", "_words"):
            setattr(index, field, list(getattr(self, field)))
        for field in ("_numbers", "_initials", "_holding"):
            setattr(index, field, dict(getattr(self, field)))
        for one in gone:
            for number in index._numbers.pop(one, ()):
                index._drop(number)
        for entry in entries:
            index._add(entry)
        return index

    def _drop(self, number: int) -> None:
        names = _Names.of(self.entries[number])
        for key in names.keys:
            del self._keys[bisect_left(self._keys, (key, number))]
        for index, words in (
            (self._initials, names.initials),
            (self._holding, names.words),
        ):
            for word in words:
                index[word] = [one for one in index[word] if one != number]

    def _add(self, entry: NameEntry) -> None:
        number = len(self.entries)
        names = _Names.of(entry)
        self.entries.append(entry)
        self.orders.append(_order(entry))
        self.places.append(frozenset(_prefixes(entry.path)))
        self._numbers[entry.id] = [*self._numbers.get(entry.id, ()), number]
        self._marked.append(names.marked)
        for key in names.keys:
            insort(self._keys, (key, number))
        for word in names.words - self._holding.keys():
            insort(self._words, word)
        for index, words in (
            (self._initials, names.initials),
            (self._holding, names.words),
        ):
            for word in words:
                index[word] = [*index.get(word, ()), number]

    def by_likeness(
        self, ways: Sequence[Reading]
    ) -> Iterator[tuple[Likeness, list[Hit]]]:
        """Yield the hits of each likeness in turn, so that a reader may stop early.

        A name comes once, with its nearest likeness.
        """
        done: set[int] = set()
        for likeness, look in (
            (Likeness.NAME, self._named),
            (Likeness.INITIALS, self._with_initials),
            (Likeness.START, self._starting),
            (Likeness.WORDS, self._holding_all),
        ):
            best: dict[int, Hit] = {}
            for way in ways:
                marked = " ".join(way.words.marked) if way.words.has_marks else ""
                for number in look(way.words):
                    if number not in done:
                        self._keep(best, number, way.kind, marked)
            done.update(best)
            yield likeness, list(best.values())

    def _keep(
        self, best: dict[int, Hit], number: int, kind: str | None, marked: str
    ) -> None:
        hit = Hit(
            bool(marked) and marked not in self._marked[number],
            kind is not None and kind != self.entries[number].unit_type,
            number,
        )
        known = best.get(number)
        if known is None or hit < known:
            best[number] = hit

    def _named(self, words: Words) -> list[int]:
        first = bisect_left(self._keys, (words.key, 0))
        end = bisect_left(self._keys, (words.key, len(self.entries)), first)
        return [number for _, number in self._keys[first:end]]

    def _with_initials(self, words: Words) -> Iterable[int]:
        return self._initials.get(words.key, ())

    def _starting(self, words: Words) -> list[int]:
        start = words.key if len(words.key) >= _SHORTEST_START else f"{words.key} "
        first = bisect_left(self._keys, (start, 0))
        end = bisect_left(self._keys, (start + _LAST, 0), first)
        return [number for _, number in self._keys[first:end]]

    def _holding_all(self, words: Words) -> Iterable[int]:
        """Return the names that hold all the words; the last may be unfinished."""
        *whole, last = words.bare
        if len(words.key) < _SHORTEST_START:
            return self._holding.get(last, ())
        found = [set(self._holding.get(word, ())) for word in whole]
        first = bisect_left(self._words, last)
        end = bisect_left(self._words, last + _LAST, first)
        ending: set[int] = set()
        for word in self._words[first:end]:
            ending.update(self._holding[word])
        return ending.intersection(*found)


class _Names(NamedTuple):
    """Under which words an entry stands in the index."""

    marked: str
    keys: frozenset[str]
    words: frozenset[str]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, entry: NameEntry) -> "_Names":
        written = spellings(entry.bare_name)
        first = "".join(word[0] for word in written[0].bare)
        short = entry.level == "province" and len(first) >= _SHORTEST_INITIALS
        return cls(
            " ".join(written[0].marked),
            frozenset(spelling.key for spelling in written),
            frozenset(word for spelling in written for word in spelling.bare),
            (first,) if short else (),
        )


def _prefixes(path: str) -> Iterator[str]:
    return accumulate(path.split("."), "{}.{}".format)


def _order(entry: NameEntry) -> Order:
    level = _LEVELS.get(entry.level, len(_LEVELS))
    since = entry.since or date.min
    return level, len(entry.bare_name), entry.code, since, entry.id, entry.name
