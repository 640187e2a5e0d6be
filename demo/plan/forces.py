"""Boards and part-time police with their rosters, as they stood at the year's end.

Some people had left before, some came a day too late, one board had been disbanded:
they are in the registry and must not count.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from demo.plan.days import day_between
from demo.plan.names import person_name
from demo.plan.records import (
    GUARDS,
    POLICE,
    PlannedForce,
    PlannedMember,
)
from demo.plan.spreading import spread
from demo.plan.totals import Totals
from demo.plan.weights import weights_of
from demo.province import Place, Province
from services.contracts.registry.force_types import ForceType
from services.contracts.registry.members import Post

LEAST_GUARDS, LEAST_POLICE, MOST = 5, 3, 60
_FIRST_BOARDS, _FIRST_POLICE = date(2006, 9, 1), date(2009, 9, 1)


class Roll:
    """Gives every invented person the next number."""

    def __init__(self, start: int = 1) -> None:
        self._numbers = count(start)

    def next_name(self) -> str:
        """Return the name of the next person."""
        return person_name(next(self._numbers))


def plan_forces(province: Province, totals: Totals, seed: str) -> list[PlannedForce]:
    """Return the forces: boards in wards and townships, police in the others."""
    chance, roll = Random(f"{seed}/forces"), Roll()
    with_board, disbanded, with_police = _seats(province, totals, chance)
    boards = _with_rosters(
        with_board, totals.guards, (GUARDS, LEAST_GUARDS), totals, (chance, roll)
    )
    police = _with_rosters(
        with_police, totals.police, (POLICE, LEAST_POLICE), totals, (chance, roll)
    )
    boards[0] = _with_leaver(boards[0], totals, roll)
    police[0] = _with_latecomer(_with_leaver(police[0], totals, roll), totals, roll)
    gone = _disbanded_board(disbanded, totals, (chance, roll))
    return [*boards, gone, *police]


def _seats(
    province: Province, totals: Totals, chance: Random
) -> tuple[list[Place], Place, list[Place]]:
    """Say who has a board, whose was disbanded, and who has part-time police."""
    wards = province.communes_of_type("phuong")
    towns = province.communes_of_type("thi_tran")
    chance.shuffle(towns)
    urban = wards + towns
    with_board, rest = urban[: totals.boards], urban[totals.boards :]
    rural = [place for place in rest if place.unit_type == "thi_tran"]
    rural += province.communes_of_type("xa")
    seats = min(len(rural), max(1, totals.police // (2 * LEAST_POLICE)))
    chosen = sorted(chance.sample(rural, seats), key=lambda place: place.code)
    return with_board, rest[-1], chosen


def _with_rosters(
    places: Sequence[Place],
    total: int,
    kind: tuple[ForceType, int],
    totals: Totals,
    made_by: tuple[Random, Roll],
) -> list[PlannedForce]:
    force_type, least = kind
    chance, roll = made_by
    sizes = spread(total, weights_of(places, chance), least=least, most=MOST)
    return [
        _force(place, force_type, size, totals, (chance, roll))
        for place, size in zip(places, sizes, strict=True)
    ]


def _force(
    place: Place,
    force_type: ForceType,
    size: int,
    totals: Totals,
    made_by: tuple[Random, Roll],
) -> PlannedForce:
    chance, roll = made_by
    start = _FIRST_BOARDS if force_type == GUARDS else _FIRST_POLICE
    established = day_between(start, start + timedelta(days=900), chance)
    return PlannedForce(
        label=f"{force_type}/{place.code}",
        force_type=force_type,
        place=place,
        established_on=established,
        members=tuple(
            PlannedMember(
                name=roll.next_name(),
                post=_post(force_type, number),
                enrolled_on=day_between(established, totals.last_day, chance),
            )
            for number in range(size)
        ),
    )


def _post(force_type: ForceType, number: int) -> Post:
    """Give a board its head; a commune's police are led by a regular officer."""
    if number == 0 and force_type == GUARDS:
        return "leader"
    return "deputy" if number <= 1 else "member"


def _with_leaver(force: PlannedForce, totals: Totals, roll: Roll) -> PlannedForce:
    left = PlannedMember(
        name=roll.next_name(),
        post="member",
        enrolled_on=force.established_on,
        ceased_on=totals.last_day - timedelta(days=100),
    )
    return replace(force, members=(*force.members, left))


def _with_latecomer(force: PlannedForce, totals: Totals, roll: Roll) -> PlannedForce:
    late = PlannedMember(
        name=roll.next_name(),
        post="member",
        enrolled_on=totals.last_day + timedelta(days=1),
    )
    return replace(force, members=(*force.members, late))


def _disbanded_board(
    place: Place, totals: Totals, made_by: tuple[Random, Roll]
) -> PlannedForce:
    gone = _force(place, GUARDS, LEAST_GUARDS, totals, made_by)
    ended = totals.first_day - timedelta(days=400)
    members = tuple(
        replace(
            member,
            enrolled_on=min(member.enrolled_on, ended - timedelta(days=30)),
            ceased_on=ended,
        )
        for member in gone.members
    )
    return replace(gone, members=members, disbanded_on=ended)
