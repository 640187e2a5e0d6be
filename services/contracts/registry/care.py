"""Requests and answers about support claims and welfare visits.

Verbs: claim.file claim.return claim.complete claim.assess claim.approve claim.refuse
claim.pay claim.withdraw visit.plan visit.make visit.cancel (commands); claims.list
visits.list care_rules.list (queries). Codes and days, never anything medical.
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

CareOccasion = Literal["illness", "accident", "injury", "death"]
ClaimState = Literal[
    "filed", "incomplete", "assessed", "approved", "refused", "paid", "withdrawn"
]
ClaimRefusal = Literal["not_on_duty", "insured", "not_proven"]
VisitState = Literal["planned", "made", "cancelled"]
VisitingBody = Literal[
    "people_committee", "police", "fatherland_front", "higher_authority"
]
ItemCode = Annotated[str, Meta(pattern=r"^[a-z][a-z_]*$", max_length=40)]
# Whole VND.
Amount = Annotated[int, Meta(ge=1, le=10_000_000_000)]


class DossierItem(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A paper that came on a day (giấy tờ)."""

    code: Annotated[ItemCode, about("Code, see careRules.")]
    received_on: Annotated[date, about("Day on which it came.")]


Items = Annotated[tuple[DossierItem, ...], Meta(max_length=20)]


class FileClaim(Request, frozen=True):
    """File a claim for what befell a member on duty."""

    member_id: Annotated[UUID, about("The member.")]
    kind: Annotated[CareOccasion, about("What happened, the kind alone.")]
    occurred_on: Annotated[date, about("Day on which it happened.")]
    filed_on: Annotated[date, about("Day of filing.")]
    items: Annotated[Items, about("Papers that came with it.")] = ()


class ReturnClaim(Request, frozen=True):
    """Ask for the papers that are missing."""

    claim_id: Annotated[UUID, about("Which claim.")]
    found_on: Annotated[date, about("Day of the request.")]


class CompleteClaim(Request, frozen=True):
    """Take in the missing papers."""

    claim_id: Annotated[UUID, about("Which claim.")]
    items: Annotated[Items, about("The papers.")]
    completed_on: Annotated[date, about("Day on which it became whole.")]


class AssessClaim(Request, frozen=True):
    """Propose an amount."""

    claim_id: Annotated[UUID, about("Which claim.")]
    amount: Annotated[Amount, about("Whole VND (số tiền).")]
    assessed_on: Annotated[date, about("Day of the assessment.")]


class ApproveClaim(Request, frozen=True):
    """Decide for a claim; `basis` is the provincial resolution on the amounts."""

    claim_id: Annotated[UUID, about("Which claim.")]
    amount: Annotated[Amount, about("Whole VND (số tiền).")]
    basis: Annotated[
        DecisionNumber, about("Number of the provincial resolution on amounts.")
    ]
    decision_number: Annotated[
        DecisionNumber, about("Number of the decision (số quyết định).")
    ]
    approved_on: Annotated[date, about("Day of the decision.")]


class RefuseClaim(Request, frozen=True):
    """Decide against a claim."""

    claim_id: Annotated[UUID, about("Which claim.")]
    ground: Annotated[ClaimRefusal, about("Why.")]
    decision_number: Annotated[
        DecisionNumber, about("Number of the decision (số quyết định).")
    ]
    refused_on: Annotated[date, about("Day of the decision.")]


class PayClaim(Request, frozen=True):
    """Record that the approved amount was paid."""

    claim_id: Annotated[UUID, about("Which claim.")]
    amount: Annotated[Amount, about("Whole VND, as approved.")]
    paid_on: Annotated[date, about("Day of the payment.")]


class WithdrawClaim(Request, frozen=True):
    """End a claim that is not decided."""

    claim_id: Annotated[UUID, about("Which claim.")]
    withdrawn_on: Annotated[date, about("Day of the withdrawal.")]


class ClaimMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a claim."""

    claim_id: UUID
    state: str
    missing: tuple[str, ...] = ()


class ClaimsList(Request, frozen=True):
    """Claims of a unit's subtree, the latest filed first."""

    unit: UnitRef
    state: ClaimState | None = None
    member_id: UUID | None = None
    first: First = 50
    after: Cursor | None = None


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """A claim; `due_on` is when its next step is due."""

    id: UUID
    member_id: UUID
    force_unit_id: UUID
    unit_id: UUID
    kind: str
    occurred_on: date
    filed_on: date
    state: str
    since: date
    due_on: date | None
    amount: int | None
    basis: str | None
    decision_number: str | None
    ground: str | None
    missing: tuple[str, ...]
    cursor: str | None = None


class ClaimList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of claims."""

    rows: tuple[ClaimView, ...]
    has_next: bool


# --- visits ------------------------------------------------------------------


class PlanVisit(Request, frozen=True):
    """Plan the visit that is owed for what befell a member on duty."""

    member_id: Annotated[UUID, about("The member.")]
    occasion: Annotated[CareOccasion, about("What happened, the kind alone.")]
    occurred_on: Annotated[date, about("Day on which it happened.")]


class MakeVisit(Request, frozen=True):
    """Record a visit."""

    visit_id: Annotated[UUID, about("Which visit.")]
    visited_by: Annotated[VisitingBody, about("Who came.")]
    made_on: Annotated[date, about("Day of the visit.")]


class CancelVisit(Request, frozen=True):
    """Take back what was planned by mistake."""

    visit_id: Annotated[UUID, about("Which visit.")]


class VisitMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to every command about a visit."""

    visit_id: UUID
    state: str


class VisitsList(Request, frozen=True):
    """Visits of a unit's subtree, the latest occurrence first."""

    unit: UnitRef
    state: VisitState | None = None
    member_id: UUID | None = None
    first: First = 50
    after: Cursor | None = None


class VisitView(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that is owed or was made."""

    id: UUID
    member_id: UUID
    force_unit_id: UUID
    unit_id: UUID
    occasion: str
    occurred_on: date
    state: str
    due_on: date
    made_on: date | None
    visited_by: str | None
    cursor: str | None = None


class VisitList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of visits."""

    rows: tuple[VisitView, ...]
    has_next: bool


# --- rules -------------------------------------------------------------------


class CareRulesList(Request, frozen=True):
    """The dated rules on deadlines, dossiers, syllabus and ratings."""


class CareRuleView(msgspec.Struct, frozen=True, kw_only=True):
    """One rule with its source; mark "?" says that its number is not verified."""

    group: str
    code: str
    since: date
    terms: dict[str, str]
    source: str
    mark: str


class CareRulesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table."""

    rows: tuple[CareRuleView, ...]
