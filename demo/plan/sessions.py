"""The year's sessions: when, where, by whom, with how many attendances.

Half come through the gateway, half as events of the Fatherland Front. A few lie just
outside the period, one is corrected, one withdrawn: the sums must not move.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from demo.plan.days import Occasion, day_of, occasions
from demo.plan.records import Door, PlannedCampaign, PlannedSession
from demo.plan.spreading import spread
from demo.plan.totals import Totals
from demo.plan.weights import weights_of
from demo.province import Place, Province
from services.contracts.campaigns.events import SessionKind

LEAST_ATTENDANCE, MOST_ATTENDANCE = 15, 200
_OWN = {
    "police": 12,
    "peoples_committee": 3,
    "steering_committee": 2,
    "school": 2,
    "department": 1,
    "enterprise": 1,
}
_PARTNERS = {
    "mttq": 8,
    "women_union": 4,
    "farmers_union": 3,
    "youth_union": 3,
    "veterans_association": 2,
    "elderly_association": 1,
    "trade_union": 1,
}
_SIZE: dict[SessionKind, float] = {
    "outreach": 1.0,
    "mobilisation": 1.4,
    "festival": 2.6,
}
_VENUES = ("Nhà văn hóa", "Hội trường", "Sân vận động", "Điểm trường")


def plan_campaigns(province: Province, totals: Totals) -> list[PlannedCampaign]:
    """Return the province's drives of the year."""
    return [
        PlannedCampaign(
            label=occasion.code,
            place=province.itself,
            name=f"{occasion.campaign} năm {totals.last_day.year}",
            starts_on=occasion.first,
            ends_on=occasion.last,
            organiser="steering_committee",
        )
        for occasion in occasions(totals.first_day, totals.last_day)
        if occasion.campaign is not None
    ]


def plan_sessions(
    province: Province, totals: Totals, seed: str
) -> list[PlannedSession]:
    """Return the sessions that add up, and those that must not count."""
    chance = Random(f"{seed}/sessions")
    counted = _with_attendances(
        list(_held(province, totals, chance)), totals.attendances, chance
    )
    corrected = next(
        number for number, session in enumerate(counted) if session.door == "graphql"
    )
    wrong = counted[corrected].attendance + 30
    counted[corrected] = replace(counted[corrected], first_recorded=wrong)
    return [*counted, *_not_counting(province, totals)]


def _held(
    province: Province, totals: Totals, chance: Random
) -> Iterator[PlannedSession]:
    places = _Places(province, chance)
    year = occasions(totals.first_day, totals.last_day)
    sizes = spread(totals.sessions, [occasion.share for occasion in year])
    spans = [
        occasion
        for occasion, size in zip(year, sizes, strict=True)
        for _ in range(size)
    ]
    for number, occasion in enumerate(spans):
        door: Door = "graphql" if number % 2 == 0 else "mttq"
        held_on = day_of(occasion, chance)
        kind = _kind(occasion, chance)
        place = places.next_place(kind)
        organisers = _OWN if door == "graphql" else _PARTNERS
        (organiser,) = chance.choices(list(organisers), list(organisers.values()))
        in_drive = occasion.campaign is not None and door == "graphql"
        yield PlannedSession(
            label=str(number),
            door=door,
            place=place,
            held_on=held_on,
            kind=kind,
            attendance=0,
            organiser=organiser,
            venue=f"{chance.choice(_VENUES)} {place.in_sentence}",
            campaign=occasion.code if in_drive else None,
        )


def _kind(occasion: Occasion, chance: Random) -> SessionKind:
    if occasion.code == "festival" and chance.random() < 0.6:
        return "festival"
    return "mobilisation" if chance.random() < 0.25 else "outreach"


class _Places:
    """Deals out places: mostly communes, and one festival to each of them."""

    def __init__(self, province: Province, chance: Random) -> None:
        self._province, self._chance = province, chance
        self._weights = weights_of(province.communes, chance)
        self._festivals = list(province.communes)
        chance.shuffle(self._festivals)

    def next_place(self, kind: SessionKind) -> Place:
        """Return where the next session of a kind is held."""
        if kind == "festival" and self._festivals:
            return self._festivals.pop()
        luck = self._chance.random()
        if luck < 0.02:
            return self._province.itself
        if luck < 0.10:
            return self._chance.choice(self._province.districts)
        (place,) = self._chance.choices(self._province.communes, self._weights)
        return place


def _with_attendances(
    held: list[PlannedSession], total: int, chance: Random
) -> list[PlannedSession]:
    weights = [_SIZE[s.kind] * chance.lognormvariate(0, 0.35) for s in held]
    parts = spread(total, weights, least=LEAST_ATTENDANCE, most=MOST_ATTENDANCE)
    return [
        replace(session, attendance=part)
        for session, part in zip(held, parts, strict=True)
    ]


def _not_counting(province: Province, totals: Totals) -> Iterator[PlannedSession]:
    """Return sessions a day outside the period, and one that is withdrawn."""
    day_before = totals.first_day - timedelta(days=1)
    day_after = totals.last_day + timedelta(days=1)
    commune, other = province.communes[0], province.communes[-1]

    def session(label: str, door: Door, place: Place, held_on: date) -> PlannedSession:
        return PlannedSession(
            label=label,
            door=door,
            place=place,
            held_on=held_on,
            kind="outreach",
            attendance=44,
            organiser="mttq" if door == "mttq" else "police",
            venue=f"Nhà văn hóa {place.in_sentence}",
        )

    yield session("day-before", "graphql", commune, day_before)
    yield session("day-after", "graphql", other, day_after)
    yield session("day-before-mttq", "mttq", other, day_before)
    yield session("day-after-mttq", "mttq", commune, day_after)
    middle = session("recorded-twice", "http", commune, totals.last_day)
    yield replace(middle, withdrawn=True)
