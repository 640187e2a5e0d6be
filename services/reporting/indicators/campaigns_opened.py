"""How many drives (đợt phát động) of the movement were opened."""

from collections.abc import Iterable

from services.contracts.campaigns.events import CampaignOpenedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _opened(event: CampaignOpenedV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.starts_on, 1)


CAMPAIGNS_OPENED = Indicator(
    code="campaigns_opened",
    name_vi="Đợt phát động phong trào",
    name_en="Campaigns opened",
    unit_of_count="đợt",
    unit_of_count_en="campaigns",
    kind="flow",
    numerator="Campaigns opened.",
    counted_on="first day of the campaign",
    legal_source="Practice of movement reports (ACT.ROUND); Nghị định 06/2014/NĐ-CP",
    counts={CampaignOpenedV1: _opened},
)
