"""model.launch: a unit takes up a model under a name."""

from services.campaigns.domain.errors import ModelNameTaken
from services.campaigns.domain.model import Model, ModelFacts, model_id_of
from services.campaigns.domain.model_point import ModelLife
from services.campaigns.domain.values import require_recordable_day
from services.campaigns.use_cases.circumstances import Circumstances
from services.campaigns.use_cases.model_lives import begins
from services.chassis.commands import Change
from services.contracts.campaigns.api import LaunchModel, ModelRecorded


def launch_model(command: LaunchModel, given: Circumstances) -> Change[Model]:
    """Decide on a new model of a unit of the caller's area."""
    require_recordable_day(command.launched_on, given.today, "$.launched_on")
    given.acts_for(command.keeper, "$.keeper")
    unit = given.unit_of_fact(command.unit, command.launched_on)
    model_id = model_id_of(unit.id, command.keeper, command.name)
    facts = ModelFacts(
        unit_id=unit.id,
        unit_path=unit.path,
        name=command.name,
        keeper=command.keeper,
        fields=command.fields,
        launched_on=command.launched_on,
        recorded_by=given.author,
    )

    def decide(existing: Model | None) -> tuple[Model, ModelRecorded]:
        if existing is not None:
            raise ModelNameTaken(field="$.name", model_id=model_id)
        model = Model.launch(facts, given.today)
        return model, ModelRecorded(model_id=model.id)

    life = ModelLife(
        model_id=model_id,
        unit_id=unit.id,
        keeper=command.keeper,
        launched_on=command.launched_on,
    )
    return Change(
        aggregate_type=Model, aggregate_id=model_id, decide=decide, also=begins(life)
    )
