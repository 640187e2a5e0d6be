"""Residential areas of communes: which, how large, of which category on a day."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    Node,
    OnDay,
    OnDayOrEver,
    Root,
    argument,
    column,
    output,
    resolved,
    taken,
)
from gateway.schema.connections import Connection, page
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related, unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry import residential_areas as areas

AREAS: Final = Question("registry", "areas.list", areas.AreasList)
AREA_WORDS: Final = Question("registry", "areas.words", areas.AreaWordsList)


async def _heir(root: Root, info: Info) -> Any:
    return await related(info, "ResidentialArea", root["area_id"])


@output
class ResidentialAreaHeir:
    """A residential area that took over an ended one (kế thừa)."""

    area: "ResidentialArea | None" = resolved(_heir, "The other area.", ["area_id"])
    whole: bool = column("Whether all of it was taken over (toàn bộ).")


@output
class ResidentialArea(Node):
    """A thôn, tổ dân phố, ấp … of a commune on the day asked for (khu dân cư)."""

    unit: Unit | None = resolved(
        unit_of, "Commune in whose book it stands (đơn vị cấp xã).", ["unit_id"]
    )
    number: int = column("Number in the book of its commune (số thứ tự).")
    kind: str = column("Code of its kind, see areaWords (loại).")
    name: str = column("Name without its kind (tên).")
    registered_on: date = column("First day in the book.")
    ended_on: date | None = column("First day without it (ngày kết thúc).")
    households: Count | None = column("Households by the last figures (số hộ).")
    people: Count | None = column("People by the last figures (số nhân khẩu).")
    counted_on: date | None = column("Day of these figures (ngày số liệu).")
    categories: list[str] = column("Codes of categories of law (diện địa bàn).")
    heirs: list[ResidentialAreaHeir] = column("Areas that took it over (kế thừa).")


@output
class AreaWord:
    """A kind or a category of residential areas, with its source (danh mục)."""

    code: str = column("Code.")
    name: str = column("Vietnamese name (tên gọi).")
    group: str | None = column("Village-like (thon) or town-like (to_dan_pho).")
    valid_from: date | None = column("First day in use, where known.")
    valid_to: date | None = column("First day no longer in use.")
    source: str = column("Where it is written (nguồn).")
    mark: str = column("V read in the text, R reported, G known, ? not verified.")


@output
class AreaWords:
    """Reference tables of residential areas."""

    kinds: list[AreaWord] = column("Kinds (loại khu dân cư).")
    categories: list[AreaWord] = column("Categories of law (diện địa bàn).")


@taken
class ResidentialAreaFilter:
    """Which residential areas a list keeps (bộ lọc)."""

    kind: str | None = strawberry.field(
        default=None, description="Code of a kind (loại)."
    )
    category: str | None = strawberry.field(
        default=None, description="Code of a category of law (diện địa bàn)."
    )


async def residential_areas(
    info: Info,
    unit: Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")],
    first: First,
    after: After = None,
    only: Annotated[ResidentialAreaFilter | None, argument("Which to keep.")] = None,
    on: OnDay = None,
) -> Any:
    """Answer Query.residentialAreas."""
    return await page(
        info,
        AREAS,
        after,
        unit=unit_ref(unit),
        first=first,
        kind=only.kind if only else None,
        category=only.category if only else None,
        on=on,
    )


async def area_words(info: Info, on: OnDayOrEver = None) -> Any:
    """Answer Query.areaWords."""
    return await info.context.ask(AREA_WORDS, {"on": on})


@output
class AreaQueries:
    """Questions about residential areas, part of Query."""

    residential_areas: Connection[ResidentialArea] | None = resolved(
        residential_areas, "Residential areas of a subtree (khu dân cư)."
    )
    area_words: AreaWords | None = resolved(
        area_words, "Kinds and categories of residential areas (danh mục)."
    )
