"""Who serves in a force unit, without names: requests and answers.

Verbs: members.list (query); member.enrol member.cease
member.withdraw_enrolment (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Ids, Request
from services.contracts.registry.papers import (
    ConditionPapers,
    DecisionPaper,
    EvidencePapers,
    PersonFacts,
    Version,
)

Post = Literal["leader", "deputy", "member"]
EnrolmentFault = Literal["entered_wrongly", "entered_twice"]
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

    person_id: Annotated[UUID | None, about("Somebody known instead.")] = None
    post: Annotated[Post, about("Post (chức danh).")] = "member"
    enrolled_on: Annotated[date, about("First day (ngày tham gia).")]
    decision: Annotated[
        DecisionPaper | None, about("Decision of this one, before that of the list.")
    ] = None
    conditions: Annotated[
        ConditionPapers | None, about("What shows the conditions of Đ.13.")
    ] = None


class EnrolMembers(Request, frozen=True):
    """Enrol up to 100 people, all or none; in a Tổ each by a decision."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    members: Annotated[
        list[NewMember], Meta(min_length=1, max_length=100), about("The people.")
    ]
    decision: Annotated[
        DecisionPaper | None, about("Decision that recognised them (quyết định).")
    ] = None


class MembersEnrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to EnrolMembers: the new ids in the order of the request."""

    member_ids: tuple[UUID, ...]


class CeaseMember(Request, frozen=True):
    """End one person's service; in a Tổ by a decision, with evidence of the ground."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    ceased_on: Annotated[date, about("First day without (ngày thôi).")]
    ground: Annotated[CessationGround, about("Why (lý do).")]
    decision: Annotated[DecisionPaper | None, about("The decision (quyết định).")] = (
        None
    )
    evidence: Annotated[
        EvidencePapers | None, about("Papers behind the ground (tài liệu).")
    ] = None
    expected_version: Annotated[
        Version | None, about("Version of the membership that was seen.")
    ] = None


class MemberCeased(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to CeaseMember."""

    member_id: UUID


class WithdrawEnrolment(Request, frozen=True):
    """Take an enrolment back that was entered by mistake: it has never been."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    reason: Annotated[EnrolmentFault, about("What was wrong (lý do).")]


class EnrolmentWithdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to WithdrawEnrolment."""

    member_id: UUID
