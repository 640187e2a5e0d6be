"""Models of the police, and the points of the Fatherland Front's one model.

One model has ended, one starts a day too late, one point was closed: none counts.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from demo.plan.days import day_between
from demo.plan.names import model_names
from demo.plan.records import PlannedModel, PlannedPoint
from demo.plan.spreading import spread
from demo.plan.totals import Totals
from demo.plan.weights import weights_of
from demo.province import Place, Province
from services.contracts.campaigns.events import ModelField

MOST_POINTS = 9
THREE_NOTS = "Khu dân cư 3 không"
_FIRST_MODELS, _FIRST_POINTS = date(2012, 1, 15), date(2015, 3, 10)
_FIELDS: tuple[tuple[str, ModelField], ...] = (
    ("giao thông", "trat_tu_an_toan_giao_thong"),
    ("quốc lộ", "trat_tu_an_toan_giao_thong"),
    ("phòng cháy", "phong_chay_chua_chay"),
)


def plan_models(province: Province, totals: Totals, seed: str) -> list[PlannedModel]:
    """Return the police's models and the Front's, with those that must not count."""
    chance = Random(f"{seed}/models")
    names = iter(model_names())
    owners = [province.itself, *province.districts, *province.communes]
    police = [
        _model(chance.choice(owners), next(names), totals, chance)
        for _ in range(totals.police_models)
    ]
    ended = _model(province.itself, next(names), totals, chance)
    late = _model(province.itself, next(names), totals, chance)
    return [
        *police,
        replace(ended, ended_on=totals.last_day - timedelta(days=60)),
        replace(late, launched_on=totals.last_day + timedelta(days=1)),
        _three_nots(province, totals, chance),
    ]


def _model(place: Place, name: str, totals: Totals, chance: Random) -> PlannedModel:
    fields = tuple(
        dict.fromkeys(field for word, field in _FIELDS if word in name.casefold())
    )
    last = totals.last_day - timedelta(days=90)
    return PlannedModel(
        label=f"police/{name}",
        place=place,
        name=name,
        keeper="police",
        fields=fields or ("phong_chong_toi_pham",),
        launched_on=day_between(_FIRST_MODELS, last, chance),
    )


def _three_nots(province: Province, totals: Totals, chance: Random) -> PlannedModel:
    places = list(province.communes)
    chance.shuffle(places)
    counts = spread(
        totals.mttq_points, weights_of(places, chance), least=0, most=MOST_POINTS
    )
    points = [
        _point(place, number, totals, chance)
        for place, points in zip(places, counts, strict=True)
        for number in range(1, points + 1)
    ]
    return PlannedModel(
        label="mttq/three-nots",
        place=province.itself,
        name=THREE_NOTS,
        keeper="mttq",
        fields=("phong_chong_toi_pham",),
        launched_on=_FIRST_POINTS,
        points=(*points, *_points_not_counting(places[0], totals, chance)),
    )


def _point(place: Place, number: int, totals: Totals, chance: Random) -> PlannedPoint:
    return PlannedPoint(
        label=f"{place.code}/{number}",
        place=place,
        area_name=f"Khu dân cư mẫu số {number}, {place.in_sentence}",
        opened_on=day_between(_FIRST_POINTS, totals.last_day, chance),
    )


def _points_not_counting(
    place: Place, totals: Totals, chance: Random
) -> Iterator[PlannedPoint]:
    closed = _point(place, MOST_POINTS + 1, totals, chance)
    yield replace(
        closed,
        opened_on=_FIRST_POINTS,
        closed_on=totals.last_day - timedelta(days=30),
    )
    late = _point(place, MOST_POINTS + 2, totals, chance)
    yield replace(late, opened_on=totals.last_day + timedelta(days=1))
