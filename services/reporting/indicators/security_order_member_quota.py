"""How many members of teams the provinces have set: planned, not actual."""

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
            of_line = event.quota_id, line.unit_id, event.effective_on
            yield LevelSet(*of_line, line.members)
            for absorbed in line.absorbed:
                yield LevelSet(event.quota_id, absorbed, event.effective_on, 0)


def _superseded(event: QuotaSupersededV1) -> Iterable[LevelFact]:
    yield LevelEnded(event.quota_id, event.superseded_on)


SECURITY_ORDER_MEMBER_QUOTA = Indicator(
    code="security_order_member_quota",
    name_vi="Số thành viên tổ bảo vệ an ninh, trật tự theo chỉ tiêu được giao",
    name_en="Members of security and order teams by quota",
    unit_of_count="người",
    unit_of_count_en="people",
    kind="stock",
    numerator="Members that the latest decision in force sets for each commune.",
    counted_on="first day of effect of the decision; of what follows it",
    legal_source="Luật 30/2023/QH15, Đ.14: UBND cấp tỉnh (FRC.MEMBER, quota)",
    levels={
        QuotaIssuedV1: _issued,
        QuotaSupersededV1: _superseded,
    },
)
