"""quota.draft, quota.issue, quota.plan_reduction: a province sets the numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.commands import Change, JointChange
from services.chassis.ids import new_id
from services.contracts.registry.quotas import (
    DraftQuota,
    IssueQuota,
    PlanReduction,
    QuotaTaken,
)
from services.registry.domain import quota_errors as errors
from services.registry.domain.force_types import BY_QUOTA
from services.registry.domain.quota_decision import (
    Absorbed,
    QuotaDecision,
    QuotaLine,
    QuotaPaper,
    Reduction,
)
from services.registry.read_models.quota_guard import alone_on_its_day
from services.registry.use_cases.circumstances import Circumstances
from services.unit_directory.tree import Unit, UnitTree


def draft_quota(command: DraftQuota, given: Circumstances) -> Change[QuotaDecision]:
    """Decide on a draft."""
    # A decision may take effect later; its units are those of today then.
    day = min(command.effective_on, given.today)
    province = given.units.resolve(command.province, day, "$.province")
    given.units.require_within(given.caller, province.id, "$.province")
    if province.level != "province":
        raise errors.QuotaNotOfProvince(field="$.province", level=province.level)
    lines = []
    for number, line in enumerate(command.lines):
        field = f"$.lines[{number}].unit"
        unit = given.units.resolve(line.unit, day, field)
        if unit.level != "commune" or not given.units.within((province.id,), unit.id):
            raise errors.QuotaUnitOutsideProvince(field=field, unit_id=unit.id)
        lines.append(QuotaLine(unit.id, unit.path, line.teams, line.members))
    quota_id = new_id()

    def decide(_: QuotaDecision | None) -> tuple[QuotaDecision, QuotaTaken]:
        quota = QuotaDecision.draft(
            quota_id,
            BY_QUOTA,
            (province.id, province.path),
            lines,
            effective_on=command.effective_on,
        )
        return quota, QuotaTaken(quota_id=quota_id)

    return Change(
        aggregate_type=QuotaDecision,
        aggregate_id=quota_id,
        decide=decide,
        is_new=True,
    )


def issue_quota(command: IssueQuota, given: Circumstances) -> JointChange:
    """Decide on the issue, and on the end of what it replaces."""

    def decide(found: Mapping[UUID, Any]) -> tuple[list[QuotaDecision], QuotaTaken]:
        quota = _mine(found, command.quota_id, given, "$.quota_id")
        quota.issue(
            QuotaPaper(command.number, command.decided_on, command.issuer),
            [
                Absorbed(before.id, unit_id)
                for unit_id in quota.lines
                for before in _taken_in(given.units, unit_id, quota.effective_on)
            ],
            today=given.today,
        )
        changed = [quota]
        for number, earlier_id in enumerate(dict.fromkeys(command.supersedes)):
            field = f"$.supersedes[{number}]"
            earlier = _mine(found, earlier_id, given, field)
            earlier.give_way(quota, field)
            changed.append(earlier)
        return changed, QuotaTaken(quota_id=quota.id)

    return JointChange(
        loads=(command.quota_id, *command.supersedes),
        decide=decide,
        guard=alone_on_its_day(command.quota_id),
    )


def plan_reduction(
    command: PlanReduction, given: Circumstances
) -> Change[QuotaDecision]:
    """Decide on a roadmap."""
    unit = given.units.resolve(
        command.unit, None if command.unit.id else given.today, "$.unit"
    )

    def decide(found: QuotaDecision | None) -> tuple[QuotaDecision, QuotaTaken]:
        known = {} if found is None else {command.quota_id: found}
        quota = _mine(known, command.quota_id, given, "$.quota_id")
        quota.plan_reduction(
            Reduction(unit.id, command.teams, command.members, command.until)
        )
        return quota, QuotaTaken(quota_id=quota.id)

    return Change(
        aggregate_type=QuotaDecision, aggregate_id=command.quota_id, decide=decide
    )


def _taken_in(units: UnitTree, unit_id: UUID, by: date) -> Iterator[Unit]:
    """Yield what a commune had taken in whole by a day, step by step."""
    waiting = [unit_id]
    while waiting:
        unit = units.get(waiting.pop())
        for absorbed in () if unit is None else unit.predecessors:
            before = units.get(absorbed.unit_id)
            came = (absorbed.effective_on or date.min) <= by
            if before is not None and absorbed.whole and came:
                waiting.append(before.id)
                yield before


def _mine(
    found: Mapping[UUID, Any], quota_id: UUID, given: Circumstances, field: str
) -> QuotaDecision:
    quota = found.get(quota_id)
    roots = given.caller.unit_roots
    if not isinstance(quota, QuotaDecision) or not given.units.within(
        roots, quota.province_id
    ):
        raise errors.QuotaUnknown(field=field, quota_id=quota_id)
    return quota
