"""What was decided about members, and the commands of their lives after enrolment."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway import life_questions as ask
from gateway.schema.base import (
    Info,
    Root,
    argument,
    column,
    global_id,
    identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, key_field
from gateway.schema.decisions import DecisionInput, Issuer
from gateway.schema.enums import CessationGround, Post
from gateway.schema.life_papers import (
    DropReason,
    EvidenceInput,
    PostingPlace,
    ProvedGround,
)
from gateway.schema.orders import order

_ERRORS: Final = "Why the command was refused; empty when it was carried out."
_IDS: Final = {"force_unit_id": "ForceUnit", "member_id": "Member"}
_FORCE: Final = "Board, team or force."
_VERSION: Final = "Version of the membership that was seen; another is refused."


def _member(root: Root) -> Any:
    found = root.get("member_id")
    return None if found is None else global_id("Member", found)


@output
class MemberFact:
    """One decision about a membership (quyết định về thành viên)."""

    version: int = column("Its number in the membership.")
    what: str = column("Code: enrolled, post_changed, suspended, resumed, ceased.")
    effective_on: date = column("First day of its effect (ngày có hiệu lực).")
    post: Post | None = column("Post that came of it (chức danh).")
    ground: CessationGround | None = column("Why the service ended (lý do).")
    decision_number: str | None = column("Number of the decision (số quyết định).")
    decided_on: date | None = column("Its day (ngày ký).")
    issuer: Issuer | None = column("Who signed it.")
    posted_on: date | None = column("Day of posting (ngày niêm yết).")
    posted_at: PostingPlace | None = column("Where it was posted.")
    complete: bool = column("False while the decision waits to be posted.")


@output
class MemberHistory:
    """Everything decided about one membership (quá trình tham gia)."""

    member_id: strawberry.ID = resolved(
        lambda root: global_id("Member", root["id"]), "Id of the member."
    )
    facts: list[MemberFact] = resolved(
        lambda root: root["rows"], "Oldest first; empty when not visible."
    )


async def member_histories(
    info: Info,
    member_ids: Annotated[list[strawberry.ID], argument("Ids of up to 100 members.")],
) -> Any:
    """Answer Query.memberHistories."""
    ids = [identity(one, "Member", "memberIds") for one in member_ids]
    return (await info.context.ask(ask.HISTORY, {"member_ids": ids}))["members"]


@output
class LifeQueries:
    """Questions on members' lives, part of Query."""

    member_histories: list[MemberHistory] | None = resolved(
        member_histories, "What was decided about members, in the order of the ids."
    )


@output
class MemberLifePayload:
    """Answer to a decision about a member."""

    member_id: strawberry.ID | None = resolved(_member, "The member.")
    version: int | None = column("Version of the membership that came of it.")
    user_errors: list[UserError] = column(_ERRORS)


@output
class CessationPayload:
    """Answer to a step of a proposed cessation."""

    member_id: strawberry.ID | None = resolved(_member, "The member.")
    cessation_id: str | None = column("What deadlines name it by (mã việc).")
    due_on: date | None = column("Last day of the next step (hạn).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class PostingPayload:
    """Answer to a posting."""

    user_errors: list[UserError] = column(_ERRORS)


@taken
class MemberChangePostInput:
    """Another post by a decision (thay đổi chức danh)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    post: Post = column("The new post.")
    changed_on: date = column("First day in it.")
    decision: DecisionInput = column("The decision.")
    expected_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = key_field()


@taken
class MemberSuspendInput:
    """A rest from duty by a decision; service goes on (tạm đình chỉ)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    suspended_on: date = column("First day without duty.")
    decision: DecisionInput = column("The decision.")
    expected_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = key_field()


@taken
class MemberResumeInput:
    """The end of a suspension (tham gia trở lại)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    resumed_on: date = column("First day on duty again.")
    decision: DecisionInput = column("The decision.")
    expected_version: int | None = strawberry.field(default=None, description=_VERSION)
    idempotency_key: str | None = key_field()


@taken
class CessationProposeInput:
    """A proposal that a service should end (đề nghị cho thôi)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    ground: ProvedGround = column("On which ground.")
    evidence: EvidenceInput = column("Papers behind it.")
    proposed_on: date = column("Day of application or proposal.")
    idempotency_key: str | None = key_field()


@taken
class CessationReportInput:
    """The commune police's report to the chairman (báo cáo)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    reported_on: date = column("Day of the report.")
    idempotency_key: str | None = key_field()


@taken
class CessationDropInput:
    """The end of a proposal without a decision (không tiếp tục)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    member_id: strawberry.ID = column("The member.")
    dropped_on: date = column("Day on which it ended.")
    reason: DropReason = column("Why.")
    idempotency_key: str | None = key_field()


@taken
class DecisionPostInput:
    """Where a decision was posted for everybody to read (niêm yết)."""

    force_unit_id: strawberry.ID = column(_FORCE)
    number: str = column("Number of the decision.")
    decided_on: date = column("Its day.")
    place: PostingPlace = column("Where.")
    posted_on: date = column("Day of posting.")
    idempotency_key: str | None = key_field()


@output
class LifeMutations:
    """Commands on members' lives, part of Mutation."""

    member_change_post: MemberLifePayload | None = order(
        ask.CHANGE_POST, MemberChangePostInput, _IDS, "Give another post."
    )
    member_suspend: MemberLifePayload | None = order(
        ask.SUSPEND, MemberSuspendInput, _IDS, "Suspend a member (tạm đình chỉ)."
    )
    member_resume: MemberLifePayload | None = order(
        ask.RESUME, MemberResumeInput, _IDS, "End a suspension (trở lại)."
    )
    cessation_propose: CessationPayload | None = order(
        ask.PROPOSE_CESSATION, CessationProposeInput, _IDS, "Propose a cessation."
    )
    cessation_report: CessationPayload | None = order(
        ask.REPORT_CESSATION, CessationReportInput, _IDS, "Report to the chairman."
    )
    cessation_drop: CessationPayload | None = order(
        ask.DROP_CESSATION, CessationDropInput, _IDS, "Drop a proposal."
    )
    decision_post: PostingPayload | None = order(
        ask.POST_DECISION, DecisionPostInput, _IDS, "Record a posting (niêm yết)."
    )
