"""Finding residential areas by what people type: the request and the answer.

Verb: areas.find (query).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.api import Request
from services.contracts.registry.finding import State, Verdict
from services.contracts.registry.residential_areas import AreaHeirView, AreaView
from services.contracts.registry.units import UnitRef

AreaMatched = Literal["number", "official", "former", "later"]
AreaLikeness = Literal["name", "number", "start", "words"]


class AreasFind(Request, frozen=True):
    """Areas by a typed name of any day, or by the number in their commune's book.

    `unit` is the commune, or any unit whose areas and those that it absorbed are meant;
    `on` is the day of the fact (today). With or without marks and kind ("ấp Trung",
    "ap trung", "tổ 3"); words behind a comma narrow to units ("thôn 3, xã Hải Tiến").
    """

    unit: UnitRef
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    on: date | None = None
    first: Annotated[int, Meta(ge=1, le=50)] = 10


class AreaMatch(msgspec.Struct, frozen=True, kw_only=True):
    """An area as it is on the day, and what of it is like the text.

    `matched` tells whether the name is the one of the day (official), an earlier or a
    later one, borne from `borne_from` until before `borne_to`, or that it is the
    number. An ended area has `heirs`: who holds it on the day; `ambiguous` says that
    there is something to choose.
    """

    area: AreaView
    state: State
    matched: AreaMatched
    matched_kind: str
    matched_name: str
    borne_from: date | None
    borne_to: date | None
    likeness: AreaLikeness
    marks_differ: bool
    kind_differs: bool
    ambiguous: bool
    heirs: tuple[AreaHeirView, ...]


class AreasFound(msgspec.Struct, frozen=True, kw_only=True):
    """The best matches; `area_id` is the one living area meant, if it is clear."""

    on: date
    verdict: Verdict
    area_id: UUID | None
    rows: tuple[AreaMatch, ...]
