"""model_point.close: an area gives a model up."""

from uuid import UUID

from services.campaigns.domain.errors import ModelPointNotFound
from services.campaigns.domain.model_point import ModelPoint
from services.campaigns.use_cases.circumstances import Circumstances
from services.campaigns.use_cases.model_lives import loses_point
from services.chassis.commands import Change
from services.contracts.campaigns.api import CloseModelPoint, ModelPointRecorded


def close_model_point(
    command: CloseModelPoint, given: Circumstances, model_id: UUID | None
) -> Change[ModelPoint]:
    """Decide on the end of a point; ``model_id`` is the model that it belongs to."""

    def absent() -> ModelPointNotFound:
        return ModelPointNotFound(field="$.point_id", point_id=command.point_id)

    if model_id is None:
        raise absent()

    def decide(point: ModelPoint | None) -> tuple[ModelPoint, ModelPointRecorded]:
        if point is None:
            raise absent()
        given.require_mine(point.unit_id, "model_point", point.keeper, absent)
        point.close(command.closed_on, given.today, given.author)
        return point, ModelPointRecorded(point_id=point.id)

    return Change(
        aggregate_type=ModelPoint,
        aggregate_id=command.point_id,
        decide=decide,
        also=loses_point(model_id, command.closed_on),
    )
