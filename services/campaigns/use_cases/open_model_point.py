"""model_point.open: an area takes up an operating model."""

from services.campaigns.domain.errors import (
    ModelNotFound,
    ModelPointExists,
    PointOutsideModel,
)
from services.campaigns.domain.model_point import (
    ModelLife,
    ModelPoint,
    PointFacts,
    point_id_of,
)
from services.campaigns.domain.values import require_recordable_day
from services.campaigns.use_cases.circumstances import Circumstances
from services.campaigns.use_cases.model_lives import takes_point
from services.chassis.commands import Change
from services.contracts.campaigns.api import ModelPointRecorded, OpenModelPoint


def open_model_point(
    command: OpenModelPoint, given: Circumstances, model: ModelLife | None
) -> Change[ModelPoint]:
    """Decide on a new point; ``model`` is the one that the command names."""
    require_recordable_day(command.opened_on, given.today, "$.opened_on")
    owned = _require_model(command, given, model)
    unit = given.unit_of_fact(command.unit, command.opened_on)
    if not given.goes_on_in(owned.unit_id, unit.id, "model"):
        raise PointOutsideModel(field="$.unit", model_id=owned.model_id)
    point_id = point_id_of(owned.model_id, unit.id, command.area_name)
    facts = PointFacts(
        unit_id=unit.id,
        unit_path=unit.path,
        area_name=command.area_name,
        opened_on=command.opened_on,
        recorded_by=given.author,
    )

    def decide(existing: ModelPoint | None) -> tuple[ModelPoint, ModelPointRecorded]:
        if existing is not None:
            raise ModelPointExists(field="$.area_name", point_id=point_id)
        point = ModelPoint.open(owned, facts, given.today)
        return point, ModelPointRecorded(point_id=point.id)

    return Change(
        aggregate_type=ModelPoint,
        aggregate_id=point_id,
        decide=decide,
        also=takes_point(owned.model_id),
    )


def _require_model(
    command: OpenModelPoint, given: Circumstances, model: ModelLife | None
) -> ModelLife:
    # A commune may open a point of its province's model; what neither lies in the
    # caller's area nor above it looks absent.
    if model is None or not given.reaches(model.unit_id, "model"):
        raise ModelNotFound(field="$.model_id", model_id=command.model_id)
    given.acts_for(model.keeper, "$.model_id")
    return model
