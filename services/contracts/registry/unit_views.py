"""Units by id, reference, name and parent: requests and answers.

Verbs: units.get units.resolve units.children units.search (queries).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.api import Cursor, First, Ids, KnownAt, Request
from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level, UnitRef


class UnitsGet(Request, frozen=True):
    """Units by id, with the names of a day.

    The default day is today, here and below; with `known_at` it is that moment's.
    """

    ids: Ids
    on: date | None = None
    known_at: KnownAt | None = None


class UnitsResolve(Request, frozen=True):
    """The one unit that a reference means on a day (default: today)."""

    unit: UnitRef
    on: date | None = None
    known_at: KnownAt | None = None


class UnitsChildren(Request, frozen=True):
    """Children in force on a day (default: today) of several parents at once."""

    ids: Ids
    on: date | None = None
    first: First = 100
    after: Cursor | None = None
    known_at: KnownAt | None = None


class UnitsSearch(Request, frozen=True):
    """Units by name, with or without diacritics, or by code; a day narrows it."""

    text: Annotated[str, Meta(min_length=1, max_length=100)]
    on: date | None = None
    level: Level | None = None
    first: First = 20
    known_at: KnownAt | None = None


class UnitView(msgspec.Struct, frozen=True, kw_only=True):
    """A unit version as a reader sees it."""

    id: UUID
    code: str
    level: Level
    unit_type: str
    name: str
    bare_name: str
    parent_id: UUID | None
    path: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str | None
    successors: tuple[Successor, ...] = ()
    predecessors: tuple[Successor, ...] = ()
    cursor: str | None = None


class UnitsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where there is no such unit."""

    rows: tuple[UnitView | None, ...]


class UnitList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of units."""

    rows: tuple[UnitView, ...]
    has_next: bool


class UnitChildrenOf(msgspec.Struct, frozen=True, kw_only=True):
    """A page of one parent's children."""

    id: UUID
    rows: tuple[UnitView, ...]
    has_next: bool


class UnitsChildrenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page per parent asked for, in that order."""

    parents: tuple[UnitChildrenOf, ...]
