"""Commands about selection rounds: one for each step."""

import enum
from datetime import date
from typing import Any, Final

import strawberry

from gateway import life_questions as ask
from gateway.schema.base import Root, choice, column, global_id, output, resolved, taken
from gateway.schema.commands import UserError, key_field
from gateway.schema.decisions import DecisionInput
from gateway.schema.enums import Post
from gateway.schema.life_papers import ConditionsInput, PersonFactsInput, PostingPlace
from gateway.schema.orders import order
from gateway.schema.scalars import Count
from gateway.schema.selection import SelectionState

_ERRORS: Final = "Why the command was refused; empty when it was carried out."
_IDS: Final = {
    "round_id": "SelectionRound",
    "application_id": "SelectionApplication",
    "chosen": "SelectionApplication",
    "force_unit_id": "ForceUnit",
    "from_force_unit_id": "ForceUnit",
    "member_id": "Member",
    "person_id": "Person",
    "unit_id": "Unit",
}
_ROUND: Final = "The round (đợt)."


@choice
class DossierPart(enum.Enum):
    """What a dossier consists of (thành phần hồ sơ)."""

    APPLICATION = strawberry.enum_value("application", description="Đơn.")
    CURRICULUM_VITAE = strawberry.enum_value(
        "curriculum_vitae", description="Sơ yếu lý lịch."
    )
    HEALTH_CERTIFICATE = strawberry.enum_value(
        "health_certificate", description="Giấy khám sức khỏe."
    )
    EDUCATION_PROOF = strawberry.enum_value(
        "education_proof", description="Văn bằng, chứng nhận học vấn."
    )


@choice
class SelectionCancelReason(enum.Enum):
    """Why a round came to nothing (lý do hủy)."""

    NO_APPLICANTS = strawberry.enum_value(
        "no_applicants", description="Không có hồ sơ."
    )
    PLAN_CHANGED = strawberry.enum_value("plan_changed", description="Đổi kế hoạch.")
    ENTERED_IN_ERROR = strawberry.enum_value(
        "entered_in_error", description="Nhập nhầm."
    )


def _opaque(typename: str, name: str) -> Any:
    def resolve(root: Root) -> Any:
        found = root.get(name)
        return None if found is None else global_id(typename, found)

    return resolve


def _recognised(root: Root) -> Any:
    return [global_id("Member", one["member_id"]) for one in root.get("recognised", ())]


