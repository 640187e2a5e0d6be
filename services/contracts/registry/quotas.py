"""Quotas: how many teams and members of a Tổ a province lets each commune have.

Verbs: quota.draft quota.issue quota.plan_reduction (commands); quotas.list
quota_decisions.list (queries).
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.described import about
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.papers import DecisionNumber
from services.contracts.registry.units import UnitRef

QuotaIssuer = Literal["province_committee", "province_chairman"]
QuotaState = Literal["draft", "issued", "superseded"]
Number = Annotated[int, Meta(ge=0, le=20_000)]


class NewQuotaLine(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The numbers of one commune (chỉ tiêu của một xã)."""

    unit: Annotated[UnitRef, about("Commune (đơn vị cấp xã).")]
    teams: Annotated[Number, about("Teams (số Tổ).")]
    members: Annotated[Number, about("Members (số người).")]


class DraftQuota(Request, frozen=True):
    """Draft a province's decision with a line for each commune."""

    province: Annotated[UnitRef, about("Province (tỉnh).")]
    effective_on: Annotated[
        date, about("First day that it counts for (ngày hiệu lực).")
    ]
    lines: Annotated[
        list[NewQuotaLine],
        Meta(min_length=1, max_length=700),
        about("A line for each commune."),
    ]


class IssueQuota(Request, frozen=True):
    """Issue a draft; `supersedes` end on the day on which it takes effect."""

    quota_id: Annotated[UUID, about("Which decision.")]
    number: Annotated[
        DecisionNumber, about("Number and symbol of the decision (số, ký hiệu).")
    ]
    decided_on: Annotated[date, about("Day of the decision (ngày ký).")]
    issuer: Annotated[QuotaIssuer, about("Who signed it (người ký).")] = (
        "province_committee"
    )
    supersedes: Annotated[
        tuple[UUID, ...],
        Meta(max_length=20),
        about("Decisions whose place it takes (thay thế)."),
    ] = ()


class PlanReduction(Request, frozen=True):
    """Let a commune have more than its quota until a day, by a roadmap."""

    quota_id: Annotated[UUID, about("Which decision.")]
    unit: Annotated[UnitRef, about("Commune (đơn vị cấp xã).")]
    teams: Annotated[Number, about("Teams until then (số Tổ).")]
    members: Annotated[Number, about("Members until then (số người).")]
    until: Annotated[date, about("Day on which the quota counts again.")]


class QuotaTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a command about a quota decision."""

    quota_id: UUID


class QuotasList(Request, frozen=True):
    """Quotas in force on a day of the communes of a subtree, and what they have."""

    unit: UnitRef
    on: date | None = None
    first: First = 50
    after: Cursor | None = None


class QuotaView(msgspec.Struct, frozen=True, kw_only=True):
    """The quota of a commune (`id`) on a day beside its teams and members of that day.

    `teams` and `members` are the quota; those `allowed` are more while a roadmap for
    reduction runs, until `reduced_by`.
    """

    id: UUID
    quota_id: UUID
    number: str
    effective_on: date
    teams: int
    members: int
    allowed_teams: int
    allowed_members: int
    reduced_by: date | None
    actual_teams: int
    actual_members: int
    cursor: str | None = None


class QuotaList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of quotas."""

    rows: tuple[QuotaView, ...]
    has_next: bool


class QuotaDecisionsList(Request, frozen=True):
    """Decisions of the provinces of a subtree, the latest day of effect first."""

    unit: UnitRef
    first: First = 50
    after: Cursor | None = None


class QuotaDecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with its sums."""

    id: UUID
    unit_id: UUID
    state: QuotaState
    effective_on: date
    number: str | None
    decided_on: date | None
    issuer: str | None
    superseded_on: date | None
    communes: int
    teams: int
    members: int
    cursor: str | None = None


class QuotaDecisionList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of decisions."""

    rows: tuple[QuotaDecisionView, ...]
    has_next: bool
