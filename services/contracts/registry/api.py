"""Requests and answers of the registry, the same by HTTP and by NATS verbs.

Verbs: units.get units.resolve units.children units.search force_types.list
force_units.get force_units.list members.list strength.get (queries);
force_unit.establish force_unit.disband member.enrol member.cease (commands).
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.events import Successor
from services.contracts.registry.papers import (
    ConditionPapers,
    DecisionPaper,
    EvidencePapers,
    PersonFacts,
    Version,
)
from services.contracts.registry.units import Level, UnitRef

ForceType = Literal[
    "neighbourhood_guard_board",
    "neighbourhood_guard_team",
    "part_time_commune_police",
    "village_police",
    "civil_defence_team",
    "security_order_team",
    "regular_commune_police",
    "agency_guard",
    "mediation_group",
    "self_management_group",
]
Ending = Literal["disbanded", "consolidated"]
Counting = Literal["roster", "headcount", "directing"]
Terms = Literal["as_was", "today"]
Mapping = Literal["identity", "selection"]
Post = Literal["leader", "deputy", "member"]
CessationGround = Literal["own_request", "health", "breach", "measure", "death", "law"]

# One line with something on it.
Name = Annotated[str, Meta(max_length=120, pattern=r"^[^\t\r\n]*\S[^\t\r\n]*$")]
Ids = Annotated[list[UUID], Meta(min_length=1, max_length=200)]
First = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(max_length=200)]


# A moment with its zone: what the register knew then.
KnownAt = Annotated[datetime, Meta(tz=True)]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that a caller may send: unknown fields are refused."""


# --- units -------------------------------------------------------------------


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


# --- forces ------------------------------------------------------------------


class PostTitle(msgspec.Struct, frozen=True, kw_only=True):
    """What a post is called in one force."""

    post: str
    title: str


class ForceSuccessor(msgspec.Struct, frozen=True, kw_only=True):
    """The force that came after: `selection` of the people, or those in `posts`."""

    force_type: str
    on: date
    share: Literal["selection", "posts"]
    posts: tuple[str, ...] = ()


class ForceTypeView(msgspec.Struct, frozen=True, kw_only=True):
    """A force as a dated legal category.

    `mark` tells how sure the reference is: V law read, R reported, G general knowledge.
    """

    force_type: str
    name: str
    legal_basis: str
    valid_from: date | None
    valid_to: date | None
    unit_types: tuple[str, ...]
    posts: tuple[str, ...]
    mark: str
    counted: Counting
    one_per_unit: bool
    titles: tuple[PostTitle, ...] = ()
    successor: ForceSuccessor | None = None


class ForceTypesList(Request, frozen=True):
    """All force types, or those in force on a day."""

    on: date | None = None


class ForceTypesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The reference table of force types."""

    rows: tuple[ForceTypeView, ...]


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


class ForceUnitView(msgspec.Struct, frozen=True, kw_only=True):
    """A board, team or force with its headcount on the day asked for.

    `members` serve; `active` are those of them who are not suspended.
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
    cursor: str | None = None


class ForceUnitsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One row per id asked for, in that order; None where not visible."""

    rows: tuple[ForceUnitView | None, ...]


class ForceUnitList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of force units."""

    rows: tuple[ForceUnitView, ...]
    has_next: bool


class MembersList(Request, frozen=True):
    """Members of several force units at once; never with names."""

    force_unit_ids: Ids
    on: date | None = None
    first: First = 100
    after: Cursor | None = None


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member without any personal fact."""

    id: UUID
    force_unit_id: UUID
    post: str
    enrolled_on: date
    ceased_on: date | None
    ground: str | None
    from_member_id: UUID | None = None
    suspended_on: date | None = None
    version: int = 1
    person_id: UUID | None = None
    cursor: str | None = None


class MembersOf(msgspec.Struct, frozen=True, kw_only=True):
    """A page of one force unit's members."""

    id: UUID
    rows: tuple[MemberView, ...]
    has_next: bool


class MembersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One page per force unit asked for, in that order."""

    force_units: tuple[MembersOf, ...]


class StrengthGet(Request, frozen=True):
    """Boards, teams and people of several units' subtrees on a day.

    `terms: today` counts a force that has ended under the one that came after it.
    """

    ids: Ids
    on: date | None = None
    terms: Terms = "as_was"


class StrengthRow(msgspec.Struct, frozen=True, kw_only=True):
    """Strength of one force type in one unit's subtree.

    `members` serve; `active` leaves out who is suspended, in the terms of the day.

    `mapping` is `selection` where the row stands in today's terms for forces of which
    the law took only some people over; `former_types` names what is counted in it.
    """

    unit_id: UUID
    force_type: str
    force_units: int
    members: int
    mapping: Mapping = "identity"
    former_types: tuple[str, ...] = ()
    active: int | None = None


class StrengthAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Rows only where there is something to count."""

    on: date
    rows: tuple[StrengthRow, ...]
    terms: Terms = "as_was"


# --- commands ----------------------------------------------------------------


class EstablishForceUnit(Request, frozen=True):
    """Set up a board, team or force in a unit."""

    force_type: ForceType
    unit: UnitRef
    established_on: date
    name: Name | None = None


class ForceUnitEstablished(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to EstablishForceUnit."""

    force_unit_id: UUID
    unit_id: UUID


class DisbandForceUnit(Request, frozen=True):
    """End a force unit; its members cease on the same day by law."""

    force_unit_id: UUID
    disbanded_on: date


class ForceUnitDisbanded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to DisbandForceUnit."""

    force_unit_id: UUID
    members_ceased: int


class NewMember(PersonFacts, frozen=True, kw_only=True):
    """One person to enrol: new by name or known by id; only outcomes are kept."""

    person_id: UUID | None = None
    post: Post = "member"
    enrolled_on: date
    decision: DecisionPaper | None = None
    conditions: ConditionPapers | None = None


class EnrolMembers(Request, frozen=True):
    """Enrol up to 100 people, all or none; in a Tổ each by a decision."""

    force_unit_id: UUID
    members: Annotated[list[NewMember], Meta(min_length=1, max_length=100)]
    decision: DecisionPaper | None = None


class MembersEnrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to EnrolMembers: the new ids in the order of the request."""

    member_ids: tuple[UUID, ...]


class CeaseMember(Request, frozen=True):
    """End one person's service; in a Tổ by a decision, with evidence of the ground."""

    force_unit_id: UUID
    member_id: UUID
    ceased_on: date
    ground: CessationGround
    decision: DecisionPaper | None = None
    evidence: EvidencePapers | None = None
    expected_version: Version | None = None


class MemberCeased(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to CeaseMember."""

    member_id: UUID