@output
class SelectionPayload:
    """Answer to a step of a round."""

    round_id: strawberry.ID | None = resolved(
        _opaque("SelectionRound", "round_id"), "The round."
    )
    application_id: strawberry.ID | None = resolved(
        _opaque("SelectionApplication", "application_id"), "The application, if any."
    )
    state: SelectionState | None = column("Where the round stands now.")
    due_on: date | None = column("Last day of the next step (hạn).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class SelectionDecisionPayload:
    """Answer to the decision of a round."""

    round_id: strawberry.ID | None = resolved(
        _opaque("SelectionRound", "round_id"), "The round."
    )
    member_ids: list[strawberry.ID] = resolved(_recognised, "The new memberships.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class SelectionPlanInput:
    """The plan of a selection for one team (kế hoạch)."""

    force_unit_id: strawberry.ID = column("The team (tổ).")
    needed: Count = column("How many are wanted.")
    planned_on: date = column("Day of the plan.")
    receive_from: date = column("First day of receipt.")
    receive_until: date = column("Last day of receipt.")
    meeting_on: date = column("Day on which the council should meet.")
    idempotency_key: str | None = key_field()


@taken
class SelectionApproveInput:
    """The committee's approval (phê duyệt)."""

    round_id: strawberry.ID = column(_ROUND)
    decision: DecisionInput = column("The decision.")
    idempotency_key: str | None = key_field()


@taken
class SelectionPostingInput:
    """Where something of a round was posted (niêm yết)."""

    round_id: strawberry.ID = column(_ROUND)
    place: PostingPlace = column("Where.")
    posted_on: date = column("When.")
    idempotency_key: str | None = key_field()


@taken
class DossierInput:
    """What of a dossier is missing, and what shows the conditions (hồ sơ)."""

    missing: list[DossierPart] = strawberry.field(
        default_factory=list, description="Papers that it lacks."
    )
    conditions: ConditionsInput = strawberry.field(
        default_factory=ConditionsInput, description="What shows the conditions."
    )


@taken
class ApplicationReceiveInput:
    """A dossier of somebody new, or of somebody known (nhận hồ sơ)."""

    round_id: strawberry.ID = column(_ROUND)
    received_on: date = column("Day of receipt.")
    dossier: DossierInput = column("The dossier.")
    person: PersonFactsInput | None = strawberry.field(
        default=None, description="Who somebody new is."
    )
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody known."
    )
    idempotency_key: str | None = key_field()


@taken
class ApplicationCheckInput:
    """What is in a dossier now (kiểm tra hồ sơ)."""

    round_id: strawberry.ID = column(_ROUND)
    application_id: strawberry.ID = column("The application.")
    checked_on: date = column("Day of the check.")
    dossier: DossierInput = column("The dossier.")
    idempotency_key: str | None = key_field()


@taken
class ApplicationWithdrawInput:
    """An applicant's stepping back (rút hồ sơ)."""

    round_id: strawberry.ID = column(_ROUND)
    application_id: strawberry.ID = column("The application.")
    withdrawn_on: date = column("When.")
    idempotency_key: str | None = key_field()


@taken
class ProposeDirectlyInput:
    """A leader of civil defence without list and vote (Đ.16.3)."""

    round_id: strawberry.ID = column(_ROUND)
    from_force_unit_id: strawberry.ID = column("The civil-defence team.")
    member_id: strawberry.ID = column("The member there.")
    proposed_on: date = column("When.")
    dossier: DossierInput = column("The dossier.")
    idempotency_key: str | None = key_field()


@taken
class SelectionCloseInput:
    """The end of the receipt (hết hạn nhận)."""

    round_id: strawberry.ID = column(_ROUND)
    closed_on: date = column("When.")
    idempotency_key: str | None = key_field()


@taken
class VoteInput:
    """How many voted for somebody (số phiếu)."""

    application_id: strawberry.ID = column("The application.")
    votes: Count = column("Votes.")


@taken
class TieInput:
    """Who is chosen of those tied at the last place (chọn khi bằng phiếu)."""

    chosen: list[strawberry.ID] = column("Applications that are chosen.")
    decision: DecisionInput = column("The recorded decision.")


@taken
class CouncilInput:
    """The vote of the council (họp Hội đồng)."""

    round_id: strawberry.ID = column(_ROUND)
    met_on: date = column("Day of the minutes.")
    present: Count = column("Members present.")
    votes: list[VoteInput] = column("Votes for everybody on the list.")
    tie: TieInput | None = strawberry.field(default=None, description="A tie.")
    idempotency_key: str | None = key_field()


@taken
class SubmittedPostInput:
    """For which post somebody is submitted (chức danh đề nghị)."""

    application_id: strawberry.ID = column("The application.")
    post: Post = strawberry.field(default=Post.MEMBER, description="The post.")


@taken
class SelectionSubmitInput:
    """Minutes and proposals to the chairman (trình)."""

    round_id: strawberry.ID = column(_ROUND)
    submitted_on: date = column("When.")
    posts: list[SubmittedPostInput] = column("Everybody who passed.")
    idempotency_key: str | None = key_field()


@taken
class SelectionDecideInput:
    """The decision that recognises, all or none (quyết định công nhận)."""

    round_id: strawberry.ID = column(_ROUND)
    decision: DecisionInput = column("The decision.")
    recognised_on: date = column("First day as members.")
    idempotency_key: str | None = key_field()


@taken
class SelectionCancelInput:
    """The end of a round without a decision (hủy)."""

    round_id: strawberry.ID = column(_ROUND)
    cancelled_on: date = column("When.")
    reason: SelectionCancelReason = column("Why.")
    idempotency_key: str | None = key_field()


@output
class SelectionMutations:
    """Commands on selection rounds, part of Mutation."""

    selection_plan: SelectionPayload | None = order(
        ask.PLAN, SelectionPlanInput, _IDS, "Plan a selection (lập kế hoạch)."
    )
    selection_approve: SelectionPayload | None = order(
        ask.APPROVE, SelectionApproveInput, _IDS, "Approve the plan (phê duyệt)."
    )
    selection_open: SelectionPayload | None = order(
        ask.OPEN, SelectionPostingInput, _IDS, "Post the plan, take dossiers."
    )
    application_receive: SelectionPayload | None = order(
        ask.RECEIVE, ApplicationReceiveInput, _IDS, "Take a dossier (nhận hồ sơ)."
    )
    application_check: SelectionPayload | None = order(
        ask.CHECK, ApplicationCheckInput, _IDS, "Look at a dossier anew."
    )
    application_withdraw: SelectionPayload | None = order(
        ask.WITHDRAW, ApplicationWithdrawInput, _IDS, "Step back (rút hồ sơ)."
    )
    selection_propose_directly: SelectionPayload | None = order(
        ask.PROPOSE_DIRECTLY, ProposeDirectlyInput, _IDS, "Propose by Đ.16.3."
    )
    selection_close: SelectionPayload | None = order(
        ask.CLOSE, SelectionCloseInput, _IDS, "End the receipt."
    )
    selection_post_list: SelectionPayload | None = order(
        ask.POST_LIST, SelectionPostingInput, _IDS, "Post the list (niêm yết)."
    )
    selection_hold_council: SelectionPayload | None = order(
        ask.HOLD_COUNCIL, CouncilInput, _IDS, "Take in the votes (họp Hội đồng)."
    )
    selection_submit: SelectionPayload | None = order(
        ask.SUBMIT, SelectionSubmitInput, _IDS, "Put it to the chairman (trình)."
    )
    selection_decide: SelectionDecisionPayload | None = order(
        ask.DECIDE, SelectionDecideInput, _IDS, "Recognise (quyết định)."
    )
    selection_cancel: SelectionPayload | None = order(
        ask.CANCEL, SelectionCancelInput, _IDS, "Cancel a round (hủy)."
    )
