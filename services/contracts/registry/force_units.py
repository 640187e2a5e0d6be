"""Boards, teams and forces of a unit: requests and answers.

Verbs: force_units.get force_units.list (queries); force_unit.establish
force_unit.disband (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Name, Request
from services.contracts.registry.force_types import ForceType
from services.contracts.registry.units import UnitRef

Ending = Literal["disbanded", "consolidated"]


class ForceUnitsGet(Request, frozen=True):
    """Force units by id."""

    ids: Ids


class ForceUnitsList(Request, frozen=True):
    """Force units of a unit's subtree (with its wholly absorbed predecessors).

    `on` keeps those that existed on that day, with the headcount of that day.
    """

    unit: UnitRef
    force_type: ForceType | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class ForceHome(msgspec.Struct, frozen=True, kw_only=True):
    """A unit in which a force lies from `since` until before `until`.

    The first home has no first day. A unit that absorbs another one whole adds none.
    """

    unit_id: UUID
    since: date | None
    until: date | None = None
    # The decree by which it passed there.
    decision: str | None = None


class ForceUnitView(msgspec.Struct, frozen=True, kw_only=True):
    """A board, team or force with its unit and headcount on the day asked for.

    `members` serve; `active` are those of them who are not suspended. `homes` are all
    units in which it lies or lay, the first one first.
    """

    id: UUID
    force_type: str
    unit_id: UUID
    name: str | None
    established_on: date
    disbanded_on: date | None
    members: int
    ended_as: Ending | None = None
    area_ids: tuple[UUID, ...] = ()
    active: int = 0
    homes: tuple[ForceHome, ...] = ()
    cursor: str | None = None


class ForceUnitsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[ForceUnitView | None, ...]


class ForceUnitList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of force units."""

    rows: tuple[ForceUnitView, ...]
    has_next: bool


class EstablishForceUnit(Request, frozen=True):
    """Set up a board, team or force in a unit."""

    force_type: Annotated[ForceType, about("Which force (loại hình).")]
    unit: Annotated[UnitRef, about("Unit it serves (đơn vị).")]
    established_on: Annotated[date, about("First day (ngày thành lập).")]
    name: Annotated[Name | None, about("Own name, if any.")] = None


class ForceUnitEstablished(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to EstablishForceUnit."""

    force_unit_id: UUID
    unit_id: UUID


class DisbandForceUnit(Request, frozen=True):
    """End a force unit; its members cease on the same day by law."""

    force_unit_id: Annotated[UUID, about("Which one.")]
    disbanded_on: Annotated[date, about("First day without it (ngày giải thể).")]


class ForceUnitDisbanded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DisbandForceUnit."""

    force_unit_id: UUID
    members_ceased: int
