"""Requests and answers about a member's life after enrolment.

Verbs: members.history member_decisions.get (queries); member.change_post
member.suspend member.resume member.propose_cessation member.report_cessation
member.drop_cessation force_unit.post_decision (commands).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Request
from services.contracts.registry.members import Post
from services.contracts.registry.papers import (
    DecisionNumber,
    DecisionPaper,
    EvidencePapers,
    PostingPlace,
    Version,
)

# The four of Luật 30/2023, Đ.17.3: death and the end of a force are not proposed.
ProvedGround = Literal["own_request", "health", "breach", "measure"]
DropReason = Literal["withdrawn", "not_approved", "entered_in_error"]


class ChangePost(Request, frozen=True):
    """Give a member another post by a decision."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    post: Annotated[Post, about("The new post.")]
    changed_on: Annotated[date, about("First day in it.")]
    decision: Annotated[DecisionPaper, about("The decision.")]
    expected_version: Annotated[
        Version | None,
        about("Version of the membership that was seen; another is refused."),
    ] = None


class SuspendMember(Request, frozen=True):
    """Let a member rest from duty: still counted as serving, not as active."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    suspended_on: Annotated[date, about("First day without duty.")]
    decision: Annotated[DecisionPaper, about("The decision.")]
    expected_version: Annotated[
        Version | None,
        about("Version of the membership that was seen; another is refused."),
    ] = None


class ResumeMember(Request, frozen=True):
    """End a suspension."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    resumed_on: Annotated[date, about("First day on duty again.")]
    decision: Annotated[DecisionPaper, about("The decision.")]
    expected_version: Annotated[
        Version | None,
        about("Version of the membership that was seen; another is refused."),
    ] = None


class MemberChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a decision about a member: the version that came of it."""

    member_id: UUID
    version: int


class ProposeCessation(Request, frozen=True):
    """Propose that a service should end; the day is that of application or report."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    ground: Annotated[ProvedGround, about("On which ground.")]
    evidence: Annotated[EvidencePapers, about("Papers behind it.")]
    proposed_on: Annotated[date, about("Day of application or proposal.")]


class ReportCessation(Request, frozen=True):
    """Put a proposal to the chairman, thôn head and Mặt trận having been heard."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    reported_on: Annotated[date, about("Day of the report.")]


class DropCessation(Request, frozen=True):
    """Let a proposal come to nothing."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    member_id: Annotated[UUID, about("The member.")]
    dropped_on: Annotated[date, about("Day on which it ended.")]
    reason: Annotated[DropReason, about("Why.")]


class CessationMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a step of a proposal; `due_on` is the last day of the next one."""

    cessation_id: UUID
    member_id: UUID
    due_on: date | None = None


class PostDecision(Request, frozen=True):
    """Record where a decision about members was posted for everybody to read."""

    force_unit_id: Annotated[UUID, about("Board, team or force.")]
    number: Annotated[DecisionNumber, about("Number of the decision.")]
    decided_on: Annotated[date, about("Its day.")]
    place: Annotated[PostingPlace, about("Where.")]
    posted_on: Annotated[date, about("Day of posting.")]


class DecisionPosted(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to PostDecision."""

    force_unit_id: UUID


class MembersHistory(Request, frozen=True):
    """Everything decided about up to 100 memberships, oldest first."""

    member_ids: Annotated[list[UUID], Meta(min_length=1, max_length=100)]


class MemberFact(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about a membership: what, from when, by which paper.

    `complete` is false while a decision waits to be posted.
    """

    member_id: UUID
    version: int
    what: str
    effective_on: date
    post: str | None
    ground: str | None
    decision_number: str | None
    decided_on: date | None
    issuer: str | None
    posted_on: date | None
    posted_at: str | None
    complete: bool


class MemberDecisionsGet(Request, frozen=True):
    """Decisions by id, as deadlines name them; null where one is not visible."""

    ids: Annotated[list[UUID], Meta(min_length=1, max_length=100)]


class MemberDecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about members of a force unit, until when it hangs out, and where.

    `post_by` is null where nothing asks for its posting.
    """

    id: UUID
    force_unit_id: UUID
    unit_id: UUID
    number: str
    decided_on: date
    issuer: str
    post_by: date | None
    posted_on: date | None
    posted_at: str | None


class MemberDecisionsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions in the order of the ids asked for."""

    rows: tuple[MemberDecisionView | None, ...]


class HistoryOf(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one membership; none where it is not visible."""

    id: UUID
    rows: tuple[MemberFact, ...]


class HistoryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One entry per membership asked for, in that order."""

    members: tuple[HistoryOf, ...]
