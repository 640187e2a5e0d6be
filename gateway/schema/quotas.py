"""What teams there should be: quotas, norms of size, and what is missing where."""

import enum
from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    OnDay,
    OnDayOrEver,
    Root,
    argument,
    choice,
    column,
    global_id,
    output,
    resolved,
)
from gateway.schema.connections import Connection, page
from gateway.schema.decisions import Issuer
from gateway.schema.enums import ForceType
from gateway.schema.forces import ForceUnit
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import force_unit_of, related, unit_of
from gateway.schema.scalars import Count
from gateway.schema.units import Unit
from services.contracts.registry.norms import GapsList, NormsList
from services.contracts.registry.quotas import QuotaDecisionsList, QuotasList

QUOTAS: Final = Question("registry", "quotas.list", QuotasList)
QUOTA_DECISIONS: Final = Question(
    "registry", "quota_decisions.list", QuotaDecisionsList
)
NORMS: Final = Question("registry", "norms.list", NormsList)
GAPS: Final = Question("registry", "gaps.list", GapsList)

SubtreeOf = Annotated[UnitRef, argument("Unit whose subtree is meant (đơn vị).")]


@choice
class QuotaState(enum.Enum):
    """How far a quota decision has come (trạng thái quyết định)."""

    DRAFT = strawberry.enum_value("draft", description="Dự thảo.")
    ISSUED = strawberry.enum_value("issued", description="Đã ban hành.")
    SUPERSEDED = strawberry.enum_value("superseded", description="Đã bị thay thế.")


@choice
class GapKind(enum.Enum):
    """What is missing or too much (loại thiếu, thừa)."""

    NO_LEADER = strawberry.enum_value("no_leader", description="Khuyết người đứng đầu.")
    TEAMS_BELOW_QUOTA = strawberry.enum_value(
        "teams_below_quota", description="Số Tổ ít hơn chỉ tiêu."
    )
    TEAMS_OVER_QUOTA = strawberry.enum_value(
        "teams_over_quota", description="Số Tổ vượt chỉ tiêu."
    )
    MEMBERS_BELOW_QUOTA = strawberry.enum_value(
        "members_below_quota", description="Số thành viên ít hơn chỉ tiêu."
    )
    MEMBERS_OVER_QUOTA = strawberry.enum_value(
        "members_over_quota", description="Số thành viên vượt chỉ tiêu."
    )
    MEMBERS_BELOW_NORM = strawberry.enum_value(
        "members_below_norm", description="Tổ ít người hơn định mức."
    )
    MEMBERS_OVER_NORM = strawberry.enum_value(
        "members_over_norm", description="Tổ nhiều người hơn định mức."
    )
    TERM_ENDING = strawberry.enum_value(
        "term_ending", description="Sắp hết hoặc đã hết nhiệm kỳ."
    )


@choice
class NormMeasure(enum.Enum):
    """What a norm goes by (căn cứ tính định mức)."""

    PEOPLE = strawberry.enum_value("people", description="Số nhân khẩu.")
    HOUSEHOLDS = strawberry.enum_value("households", description="Số hộ.")


async def _commune(root: Root, info: Info) -> Any:
    return await related(info, "Unit", root["id"])


def _decision_id(root: Root) -> Any:
    return global_id("QuotaDecision", root["quota_id"])


@output
class Quota:
    """Quota of a commune on a day, and what it has (chỉ tiêu và thực có)."""

    unit: Unit | None = resolved(_commune, "Commune (đơn vị cấp xã).", ["id"])
    decision_id: strawberry.ID = resolved(
        _decision_id, "Decision that set it.", ["quota_id"]
    )
    number: str = column("Its number (số quyết định).")
    effective_on: date = column("First day that it counts for (ngày hiệu lực).")
    teams: Count = column("Teams by the decision (số Tổ được giao).")
    members: Count = column("Members by the decision (số người được giao).")
    allowed_teams: Count = column("Teams allowed, more while a roadmap runs.")
    allowed_members: Count = column("Members allowed, more while a roadmap runs.")
    reduced_by: date | None = column("Day on which the roadmap ends (lộ trình giảm).")
    actual_teams: Count = column("Teams on the day (số Tổ thực có).")
    actual_members: Count = column("Members on the day (số người thực có).")


def _own_id(root: Root) -> Any:
    return global_id("QuotaDecision", root["id"])


