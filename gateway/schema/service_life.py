"""What was decided about members, and the commands of their lives after enrolment."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    Info,
    argument,
    column,
    global_id,
    identity,
    output,
    resolved,
)
from gateway.schema.command_table import command, commands
from gateway.schema.decisions import Issuer
from gateway.schema.enums import CessationGround, Post
from gateway.schema.forces import ForceUnit
from gateway.schema.life_enums import PostingPlace
from gateway.schema.payloads import id_of, payload
from gateway.schema.related import force_unit_of, unit_of
from gateway.schema.units import Unit
from services.contracts.registry import service_life
from services.contracts.registry import service_life as life

HISTORY: Final = Question("registry", "members.history", life.MembersHistory)
DECISIONS: Final = Question("registry", "member_decisions.get", life.MemberDecisionsGet)


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


@output
class MemberDecision:
    """A decision about members of a force unit (quyết định về thành viên)."""

    subject_id: str = resolved(
        lambda root: root["id"], "What deadlines name it by (mã việc)."
    )
    force_unit: ForceUnit | None = resolved(
        force_unit_of, "Force unit of those members (đơn vị lực lượng).",
        ["force_unit_id"],
    )  # fmt: skip
    unit: Unit | None = resolved(unit_of, "Its commune (đơn vị).", ["unit_id"])
    number: str = column("Number and symbol (số, ký hiệu).")
    decided_on: date = column("Its day (ngày ký).")
    issuer: Issuer = column("Who signed it (người ký).")
    post_by: date | None = column("Last day in time to post it; none where not asked.")
    posted_on: date | None = column("Day of posting (ngày niêm yết).")
    posted_at: PostingPlace | None = column("Where it was posted.")


async def member_decisions(
    info: Info,
    subject_ids: Annotated[
        list[strawberry.ID], argument("Up to 100 decisions, as deadlines name them.")
    ],
) -> Any:
    """Answer Query.memberDecisions."""
    return (await info.context.ask(DECISIONS, {"ids": subject_ids}))["rows"]


async def member_histories(
    info: Info,
    member_ids: Annotated[list[strawberry.ID], argument("Ids of up to 100 members.")],
) -> Any:
    """Answer Query.memberHistories."""
    ids = [identity(one, "Member", "memberIds") for one in member_ids]
    return (await info.context.ask(HISTORY, {"member_ids": ids}))["members"]


@output
class LifeQueries:
    """Questions on members' lives, part of Query."""

    member_histories: list[MemberHistory] | None = resolved(
        member_histories, "What was decided about members, in the order of the ids."
    )
    member_decisions: list[MemberDecision | None] | None = resolved(
        member_decisions, "Decisions by id, with their postings (quyết định)."
    )


@payload
class MemberLifePayload:
    """Answer to a decision about a member."""

    member_id: strawberry.ID | None = id_of("Member", "member_id", "The member.")
    version: int | None = column("Version of the membership that came of it.")


@payload
class CessationPayload:
    """Answer to a step of a proposed cessation."""

    member_id: strawberry.ID | None = id_of("Member", "member_id", "The member.")
    cessation_id: str | None = column("What deadlines name it by (mã việc).")
    due_on: date | None = column("Last day of the next step (hạn).")


@payload
class PostingPayload:
    """Answer to a posting."""


@commands("registry")
class LifeMutations:
    """Commands on members' lives, part of Mutation."""

    member_change_post: MemberLifePayload | None = command(
        "member.change_post",
        service_life.ChangePost,
        "Give another post (thay đổi chức danh).",
    )
    member_suspend: MemberLifePayload | None = command(
        "member.suspend", service_life.SuspendMember, "Suspend a member (tạm đình chỉ)."
    )
    member_resume: MemberLifePayload | None = command(
        "member.resume", service_life.ResumeMember, "End a suspension (trở lại)."
    )
    cessation_propose: CessationPayload | None = command(
        "member.propose_cessation",
        service_life.ProposeCessation,
        "Propose a cessation (đề nghị cho thôi).",
    )
    cessation_report: CessationPayload | None = command(
        "member.report_cessation",
        service_life.ReportCessation,
        "Report to the chairman (báo cáo).",
    )
    cessation_drop: CessationPayload | None = command(
        "member.drop_cessation",
        service_life.DropCessation,
        "Drop a proposal (không tiếp tục).",
    )
    decision_post: PostingPayload | None = command(
        "force_unit.post_decision",
        service_life.PostDecision,
        "Record a posting (niêm yết).",
    )
