"""Model: a way of keeping a place safe that a unit takes up under a name (mô hình)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.campaigns.domain.errors import (
    ModelEnded,
    ModelFieldsInvalid,
    OutsideLife,
)
from services.campaigns.domain.organisations import organisation_on
from services.campaigns.domain.values import (
    ModelField,
    folded_name,
    require_recordable_day,
)

MODEL_NAMESPACE: Final = UUID("2b8d2c35-5e0b-5c64-9a6f-7d1f0c3e9b52")


def model_id_of(unit_id: UUID, keeper: str, name: str) -> UUID:
    """Return the id of the model that a keeper has under a name in a unit.

    Case, marks and spaces do not make another model, so that it counts once (Hướng
    dẫn 22/HD-BCA-V05; glossary: model). Raises TextEmpty.
    """
    folded = folded_name(name, "$.name")
    return uuid5(MODEL_NAMESPACE, f"{unit_id}:{keeper}:{folded}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """What is told about a model at its launch; ``fields`` are its only label."""

    unit_id: UUID
    unit_path: str
    name: str
    keeper: str
    fields: Sequence[str]
    launched_on: date
    recorded_by: str


class Model(Aggregate):
    """A named design; the areas that take it up are its points, counted apart."""

    TOPIC = "campaigns.model"

    class Event(Aggregate.Event):
        """Any fact of a model."""

        TOPIC = "campaigns.model.event"

    class Launched(Event, AggregateCreated):
        """It operates from this day."""

        TOPIC = "campaigns.model.launched"

        unit_id: UUID
        unit_path: str
        name: str
        keeper: str
        fields: list[str]
        launched_on: date
        recorded_by: str

    class Ended(Event):
        """It does not operate from this day on."""

        TOPIC = "campaigns.model.ended"

        unit_id: UUID
        keeper: str
        ended_on: date
        recorded_by: str

    def __init__(
        self, *, unit_id: UUID, keeper: str, launched_on: date, **_: object
    ) -> None:
        self.unit_id = unit_id
        self.keeper = keeper
        self.launched_on = launched_on
        self.ended_on: date | None = None

    @classmethod
    def launch(cls, facts: ModelFacts, today: date) -> Self:
        """Launch a model.

        Raises TextEmpty, ModelFieldsInvalid, DayInFuture, DayBeforeRecords,
        OrganisationUnknown.
        """
        model_id = model_id_of(facts.unit_id, facts.keeper, facts.name)
        fields = sorted(set(facts.fields))
        if not fields or len(fields) != len(facts.fields):
            raise ModelFieldsInvalid(field="$.fields")
        if not set(fields) <= set(ModelField):
            raise ModelFieldsInvalid(field="$.fields")
        require_recordable_day(facts.launched_on, today, "$.launched_on")
        organisation_on(facts.keeper, facts.launched_on, "$.keeper")
        return cls._create(
            cls.Launched,
            id=model_id,
            unit_id=facts.unit_id,
            unit_path=facts.unit_path,
            name=facts.name,
            keeper=facts.keeper,
            fields=fields,
            launched_on=facts.launched_on,
            recorded_by=facts.recorded_by,
        )

    def end(self, ended_on: date, today: date, by: str) -> None:
        """End the model; ``ended_on`` is the first day without it.

        Raises ModelEnded, DayInFuture, OutsideLife.
        """
        if self.ended_on is not None:
            raise ModelEnded(model_id=self.id)
        require_recordable_day(ended_on, today, "$.ended_on")
        if ended_on <= self.launched_on:
            raise OutsideLife(field="$.ended_on", day=ended_on, since=self.launched_on)
        self.trigger_event(
            self.Ended,
            unit_id=self.unit_id,
            keeper=self.keeper,
            ended_on=ended_on,
            recorded_by=by,
        )

    @event(Ended)
    def _ended(self, ended_on: date) -> None:
        self.ended_on = ended_on