@output
class QuotaDecision:
    """A province's decision on its communes' quotas (quyết định giao chỉ tiêu)."""

    id: strawberry.ID = resolved(_own_id, "Id for commands about it.", ["id"])
    province: Unit | None = resolved(unit_of, "Province (tỉnh).", ["unit_id"])
    state: QuotaState = column("How far it has come (trạng thái).")
    effective_on: date = column("First day that it counts for (ngày hiệu lực).")
    number: str | None = column("Its number, once issued (số quyết định).")
    decided_on: date | None = column("Day of the decision (ngày ký).")
    issuer: Issuer | None = column("Who signed it (người ký).")
    superseded_on: date | None = column("First day of the decision in its place.")
    communes: Count = column("Communes that it names (số xã).")
    teams: Count = column("Teams in all (tổng số Tổ).")
    members: Count = column("Members in all (tổng số người).")


@output
class NormStep:
    """From so many people or households on, so many members (bậc)."""

    start: Count = column("From so many on.")
    members: Count = column("So many members (số thành viên).")
    at_most: bool = column("Whether that is a ceiling (tối đa).")


@output
class NormRule:
    """One formula of a norm (công thức)."""

    areas: list[str] = column("Groups of residential areas that it is for.")
    measure: NormMeasure = column("What it goes by (căn cứ tính).")
    steps: list[NormStep] = column("Its steps (các bậc).")
    beyond_start: Count | None = column("After so many, more for each full number.")
    beyond_each: Count | None = column("The full number.")
    beyond_adds: Count | None = column("Members more for each.")


@output
class Norm:
    """Size rules of a province while they are in force (định mức)."""

    norm: str = column("Code of the rule set.")
    unit: Unit | None = resolved(unit_of, "Province (tỉnh).", ["unit_id"])
    source: str = column("Where it is written (nguồn).")
    mark: str = column("Certainty of its figures: V read, R reported, ? not verified.")
    day_mark: str = column("Certainty of its days.")
    valid_from: date | None = column("First day in force.")
    valid_to: date | None = column("First day no longer in force.")
    rules: list[NormRule] = column("Its formulas (các công thức).")


@output
class Gap:
    """One thing that is missing or too much (thiếu, thừa)."""

    kind: GapKind = column("What it is (loại).")
    force_type: ForceType = column("In which force (loại hình).")
    force_unit: ForceUnit | None = resolved(
        force_unit_of, "In which team; null where it is the commune's."
    )
    required: Count | None = column("What is required (yêu cầu).")
    actual: Count | None = column("What is there (thực có).")
    due_on: date | None = column("Day on which the term ends (ngày hết nhiệm kỳ).")
    norm: str | None = column("Code of the rule set that requires it.")


@output
class UnitGaps:
    """A commune with what is missing there, or nothing (đơn vị cấp xã)."""

    unit: Unit | None = resolved(_commune, "Commune (đơn vị cấp xã).", ["id"])
    gaps: list[Gap] = column("What is missing or too much (thiếu, thừa).")


async def quotas(
    info: Info, unit: SubtreeOf, first: First, after: After = None, on: OnDay = None
) -> Any:
    """Answer Query.quotas."""
    return await page(info, QUOTAS, after, unit=unit_ref(unit), first=first, on=on)


async def quota_decisions(
    info: Info, unit: SubtreeOf, first: First, after: After = None
) -> Any:
    """Answer Query.quotaDecisions."""
    return await page(info, QUOTA_DECISIONS, after, unit=unit_ref(unit), first=first)


async def norms(
    info: Info,
    unit: Annotated[UnitRef | None, argument("Unit that they bind.")] = None,
    on: OnDayOrEver = None,
) -> Any:
    """Answer Query.norms."""
    asked = None if unit is None else unit_ref(unit)
    return (await info.context.ask(NORMS, {"unit": asked, "on": on}))["rows"]


async def gaps(
    info: Info,
    unit: SubtreeOf,
    first: First,
    after: After = None,
    on: OnDay = None,
    within_days: Annotated[
        int, argument("So many days before its end a term counts as ending.")
    ] = 90,
) -> Any:
    """Answer Query.gaps."""
    return await page(
        info,
        GAPS,
        after,
        unit=unit_ref(unit),
        first=first,
        on=on,
        within_days=within_days,
    )


@output
class QuotaQueries:
    """Questions about quotas, norms and gaps, part of Query."""

    quotas: Connection[Quota] | None = resolved(
        quotas, "Quotas of a subtree's communes on a day (chỉ tiêu)."
    )
    quota_decisions: Connection[QuotaDecision] | None = resolved(
        quota_decisions, "Decisions that set quotas (quyết định giao chỉ tiêu)."
    )
    norms: list[Norm] | None = resolved(
        norms, "Size rules of provinces on a day (định mức)."
    )
    gaps: Connection[UnitGaps] | None = resolved(
        gaps, "What is missing in a subtree's communes on a day (thiếu, thừa)."
    )
