"""Commands and questions about quotas."""

from typing import Final

from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.contracts.registry import quotas as shapes
from services.registry.read_models import quotas
from services.registry.use_cases.quotas import (
    draft_quota,
    issue_quota,
    plan_reduction,
)
from services.registry.verbs.making import callers_paths, command, given, query
from services.unit_directory.directory import units_of


async def quota_draft(call: Call[shapes.DraftQuota]) -> Outcome:
    """Draft a decision with a line for each commune of a province."""
    change = draft_quota(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def quota_issue(call: Call[shapes.IssueQuota]) -> Outcome:
    """Issue a drafted decision, in the place of earlier ones."""
    change = issue_quota(call.body, given(call))
    return await call.runtime.commands.run_together(change, call.key)


async def quota_plan_reduction(call: Call[shapes.PlanReduction]) -> Outcome:
    """Record the roadmap by which a commune comes down to its quota."""
    change = plan_reduction(call.body, given(call))
    return await call.runtime.commands.run(change, call.key)


async def quotas_list(call: Call[shapes.QuotasList]) -> shapes.QuotaList:
    """List the quotas of a subtree's communes beside what they have on a day."""
    asked = call.body
    on = asked.on or local_today()
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else on)
    return await call.runtime.read(
        quotas.list_quotas,
        quotas.QuotaFilter(tree.covers(unit.id), callers_paths(call), on),
        tree.covers,
        first=asked.first,
        after=asked.after,
    )


async def quota_decisions_list(
    call: Call[shapes.QuotaDecisionsList],
) -> shapes.QuotaDecisionList:
    """List the decisions of a subtree's provinces."""
    asked = call.body
    tree = units_of(call.runtime)
    unit = tree.resolve(asked.unit, None if asked.unit.id else local_today())
    return await call.runtime.read(
        quotas.list_decisions,
        tree.covers(unit.id),
        callers_paths(call),
        first=asked.first,
        after=asked.after,
    )


VERBS: Final = (
    command("quota.draft", shapes.DraftQuota, quota_draft),
    command("quota.issue", shapes.IssueQuota, quota_issue),
    command("quota.plan_reduction", shapes.PlanReduction, quota_plan_reduction),
    query("quotas.list", shapes.QuotasList, quotas_list),
    query("quota_decisions.list", shapes.QuotaDecisionsList, quota_decisions_list),
)
