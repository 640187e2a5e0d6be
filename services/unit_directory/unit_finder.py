"""Which unit does a typed text mean on a day? Ranked matches, and a verdict.

The registry's `units.find` shows both; an import takes `unit_typed`, which gives a unit
only where there is nothing to choose: it asks, it never guesses.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple
from uuid import UUID

from services.unit_directory.lineage import Heir, heirs_on, is_one
from services.unit_directory.name_index import Hit, Likeness, NameEntry, NameIndex
from services.unit_directory.name_keys import readings
from services.unit_directory.tree import Unit, UnitTree
from services.unit_directory.typed_places import (
    Parting,
    as_may_be_meant,
    as_said,
    as_turned_round,
)

Matched = Literal["code", "official", "former", "later"]
Verdict = Literal["one", "ambiguous", "none"]

_CODE: Final = re.compile(r"VN|\d{1,5}", re.IGNORECASE)
_CODE_LENGTHS: Final = (2, 3, 5)


_FINDERS_KEPT: Final = 6
_PLACES_NAMED: Final = 50


class Asked(NamedTuple):
    """A text, the day of the fact, and what narrows the search.

    `within` holds the paths of an area (`UnitTree.covers`). Words behind a comma narrow
    as well: "xã Tân Lập, tỉnh Bắc Kạn".
    """

    text: str
    on: date
    level: str | None = None
    within: tuple[str, ...] | None = None


class Match(NamedTuple):
    """A unit, the name or code of it that is like the text, and who holds it then."""

    unit: Unit
    matched: Matched
    text: str
    since: date | None
    until: date | None
    likeness: Likeness
    marks_differ: bool
    kind_differs: bool
    heirs: tuple[Heir, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether the unit has ended and left something to choose."""
        return bool(self.heirs) and not is_one(self.heirs)


class Found(NamedTuple):
    """The best matches, and the one unit in force that is meant, if it is clear."""

    verdict: Verdict
    unit: Unit | None
    matches: tuple[Match, ...]


