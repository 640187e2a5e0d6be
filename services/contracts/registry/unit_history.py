"""Requests and answers about units through time: trees, changes and their undoing.

Verbs: units.tree units.changes (queries); unit.rename unit.retype unit.undo_change
(commands).
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.dependants import CustodyKind
from services.contracts.described import about, formed
from services.contracts.registry.api import Cursor, KnownAt, Request
from services.contracts.registry.events import Successor
from services.contracts.registry.residential_areas import DecisionNumber
from services.contracts.registry.unit_lists import UnitRow
from services.contracts.registry.units import Level, UnitRef

UnitType = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,30}$", max_length=31)]
# A name without its kind, as in a resolution: "Lộc Ninh", "M'Drắk", "Quận 1" is "1".
UnitName = Annotated[
    str, formed(r"^[0-9A-Za-zÀ-ỹĐđ]['’ .0-9A-Za-zÀ-ỹĐđ-]*$", "Lộc Ninh", 60)
]
UndoReason = Literal["entered_wrongly", "decree_withdrawn", "decree_postponed"]
Version = Annotated[int, Meta(ge=1, le=100_000)]

# --- trees -------------------------------------------------------------------


class UnitsTree(Request, frozen=True):
    """A unit and those below it on a day, as known at a moment.

    Each row stands behind its parent. Without a root the country is meant; without a
    day today, or with a moment the day of that moment.
    """

    root: UnitRef | None = None
    on: date | None = None
    known_at: KnownAt | None = None
    levels: Annotated[int, Meta(ge=0, le=4)] = 1
    first: Annotated[int, Meta(ge=1, le=4_000)] = 1_000
    after: Cursor | None = None


class UnitTreeRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A unit in a tree; `depth` counts from the root, which has 0."""

    id: UUID
    parent_id: UUID | None
    depth: int
    code: str
    level: Level
    unit_type: str
    name: str


class UnitTreePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a tree, with the day and the moment that it holds for."""

    on: date
    known_at: datetime
    rows: tuple[UnitTreeRow, ...]
    has_next: bool
    end_cursor: str | None


# --- changes -----------------------------------------------------------------


class UnitsChanges(Request, frozen=True):
    """What was recorded about units, oldest first, behind a cursor.

    A partner keeps the last cursor and asks again; a unit narrows it to its history.
    """

    unit_id: UUID | None = None
    first: Annotated[int, Meta(ge=1, le=500)] = 100
    after: Cursor | None = None


class UnitChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded fact about a unit, with what the unit is called behind it.

    A unit that has ended keeps its last name. `id` is the id of the public event;
    `version` is what an undoing names, `change_version` what this fact undoes. `row` is
    the whole unit behind the fact: who keeps a list of units puts it in place of its
    own of that unit, if the version is higher.
    """

    id: str
    unit_id: UUID
    version: int
    kind: str
    effective_on: date | None
    recorded_at: datetime
    legal_basis: str | None
    decree_date: date | None
    code: str
    level: Level
    unit_type: str
    name: str
    valid_from: date | None
    valid_to: date | None
    heirs: tuple[Successor, ...] = ()
    change_version: int | None = None
    reason: str | None = None
    undone: bool = False
    cursor: str | None = None
    row: UnitRow | None = None
    # Of a fact about custody: what of the unit is kept, and by whom.
    kept_kind: str | None = None
    keeper_id: UUID | None = None


class UnitChangeList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of changes."""

    rows: tuple[UnitChangeView, ...]
    has_next: bool


# --- commands ----------------------------------------------------------------


class RenameUnit(Request, frozen=True):
    """Give a unit another name from a day on, by a resolution."""

    unit_id: Annotated[UUID, about("Which unit.")]
    bare_name: Annotated[UnitName, about("New name without the kind (tên riêng).")]
    effective_on: Annotated[
        date, about("First day of it; may lie ahead (ngày có hiệu lực).")
    ]
    legal_basis: Annotated[
        DecisionNumber, about("Number and symbol of the resolution (số văn bản).")
    ]
    decree_date: Annotated[date, about("Day of the resolution (ngày văn bản).")]


class RetypeUnit(Request, frozen=True):
    """Give a unit another type from a day on, by a resolution; the name stays."""

    unit_id: Annotated[UUID, about("Which unit.")]
    unit_type: Annotated[
        UnitType, about("Code of the new type, such as phuong (loại).")
    ]
    effective_on: Annotated[
        date, about("First day of it; may lie ahead (ngày có hiệu lực).")
    ]
    legal_basis: Annotated[
        DecisionNumber, about("Number and symbol of the resolution (số văn bản).")
    ]
    decree_date: Annotated[date, about("Day of the resolution (ngày văn bản).")]


class PassCustody(Request, frozen=True):
    """Say which heir keeps what goes on in a divided unit, where no plan said it.

    For units that were divided before plans were kept, and for another word later.
    """

    unit_id: Annotated[UUID, about("The divided unit.")]
    kind: Annotated[CustodyKind, about("What of it: campaign, tip and others.")]
    keeper_id: Annotated[UUID, about("The heir that goes on with it.")]
    effective_on: Annotated[date, about("Day on which the unit was divided.")]
    legal_basis: Annotated[
        DecisionNumber, about("Number and symbol of the resolution (số văn bản).")
    ]
    decree_date: Annotated[date, about("Day of the resolution (ngày văn bản).")]


class UndoUnitChange(Request, frozen=True):
    """Take back a unit's last standing change; only a wrong entry needs no decree."""

    unit_id: Annotated[UUID, about("Which unit.")]
    version: Annotated[
        Version, about("Version of the change, as unitChanges shows it.")
    ]
    reason: Annotated[UndoReason, about("Why (lý do).")]
    legal_basis: Annotated[
        DecisionNumber | None,
        about(
            "Number and symbol of the resolution (số văn bản). "
            "Only a wrong entry needs none."
        ),
    ] = None
    decree_date: Annotated[
        date | None, about("Day of the resolution (ngày văn bản).")
    ] = None


class UnitChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to each of them: the unit, and the version of the new fact."""

    unit_id: UUID
    version: int
