"""How many members communes may have: the quota, or more until the day of a roadmap."""

from collections.abc import Iterable

from services.contracts.registry.quota_events import (
    QuotaIssuedV1,
    QuotaReductionPlannedV1,
    QuotaSupersededV1,
)
from services.reporting.indicators.definition import (
    Indicator,
    LevelEnded,
    LevelFact,
    LevelMeanwhile,
    LevelSet,
)

FORCE_TYPE = "security_order_team"


def _issued(event: QuotaIssuedV1) -> Iterable[LevelFact]:
    if event.force_type == FORCE_TYPE:
        for line in event.lines:
            of_line = event.quota_id, line.unit_id, event.effective_on
            yield LevelSet(*of_line, line.members)
            for absorbed in line.absorbed:
                yield LevelSet(event.quota_id, absorbed, event.effective_on, 0)


def _superseded(event: QuotaSupersededV1) -> Iterable[LevelFact]:
    yield LevelEnded(event.quota_id, event.superseded_on)


def _reduction(event: QuotaReductionPlannedV1) -> Iterable[LevelFact]:
    yield LevelMeanwhile(event.quota_id, event.unit_id, event.until, event.members)


SECURITY_ORDER_MEMBERS_ALLOWED = Indicator(
    code="security_order_members_allowed",
    name_vi="Số thành viên tổ được bố trí, kể cả theo lộ trình giảm",
    name_en="Members of security and order teams allowed",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members by quota, or those that a running roadmap allows.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14, Đ.17; Thông tư 14/2024/TT-BCA, Đ.5",
    levels={
        QuotaIssuedV1: _issued,
        QuotaSupersededV1: _superseded,
        QuotaReductionPlannedV1: _reduction,
    },
    in_movement_report=False,
)
