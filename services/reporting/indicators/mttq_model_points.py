"""How many points of models the Fatherland Front keeps ("Khu dân cư 3 không")."""

from collections.abc import Iterable

from services.contracts.campaigns.events import ModelPointClosedV1, ModelPointOpenedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _opened(event: ModelPointOpenedV1) -> Iterable[Contribution]:
    if event.keeper == "mttq":
        yield Contribution(event.unit_id, event.opened_on, 1)


def _closed(event: ModelPointClosedV1) -> Iterable[Contribution]:
    if event.keeper == "mttq":
        yield Contribution(event.unit_id, event.closed_on, -1)


MTTQ_MODEL_POINTS = Indicator(
    code="mttq_model_points",
    name_vi="Mô hình “Khu dân cư 3 không” do Ủy ban MTTQ Việt Nam duy trì",
    name_en="Model points kept by the Fatherland Front",
    unit_of_count="mô hình",
    unit_of_count_en="model points",
    kind="stock",
    numerator="Points opened with MTTQ as keeper, less those closed.",
    counted_on="first day with the point; first day without it",
    legal_source="Hướng dẫn 22/HD-BCA-V05 (MDL.POINT); Chương trình 09/CTr-BCA-MTTW",
    counts={ModelPointOpenedV1: _opened, ModelPointClosedV1: _closed},
)
