"""ModelPoint: an area that has taken a model up (điểm mô hình)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate, AggregateCreated, event

from services.campaigns.domain.errors import (
    ModelEnded,
    ModelPointClosed,
    OutsideLife,
)
from services.campaigns.domain.values import require_recordable_day
from services.chassis.text import fold

POINT_NAMESPACE: Final = UUID("8f4d7a16-3c92-5b0e-8c41-52f9e0a7d683")


def point_id_of(model_id: UUID, unit_id: UUID, area_name: str) -> UUID:
    """Return the id of the point of a model in an area; "" is the whole unit."""
    return uuid5(POINT_NAMESPACE, f"{model_id}:{unit_id}:{fold(area_name)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLife:
    """What a point needs to know of its model."""

    model_id: UUID
    unit_id: UUID
    keeper: str
    launched_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFacts:
    """What is told about a point when it is opened."""

    unit_id: UUID
    unit_path: str
    area_name: str
    opened_on: date
    recorded_by: str


class ModelPoint(Aggregate):
    """One area of a model; points and models are never added up."""

    TOPIC = "campaigns.model_point"

    class Event(Aggregate.Event):
        """Any fact of a point."""

        TOPIC = "campaigns.model_point.event"

    class Opened(Event, AggregateCreated):
        """The area took the model up."""

        TOPIC = "campaigns.model_point.opened"

        model_id: UUID
        keeper: str
        unit_id: UUID
        unit_path: str
        area_name: str
        opened_on: date
        recorded_by: str

    class Closed(Event):
        """The area gave the model up."""

        TOPIC = "campaigns.model_point.closed"

        model_id: UUID
        keeper: str
        unit_id: UUID
        closed_on: date
        recorded_by: str

    def __init__(
        self,
        *,
        model_id: UUID,
        keeper: str,
        unit_id: UUID,
        opened_on: date,
        **_: object,
    ) -> None:
        self.model_id = model_id
        self.keeper = keeper
        self.unit_id = unit_id
        self.opened_on = opened_on
        self.closed_on: date | None = None

    @classmethod
    def open(cls, model: ModelLife, facts: PointFacts, today: date) -> Self:
        """Open a point of an operating model, on a day of the model's life.

        Raises ModelEnded, DayInFuture, DayBeforeRecords, OutsideLife.
        """
        if model.ended_on is not None:
            raise ModelEnded(field="$.model_id", model_id=model.model_id)
        require_recordable_day(facts.opened_on, today, "$.opened_on")
        if facts.opened_on < model.launched_on:
            raise OutsideLife(
                field="$.opened_on", day=facts.opened_on, since=model.launched_on
            )
        return cls._create(
            cls.Opened,
            id=point_id_of(model.model_id, facts.unit_id, facts.area_name),
            model_id=model.model_id,
            keeper=model.keeper,
            unit_id=facts.unit_id,
            unit_path=facts.unit_path,
            area_name=facts.area_name,
            opened_on=facts.opened_on,
            recorded_by=facts.recorded_by,
        )

    def close(self, closed_on: date, today: date, by: str) -> None:
        """Close the point; ``closed_on`` is the first day without it.

        Raises ModelPointClosed, DayInFuture, OutsideLife.
        """
        if self.closed_on is not None:
            raise ModelPointClosed(point_id=self.id)
        require_recordable_day(closed_on, today, "$.closed_on")
        if closed_on <= self.opened_on:
            raise OutsideLife(field="$.closed_on", day=closed_on, since=self.opened_on)
        self.trigger_event(
            self.Closed,
            model_id=self.model_id,
            keeper=self.keeper,
            unit_id=self.unit_id,
            closed_on=closed_on,
            recorded_by=by,
        )

    @event(Closed)
    def _closed(self, closed_on: date) -> None:
        self.closed_on = closed_on
