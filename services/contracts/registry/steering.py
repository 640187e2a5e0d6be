"""Committees 138, partner organisations, coordination programmes: requests, answers.

Verbs: steering_committees.list steering_words.list partners.list programmes.list
(queries); steering_committee.establish steering_committee.reconstitute
steering_committee.dissolve programme.sign programme.review programme.end (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about, formed
from services.contracts.registry.api import Cursor, First, Name, Request
from services.contracts.registry.papers import DecisionNumber
from services.contracts.registry.units import Level, UnitRef

# Codes of the dated reference table; the service says which it knows on a day.
ReferenceCode = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,39}$", max_length=40)]
# 09/CTr-BCA-MTTW, 12/KH-UBND-CA: no blanks, so no sentence fits.
ProgrammeNumber = Annotated[
    str,
    formed(r"^[0-9]{1,6}[A-Za-z]?/[0-9A-Za-zĐđƯư./&-]{1,32}$", "09/CTr-BCA-MTTW", 40),
]
SteeringPost = Literal["head", "standing_deputy", "deputy", "member", "standing_body"]
ReviewKind = Literal["mid_term", "final"]
ProgrammeState = Literal["signed", "active", "reviewed", "ended", "renewed"]


class SeatGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post and the office that holds it, once or by several people; no names."""

    post: Annotated[SteeringPost, about("The post.")]
    office: Annotated[ReferenceCode, about("Code of the office (chức danh).")]
    holders: Annotated[int, Meta(ge=1, le=100), about("How many hold it.")] = 1


Seats = Annotated[tuple[SeatGiven, ...], Meta(min_length=1, max_length=60)]


class EstablishCommittee(Request, frozen=True):
    """Set up the committee of a unit by a decision."""

    unit: Annotated[UnitRef, about("Its unit (đơn vị).")]
    name: Annotated[Name, about("What it is called (tên gọi).")]
    standing_body: Annotated[
        ReferenceCode, about("Code of the standing body (cơ quan thường trực).")
    ]
    seats: Annotated[Seats, about("Posts and offices.")]
    effective_on: Annotated[date, about("First day.")]
    number: Annotated[DecisionNumber, about("Number of the decision (số quyết định).")]
    decided_on: Annotated[date, about("Day of the decision.")]
    issuer: Annotated[ReferenceCode, about("Code of the office that signed it.")]


class ReconstituteCommittee(Request, frozen=True):
    """Give a committee another composition, or set a dissolved one up again."""

    committee_id: Annotated[UUID, about("Which one.")]
    name: Annotated[Name, about("What it is called (tên gọi).")]
    standing_body: Annotated[
        ReferenceCode, about("Code of the standing body (cơ quan thường trực).")
    ]
    seats: Annotated[Seats, about("Posts and offices.")]
    effective_on: Annotated[date, about("First day.")]
    number: Annotated[DecisionNumber, about("Number of the decision (số quyết định).")]
    decided_on: Annotated[date, about("Day of the decision.")]
    issuer: Annotated[ReferenceCode, about("Code of the office that signed it.")]


class DissolveCommittee(Request, frozen=True):
    """End a committee."""

    committee_id: Annotated[UUID, about("Which one.")]
    dissolved_on: Annotated[date, about("First day without it.")]
    number: Annotated[DecisionNumber, about("Number of the decision (số quyết định).")]
    decided_on: Annotated[date, about("Day of the decision.")]
    issuer: Annotated[ReferenceCode, about("Code of the office that signed it.")]


class CommitteeChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a committee."""

    committee_id: UUID


class CommitteesList(Request, frozen=True):
    """Committees of a unit's subtree as they are on a day (default: today)."""

    unit: UnitRef
    on: date | None = None
    level: Level | None = None
    first: First = 50
    after: Cursor | None = None


class SeatView(msgspec.Struct, frozen=True, kw_only=True):
    """A post of a committee and the office that holds it."""

    post: str
    office: str
    holders: int


