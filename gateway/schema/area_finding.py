"""Residential areas by what people type (tìm khu dân cư)."""

from datetime import date
from typing import Annotated, Any, Final

from gateway.questions import Question
from gateway.schema.areas import ResidentialArea, ResidentialAreaHeir
from gateway.schema.base import Info, OnDay, Root, argument, column, output, resolved
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related
from services.contracts.registry.area_finding import AreasFind

AREAS_FIND: Final = Question("registry", "areas.find", AreasFind)


@output
class ResidentialAreaMatch:
    """A residential area, and which name or number of it is like the text."""

    area: ResidentialArea = column("The area as it is on the day.")
    state: str = column("in_force, ended or not_yet.")
    matched: str = column(
        "number (in its commune's book), official (name of the day), former or later"
        " (tên cũ, tên sau)."
    )
    matched_kind: str = column("Code of the kind that it had under that name.")
    matched_name: str = column("The name that is like the text.")
    borne_from: date | None = column("First day of that name.")
    borne_to: date | None = column("First day without it; null while it is borne.")
    likeness: str = column("name, number, start or words.")
    marks_differ: bool = column("Whether the marks are others than typed.")
    kind_differs: bool = column("Whether the kind is another than typed.")
    ambiguous: bool = column("Whether the area ended and several hold it.")
    heirs: list[ResidentialAreaHeir] = column("Who holds the ended area on the day.")


async def _meant(root: Root, info: Info) -> Any:
    return await related(info, "ResidentialArea", root["area_id"])


@output
class ResidentialAreasFound:
    """Residential areas like a typed text, and the one meant, if it is clear."""

    on: date = column("Day of the fact.")
    verdict: str = column("one, ambiguous (choose one of the matches) or none.")
    area: ResidentialArea | None = resolved(
        _meant, "The one living area that is meant.", ["area_id"]
    )
    matches: list[ResidentialAreaMatch] = resolved(
        lambda root: root["rows"], "The best matches.", ["rows"]
    )


async def residential_area_find(
    info: Info,
    unit: Annotated[UnitRef, argument("Commune, or a unit above (đơn vị).")],
    text: Annotated[
        str,
        argument(
            "Name of any day or number, with or without marks and kind; may go on"
            " ', xã …'."
        ),
    ],
    on: OnDay = None,
    first: Annotated[int, argument("How many matches, 1 to 50.")] = 10,
) -> Any:
    """Answer Query.residentialAreaFind."""
    return await info.context.ask(
        AREAS_FIND, {"unit": unit_ref(unit), "text": text, "on": on, "first": first}
    )


@output
class AreaFindingQueries:
    """Finding residential areas, part of Query."""

    residential_area_find: ResidentialAreasFound | None = resolved(
        residential_area_find,
        "Residential areas by a typed name or number, and which is meant"
        " (tìm khu dân cư).",
    )
