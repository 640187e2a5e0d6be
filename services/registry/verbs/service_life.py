"""Commands and questions about a member's life after enrolment."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.contracts.registry import service_life as shapes
from services.registry.read_models.decision_tables import decisions_by_id
from services.registry.read_models.member_facts import histories
from services.registry.use_cases.change_post import change_post
from services.registry.use_cases.drop_cessation import drop_cessation
from services.registry.use_cases.post_decision import post_decision
from services.registry.use_cases.propose_cessation import propose_cessation
from services.registry.use_cases.report_cessation import report_cessation
from services.registry.use_cases.resume_member import resume_member
from services.registry.use_cases.suspend_member import suspend_member
from services.registry.verbs.making import callers_paths, command, given, query


async def member_change_post(call: Call[shapes.ChangePost]) -> Outcome:
    """Give a member another post by a decision."""
    return await call.runtime.commands.run(
        change_post(call.body, given(call)), call.key
    )


async def member_suspend(call: Call[shapes.SuspendMember]) -> Outcome:
    """Let a member rest from duty by a decision; service goes on."""
    return await call.runtime.commands.run(
        suspend_member(call.body, given(call)), call.key
    )


async def member_resume(call: Call[shapes.ResumeMember]) -> Outcome:
    """End a suspension by a decision."""
    return await call.runtime.commands.run(
        resume_member(call.body, given(call)), call.key
    )


async def member_propose_cessation(call: Call[shapes.ProposeCessation]) -> Outcome:
    """Propose that a service should end, with the evidence of its ground."""
    return await call.runtime.commands.run_together(
        propose_cessation(call.body, given(call)), call.key
    )


async def member_report_cessation(call: Call[shapes.ReportCessation]) -> Outcome:
    """Put a proposal to the chairman, whose working days begin."""
    return await call.runtime.commands.run_together(
        report_cessation(call.body, given(call)), call.key
    )


async def member_drop_cessation(call: Call[shapes.DropCessation]) -> Outcome:
    """Let a proposal come to nothing."""
    return await call.runtime.commands.run_together(
        drop_cessation(call.body, given(call)), call.key
    )


async def force_unit_post_decision(call: Call[shapes.PostDecision]) -> Outcome:
    """Record where a decision about members was posted."""
    return await call.runtime.commands.run(
        post_decision(call.body, given(call)), call.key
    )


async def members_history(call: Call[shapes.MembersHistory]) -> shapes.HistoryAnswer:
    """List everything decided about memberships, with its papers."""
    found = await call.runtime.read(
        histories, call.body.member_ids, callers_paths(call)
    )
    return shapes.HistoryAnswer(members=found)


async def member_decisions_get(
    call: Call[shapes.MemberDecisionsGet],
) -> shapes.MemberDecisionsAnswer:
    """Get decisions about members by id, with their postings."""
    ids = call.body.ids
    found = await call.runtime.read(decisions_by_id, ids, callers_paths(call))
    return shapes.MemberDecisionsAnswer(rows=tuple(found.get(one) for one in ids))


VERBS: Final = (
    command("member.change_post", shapes.ChangePost, member_change_post),
    command("member.suspend", shapes.SuspendMember, member_suspend),
    command("member.resume", shapes.ResumeMember, member_resume),
    command(
        "member.propose_cessation", shapes.ProposeCessation, member_propose_cessation
    ),
    command("member.report_cessation", shapes.ReportCessation, member_report_cessation),
    command("member.drop_cessation", shapes.DropCessation, member_drop_cessation),
    command("force_unit.post_decision", shapes.PostDecision, force_unit_post_decision),
    query("members.history", shapes.MembersHistory, members_history),
    query("member_decisions.get", shapes.MemberDecisionsGet, member_decisions_get),
)