class CommitteeView(msgspec.Struct, frozen=True, kw_only=True):
    """A committee in its composition of a day."""

    id: UUID
    unit_id: UUID
    level: str
    name: str
    standing_body: str
    seats: tuple[SeatView, ...]
    state: Literal["established", "reconstituted"]
    effective_on: date
    until: date | None
    number: str
    decided_on: date
    issuer: str
    cursor: str | None = None


class CommitteeList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of committees."""

    rows: tuple[CommitteeView, ...]
    has_next: bool


class SteeringWordsList(Request, frozen=True):
    """Offices and standing bodies, all or those of a day."""

    on: date | None = None


class OfficeView(msgspec.Struct, frozen=True, kw_only=True):
    """An office or standing body, with its source and mark of certainty."""

    code: str
    name: str
    organisation: str | None
    levels: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    source: str
    mark: str


class SteeringWords(msgspec.Struct, frozen=True, kw_only=True):
    """The reference table of offices and standing bodies."""

    offices: tuple[OfficeView, ...]
    standing_bodies: tuple[OfficeView, ...]


class PartnersList(Request, frozen=True):
    """Partner organisations, every row or those of a day."""

    on: date | None = None


class PartnerView(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation for some days: whose member it is, whom it stands under."""

    code: str
    name: str
    member_of: str | None
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    source: str
    mark: str


class PartnersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The list of partner organisations."""

    rows: tuple[PartnerView, ...]


class SignProgramme(Request, frozen=True):
    """Record a signed coordination programme, also one that renews an earlier one."""

    unit: Annotated[UnitRef, about("Its unit (đơn vị).")]
    number: Annotated[ProgrammeNumber, about("Number and symbol (số, ký hiệu).")]
    parties: Annotated[
        tuple[ReferenceCode, ...],
        Meta(min_length=2, max_length=20),
        about("Codes of the partners (các bên)."),
    ]
    signed_on: Annotated[date, about("Day of signing (ngày ký).")]
    valid_from: Annotated[date, about("First day.")]
    valid_to: Annotated[date, about("First day without.")]
    mid_term_on: Annotated[date | None, about("Mid-term review due (hạn sơ kết).")] = (
        None
    )
    final_on: Annotated[date | None, about("Final review due (hạn tổng kết).")] = None
    renews: Annotated[UUID | None, about("Programme that it renews.")] = None


class ReviewProgramme(Request, frozen=True):
    """Record that a review of a programme was held."""

    programme_id: Annotated[UUID, about("Which programme.")]
    kind: Annotated[ReviewKind, about("Which review.")]
    held_on: Annotated[date, about("On which day.")]


class EndProgramme(Request, frozen=True):
    """End a programme before its time."""

    programme_id: Annotated[UUID, about("Which programme.")]
    ended_on: Annotated[date, about("First day without it.")]


class ProgrammeChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a programme."""

    programme_id: UUID


class ProgrammesList(Request, frozen=True):
    """Programmes of a unit's subtree; `on` (default: today) tells their state.

    `party` keeps those of one organisation, `only_running` those in force on the day.
    """

    unit: UnitRef
    on: date | None = None
    party: ReferenceCode | None = None
    only_running: bool = False
    first: First = 50
    after: Cursor | None = None


class ProgrammeView(msgspec.Struct, frozen=True, kw_only=True):
    """A programme with its state on the day."""

    id: UUID
    unit_id: UUID
    level: str
    number: str
    parties: tuple[str, ...]
    signed_on: date
    valid_from: date
    valid_to: date
    mid_term_on: date | None
    final_on: date | None
    mid_term_held_on: date | None
    final_held_on: date | None
    state: ProgrammeState
    renews: UUID | None
    renewed_by: UUID | None
    over_on: date | None
    cursor: str | None = None


class ProgrammeList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of programmes."""

    rows: tuple[ProgrammeView, ...]
    has_next: bool
