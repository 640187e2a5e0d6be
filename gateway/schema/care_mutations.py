"""Commands about credentials, support claims and welfare visits."""

import strawberry

from gateway.schema.base import column
from gateway.schema.care_enums import ClaimState, VisitState
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import id_of, payload
from services.contracts.registry import care, credentials


@payload
class CredentialPayload:
    """Answer to a command about a credential."""

    credential_id: strawberry.ID | None = id_of(
        "Credential", "credential_id", "The credential that is in hand."
    )
    number: int | None = column("Its number in the commune (số hiệu).")


@payload
class ClaimPayload:
    """Answer to a command about a support claim."""

    claim_id: strawberry.ID | None = id_of("SupportClaim", "claim_id", "The claim.")
    state: ClaimState | None = column("Where it stands now.")
    missing: list[str] | None = column("Codes of papers that it lacks (còn thiếu).")


@payload
class VisitPayload:
    """Answer to a command about a welfare visit."""

    visit_id: strawberry.ID | None = id_of("WelfareVisit", "visit_id", "The visit.")
    state: VisitState | None = column("Where it stands now.")


@commands("registry")
class CareMutations:
    """Commands about credentials, claims and visits, part of Mutation."""

    credential_issue: CredentialPayload | None = command(
        "credential.issue", credentials.IssueCredential, "Give a credential (cấp)."
    )
    credential_replace: CredentialPayload | None = command(
        "credential.replace",
        credentials.ReplaceCredential,
        "Let another one follow (cấp đổi, cấp lại).",
    )
    credential_revoke: CredentialPayload | None = command(
        "credential.revoke", credentials.RevokeCredential, "Take it back (thu hồi)."
    )
    claim_file: ClaimPayload | None = command(
        "claim.file", care.FileClaim, "File a support claim (nộp hồ sơ)."
    )
    claim_return: ClaimPayload | None = command(
        "claim.return", care.ReturnClaim, "Ask for papers (yêu cầu bổ sung)."
    )
    claim_complete: ClaimPayload | None = command(
        "claim.complete", care.CompleteClaim, "Take papers in (bổ sung)."
    )
    claim_assess: ClaimPayload | None = command(
        "claim.assess", care.AssessClaim, "Propose an amount (thẩm định)."
    )
    claim_approve: ClaimPayload | None = command(
        "claim.approve", care.ApproveClaim, "Decide for a claim (duyệt)."
    )
    claim_refuse: ClaimPayload | None = command(
        "claim.refuse", care.RefuseClaim, "Decide against a claim (từ chối)."
    )
    claim_pay: ClaimPayload | None = command(
        "claim.pay", care.PayClaim, "Record the payment (chi trả)."
    )
    claim_withdraw: ClaimPayload | None = command(
        "claim.withdraw", care.WithdrawClaim, "End it undecided (rút)."
    )
    visit_plan: VisitPayload | None = command(
        "visit.plan", care.PlanVisit, "Plan a visit (kế hoạch thăm hỏi)."
    )
    visit_make: VisitPayload | None = command(
        "visit.make", care.MakeVisit, "Record a visit (đã thăm hỏi)."
    )
    visit_cancel: VisitPayload | None = command(
        "visit.cancel", care.CancelVisit, "Take a visit back (hủy)."
    )
