"""Commands and questions about support claims, welfare visits and their rules."""

from typing import Any, Final
from uuid import UUID

from services.chassis.calls import Call, Outcome
from services.contracts.registry import care as shapes
from services.registry.read_models.care_rule_list import list_rules
from services.registry.read_models.claim_list import ClaimFilter, list_claims
from services.registry.read_models.served_members import ServedMember, find_members
from services.registry.read_models.visit_list import VisitFilter, list_visits
from services.registry.use_cases.approve_claim import approve_claim
from services.registry.use_cases.assess_claim import assess_claim
from services.registry.use_cases.cancel_visit import cancel_visit
from services.registry.use_cases.complete_claim import complete_claim
from services.registry.use_cases.file_claim import file_claim
from services.registry.use_cases.make_visit import make_visit
from services.registry.use_cases.pay_claim import pay_claim
from services.registry.use_cases.plan_visit import plan_visit
from services.registry.use_cases.refuse_claim import refuse_claim
from services.registry.use_cases.return_claim import return_claim
from services.registry.use_cases.withdraw_claim import withdraw_claim
from services.registry.verbs.making import CARE, areas, command, given, query


async def _member(call: Call[Any], member_id: UUID) -> ServedMember | None:
    return (await call.runtime.read(find_members, [member_id])).get(member_id)


async def claim_file(call: Call[shapes.FileClaim]) -> Outcome:
    """File a claim for what befell a member on duty."""
    member = await _member(call, call.body.member_id)
    change = file_claim(call.body, given(call), member)
    return await call.runtime.commands.run(change, call.key)


async def claim_return(call: Call[shapes.ReturnClaim]) -> Outcome:
    """Ask for the papers that a claim lacks."""
    change = return_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_complete(call: Call[shapes.CompleteClaim]) -> Outcome:
    """Take in the papers that a claim lacked."""
    change = complete_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_assess(call: Call[shapes.AssessClaim]) -> Outcome:
    """Propose an amount on a whole dossier."""
    change = assess_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_approve(call: Call[shapes.ApproveClaim]) -> Outcome:
    """Decide for a claim."""
    change = approve_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_refuse(call: Call[shapes.RefuseClaim]) -> Outcome:
    """Decide against a claim."""
    change = refuse_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_pay(call: Call[shapes.PayClaim]) -> Outcome:
    """Record that the approved amount was paid."""
    change = pay_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claim_withdraw(call: Call[shapes.WithdrawClaim]) -> Outcome:
    """End a claim that is not decided yet."""
    change = withdraw_claim(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def claims_list(call: Call[shapes.ClaimsList]) -> shapes.ClaimList:
    """List the claims of a unit's subtree, the latest filed first."""
    asked = call.body
    wanted = ClaimFilter(
        areas(call, asked.unit, "support_claim"), asked.state, asked.member_id
    )
    return await call.runtime.read(
        list_claims, wanted, first=asked.first, after=asked.after
    )


async def visit_plan(call: Call[shapes.PlanVisit]) -> Outcome:
    """Plan the visit that is owed after what befell a member."""
    member = await _member(call, call.body.member_id)
    change = plan_visit(call.body, given(call), member)
    return await call.runtime.commands.run(change, call.key)


async def visit_make(call: Call[shapes.MakeVisit]) -> Outcome:
    """Record that a visit was made."""
    change = make_visit(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def visit_cancel(call: Call[shapes.CancelVisit]) -> Outcome:
    """Take back a visit that was planned by mistake."""
    change = cancel_visit(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def visits_list(call: Call[shapes.VisitsList]) -> shapes.VisitList:
    """List the visits of a unit's subtree, the latest occurrence first."""
    asked = call.body
    wanted = VisitFilter(
        areas(call, asked.unit, "welfare_visit"), asked.state, asked.member_id
    )
    return await call.runtime.read(
        list_visits, wanted, first=asked.first, after=asked.after
    )


async def care_rules_list(
    call: Call[shapes.CareRulesList],  # noqa: ARG001 - every handler gets its call
) -> shapes.CareRulesAnswer:
    """List the dated rules on deadlines, dossiers, syllabus and ratings."""
    return list_rules()


VERBS: Final = (
    command("claim.file", shapes.FileClaim, claim_file),
    command("claim.return", shapes.ReturnClaim, claim_return),
    command("claim.complete", shapes.CompleteClaim, claim_complete),
    command("claim.assess", shapes.AssessClaim, claim_assess),
    command("claim.approve", shapes.ApproveClaim, claim_approve),
    command("claim.refuse", shapes.RefuseClaim, claim_refuse),
    command("claim.pay", shapes.PayClaim, claim_pay),
    command("claim.withdraw", shapes.WithdrawClaim, claim_withdraw),
    command("visit.plan", shapes.PlanVisit, visit_plan),
    command("visit.make", shapes.MakeVisit, visit_make),
    command("visit.cancel", shapes.CancelVisit, visit_cancel),
    query("claims.list", shapes.ClaimsList, claims_list, CARE),
    query("visits.list", shapes.VisitsList, visits_list, CARE),
    query("care_rules.list", shapes.CareRulesList, care_rules_list),
)
