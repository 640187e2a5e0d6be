"""How many types of model (loại mô hình) the police keep alive."""

from collections.abc import Iterable

from services.contracts.campaigns.events import ModelEndedV1, ModelLaunchedV1
from services.reporting.indicators.definition import Contribution, Indicator


def _launched(event: ModelLaunchedV1) -> Iterable[Contribution]:
    if event.keeper == "police":
        yield Contribution(event.unit_id, event.launched_on, 1)


def _ended(event: ModelEndedV1) -> Iterable[Contribution]:
    if event.keeper == "police":
        yield Contribution(event.unit_id, event.ended_on, -1)


POLICE_MODEL_TYPES = Indicator(
    code="police_model_types",
    name_vi="Loại mô hình tổ chức quần chúng do Công an duy trì",
    name_en="Types of model kept by the police",
    unit_of_count="loại mô hình",
    unit_of_count_en="model types",
    kind="stock",
    numerator="Models launched with the police as keeper, less those ended.",
    counted_on="first day with the model; first day without it",
    legal_source="Hướng dẫn 22/HD-BCA-V05 (MDL.TYPE): one by name per keeper",
    counts={ModelLaunchedV1: _launched, ModelEndedV1: _ended},
)