class UnitFinder:
    """The names and codes of one tree, ready to be searched."""

    def __init__(self, tree: UnitTree, index: NameIndex | None = None) -> None:
        self._tree = tree
        self._index = index or NameIndex(entries_of(tree))

    @property
    def index(self) -> NameIndex:
        """The names of the tree, for whoever lists them without a verdict."""
        return self._index

    def changed(self, tree: UnitTree, units: Collection[UUID]) -> "UnitFinder":
        """Return the finder of a tree that differs from this one's in some units."""
        present = [unit for one in units if (unit := tree.get(one)) is not None]
        return UnitFinder(tree, self._index.changed(units, entries_of(present)))

    def find(self, asked: Asked, first: int) -> Found:
        """Return the best matches, one for each unit, and what they come to."""
        parted, ranked = self._best_parted(asked, first)
        shown = tuple(
            match._replace(heirs=tuple(heirs_on(self._tree, match.unit, asked.on)))
            for match in ranked[:first]
        )
        if not ranked:
            return Found("none", None, ())
        unit = self._meant(ranked, parted, asked.on)
        return Found("one" if unit else "ambiguous", unit, shown)

    def _best_parted(self, asked: Asked, first: int) -> tuple[Parting, list[Match]]:
        """Return the matches of the text as its writer parted it, if any is near.

        Else of all ways in which it may be parted: two of them may both be meant. The
        place stands first only where no other way finds anything.
        """
        said = as_said(asked.text)
        ranked = self._ranked(said, asked, first)
        if ranked and _is_near(ranked[0]):
            return said, ranked
        for ways in (as_may_be_meant(said), as_turned_round(said)):
            found: dict[UUID, tuple[Parting, Match]] = {}
            for parted in ways:
                for match in self._ranked(parted, asked, 0):
                    if _is_near(match):
                        found.setdefault(match.unit.id, (parted, match))
            if found:
                near = sorted(found.values(), key=lambda pair: pair[1][5:8])
                return near[0][0], [match for _, match in near]
        return said, ranked

    def _meant(self, ranked: list[Match], parted: Parting, on: date) -> Unit | None:
        """Return the one unit in force that the nearest matches come to.

        A code, or a name with its kind, that is borne on the day goes before those of
        other days. Without its kind a name may mean any level, so all have to agree.
        """
        nearest = ranked[0]
        if not _is_near(nearest) or nearest.kind_differs:
            return None
        best = [match for match in ranked if match[5:8] == nearest[5:8]]
        if parted.is_old:
            best = [match for match in best if match.matched == "former"]
        elif nearest.likeness == Likeness.CODE or _has_kind(parted.name):
            best = [match for match in best if _is_borne(match, on)] or best
        return self._only_holder((match.unit for match in best), on)

    def _only_holder(self, units: Iterable[Unit], on: date) -> Unit | None:
        held: dict[UUID, Unit] = {}
        for unit in units:
            heirs = heirs_on(self._tree, unit, on)
            if unit.in_force(on):
                held[unit.id] = unit
            elif is_one(heirs):
                held[heirs[0].unit.id] = heirs[0].unit
            else:
                return None
        return next(iter(held.values())) if len(held) == 1 else None

    def _ranked(self, parted: Parting, asked: Asked, enough: int) -> list[Match]:
        """Return the matches in order, all of a likeness until there are enough."""
        places = [self._places_named(part) for part in parted.above]
        found: dict[UUID, Match] = {}
        if not all(places):
            return []
        for match in self._bearing(parted.name.upper(), asked, places):
            found.setdefault(match.unit.id, match)
        for likeness, hits in self._index.by_likeness(readings(parted.name)):
            for match in self._matching(likeness, hits, asked, places):
                found.setdefault(match.unit.id, match)
            if likeness >= Likeness.INITIALS and len(found) >= enough:
                break
        return list(found.values())

    def _matching(
        self, likeness: Likeness, hits: list[Hit], asked: Asked, above: list[set[str]]
    ) -> Iterator[Match]:
        entries = self._index.entries
        rows = sorted(
            (
                *hit[:2],
                not entries[hit.number].borne_on(asked.on),
                self._index.orders[hit.number],
                hit.number,
            )
            for hit in hits
            if self._is_wanted(entries[hit.number], hit.number, asked, above)
        )
        for marks_differ, kind_differs, _, _, number in rows:
            entry = entries[number]
            yield Match(
                self._tree.unit(entry.id), _matched(entry, asked.on), entry.name,
                entry.since, entry.until, likeness, marks_differ, kind_differs,
            )  # fmt: skip

    def _is_wanted(
        self, entry: NameEntry, number: int, asked: Asked, above: list[set[str]]
    ) -> bool:
        if asked.level not in (None, entry.level):
            return False
        places = self._index.places[number]
        if asked.within is not None and places.isdisjoint(asked.within):
            return False
        return not above or self._lies_in(self._tree.unit(entry.id), above)

    def _bearing(self, typed: str, asked: Asked, above: list[set[str]]) -> list[Match]:
        """Find by code; spreadsheets drop leading zeros, so longer ones are tried."""
        if not _CODE.fullmatch(typed):
            return []
        lengths = () if typed[0] in "0V" else _CODE_LENGTHS
        return sorted(
            (
                Match(
                    unit, "code", unit.code, unit.valid_from, unit.valid_to,
                    Likeness.CODE, code != typed, kind_differs=False,
                )
                for code in {typed, *(typed.zfill(length) for length in lengths)}
                for unit in self._tree.bearers(code)
                if has_lived(unit) and asked.level in (None, unit.level)
                and (asked.within is None or _is_below(unit.path, set(asked.within)))
                and self._lies_in(unit, above)
            ),
            key=lambda m: (m.marks_differ, not m.unit.in_force(asked.on), m.text),
        )  # fmt: skip

    def _places_named(self, part: str) -> set[str]:
        """Return the paths of all units that ever bore a name, as one above others."""
        paths: set[str] = set()
        for likeness, hits in self._index.by_likeness(readings(part)):
            if likeness > Likeness.INITIALS:
                break
            paths.update(
                self._index.entries[hit.number].path
                for hit in hits
                if not hit.kind_differs
            )
        return paths

    def _lies_in(self, unit: Unit, above: list[set[str]]) -> bool:
        """Tell whether a unit, or a direct heir of it, lies in a place of each part."""
        heirs = (self._tree.get(heir.unit_id) for heir in unit.successors)
        paths = [unit.path, *(heir.path for heir in heirs if heir)]
        return all(any(_is_below(path, part) for path in paths) for part in above)


