"""How many tips (tin) the people gave; spam is taken out again when it is seen."""

from collections.abc import Iterable

from services.contracts.tips.events import TipReceivedV1, TipTriagedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _received(event: TipReceivedV1) -> Iterable[Contribution]:
    yield Contribution(event.unit_id, event.received_on, 1)


def _triaged(event: TipTriagedV1) -> Iterable[Contribution]:
    if event.outcome == "spam":
        yield Contribution(event.unit_id, event.received_on, -1)


TIPS_RECEIVED = Indicator(
    code="tips_received",
    name_vi="Tin do quần chúng cung cấp",
    name_en="Tips received",
    unit_of_count="tin",
    unit_of_count_en="tips",
    kind="flow",
    numerator="Tips received, less those triaged as spam.",
    counted_on="day on which the tip was received",
    legal_source="Practice of movement reports (T01, TIP.ALL)",
    counts={TipReceivedV1: _received, TipTriagedV1: _triaged},
)
