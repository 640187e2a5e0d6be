"""model.end: a model stops; its points were closed before."""

from services.campaigns.domain.errors import ModelNotFound
from services.campaigns.domain.model import Model
from services.campaigns.use_cases.circumstances import Circumstances
from services.campaigns.use_cases.model_lives import ends
from services.chassis.commands import Change
from services.contracts.campaigns.api import EndModel, ModelRecorded


def end_model(command: EndModel, given: Circumstances) -> Change[Model]:
    """Decide on the end of a model of the caller's area."""

    def absent() -> ModelNotFound:
        return ModelNotFound(field="$.model_id", model_id=command.model_id)

    def decide(model: Model | None) -> tuple[Model, ModelRecorded]:
        if model is None:
            raise absent()
        given.require_mine(model.unit_id, "model", model.keeper, absent)
        model.end(command.ended_on, given.today, given.author)
        return model, ModelRecorded(model_id=model.id)

    return Change(
        aggregate_type=Model,
        aggregate_id=command.model_id,
        decide=decide,
        also=ends(command.model_id, command.ended_on),
    )
