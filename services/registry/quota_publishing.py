"""Which facts about quotas and selections others see, and in which words."""

from collections.abc import Callable
from typing import Any, Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry import quota_events as events
from services.registry.domain.quota_decision import QuotaDecision
from services.registry.domain.selection_round import SelectionRound


def _issued(fact: QuotaDecision.Issued) -> PublicEvent | None:
    if (
        fact.force_type is None
        or fact.province_id is None
        or fact.effective_on is None
        or fact.lines is None
    ):
        return None  # of before decisions told their numbers
    absorbed = fact.absorbed or []
    return events.QuotaIssuedV1(
        quota_id=fact.originator_id,
        force_type=fact.force_type,
        unit_id=fact.province_id,
        effective_on=fact.effective_on,
        number=fact.paper.number,
        decided_on=fact.paper.decided_on,
        lines=tuple(
            events.QuotaOfCommune(
                unit_id=line.unit_id,
                teams=line.teams,
                members=line.members,
                absorbed=tuple(
                    one.unit_id for one in absorbed if one.into_id == line.unit_id
                ),
            )
            for line in fact.lines
        ),
    )


def _superseded(fact: QuotaDecision.Superseded) -> PublicEvent:
    return events.QuotaSupersededV1(
        quota_id=fact.originator_id,
        by_id=fact.by_id,
        superseded_on=fact.superseded_on,
    )


def _reduction_planned(fact: QuotaDecision.ReductionPlanned) -> PublicEvent:
    planned = fact.reduction
    return events.QuotaReductionPlannedV1(
        quota_id=fact.originator_id,
        unit_id=planned.unit_id,
        teams=planned.teams,
        members=planned.members,
        until=planned.until,
    )


def _selection_decided(fact: SelectionRound.Decided) -> PublicEvent | None:
    if fact.unit_id is None or fact.force_unit_id is None:
        return None
    return events.SelectionRoundDecidedV1(
        round_id=fact.originator_id,
        force_unit_id=fact.force_unit_id,
        unit_id=fact.unit_id,
        recognised_on=fact.recognised_on,
        recognised=len(fact.recognised),
    )


PUBLIC_QUOTAS: Final[dict[type, Callable[[Any], PublicEvent | None]]] = {
    QuotaDecision.Issued: _issued,
    QuotaDecision.Superseded: _superseded,
    QuotaDecision.ReductionPlanned: _reduction_planned,
    SelectionRound.Decided: _selection_decided,
}
