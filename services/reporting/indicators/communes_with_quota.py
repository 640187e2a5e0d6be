"""How many communes have a quota of teams and members: without one nothing binds."""

from collections.abc import Iterable

from services.contracts.registry.quota_events import (
    QuotaIssuedV1,
    QuotaSupersededV1,
)
from services.reporting.indicators.definition import (
    Indicator,
    LevelEnded,
    LevelFact,
    LevelSet,
)

FORCE_TYPE = "security_order_team"


def _issued(event: QuotaIssuedV1) -> Iterable[LevelFact]:
    if event.force_type == FORCE_TYPE:
        for line in event.lines:
            yield LevelSet(event.quota_id, line.unit_id, event.effective_on, 1)
            for absorbed in line.absorbed:
                yield LevelSet(event.quota_id, absorbed, event.effective_on, 0)


def _superseded(event: QuotaSupersededV1) -> Iterable[LevelFact]:
    yield LevelEnded(event.quota_id, event.superseded_on)


COMMUNES_WITH_QUOTA = Indicator(
    code="communes_with_quota",
    name_vi="Số xã, phường, đặc khu được giao chỉ tiêu tổ bảo vệ an ninh, trật tự",
    name_en="Communes with a quota of security and order teams",
    unit_of_count="đơn vị",
    unit_of_count_en="communes",
    kind="stock",
    numerator="Communes that a decision in force sets numbers for.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14: UBND cấp tỉnh (the count is ours)",
    levels={QuotaIssuedV1: _issued, QuotaSupersededV1: _superseded},
    in_movement_report=False,
)
