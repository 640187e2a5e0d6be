"""Requests and answers about residential areas (khu dân cư) of communes.

Verbs: areas.get areas.list areas.words (queries); area.register area.rename area.retype
area.end area.report_figures area.give_category area.lift_category (commands).
"""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about, formed
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.units import UnitRef

# Codes of the dated reference table; the service says which it knows on a day.
AreaCode = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,30}$", max_length=31)]
# A name without its kind, as in a decision: "3", "Nà Làng".
AreaName = Annotated[
    str, Meta(max_length=80, pattern=r"^[^\t\r\n]*[0-9A-Za-zÀ-ỹĐđ][^\t\r\n]*$")
]
# Number and symbol of a document, "12/QĐ-UBND": no blanks, so no sentence fits.
DecisionNumber = Annotated[
    str, formed(r"^[0-9]{1,6}[A-Za-z]?/[0-9A-Za-zĐđ./&-]{1,32}$", "12/QĐ-UBND", 40)
]
Households = Annotated[int, Meta(ge=0, le=100_000)]
People = Annotated[int, Meta(ge=0, le=500_000)]


class RegisterArea(Request, frozen=True):
    """Register an area in a commune; the commune's book gives the number."""

    unit: Annotated[UnitRef, about("Its commune on that day (đơn vị cấp xã).")]
    kind: Annotated[AreaCode, about("Code of its kind (loại).")]
    name: Annotated[AreaName, about("Name without its kind (tên).")]
    registered_on: Annotated[date, about("First day (ngày lập).")]
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class AreaRegistered(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to RegisterArea."""

    area_id: UUID
    unit_id: UUID
    number: int


class RenameArea(Request, frozen=True):
    """Give an area another name from a day on."""

    area_id: Annotated[UUID, about("Which area.")]
    name: Annotated[AreaName, about("New name without its kind.")]
    effective_on: Annotated[date, about("First day of the name.")]
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class RetypeArea(Request, frozen=True):
    """Give an area another kind from a day on (thôn → tổ dân phố)."""

    area_id: Annotated[UUID, about("Which area.")]
    kind: Annotated[AreaCode, about("Code of the new kind.")]
    effective_on: Annotated[date, about("First day of the kind.")]
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class HeirOfArea(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An area that takes over the whole or a part of the ended one (kế thừa)."""

    area_id: Annotated[UUID, about("Which area.")]
    whole: Annotated[bool, about("All of it (toàn bộ).")] = True


class EndArea(Request, frozen=True):
    """End an area, alone or merged into others; `ended_on` is the first day without."""

    area_id: Annotated[UUID, about("Which area.")]
    ended_on: Annotated[date, about("First day without it.")]
    heirs: Annotated[
        tuple[HeirOfArea, ...], Meta(max_length=10), about("Areas that take it over.")
    ] = ()
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class ReportAreaFigures(Request, frozen=True):
    """How many live in an area on a day."""

    area_id: Annotated[UUID, about("Which area.")]
    counted_on: Annotated[date, about("Day of the figures.")]
    households: Annotated[Households, about("Households (số hộ).")]
    people: Annotated[People, about("People (số nhân khẩu).")]


class GiveAreaCategory(Request, frozen=True):
    """Count an area to a category of law from a day on."""

    area_id: Annotated[UUID, about("Which area.")]
    category: Annotated[AreaCode, about("Code of the category.")]
    effective_on: Annotated[date, about("First day that it holds, or holds no more.")]
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class LiftAreaCategory(Request, frozen=True):
    """Count an area to a category no more from a day on."""

    area_id: Annotated[UUID, about("Which area.")]
    category: Annotated[AreaCode, about("Code of the category.")]
    effective_on: Annotated[date, about("First day that it holds, or holds no more.")]
    decision: Annotated[
        DecisionNumber | None,
        about("Number and symbol of the decision (số quyết định)."),
    ] = None


class AreaChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about an area that exists."""

    area_id: UUID


class AreasGet(Request, frozen=True):
    """Areas by id as they are on a day (default: today)."""

    ids: Ids
    on: date | None = None


class AreasList(Request, frozen=True):
    """Areas of a unit's subtree on a day, with those of units that it absorbed.

    The day is today unless given.
    """

    unit: UnitRef
    kind: AreaCode | None = None
    category: AreaCode | None = None
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class AreaWordsList(Request, frozen=True):
    """Kinds and categories, all or those in use on a day."""

    on: date | None = None


class AreaHeirView(msgspec.Struct, frozen=True, kw_only=True):
    """Who took over an ended area."""

    area_id: UUID
    whole: bool


class AreaView(msgspec.Struct, frozen=True, kw_only=True):
    """An area as it is on the day asked for."""

    id: UUID
    unit_id: UUID
    number: int
    kind: str
    name: str
    registered_on: date
    ended_on: date | None
    households: int | None
    people: int | None
    counted_on: date | None
    categories: tuple[str, ...]
    heirs: tuple[AreaHeirView, ...]
    cursor: str | None = None


class AreasAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[AreaView | None, ...]


class AreaList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of areas."""

    rows: tuple[AreaView, ...]
    has_next: bool


class AreaWordView(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of area, or a category, with its source and how sure it is.

    ``group`` tells village-like kinds (thon) from town-like ones (to_dan_pho).
    """

    code: str
    name: str
    group: str | None
    valid_from: date | None
    valid_to: date | None
    source: str
    mark: str


class AreaWordsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The reference tables of areas."""

    kinds: tuple[AreaWordView, ...]
    categories: tuple[AreaWordView, ...]
