"""Which residential area does a typed text mean on a day? Ranked matches, a verdict.

`areas.find` shows both; an import takes the area only where there is nothing to choose.
"""

import enum
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from services.contracts.registry.area_finding import AreaMatched
from services.contracts.registry.finding import State, Verdict
from services.registry.read_models.area_heirs import AreaHolder, holders_of
from services.registry.read_models.area_list import at_home
from services.registry.read_models.area_names import kinds_meant
from services.registry.read_models.area_tables import AREAS, HOMES, NAMES, TITLES
from services.unit_directory.name_keys import Reading, readings
from services.unit_directory.predicate import lies_within_sql

_NUMBER: Final = re.compile(r"(?:số|so|no\.?|#)?\s*0*(\d{1,5})", re.IGNORECASE)
_SHORTEST_START: Final = 2
# Beyond so many equals nothing is clear any more.
_LOOKED_AT: Final = 60
_LAST: Final = "\U0010ffff"
_LATER: Final = TITLES.alias("later")


class AreaLikeness(enum.IntEnum):
    """How an area is like what was typed; a name and a number are equally near."""

    NEAR = 0
    START = 1
    WORDS = 2


class AreaSought(NamedTuple):
    """A name, the day of the fact, and the places in all of which the area lies."""

    name: str
    on: date
    places: tuple[tuple[str, ...], ...]
    is_old: bool = False


class FoundArea(NamedTuple):
    """An area, the name or number of it that is like the text, and who holds it."""

    id: UUID
    since: date
    until: date | None
    likeness: AreaLikeness
    marks_differ: bool
    kind_differs: bool
    by_number: bool
    number: int
    registered_on: date
    ended_on: date | None
    kind: str = ""
    name: str = ""
    holders: tuple[AreaHolder, ...] = ()

    @property
    def nearness(self) -> tuple[AreaLikeness, bool, bool]:
        """What has to be equal in two matches of which neither is the nearer."""
        return self.likeness, self.marks_differ, self.kind_differs

    def state(self, on: date) -> State:
        """Tell whether the area exists on a day, no longer, or not yet."""
        if self.registered_on > on:
            return "not_yet"
        return "ended" if self.ended_on and self.ended_on <= on else "in_force"

    def matched(self, on: date) -> AreaMatched:
        """Tell what of the area was found, as seen on the day."""
        if self.by_number:
            return "number"
        if self.since > on:
            return "later"
        return "former" if self.until and self.until <= on else "official"

    @property
    def told(self) -> Literal["name", "number", "start", "words"]:
        """The word for the likeness in answers."""
        if self.by_number:
            return "number"
        return _WORDS[self.likeness]

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether the area has ended and left something to choose."""
        return bool(self.holders) and not _is_one(self.holders)


_WORDS: Final[tuple[Literal["name", "start", "words"], ...]] = (
    "name",
    "start",
    "words",
)


class FoundAreas(NamedTuple):
    """The best matches, and the one living area that is meant, if it is clear."""

    area_id: UUID | None
    matches: tuple[FoundArea, ...]

    @property
    def verdict(self) -> Verdict:
        """Tell whether one is meant, there is something to choose, or nothing is."""
        if self.area_id is not None:
            return "one"
        return "ambiguous" if self.matches else "none"


def find_areas(conn: sa.Connection, sought: AreaSought, first: int) -> FoundAreas:
    """Return the best matches, one for each area, and what they come to."""
    most = max(first, _LOOKED_AT)
    rows = _numbered(conn, sought, most + 1)
    for way in readings(sought.name):
        rows += _named(conn, way, sought, most + 1)
    found = _told(conn, _ranked(rows, sought.on), sought.on)
    # Each question brings the nearest first: so many equals that some are missing?
    equals = [row for row in rows if row.nearness == found[0].nearness]
    meant = _meant(found, sought) if len(equals) <= most else None
    return FoundAreas(meant, tuple(found[:first]))


def _ranked(rows: Iterable[FoundArea], on: date) -> list[FoundArea]:
    """Keep the nearest match of each area, in their order."""
    best: dict[UUID, FoundArea] = {}
    for row in sorted(rows, key=lambda one: _rank(one, on)):
        best.setdefault(row.id, row)
    return list(best.values())


def _rank(one: FoundArea, on: date) -> tuple[Any, ...]:
    return (*one.nearness, not _is_borne(one, on), one.by_number, one.number, one.id)


def _is_borne(one: FoundArea, on: date) -> bool:
    official = one.matched(on) in {"official", "number"}
    return official and one.state(on) == "in_force"


def _meant(found: Sequence[FoundArea], sought: AreaSought) -> UUID | None:
    """Return the one living area that the nearest matches come to.

    What is borne on the day goes before names of other days; of those all must agree.
    """
    if not found or found[0].likeness or found[0].kind_differs:
        return None
    on = sought.on
    best = [one for one in found if one.nearness == found[0].nearness]
    if sought.is_old:
        best = [one for one in best if one.matched(on) == "former"]
    else:
        best = [one for one in best if _is_borne(one, on)] or best
    held: set[UUID] = set()
    for one in best:
        if one.state(on) == "in_force":
            held.add(one.id)
        elif _is_one(one.holders):
            held.add(one.holders[0].area_id)
        else:
            return None
    return held.pop() if len(held) == 1 else None


def _is_one(holders: Sequence[AreaHolder]) -> bool:
    return len(holders) == 1 and holders[0].whole


def _named(
    conn: sa.Connection, way: Reading, sought: AreaSought, most: int
) -> list[FoundArea]:
    """Return names that are, begin or hold the words; the last may be unfinished."""
    key = way.words.key
    same = NAMES.c.key == key
    likeness = sa.case(
        (sa.and_(NAMES.c.whole, same), int(AreaLikeness.NEAR)),
        (NAMES.c.whole, int(AreaLikeness.START)),
        else_=int(AreaLikeness.WORDS),
    )
    marks = _marks_differ(way, same) if way.words.has_marks else sa.false()
    differs = sa.false() if way.kind is None else _is_other_kind(way.kind)
    # No constant: the database refuses to sort by one.
    nearest: list[sa.ColumnElement[Any]] = [likeness]
    nearest += [marks] if way.words.has_marks else []
    nearest += [differs] if way.kind is not None else []
    borne = sa.and_(
        NAMES.c.since <= sought.on,
        sa.or_(NAMES.c.until.is_(None), NAMES.c.until > sought.on),
        sa.or_(AREAS.c.ended_on.is_(None), AREAS.c.ended_on > sought.on),
    )
    query = (
        _at_places(sought)
        .join(NAMES, NAMES.c.area_id == AREAS.c.id)
        # Words of letters and digits only, so that no other key lies in between.
        .where(
            _begins(key)
            if len(key) >= _SHORTEST_START
            else sa.or_(same, _begins(f"{key} "))
        )
        .with_only_columns(
            AREAS.c.id,
            NAMES.c.since,
            sa.func.coalesce(NAMES.c.until, AREAS.c.ended_on).label("until"),
            likeness,
            marks,
            differs,
            sa.false(),
            AREAS.c.number,
            AREAS.c.registered_on,
            AREAS.c.ended_on,
        )
        .order_by(*nearest, borne.desc(), AREAS.c.number, AREAS.c.id)
        .limit(most)
    )
    return [_found(row) for row in conn.execute(query)]


def _begins(start: str) -> sa.ColumnElement[bool]:
    return sa.and_(NAMES.c.key >= start, NAMES.c.key < start + _LAST)


def _is_other_kind(typed: str) -> sa.ColumnElement[bool]:
    return NAMES.c.kind.not_in(kinds_meant(typed))


def _marks_differ(way: Reading, same: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    marked = " ".join(way.words.marked)
    return sa.case(
        (same, NAMES.c.marked != marked),
        else_=~sa.func.starts_with(NAMES.c.marked, marked),
    )


def _numbered(conn: sa.Connection, sought: AreaSought, most: int) -> list[FoundArea]:
    """Return the areas that bear the number in their commune's book."""
    typed = _NUMBER.fullmatch(sought.name.strip())
    if typed is None:
        return []
    query = (
        _at_places(sought)
        .where(AREAS.c.number == int(typed[1]))
        .with_only_columns(
            AREAS.c.id,
            _title_of(sought.on),
            AREAS.c.ended_on,
            sa.literal(int(AreaLikeness.NEAR)),
            sa.false(),
            sa.false(),
            sa.true(),
            AREAS.c.number,
            AREAS.c.registered_on,
            AREAS.c.ended_on.label("end"),
        )
        .order_by(HOMES.c.unit_path, AREAS.c.id)
        .limit(most)
    )
    return [_found(row) for row in conn.execute(query)]


