"""Finding units by what people type, and what became of them: requests and answers.

Verbs: units.find units.successors (queries).
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.api import Ids, KnownAt, Request
from services.contracts.registry.unit_views import UnitView
from services.contracts.registry.units import Level, UnitRef

State = Literal["in_force", "ended", "not_yet"]
Matched = Literal["code", "official", "former", "later"]
Likeness = Literal["code", "name", "initials", "start", "words"]
Verdict = Literal["one", "ambiguous", "none"]


class UnitsFind(Request, frozen=True):
    """Units by a typed code or name of any day; `on` is the day of the fact (today).

    With `known_at` among the units and names that were known at that moment; without a
    day then the day of the moment. The same holds for `units.successors`.

    With or without marks and kind of unit; words behind a comma narrow to what lies in
    such a unit ("xã Tân Lập, tỉnh Bắc Kạn"), `within` to one unit and what it absorbed.
    """

    text: Annotated[str, Meta(min_length=1, max_length=200)]
    on: date | None = None
    level: Level | None = None
    within: UnitRef | None = None
    first: Annotated[int, Meta(ge=1, le=50)] = 10
    known_at: KnownAt | None = None


class UnitHeir(msgspec.Struct, frozen=True, kw_only=True):
    """A unit in force that holds the whole or a part of an ended one.

    `reason` is merge, split, rename, retype or unchanged, and level_ended where a
    district left no heir of its own; `through` are the units of each step to it.
    `legal_basis` is the resolution of the last step: what established the heir, or
    ended the unit before it where the heir was there already.
    """

    unit_id: UUID
    code: str
    name: str
    whole: bool
    reason: str
    since: date | None
    legal_basis: str | None
    through: tuple[UUID, ...]


class UnitMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as it is on the day, and what of it is like the text.

    `matched` tells whether the name is the one of the day (official), an earlier or a
    later one, borne from `borne_from` until before `borne_to`. An ended unit has its
    `heirs` in force on the day; `ambiguous` says that there is something to choose.
    """

    unit: UnitView
    state: State
    matched: Matched
    matched_text: str
    borne_from: date | None
    borne_to: date | None
    likeness: Likeness
    marks_differ: bool
    kind_differs: bool
    ambiguous: bool
    heirs: tuple[UnitHeir, ...]


class UnitsFound(msgspec.Struct, frozen=True, kw_only=True):
    """The best matches; `unit_id` is the one unit in force meant, if it is clear."""

    on: date
    verdict: Verdict
    unit_id: UUID | None
    rows: tuple[UnitMatch, ...]
    known_at: datetime | None = None


class UnitsSuccessors(Request, frozen=True):
    """Who holds these units on a day (default: today)."""

    ids: Ids
    on: date | None = None
    known_at: KnownAt | None = None


class UnitHeirsOf(msgspec.Struct, frozen=True, kw_only=True):
    """The heirs of one unit; none while it is in force or has not begun."""

    id: UUID
    state: State
    ambiguous: bool
    heirs: tuple[UnitHeir, ...]


class UnitsSuccessorsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row for each id asked for, in that order; None where no such unit is."""

    on: date
    rows: tuple[UnitHeirsOf | None, ...]
