"""Commands that set quotas, make teams of former forces, give teams areas and terms."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    ASSIGN_AREAS,
    BEGIN_TERM,
    CONSOLIDATE,
    DRAFT_QUOTA,
    ISSUE_QUOTA,
    PLAN_REDUCTION,
)
from gateway.schema.base import (
    Info,
    Root,
    Row,
    argument,
    column,
    global_id,
    identity,
    optional_identity,
    output,
    resolved,
    taken,
)
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.decisions import DecisionInput, decision_paper
from gateway.schema.enums import ForceType, Post
from gateway.schema.force_mutations import ForceUnitPayload
from gateway.schema.forces import ForceUnit
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, related
from gateway.schema.scalars import Count

_ERRORS = "Why the command was refused; empty when it was carried out."


def _quota_id(root: Root) -> Any:
    quota_id = root.get("quota_id")
    return None if quota_id is None else global_id("QuotaDecision", quota_id)


@output
class QuotaPayload:
    """Answer to a command about a quota decision."""

    quota_id: strawberry.ID | None = resolved(_quota_id, "Id of the decision.")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class QuotaLineInput:
    """The numbers of one commune (chỉ tiêu của một xã)."""

    unit: UnitRef = column("Commune (đơn vị cấp xã).")
    teams: Count = column("Teams (số Tổ).")
    members: Count = column("Members (số người).")


@taken
class QuotaDraftInput:
    """A decision to draft for the communes of a province (dự thảo)."""

    province: UnitRef = column("Province (tỉnh).")
    effective_on: date = column("First day that it counts for (ngày hiệu lực).")
    lines: list[QuotaLineInput] = column("A line for each commune.")
    idempotency_key: str | None = key_field()


@taken
class QuotaIssueInput:
    """A drafted decision to issue (ban hành)."""

    quota_id: strawberry.ID = column("Which decision.")
    decision: DecisionInput = column("How it is cited (số, ngày, người ký).")
    supersedes: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Decisions whose place it takes (thay thế)."
    )
    idempotency_key: str | None = key_field()


@taken
class QuotaPlanReductionInput:
    """What a commune may have until a day, beyond its quota (lộ trình giảm)."""

    quota_id: strawberry.ID = column("Which decision.")
    unit: UnitRef = column("Commune (đơn vị cấp xã).")
    teams: Count = column("Teams until then (số Tổ).")
    members: Count = column("Members until then (số người).")
    until: date = column("Day on which the quota counts again.")
    idempotency_key: str | None = key_field()


@taken
class ChosenMemberInput:
    """Somebody of a former force who serves on (người được tuyển chọn)."""

    force_unit_id: strawberry.ID = column("Former force.")
    member_id: strawberry.ID = column("The member there.")
    post: Post = strawberry.field(default=Post.MEMBER, description="Post in the team.")


@taken
class ChosenTeamInput:
    """A team, new or not, and who is chosen for it (Tổ)."""

    members: list[ChosenMemberInput] = column("Who is chosen.")
    force_unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="A team that exists; without it a new one."
    )
    name: str | None = strawberry.field(
        default=None, description="Own name of a new team, if any."
    )


@taken
class ForcesConsolidateInput:
    """Former forces of a commune that go over into teams (kiện toàn lực lượng)."""

    unit: UnitRef = column("Commune on that day (đơn vị cấp xã).")
    on: date = column("Day of the law, 2024-07-01.")
    force_unit_ids: list[strawberry.ID] = column("Former forces that take part.")
    teams: list[ChosenTeamInput] = column("Teams and who is chosen for each.")
    decision: DecisionInput | None = strawberry.field(
        default=None, description="Decision that recognises the members."
    )
    idempotency_key: str | None = key_field()


@output
class ForceNumbers:
    """Force units and people of one force in the act."""

    force_type: ForceType = column("Which force (loại hình).")
    force_units: Count = column("Boards, teams or forces.")
    members: Count = column("People (số người).")


def _of(name: str) -> Any:
    def member(root: Root) -> Any:
        return global_id("Member", root[name])

    return member


@output
class TakenOver:
    """One person's way from the former service into the new one."""

    from_member_id: strawberry.ID = resolved(
        _of("from_member_id"), "Member of the former force."
    )
    member_id: strawberry.ID = resolved(_of("member_id"), "Member of the team.")
    force_unit: ForceUnit | None = resolved(force_unit_of, "The team.")


def _teams(root: Root, info: Info) -> Any:
    return [related(info, "ForceUnit", one) for one in root.get("team_ids", ())]


def _listed(name: str) -> Any:
    def rows(root: Root) -> Any:
        return root.get(name, ())

    return rows


@output
class ConsolidationPayload:
    """Answer to a consolidation: numbers on the eve and on the day."""

    teams: list[ForceUnit | None] = resolved(_teams, "The teams (các Tổ).")
    members: list[TakenOver] = resolved(_listed("members"), "Who was chosen.")
    before: list[ForceNumbers] = resolved(_listed("before"), "On the eve (trước).")
    after: list[ForceNumbers] = resolved(_listed("after"), "On the day (sau).")
    selected: Count | None = resolved(
        lambda root: root.get("selected"), "How many were chosen (được tuyển chọn)."
    )
    ceased_by_law: Count | None = resolved(
        lambda root: root.get("ceased_by_law"), "How many ceased by law (thôi)."
    )
    remained: Count | None = resolved(
        lambda root: root.get("remained"), "How many stay in civil defence (ở lại)."
    )
    user_errors: list[UserError] = column(_ERRORS)


@taken
class ForceUnitAssignAreasInput:
    """Residential areas that a team covers from a day on (phân công địa bàn)."""

    force_unit_id: strawberry.ID = column("Which team.")
    area_ids: list[strawberry.ID] = column("Its areas; the list replaces the former.")
    assigned_on: date = column("First day (ngày phân công).")
    idempotency_key: str | None = key_field()


