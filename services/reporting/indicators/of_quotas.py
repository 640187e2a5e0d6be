"""What quota decisions set for communes, from day to day: planned, not actual.

A commune that was taken over whole has no number beside that of its heir.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from services.contracts.envelope import PublicEvent
from services.contracts.registry.quota_events import (
    QuotaIssuedV1,
    QuotaOfCommune,
    QuotaReductionPlannedV1,
    QuotaSupersededV1,
)
from services.reporting.indicators.definition import (
    LevelEnded,
    LevelFact,
    LevelMeanwhile,
    Levels,
    LevelSet,
)

_FORCE_TYPE: Final = "security_order_team"


def set_by_quotas(
    number: Callable[[QuotaOfCommune], int],
) -> Mapping[type[PublicEvent], Levels]:
    """Read one number of each commune's line out of the decisions."""

    def issued(event: QuotaIssuedV1) -> Iterable[LevelFact]:
        if event.force_type == _FORCE_TYPE:
            for line in event.lines:
                yield LevelSet(
                    event.quota_id, line.unit_id, event.effective_on, number(line)
                )
                for absorbed in line.absorbed:
                    yield LevelSet(event.quota_id, absorbed, event.effective_on, 0)

    return {QuotaIssuedV1: issued, QuotaSupersededV1: _superseded}


def allowed_by_quotas(
    number: Callable[[QuotaOfCommune | QuotaReductionPlannedV1], int],
) -> Mapping[type[PublicEvent], Levels]:
    """Read it likewise, or what a roadmap for reduction allows until its day."""

    def reduced(event: QuotaReductionPlannedV1) -> Iterable[LevelFact]:
        yield LevelMeanwhile(event.quota_id, event.unit_id, event.until, number(event))

    return {**set_by_quotas(number), QuotaReductionPlannedV1: reduced}


def _superseded(event: QuotaSupersededV1) -> Iterable[LevelFact]:
    yield LevelEnded(event.quota_id, event.superseded_on)