def _title_of(on: date) -> sa.ColumnElement[date]:
    """Return the first day of the title borne on a day; before the life the first."""
    mine = _LATER.c.area_id == AREAS.c.id
    last = sa.select(sa.func.max(_LATER.c.since)).where(mine, _LATER.c.since <= on)
    first = sa.select(sa.func.min(_LATER.c.since)).where(mine)
    return sa.func.coalesce(
        last.correlate(AREAS).scalar_subquery(),
        first.correlate(AREAS).scalar_subquery(),
    )


def _at_places(sought: AreaSought) -> sa.Select[Any]:
    return at_home(sought.on).where(
        *(lies_within_sql(HOMES.c.unit_path, paths) for paths in sought.places)
    )


def _found(row: Any) -> FoundArea:
    found = FoundArea(*row)
    return found._replace(likeness=AreaLikeness(found.likeness))


def _told(conn: sa.Connection, found: Sequence[FoundArea], on: date) -> list[FoundArea]:
    """Tell each match by the title that it is about, and who holds what has ended."""
    if not found:
        return []
    ids = [one.id for one in found]
    query = sa.select(TITLES).where(TITLES.c.area_id.in_(ids))
    titles = {(row.area_id, row.since): row for row in conn.execute(query)}
    ended = [one.id for one in found if one.state(on) == "ended"]
    holders = holders_of(conn, ended, on)
    return [
        one._replace(
            kind=titles[one.id, one.since].kind,
            name=titles[one.id, one.since].name,
            holders=holders.get(one.id, ()),
        )
        for one in found
    ]
