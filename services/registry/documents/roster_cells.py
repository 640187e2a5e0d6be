"""What the cells of a roster row mean: values of the registry, or why they are none.

Every fault of a row is found, not the first alone. Units and people are not looked up
here.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from services.chassis.errors import DomainError
from services.chassis.text import clean, fold
from services.registry.documents import roster_columns as columns
from services.registry.documents.roster_sheet import Cell, Day, Formula, Layout, Row
from services.registry.domain import import_errors as errors
from services.registry.domain.force_types import FORCE_TYPES, Counting, ForceType
from services.registry.domain.roster_area_errors import AreasMissing, TooManyAreas
from services.registry.domain.values import Post

EARLIEST: Final = date(1900, 1, 1)
# Forces that are known by their members, one by one.
WITH_ROSTER: Final = tuple(
    force for force in FORCE_TYPES.values() if force.counting is Counting.ROSTER
)
_REPEATED: Final = frozenset(
    {
        "unit",
        "force_type",
        "team_name",
        "school_level",
        "decision_number",
        "decision_issuer",
        "areas",
    }
)
_LONGEST: Final = {"team_name": 120, "full_name": 100, "decision_number": 40,
                   "unit": 200}  # fmt: skip
# The reader cuts a cell a little beyond this: what is longer is refused, not halved.
LONGEST_AREAS: Final = 480
_MOST_AREAS: Final = 60
_NAME_LETTERS: Final = re.compile(r"[^\W\d_]", re.UNICODE)
_NAME_SIGNS: Final = frozenset(" '’.-")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LOOKS_LIKE_A_DAY: Final = re.compile(r"\d{1,4}[/.\- ]\d{1,2}([/.\- ]\d{1,4})?")
_GAPS: Final = re.compile(r"[\s.\-]")
_CITIZEN_ID, _OLD_ID = 12, 9
_DECISION: Final = ("decision_number", "decision_date", "decision_issuer")
# As the contract has it: 123/QĐ-UBND, 16/2024/NQ-HĐND.
_DECISION_NUMBER: Final = re.compile(
    r"[0-9]{1,6}[A-Z]?(/[0-9]{4})?/[0-9A-ZĐƯ]{1,12}([-.][0-9A-ZĐƯ]{1,12}){0,4}"
)
_PHONE: Final = re.compile(r"\+?\d{9,12}")


class Fault(NamedTuple):
    """Why a cell, or (column None) its row, cannot be taken."""

    row: int
    column: str | None
    refusal: DomainError


class RosterRow(NamedTuple):
    """A row whose cells are all in order by themselves."""

    number: int
    unit: str
    force: ForceType
    team_name: str | None
    full_name: str
    birth_date: date | None
    citizen_id: str | None
    old_id: str | None
    post: Post
    first_day: date
    decision_number: str | None
    decision_date: date | None
    decision_issuer: str | None
    phone: str | None
    school_level: str | None
    areas: tuple[str, ...] | None
    areas_from: date | None


class RowReader:
    """Reads rows of one layout."""

    def __init__(self, layout: Layout, today: date) -> None:
        self._day_first = layout.day_first
        self._today = today
        places = {key: at for at, key in enumerate(layout.keys) if key is not None}
        self._plan = [
            (one.key, places[one.key], one.required, self._parser_once(one))
            for one in columns.COLUMNS
            if one.key in places
        ]
        self._absent = {c.key: None for c in columns.COLUMNS if c.key not in places}

    def read(self, row: Row) -> RosterRow | list[Fault]:
        """Return what a row says, or every fault of it."""
        values: dict[str, Any] = dict(self._absent)
        faults: list[Fault] = []
        for key, place, required, parse in self._plan:
            cell = row.cells[place]
            try:
                if cell is None:
                    if required:
                        raise errors.CellMissing
                    values[key] = None
                elif isinstance(cell, Formula):
                    raise errors.CellIsFormula
                else:
                    values[key] = parse(cell)
            except DomainError as refusal:
                faults.append(Fault(row.number, key, refusal))
        faults += self._between_cells(row.number, values)
        return faults or RosterRow(number=row.number, **values)

    def _between_cells(self, number: int, values: dict[str, Any]) -> list[Fault]:
        """Read the post by its force, and hold a decision's halves together."""
        faults = []
        force, post = values.get("force_type"), values.pop("post", None)
        values["force"] = values.pop("force_type", None)
        if force is not None and post is not None:
            try:
                values["post"] = _post(post, force)
            except errors.NotInList as refusal:
                faults.append(Fault(number, "post", refusal))
        if values.get("areas_from") is not None and values.get("areas", ()) is None:
            faults.append(Fault(number, "areas_from", AreasMissing()))
        if all(key in values for key in _DECISION):
            missing = [key for key in _DECISION if values[key] is None]
            if 0 < len(missing) < len(_DECISION):
                faults += [
                    Fault(number, key, errors.DecisionIncomplete()) for key in missing
                ]
        return faults

    def _parser_once(self, column: columns.Column) -> Callable[[Cell], Any]:
        """Return the parser; what repeats from row to row is parsed once."""
        parse = self._parser(column)
        if column.key not in _REPEATED:
            return parse
        known: dict[tuple[type, Cell], Any] = {}

        def parse_once(cell: Cell) -> Any:
            key = (type(cell), cell)
            if key not in known:
                known[key] = parse(cell)
            return known[key]

        return parse_once

    def _parser(self, column: columns.Column) -> Callable[[Cell], Any]:
        if column.kind == "date":
            return self._day
        own: dict[str, Callable[[Cell], Any]] = {
            "unit": _unit,
            "force_type": _force,
            "full_name": _full_name,
            "citizen_id": _citizen_id,
            "old_id": _old_id,
            "phone": _phone,
            "school_level": _school_level,
            "decision_number": _decision_number,
            "decision_issuer": _issuer,
            "areas": _areas,
        }
        limit = _LONGEST.get(column.key, 100)
        return own.get(column.key, lambda cell: _text(cell, limit))

    def _day(self, cell: Cell) -> date:
        found = cell.on if isinstance(cell, Day) else self._typed_day(cell)
        last = date(self._today.year + 1, 12, 31)
        if not EARLIEST <= found <= last:
            raise errors.DateOutOfRange(first=EARLIEST, last=last)
        return found

    def _typed_day(self, cell: Cell) -> date:
        text = cell.strip() if isinstance(cell, str) else ""
        iso, slashed = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
        try:
            if iso:
                return date(int(iso[1]), int(iso[2]), int(iso[3]))
            if slashed and self._day_first:
                return date(int(slashed[3]), int(slashed[2]), int(slashed[1]))
        except ValueError:
            raise errors.DateNotADate from None
        if _LOOKS_LIKE_A_DAY.fullmatch(text):
            raise errors.DateAmbiguous
        raise errors.DateNotADate


