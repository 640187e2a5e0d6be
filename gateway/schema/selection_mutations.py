"""Commands about selection rounds: one for each step."""

from datetime import date
from typing import Any, Final

import strawberry

from gateway.schema.base import Root, column, global_id, resolved
from gateway.schema.command_table import command, commands
from gateway.schema.inputs import input_of
from gateway.schema.payloads import id_of, payload
from gateway.schema.selection import SelectionState
from services.contracts.registry import selection

_POSTING: Final = input_of(
    selection.OpenSelection,
    "SelectionPostingInput",
    "Where something of a round was posted (niêm yết).",
)


def _recognised(root: Root) -> Any:
    return [global_id("Member", one["member_id"]) for one in root.get("recognised", ())]


@payload
class SelectionPayload:
    """Answer to a step of a round."""

    round_id: strawberry.ID | None = id_of("SelectionRound", "round_id", "The round.")
    application_id: strawberry.ID | None = id_of(
        "SelectionApplication", "application_id", "The application, if any."
    )
    state: SelectionState | None = column("Where the round stands now.")
    due_on: date | None = column("Last day of the next step (hạn).")


@payload
class SelectionDecisionPayload:
    """Answer to the decision of a round."""

    round_id: strawberry.ID | None = id_of("SelectionRound", "round_id", "The round.")
    member_ids: list[strawberry.ID] = resolved(_recognised, "The new memberships.")


@commands("registry", {"round_id": "SelectionRound"})
class SelectionMutations:
    """The steps of selection rounds, part of Mutation."""

    selection_plan: SelectionPayload | None = command(
        "selection.plan", selection.PlanSelection, "Plan a selection (lập kế hoạch)."
    )
    selection_approve: SelectionPayload | None = command(
        "selection.approve", selection.ApproveSelection, "Approve the plan (phê duyệt)."
    )
    selection_open: SelectionPayload | None = command(
        "selection.open",
        selection.OpenSelection,
        "Post the plan, take dossiers (niêm yết).",
        taken=_POSTING,
    )
    application_receive: SelectionPayload | None = command(
        "selection.receive",
        selection.ReceiveApplication,
        "Take a dossier (nhận hồ sơ).",
    )
    application_check: SelectionPayload | None = command(
        "selection.check",
        selection.CheckApplication,
        "Look at a dossier anew (kiểm tra hồ sơ).",
    )
    application_withdraw: SelectionPayload | None = command(
        "selection.withdraw", selection.WithdrawApplication, "Step back (rút hồ sơ)."
    )
    selection_propose_directly: SelectionPayload | None = command(
        "selection.propose_directly",
        selection.ProposeDirectly,
        "Propose a leader without list and vote (Đ.16.3).",
        taken=input_of(selection.ProposeDirectly, "ProposeDirectlyInput"),
    )
    selection_close: SelectionPayload | None = command(
        "selection.close", selection.CloseSelection, "End the receipt (hết hạn nhận)."
    )
    selection_post_list: SelectionPayload | None = command(
        "selection.post_list",
        selection.PostList,
        "Post the list (niêm yết).",
        taken=_POSTING,
    )
    selection_hold_council: SelectionPayload | None = command(
        "selection.hold_council",
        selection.HoldCouncil,
        "Take in the votes (họp Hội đồng).",
        taken=input_of(selection.HoldCouncil, "CouncilInput"),
    )
    selection_submit: SelectionPayload | None = command(
        "selection.submit", selection.SubmitSelection, "Put it to the chairman (trình)."
    )
    selection_decide: SelectionDecisionPayload | None = command(
        "selection.decide", selection.DecideSelection, "Recognise (quyết định)."
    )
    selection_cancel: SelectionPayload | None = command(
        "selection.cancel", selection.CancelSelection, "Cancel a round (hủy)."
    )
