"""Units by what people type, and what became of units (tìm đơn vị, đơn vị kế thừa)."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway import loaders
from gateway.questions import Question
from gateway.schema.base import (
    Info,
    KnownAt,
    OnDay,
    Root,
    argument,
    column,
    output,
    resolved,
)
from gateway.schema.enums import UnitLevel
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related, unit_of
from services.contracts.registry import finding

UNITS_FIND: Final = Question("registry", "units.find", finding.UnitsFind)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@output
class UnitHeir:
    """A unit in force that holds the whole or a part of an ended one (kế thừa)."""

    unit: LazyUnit | None = resolved(unit_of, "The unit in force.", ["unit_id"])
    code: str = column("Its code (mã đơn vị).")
    name: str = column("Its full name on the day asked for.")
    whole: bool = column("Whether it holds the whole ended unit (toàn bộ).")
    reason: str = column(
        "merge, split, rename, retype, unchanged; level_ended where a district left no "
        "heir of its own."
    )
    since: date | None = column("Day of the last step.")
    legal_basis: str | None = column("Resolution that made it (căn cứ pháp lý).")


async def _heirs(
    root: Root, info: Info, on: OnDay = None, known_at: KnownAt = None
) -> Any:
    when = {"on": on, "known_at": known_at}
    terms = {name: str(value) for name, value in when.items() if value is not None}
    found = await loaders.heirs_of(info.context, root["id"], **terms)
    return [] if found is None else found["heirs"]


HEIRS = resolved(
    _heirs, "Who holds an ended unit on a day, through every change since.", ["id"]
)


async def _meant(root: Root, info: Info) -> Any:
    when = {name: root.get(name) for name in ("on", "known_at")}
    terms = {name: value for name, value in when.items() if value is not None}
    return await related(info, "Unit", root["unit_id"], **terms)


@output
class UnitMatch:
    """A unit, and which name or code of it is like the text (kết quả tìm)."""

    unit: LazyUnit = column("The unit as it is called on the day.")
    state: str = column("in_force, ended or not_yet.")
    matched: str = column(
        "code, official (name of the day), former or later (tên cũ, tên sau)."
    )
    matched_text: str = column("The code or name that matched.")
    borne_from: date | None = column("First day of it; null before the register.")
    borne_to: date | None = column("First day without it; null while it is borne.")
    likeness: str = column("code, name, initials, start or words, nearest first.")
    ambiguous: bool = column("Whether the unit ended and several units hold it.")
    heirs: list[UnitHeir] = column("Who holds the ended unit on the day.")


@output
class UnitsFound:
    """Units like a typed text, and the one that is meant, if it is clear."""

    on: date = column("Day of the fact.")
    verdict: str = column("one, ambiguous (choose one of the matches) or none.")
    unit: LazyUnit | None = resolved(
        _meant,
        "The one unit in force that is meant.",
        ["unit_id", "on", "known_at"],
    )
    matches: list[UnitMatch] = resolved(
        lambda root: root["rows"], "The best matches.", ["rows"]
    )


async def unit_find(  # noqa: PLR0913, PLR0917 - arguments of the schema
    info: Info,
    text: Annotated[
        str,
        argument(
            "Code or name of any day, with or without marks; may go on ', tỉnh …'."
        ),
    ],
    on: OnDay = None,
    level: Annotated[UnitLevel | None, argument("Keep one level (cấp).")] = None,
    within: Annotated[UnitRef | None, argument("Keep what lies in a unit.")] = None,
    first: Annotated[int, argument("How many matches, 1 to 50.")] = 10,
    known_at: KnownAt = None,
) -> Any:
    """Answer Query.unitFind."""
    return await info.context.ask(
        UNITS_FIND,
        {
            "text": text,
            "on": on,
            "level": level.value if level else None,
            "within": unit_ref(within, "within") if within else None,
            "first": first,
            "known_at": known_at,
        },
    )


@output
class UnitFindingQueries:
    """Finding units by what people type, part of Query."""

    unit_find: UnitsFound | None = resolved(
        unit_find,
        "Units by a typed code or name of any day, and which is meant (tìm đơn vị).",
    )
