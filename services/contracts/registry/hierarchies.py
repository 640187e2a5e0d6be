"""Named hierarchies over the units: requests and answers.

Verbs: hierarchies.list hierarchies.children hierarchies.ancestors (queries);
hierarchy.define hierarchy.skip_level hierarchy.withdraw_skip hierarchy.place_unit
hierarchy.return_unit hierarchy.withdraw_placing hierarchy.end (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, Ids, KnownAt, Name, Request
from services.contracts.registry.residential_areas import DecisionNumber
from services.contracts.registry.unit_views import UnitView
from services.contracts.registry.units import Level, UnitRef

# "administration" is built in; police_line and front_line come with the registry.
HierarchyCode = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{1,39}$", max_length=40)]
HierarchyBase = Literal["administration", "placements"]
Page = Annotated[int, Meta(ge=1, le=500)]


class HierarchiesList(Request, frozen=True):
    """All hierarchies, or those that exist on a day.

    With `known_at`, here and below, as units and hierarchies were known at that moment;
    a day that is not given is then the day of the moment.
    """

    on: date | None = None
    known_at: KnownAt | None = None


class SkippedLevel(msgspec.Struct, frozen=True, kw_only=True):
    """A level that a hierarchy does without from a day on."""

    level: str
    effective_on: date
    decision: str | None
    decided_on: date | None


class HierarchyView(msgspec.Struct, frozen=True, kw_only=True):
    """A hierarchy; `base` tells where a unit stands that was not placed."""

    id: UUID
    code: str
    name: str
    base: HierarchyBase
    owner_id: UUID
    valid_from: date | None
    valid_to: date | None
    decision: str | None
    decided_on: date | None
    skipped: tuple[SkippedLevel, ...]


class HierarchiesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Hierarchies by code, administration first."""

    rows: tuple[HierarchyView, ...]


class HierarchyUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit at its place; `placed_on` where a fact of the hierarchy put it there.

    `in_ring` tells that a change of units let it stand above itself: its place has to
    be decided anew.
    """

    unit: UnitView
    parent_id: UUID | None
    placed_on: date | None
    decision: str | None
    cursor: str | None = None
    in_ring: bool = False


class HierarchyChildren(Request, frozen=True):
    """What stands below units on a day (default: today); without `ids`, the top."""

    hierarchy: HierarchyCode
    ids: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()
    on: date | None = None
    first: Page = 200
    after: Cursor | None = None
    known_at: KnownAt | None = None


class HierarchyChildrenOf(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what stands below one unit; `id` is None for the top."""

    id: UUID | None
    rows: tuple[HierarchyUnit, ...]
    has_next: bool


class HierarchyChildrenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page for each unit asked for, in that order."""

    on: date
    parents: tuple[HierarchyChildrenOf, ...]


class HierarchyAncestors(Request, frozen=True):
    """What stands above units on a day (default: today)."""

    hierarchy: HierarchyCode
    ids: Ids
    on: date | None = None
    known_at: KnownAt | None = None


class HierarchyLine(msgspec.Struct, frozen=True, kw_only=True):
    """The units above one unit, the nearest first; `belongs` if it is part of it.

    Where the line runs into a ring it ends before the unit that would come again, which
    is `ring_id`.
    """

    id: UUID
    belongs: bool
    rows: tuple[HierarchyUnit, ...]
    ring_id: UUID | None = None


class HierarchyAncestorsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One line for each unit asked for, in that order."""

    on: date
    lines: tuple[HierarchyLine, ...]


# --- commands ----------------------------------------------------------------


class DefineHierarchy(Request, frozen=True):
    """Begin a hierarchy over the units of its owner's area."""

    hierarchy: Annotated[HierarchyCode, about("Its code for ever (mã).")]
    name: Annotated[Name, about("Its name (tên gọi).")]
    owner: Annotated[
        UnitRef, about("Unit that keeps it; its area bounds the hierarchy.")
    ]
    base: Annotated[HierarchyBase, about("Where others stand.")] = "administration"
    valid_from: Annotated[date | None, about("First day.")] = None
    decision: Annotated[
        DecisionNumber | None, about("Number of the decision (số quyết định).")
    ] = None
    decided_on: Annotated[date | None, about("Day of the decision.")] = None


class SkipLevel(Request, frozen=True):
    """Let a hierarchy do without a level from a day on."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    level: Annotated[Level, about("The level (cấp).")]
    effective_on: Annotated[date, about("First day without it.")]
    decision: Annotated[
        DecisionNumber | None, about("Number of the decision (số quyết định).")
    ] = None
    decided_on: Annotated[date | None, about("Day of the decision.")] = None


class WithdrawSkip(Request, frozen=True):
    """Take back a skip that was recorded wrongly."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    level: Annotated[Level, about("The level (cấp).")]


class PlaceUnit(Request, frozen=True):
    """Put a unit under another one from a day on; without `parent` at the top."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    unit: Annotated[UnitRef, about("The unit.")]
    effective_on: Annotated[date, about("First day at that place.")]
    parent: Annotated[UnitRef | None, about("Unit above; without one the top.")] = None
    decision: Annotated[
        DecisionNumber | None, about("Number of the decision (số quyết định).")
    ] = None
    decided_on: Annotated[date | None, about("Day of the decision.")] = None


class ReturnUnit(Request, frozen=True):
    """Let a unit stand as in the base again, from a day on."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    unit: Annotated[UnitRef, about("The unit.")]
    effective_on: Annotated[date, about("First day back.")]
    decision: Annotated[
        DecisionNumber | None, about("Number of the decision (số quyết định).")
    ] = None
    decided_on: Annotated[date | None, about("Day of the decision.")] = None


class WithdrawPlacing(Request, frozen=True):
    """Take back the last change of a unit's place, which was recorded wrongly."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    unit_id: Annotated[UUID, about("The unit.")]


class EndHierarchy(Request, frozen=True):
    """End a hierarchy; questions about its past are answered as before."""

    hierarchy: Annotated[HierarchyCode, about("Code of the hierarchy (mã hệ thống).")]
    ended_on: Annotated[date, about("First day without it.")]
    decision: Annotated[
        DecisionNumber | None, about("Number of the decision (số quyết định).")
    ] = None
    decided_on: Annotated[date | None, about("Day of the decision.")] = None


class HierarchyChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a hierarchy."""

    hierarchy_id: UUID
    hierarchy: str
