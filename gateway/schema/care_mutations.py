"""Commands about credentials, support claims and welfare visits."""

from datetime import date
from typing import Any, Final

import strawberry

from gateway import care_questions as ask
from gateway.schema.base import Root, column, global_id, output, resolved, taken
from gateway.schema.care_enums import (
    CareOccasion,
    ClaimRefusalGround,
    ClaimState,
    CredentialKind,
    CredentialReplacement,
    CredentialRevocationGround,
    VisitingBody,
    VisitState,
)
from gateway.schema.commands import UserError, key_field
from gateway.schema.orders import order
from gateway.schema.scalars import Count

_ERRORS: Final = "Why the command was refused; empty when it was carried out."
_IDS: Final = {
    "member_id": "Member",
    "credential_id": "Credential",
    "claim_id": "SupportClaim",
    "visit_id": "WelfareVisit",
}


def opaque(typename: str, name: str) -> Any:
    """Return a resolver of an id that a command answered."""

    def resolve(root: Root) -> Any:
        found = root.get(name)
        return None if found is None else global_id(typename, found)

    return resolve


@output
class CredentialPayload:
    """Answer to a command about a credential."""

    credential_id: strawberry.ID | None = resolved(
        opaque("Credential", "credential_id"), "The credential that is in hand."
    )
    number: int | None = column("Its number in the commune (số hiệu).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class ClaimPayload:
    """Answer to a command about a support claim."""

    claim_id: strawberry.ID | None = resolved(
        opaque("SupportClaim", "claim_id"), "The claim."
    )
    state: ClaimState | None = column("Where it stands now.")
    missing: list[str] | None = column("Codes of papers that it lacks (còn thiếu).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class VisitPayload:
    """Answer to a command about a welfare visit."""

    visit_id: strawberry.ID | None = resolved(
        opaque("WelfareVisit", "visit_id"), "The visit."
    )
    state: VisitState | None = column("Where it stands now.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class CredentialIssueInput:
    """A badge or certificate for a member (cấp)."""

    member_id: strawberry.ID = column("The member.")
    kind: CredentialKind = column("Which kind.")
    issued_on: date = column("Day of issue (ngày cấp).")
    number: int | None = strawberry.field(
        default=None, description="Number as printed; else the next of the commune."
    )
    idempotency_key: str | None = key_field()


@taken
class CredentialReplaceInput:
    """Another credential that follows one (cấp đổi, cấp lại)."""

    credential_id: strawberry.ID = column("The old one.")
    how: CredentialReplacement = column("Handed in or lost.")
    replaced_on: date = column("Day of the new one.")
    number: int | None = strawberry.field(
        default=None, description="Number as printed; else the next of the commune."
    )
    idempotency_key: str | None = key_field()


@taken
class CredentialRevokeInput:
    """The end of a credential (thu hồi)."""

    credential_id: strawberry.ID = column("Which one.")
    ground: CredentialRevocationGround = column("Why.")
    revoked_on: date = column("Day of the end (ngày thu hồi).")
    idempotency_key: str | None = key_field()


@taken
class DossierItemInput:
    """A paper of a claim, by its code (giấy tờ)."""

    code: str = column("Code, see careRules.")
    received_on: date = column("Day on which it came.")


@taken
class ClaimFileInput:
    """A claim for what befell a member on duty (nộp hồ sơ)."""

    member_id: strawberry.ID = column("The member.")
    kind: CareOccasion = column("What happened, the kind alone.")
    occurred_on: date = column("Day on which it happened.")
    filed_on: date = column("Day of filing.")
    items: list[DossierItemInput] = strawberry.field(
        default_factory=list, description="Papers that came with it."
    )
    idempotency_key: str | None = key_field()


@taken
class ClaimReturnInput:
    """The request for papers that a claim lacks (yêu cầu bổ sung)."""

    claim_id: strawberry.ID = column("Which claim.")
    found_on: date = column("Day of the request.")
    idempotency_key: str | None = key_field()


@taken
class ClaimCompleteInput:
    """The papers that a claim lacked (bổ sung)."""

    claim_id: strawberry.ID = column("Which claim.")
    items: list[DossierItemInput] = column("The papers.")
    completed_on: date = column("Day on which it became whole.")
    idempotency_key: str | None = key_field()


@taken
class ClaimAssessInput:
    """The amount that is proposed for a claim (thẩm định)."""

    claim_id: strawberry.ID = column("Which claim.")
    amount: Count = column("Whole VND (số tiền).")
    assessed_on: date = column("Day of the assessment.")
    idempotency_key: str | None = key_field()


@taken
class ClaimApproveInput:
    """The decision for a claim (quyết định hỗ trợ)."""

    claim_id: strawberry.ID = column("Which claim.")
    amount: Count = column("Whole VND (số tiền).")
    basis: str = column("Number of the provincial resolution on amounts.")
    decision_number: str = column("Number of the decision (số quyết định).")
    approved_on: date = column("Day of the decision.")
    idempotency_key: str | None = key_field()


@taken
class ClaimRefuseInput:
    """The decision against a claim (từ chối)."""

    claim_id: strawberry.ID = column("Which claim.")
    ground: ClaimRefusalGround = column("Why.")
    decision_number: str = column("Number of the decision (số quyết định).")
    refused_on: date = column("Day of the decision.")
    idempotency_key: str | None = key_field()


@taken
class ClaimPayInput:
    """The payment of what was approved (chi trả)."""

    claim_id: strawberry.ID = column("Which claim.")
    amount: Count = column("Whole VND, as approved.")
    paid_on: date = column("Day of the payment.")
    idempotency_key: str | None = key_field()


@taken
class ClaimWithdrawInput:
    """The end of a claim that is not decided (rút hồ sơ)."""

    claim_id: strawberry.ID = column("Which claim.")
    withdrawn_on: date = column("Day of the withdrawal.")
    idempotency_key: str | None = key_field()


@taken
class VisitPlanInput:
    """A visit that is owed to a member (kế hoạch thăm hỏi)."""

    member_id: strawberry.ID = column("The member.")
    occasion: CareOccasion = column("What happened, the kind alone.")
    occurred_on: date = column("Day on which it happened.")
    idempotency_key: str | None = key_field()


@taken
class VisitMakeInput:
    """A visit that was made (đã thăm hỏi)."""

    visit_id: strawberry.ID = column("Which visit.")
    visited_by: VisitingBody = column("Who came.")
    made_on: date = column("Day of the visit.")
    idempotency_key: str | None = key_field()


@taken
class VisitCancelInput:
    """A visit that was planned by mistake (hủy)."""

    visit_id: strawberry.ID = column("Which visit.")
    idempotency_key: str | None = key_field()


@output
class CareMutations:
    """Commands about credentials, claims and visits, part of Mutation."""

    credential_issue: CredentialPayload | None = order(
        ask.ISSUE_CREDENTIAL, CredentialIssueInput, _IDS, "Give a credential (cấp)."
    )
    credential_replace: CredentialPayload | None = order(
        ask.REPLACE_CREDENTIAL,
        CredentialReplaceInput,
        _IDS,
        "Let another one follow (cấp đổi, cấp lại).",
    )
    credential_revoke: CredentialPayload | None = order(
        ask.REVOKE_CREDENTIAL, CredentialRevokeInput, _IDS, "Take it back (thu hồi)."
    )
    claim_file: ClaimPayload | None = order(
        ask.FILE_CLAIM, ClaimFileInput, _IDS, "File a support claim (nộp hồ sơ)."
    )
    claim_return: ClaimPayload | None = order(
        ask.RETURN_CLAIM, ClaimReturnInput, _IDS, "Ask for papers (yêu cầu bổ sung)."
    )
    claim_complete: ClaimPayload | None = order(
        ask.COMPLETE_CLAIM, ClaimCompleteInput, _IDS, "Take papers in (bổ sung)."
    )
    claim_assess: ClaimPayload | None = order(
        ask.ASSESS_CLAIM, ClaimAssessInput, _IDS, "Propose an amount (thẩm định)."
    )
    claim_approve: ClaimPayload | None = order(
        ask.APPROVE_CLAIM, ClaimApproveInput, _IDS, "Decide for a claim (duyệt)."
    )
    claim_refuse: ClaimPayload | None = order(
        ask.REFUSE_CLAIM, ClaimRefuseInput, _IDS, "Decide against a claim (từ chối)."
    )
    claim_pay: ClaimPayload | None = order(
        ask.PAY_CLAIM, ClaimPayInput, _IDS, "Record the payment (chi trả)."
    )
    claim_withdraw: ClaimPayload | None = order(
        ask.WITHDRAW_CLAIM, ClaimWithdrawInput, _IDS, "End it undecided (rút)."
    )
    visit_plan: VisitPayload | None = order(
        ask.PLAN_VISIT, VisitPlanInput, _IDS, "Plan a visit (kế hoạch thăm hỏi)."
    )
    visit_make: VisitPayload | None = order(
        ask.MAKE_VISIT, VisitMakeInput, _IDS, "Record a visit (đã thăm hỏi)."
    )
    visit_cancel: VisitPayload | None = order(
        ask.CANCEL_VISIT, VisitCancelInput, _IDS, "Take a visit back (hủy)."
    )
