"""Models and points: one name counts once, a point lives inside its model."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.campaigns.domain.errors import (
    DayInFuture,
    ModelEnded,
    ModelFieldsInvalid,
    ModelPointClosed,
    OutsideLife,
    TextEmpty,
)
from services.campaigns.domain.model import Model, ModelFacts, model_id_of
from services.campaigns.domain.model_point import (
    ModelLife,
    ModelPoint,
    PointFacts,
    point_id_of,
)
from tests.support.scenario import Scenario, refused

TODAY = date(2023, 6, 1)
UNIT = UUID("11111111-1111-5111-8111-111111111111")


def launch(**other: Any) -> Model:
    told: dict[str, Any] = {
        "unit_id": UNIT,
        "unit_path": "VN.06-0",
        "name": "Khu dân cư 3 không",
        "keeper": "mttq",
        "fields": ("phong_chong_toi_pham",),
        "launched_on": date(2020, 1, 1),
        "recorded_by": "officer",
    }
    return Model.launch(ModelFacts(**told | other), TODAY)


def open_point(ended_on: date | None = None, **other: Any) -> ModelPoint:
    model = ModelLife(
        model_id=launch().id,
        unit_id=UNIT,
        keeper="mttq",
        launched_on=date(2020, 1, 1),
        ended_on=ended_on,
    )
    told: dict[str, Any] = {
        "unit_id": UNIT,
        "unit_path": "VN.06-0",
        "area_name": "Tổ 1",
        "opened_on": date(2021, 1, 1),
        "recorded_by": "officer",
    }
    return ModelPoint.open(model, PointFacts(**told | other), TODAY)


def end_on(day: date) -> Any:
    return lambda model: model.end(day, TODAY, "officer")


def close_on(day: date) -> Any:
    return lambda point: point.close(day, TODAY, "officer")


@pytest.mark.parametrize(
    "name", ["KHU DÂN CƯ 3 KHÔNG", " Khu  dân cư  3 không", "khu dan cu 3 khong"]
)
def test_the_same_name_is_the_same_model(name: str) -> None:
    """Case, spaces and marks do not make a second model."""
    assert launch().id == model_id_of(UNIT, "mttq", name)


def test_other_keeper_unit_or_name_is_another_model() -> None:
    """A name counts once per keeper and owner unit, not once in the country."""
    name = "Khu dân cư 3 không"
    others = {
        model_id_of(UNIT, "police", name),
        model_id_of(uuid4(), "mttq", name),
        model_id_of(UNIT, "mttq", "Khu dân cư 5 không"),
    }
    assert 3 == len(others - {launch().id})


def test_model_without_a_name_is_refused() -> None:
    """Signs alone name nothing."""
    refused(TextEmpty, "$.name", lambda: launch(name=" ... "))


@pytest.mark.parametrize(
    "fields", [(), ("other",), ("dan_toc", "dan_toc"), ("ton_giao", "chinh_tri")]
)
def test_label_is_a_set_of_the_six_official_fields(fields: tuple[str, ...]) -> None:
    """No field, an unknown field or the same twice is refused."""
    refused(ModelFieldsInvalid, "$.fields", lambda: launch(fields=fields))


def test_model_of_tomorrow_is_refused() -> None:
    """A model counts from the day on which it works."""
    refused(DayInFuture, "$.launched_on", lambda: launch(launched_on=date(2023, 6, 2)))


def test_model_ends_with_its_keeper_in_the_event() -> None:
    """Counters by keeper need no look-up."""
    scenario = Scenario(launch()).when(end_on(date(2023, 1, 1)))
    scenario.then(Model.Ended, keeper="mttq", ended_on=date(2023, 1, 1), unit_id=UNIT)


def test_model_ends_once() -> None:
    """A second end would be counted twice."""
    ended = Scenario(launch()).given(end_on(date(2023, 1, 1)))
    ended.when(end_on(date(2023, 2, 1))).then_refused(ModelEnded)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 1)])
def test_model_does_not_end_before_it_has_worked_a_day(day: date) -> None:
    """The end is the first day without the model."""
    Scenario(launch()).when(end_on(day)).then_refused(OutsideLife, "$.ended_on")


def test_model_does_not_end_in_the_future() -> None:
    """An end is recorded when it has come."""
    Scenario(launch()).when(end_on(date(2023, 6, 2))).then_refused(
        DayInFuture, "$.ended_on"
    )


def test_point_carries_model_and_keeper() -> None:
    """Counters by keeper need no look-up."""
    point = open_point()
    assert (launch().id, "mttq") == (point.model_id, point.keeper)
    assert point_id_of(launch().id, UNIT, "TỔ 1") == point.id


def test_point_before_the_launch_is_refused() -> None:
    """A point lives inside its model's life."""
    refused(
        OutsideLife, "$.opened_on", lambda: open_point(opened_on=date(2019, 12, 31))
    )


def test_point_of_an_ended_model_is_refused() -> None:
    """Points belong to operating models."""
    refused(ModelEnded, "$.model_id", lambda: open_point(ended_on=date(2023, 1, 1)))


def test_point_of_tomorrow_is_refused() -> None:
    """A point counts from the day on which it works."""
    refused(DayInFuture, "$.opened_on", lambda: open_point(opened_on=date(2023, 6, 2)))


def test_point_is_closed_once_after_it_was_open() -> None:
    """It closes after at least a day, and only once."""
    point = Scenario(open_point())
    point.when(close_on(date(2021, 1, 1))).then_refused(OutsideLife, "$.closed_on")
    closed = Scenario(open_point()).when(close_on(date(2021, 1, 2)))
    closed.then(ModelPoint.Closed, model_id=launch().id, keeper="mttq")
    closed.when(close_on(date(2021, 1, 3))).then_refused(ModelPointClosed)
