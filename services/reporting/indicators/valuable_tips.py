"""How many tips were valued as useful to police work, by the day of the valuation."""

from collections.abc import Iterable

from services.contracts.tips.events import TipValuedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _valued(event: TipValuedV1) -> Iterable[Contribution]:
    if event.valuable:
        yield Contribution(event.unit_id, event.valued_on, 1)


VALUABLE_TIPS = Indicator(
    code="valuable_tips",
    name_vi="Tin có giá trị phục vụ công tác Công an",
    name_en="Valuable tips",
    unit_of_count="tin",
    unit_of_count_en="tips",
    kind="flow",
    numerator="Tips valued as valuable by an officer other than the receiver.",
    counted_on="day on which the tip was valued",
    legal_source="Practice of movement reports (T02, TIP.VALID)",
    counts={TipValuedV1: _valued},
)