_FINDERS: Final[OrderedDict[UnitTree, UnitFinder]] = OrderedDict()
_LOCK: Final = threading.Lock()


def unit_typed(tree: UnitTree, asked: Asked, first: int = 10) -> Found:
    """Say which unit in force on a day a typed text means, or what there is to choose.

    For imports: `found.unit` is set only where the verdict is "one".
    """
    return finder_of(tree).find(asked, first)


def paths_named(
    tree: UnitTree, typed: str, on: date, within: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what the units cover that a typed name nearly is, inside an area."""
    found = finder_of(tree).find(Asked(typed, on, within=within), _PLACES_NAMED)
    near = [m for m in found.matches if _is_near(m) and not m.kind_differs]
    return tree.covers_any([match.unit.id for match in near])


def entries_of(units: Iterable[Unit]) -> Iterator[NameEntry]:
    """Yield every name that a unit bore, with its days."""
    for unit in filter(has_lived, units):
        starts = [unit.valid_from, *(n.effective_on for n in unit.later_names)]
        ends = [*starts[1:], unit.valid_to]
        first = (unit.unit_type, unit.name, unit.bare_name)
        names = [first, *(name[1:4] for name in unit.later_names)]
        for (kind, name, bare), since, until in zip(names, starts, ends, strict=True):
            yield NameEntry(
                id=unit.id, level=unit.level, path=unit.path, code=unit.code,
                unit_type=kind, name=name, bare_name=bare, since=since, until=until,
            )  # fmt: skip


def finder_of(tree: UnitTree) -> UnitFinder:
    """Return the finder of a tree; it is made once for each tree.

    One that grew out of a tree whose finder is there takes over what stayed.
    """
    with _LOCK:
        finder = _FINDERS.get(tree)
        if finder is None:
            root, units = tree.grown_from or (None, ())
            base = None if root is None else _FINDERS.get(root)
            finder = UnitFinder(tree) if base is None else base.changed(tree, units)
            _FINDERS[tree] = finder
            if root is not None and base is not None:
                _FINDERS.move_to_end(root)
        _FINDERS.move_to_end(tree)
        while len(_FINDERS) > _FINDERS_KEPT:
            _FINDERS.popitem(last=False)
        return finder


def is_ready(tree: UnitTree) -> bool:
    """Tell whether a question costs no making of a finder, which takes a thread."""
    return tree in _FINDERS


def has_lived(unit: Unit) -> bool:
    """Leave out what was voided: established by mistake, with no day of life."""
    return unit.valid_to is None or unit.valid_from != unit.valid_to


def _matched(entry: NameEntry, on: date) -> Matched:
    if entry.borne_on(on):
        return "official"
    return "later" if entry.since is not None and entry.since > on else "former"


def _is_near(match: Match) -> bool:
    return match.likeness <= Likeness.INITIALS


def _has_kind(name: str) -> bool:
    return any(way.kind for way in readings(name))


def _is_borne(match: Match, on: date) -> bool:
    return match.unit.in_force(on) and match.matched in ("code", "official")


def _is_below(path: str, places: set[str]) -> bool:
    return any(path == place or path.startswith(f"{place}.") for place in places)
