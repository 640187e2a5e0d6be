"""How many teams for security and order (tổ bảo vệ an ninh, trật tự) stand."""

from collections.abc import Iterable

from services.contracts.registry.events import (
    ForceUnitDisbandedV1,
    ForceUnitEstablishedV1,
)
from services.reporting.indicators.definition import Contribution, Indicator

FORCE_TYPE = "security_order_team"


def _established(event: ForceUnitEstablishedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.established_on, 1)


def _disbanded(event: ForceUnitDisbandedV1) -> Iterable[Contribution]:
    if event.force_type == FORCE_TYPE:
        yield Contribution(event.unit_id, event.disbanded_on, -1)


SECURITY_ORDER_TEAMS = Indicator(
    code="security_order_teams",
    name_vi="Tổ bảo vệ an ninh, trật tự",
    name_en="Security and order teams",
    unit_of_count="tổ",
    unit_of_count_en="teams",
    kind="stock",
    numerator="Teams established, less those disbanded.",
    counted_on="first day of the team; first day without it",
    legal_source="Luật 30/2023/QH15, Đ.14 (since 01/07/2024)",
    counts={ForceUnitEstablishedV1: _established, ForceUnitDisbandedV1: _disbanded},
)
