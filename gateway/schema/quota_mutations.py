"""Commands that set quotas, make teams of former forces, give teams areas and terms."""

from typing import Any

import strawberry

from gateway.schema.base import Info, Root, Row, column, output, resolved, taken
from gateway.schema.command_table import command, commands
from gateway.schema.commands import key_field
from gateway.schema.decisions import DecisionInput
from gateway.schema.enums import ForceType
from gateway.schema.force_mutations import ForceUnitPayload
from gateway.schema.forces import ForceUnit
from gateway.schema.payloads import id_of, payload, rows_of
from gateway.schema.related import force_unit_of, related
from gateway.schema.scalars import Count
from services.contracts.registry import consolidation, norms, quotas


@payload
class QuotaPayload:
    """Answer to a command about a quota decision."""

    quota_id: strawberry.ID | None = id_of(
        "QuotaDecision", "quota_id", "Id of the decision."
    )


@taken
class QuotaIssueInput:
    """A drafted decision to issue (ban hành)."""

    quota_id: strawberry.ID = column("Which decision.")
    decision: DecisionInput = column("How it is cited (số, ngày, người ký).")
    supersedes: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Decisions whose place it takes (thay thế)."
    )
    idempotency_key: str | None = key_field()


def _cited(given: Row) -> Row:
    return {**given, **given["decision"], "decision": None}


@output
class ForceNumbers:
    """Force units and people of one force in the act."""

    force_type: ForceType = column("Which force (loại hình).")
    force_units: Count = column("Boards, teams or forces.")
    members: Count = column("People (số người).")


@output
class TakenOver:
    """One person's way from the former service into the new one."""

    from_member_id: strawberry.ID = id_of(
        "Member", "from_member_id", "Member of the former force."
    )
    member_id: strawberry.ID = id_of("Member", "member_id", "Member of the team.")
    force_unit: ForceUnit | None = resolved(force_unit_of, "The team.")


def _teams(root: Root, info: Info) -> Any:
    return [related(info, "ForceUnit", one) for one in root.get("team_ids", ())]


@payload
class ConsolidationPayload:
    """Answer to a consolidation: numbers on the eve and on the day."""

    teams: list[ForceUnit | None] = resolved(_teams, "The teams (các Tổ).")
    members: list[TakenOver] = rows_of("members", "Who was chosen.")
    before: list[ForceNumbers] = rows_of("before", "On the eve (trước).")
    after: list[ForceNumbers] = rows_of("after", "On the day (sau).")
    selected: Count | None = column("How many were chosen (được tuyển chọn).")
    ceased_by_law: Count | None = column("How many ceased by law (thôi).")
    remained: Count | None = column("How many stay in civil defence (ở lại).")


@commands("registry")
class QuotaMutations:
    """Commands about quotas, consolidation, areas and terms, part of Mutation."""

    quota_draft: QuotaPayload | None = command(
        "quota.draft",
        quotas.DraftQuota,
        "Draft a province's quotas (dự thảo chỉ tiêu).",
    )
    quota_issue: QuotaPayload | None = command(
        "quota.issue",
        quotas.IssueQuota,
        "Issue them (ban hành chỉ tiêu).",
        taken=QuotaIssueInput,
        body=_cited,
    )
    quota_plan_reduction: QuotaPayload | None = command(
        "quota.plan_reduction",
        quotas.PlanReduction,
        "Allow more until a day (lộ trình giảm).",
    )
    forces_consolidate: ConsolidationPayload | None = command(
        "forces.consolidate",
        consolidation.ConsolidateForces,
        "Make teams of former forces (kiện toàn lực lượng).",
    )
    force_unit_assign_areas: ForceUnitPayload | None = command(
        "force_unit.assign_areas",
        consolidation.AssignAreas,
        "Give a team its areas (phân công địa bàn).",
    )
    force_unit_begin_term: ForceUnitPayload | None = command(
        "force_unit.begin_term", norms.BeginTerm, "Begin a term of a force (nhiệm kỳ)."
    )