@taken
class ForceUnitBeginTermInput:
    """For how long a force was chosen (nhiệm kỳ)."""

    force_unit_id: strawberry.ID = column("Which force.")
    begins_on: date = column("First day (ngày bắt đầu).")
    ends_on: date = column("First day after it (ngày hết nhiệm kỳ).")
    idempotency_key: str | None = key_field()


async def quota_draft(
    info: Info,
    input: Annotated[QuotaDraftInput, argument("What to draft.")],  # noqa: A002
) -> Any:
    """Answer Mutation.quotaDraft."""
    return await carried_out(
        info,
        DRAFT_QUOTA,
        input,
        lambda: {
            "province": unit_ref(input.province, "province"),
            "effective_on": input.effective_on,
            "lines": [
                {
                    "unit": unit_ref(line.unit, f"lines[{number}].unit"),
                    "teams": line.teams,
                    "members": line.members,
                }
                for number, line in enumerate(input.lines)
            ],
        },
    )


async def quota_issue(
    info: Info,
    input: Annotated[QuotaIssueInput, argument("What to issue.")],  # noqa: A002
) -> Any:
    """Answer Mutation.quotaIssue."""
    return await carried_out(
        info,
        ISSUE_QUOTA,
        input,
        lambda: {
            "quota_id": _quota(input.quota_id, "quota_id"),
            "supersedes": [
                _quota(one, f"supersedes[{number}]")
                for number, one in enumerate(input.supersedes)
            ],
            **(decision_paper(input.decision) or {}),
        },
    )


async def quota_plan_reduction(
    info: Info,
    input: Annotated[QuotaPlanReductionInput, argument("What to allow.")],  # noqa: A002
) -> Any:
    """Answer Mutation.quotaPlanReduction."""
    return await carried_out(
        info,
        PLAN_REDUCTION,
        input,
        lambda: {
            "quota_id": _quota(input.quota_id, "quota_id"),
            "unit": unit_ref(input.unit),
            "teams": input.teams,
            "members": input.members,
            "until": input.until,
        },
    )


async def forces_consolidate(
    info: Info,
    input: Annotated[ForcesConsolidateInput, argument("The act.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forcesConsolidate."""
    return await carried_out(
        info,
        CONSOLIDATE,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "on": input.on,
            "force_unit_ids": [
                identity(one, "ForceUnit", f"force_unit_ids[{number}]")
                for number, one in enumerate(input.force_unit_ids)
            ],
            "teams": [
                _team(team, f"teams[{number}]")
                for number, team in enumerate(input.teams)
            ],
            "decision": decision_paper(input.decision),
        },
    )


async def force_unit_assign_areas(
    info: Info,
    input: Annotated[ForceUnitAssignAreasInput, argument("What to assign.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forceUnitAssignAreas."""
    return await carried_out(
        info,
        ASSIGN_AREAS,
        input,
        lambda: {
            "force_unit_id": _force_unit(input.force_unit_id),
            "area_ids": [
                identity(one, "ResidentialArea", f"area_ids[{number}]")
                for number, one in enumerate(input.area_ids)
            ],
            "assigned_on": input.assigned_on,
        },
    )


async def force_unit_begin_term(
    info: Info,
    input: Annotated[ForceUnitBeginTermInput, argument("The term.")],  # noqa: A002
) -> Any:
    """Answer Mutation.forceUnitBeginTerm."""
    return await carried_out(
        info,
        BEGIN_TERM,
        input,
        lambda: {
            "force_unit_id": _force_unit(input.force_unit_id),
            "begins_on": input.begins_on,
            "ends_on": input.ends_on,
        },
    )


def _quota(given: str, field: str) -> str:
    return identity(given, "QuotaDecision", field)


def _force_unit(given: str) -> str:
    return identity(given, "ForceUnit", "force_unit_id")


def _team(team: ChosenTeamInput, field: str) -> Row:
    existing = optional_identity(
        team.force_unit_id, "ForceUnit", f"{field}.force_unit_id"
    )
    row: Row = {"members": list(_chosen(team, field))}
    if existing is not None:
        row["force_unit_id"] = existing
    if team.name is not None:
        row["name"] = team.name
    return row


def _chosen(team: ChosenTeamInput, field: str) -> Iterator[Row]:
    for number, member in enumerate(team.members):
        place = f"{field}.members[{number}]"
        yield {
            "force_unit_id": identity(
                member.force_unit_id, "ForceUnit", f"{place}.force_unit_id"
            ),
            "member_id": identity(member.member_id, "Member", f"{place}.member_id"),
            "post": member.post.value,
        }


@output
class QuotaMutations:
    """Commands about quotas, consolidation, areas and terms, part of Mutation."""

    quota_draft: QuotaPayload | None = resolved(
        quota_draft, "Draft a province's quotas (dự thảo chỉ tiêu)."
    )
    quota_issue: QuotaPayload | None = resolved(
        quota_issue, "Issue them (ban hành chỉ tiêu)."
    )
    quota_plan_reduction: QuotaPayload | None = resolved(
        quota_plan_reduction, "Allow more until a day (lộ trình giảm)."
    )
    forces_consolidate: ConsolidationPayload | None = resolved(
        forces_consolidate, "Make teams of former forces (kiện toàn lực lượng)."
    )
    force_unit_assign_areas: ForceUnitPayload | None = resolved(
        force_unit_assign_areas, "Give a team its areas (phân công địa bàn)."
    )
    force_unit_begin_term: ForceUnitPayload | None = resolved(
        force_unit_begin_term, "Begin a term of a force (nhiệm kỳ)."
    )
