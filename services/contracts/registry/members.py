"""Who serves in a force unit, without names: requests and answers.

Verbs: members.list (query); member.enrol member.cease (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.papers import (
    ConditionPapers,
    DecisionPaper,
    EvidencePapers,
    PersonFacts,
    Version,
)

Post = Literal["leader", "deputy", "member"]
CessationGround = Literal["own_request", "health", "breach", "measure", "death", "law"]


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