def _text(cell: Cell, limit: int) -> str | None:
    if isinstance(cell, bool | Day) or cell is None:
        raise errors.CellNotText
    text = clean(str(cell), "$").replace("\n", " ").replace("\t", " ").replace("\r", "")
    if len(text) > limit:
        raise errors.CellTooLong(limit=limit)
    return text or None


def _filled(cell: Cell, limit: int) -> str:
    text = _text(cell, limit)
    if text is None:
        raise errors.CellMissing
    return text


def _full_name(cell: Cell) -> str:
    text = " ".join(_filled(cell, _LONGEST["full_name"]).split())
    letters = _NAME_LETTERS.findall(text)
    others = set(text) - set(letters) - _NAME_SIGNS
    if len(letters) < 2 or any(not _is_mark(sign) for sign in others):  # noqa: PLR2004 - as in the contract
        raise errors.NameNotAName
    return text


def _is_mark(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"


def _unit(cell: Cell) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:05d}"  # Excel drops the zeros that a code begins with
    return _filled(cell, _LONGEST["unit"])


def _force(cell: Cell) -> ForceType:
    found = _FORCES.get(fold(_filled(cell, 200)))
    if found is None:
        names = "; ".join(force.name for force in WITH_ROSTER)
        raise errors.NotInList(choices=names)
    return found


def _post(cell: str, force: ForceType) -> Post:
    found = _POSTS[force.code].get(fold(cell))
    if found is None:
        raise errors.NotInList(choices="; ".join(force.posts.values()))
    return found


def _posts(force: ForceType) -> dict[str, Post]:
    named = {fold(name): post for post, name in force.posts.items()}
    return {**{fold(post.value): post for post in force.posts}, **named}


def _digits(cell: Cell, length: int, refusal: type[DomainError]) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        text = str(cell).zfill(length)  # a number has lost the zeros in front
    else:
        text = _GAPS.sub("", _filled(cell, 40))
    if len(text) != length or not (text.isascii() and text.isdigit()):
        raise refusal
    return text


def _citizen_id(cell: Cell) -> str:
    return _digits(cell, _CITIZEN_ID, errors.CitizenIdMalformed)


def _old_id(cell: Cell) -> str:
    return _digits(cell, _OLD_ID, errors.OldIdMalformed)


def _phone(cell: Cell) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = f"0{cell}"
    text = _GAPS.sub("", _filled(cell, 40))
    if not (text.isascii() and _PHONE.fullmatch(text)):
        raise errors.PhoneMalformed
    return text


def _decision_number(cell: Cell) -> str:
    text = "".join(_filled(cell, _LONGEST["decision_number"]).upper().split())
    if not _DECISION_NUMBER.fullmatch(text):
        raise errors.DecisionNumberMalformed
    return text


def _issuer(cell: Cell) -> str:
    found = columns.issuer_of(_filled(cell, 100))
    if found is None:
        raise errors.NotInList(choices="; ".join(columns.ISSUERS.values()))
    return found.value


def _areas(cell: Cell) -> tuple[str, ...] | None:
    if len(str(cell)) > LONGEST_AREAS:
        raise errors.CellTooLong(limit=LONGEST_AREAS)
    texts = (text.strip() for text in (_text(cell, LONGEST_AREAS) or "").split(";"))
    found = tuple(dict.fromkeys(text for text in texts if text))
    if len(found) > _MOST_AREAS:
        raise TooManyAreas(limit=_MOST_AREAS)
    return found or None


def _school_level(cell: Cell) -> str:
    found = columns.LEVEL_OF.get(fold(_filled(cell, 100)))
    if found is None:
        choices = "; ".join(columns.SCHOOL_LEVELS.values())
        raise errors.NotInList(choices=choices)
    return found


_POSTS: Final = {force.code: _posts(force) for force in WITH_ROSTER}
_FORCES: Final = {
    key: force for force in WITH_ROSTER for key in (fold(force.name), fold(force.code))
}
