"""One service at a time, one record a person: held when commands come at one moment.

Each command goes to another process; the test holds the person's row until all of them
have come as far as they get.
"""

from collections.abc import AsyncIterator, Awaitable
from itertools import permutations
from typing import Any
from uuid import UUID

import httpx2
import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.settings import Settings
from services.registry.person_vault import KEYS
from services.registry.read_models.person_list import PEOPLE
from tests.registry.at_once import at_once, passed, processes, refused
from tests.registry.conftest import Registry
from tests.registry.people.conftest import READ, People
from tests.registry.people.test_records import refusal

ALREADY = "registry.person.serves_already"
IN_BOTH_ORDERS = pytest.mark.parametrize("order", [1, -1], ids=["as named", "turned"])
RIGHTS = (*READ.split(), "people:read_full", "people:write", "people:erase")


@pytest.fixture(scope="module")
async def running(
    registry: Registry, settings: Settings, issuer: Issuer
) -> AsyncIterator[list[Registry]]:
    """Run three processes over the store of this module."""
    async with processes(registry, settings, issuer) as found:
        yield found


def post(
    process: Registry, path: str, body: dict[str, Any]
) -> Awaitable[httpx2.Response]:
    return process.caller("officer", scopes=RIGHTS).post(path, body)


def enrolment(
    process: Registry, team: str, *person_ids: str, on: str = "2023-01-02"
) -> Awaitable[httpx2.Response]:
    members = [{"person_id": one, "enrolled_on": on} for one in person_ids]
    return post(process, f"/force-units/{team}/members", {"members": members})


def merger(process: Registry, one: str, other: str) -> Awaitable[httpx2.Response]:
    return post(process, f"/people/{one}/merger", {"other_id": other})


def erasure(process: Registry, one: str) -> Awaitable[httpx2.Response]:
    return post(process, f"/people/{one}/erasure", {"ground": "own_request"})


async def left(people: People, *names: str) -> tuple[str, list[str]]:
    """Give a commune's team, and people who served in it once."""
    code = await people.commune()
    ids = await people.enrolled(code, *names)
    for one in ids:
        await people.ceased(code, one)
    return people.teams[code], ids


def row_of(people: People, one: str) -> Any:
    with people.registry.runtime.engine.connect() as conn:
        return conn.execute(sa.select(PEOPLE).where(PEOPLE.c.id == UUID(one))).one()


def has_record(people: People, one: str) -> bool:
    key = sa.select(KEYS.c.subject_id).where(KEYS.c.subject_id == UUID(one))
    with people.registry.runtime.engine.connect() as conn:
        return conn.execute(key).first() is not None


async def serving(people: People, *teams: str) -> int:
    """Count who serves in teams."""
    answer = await people.registry.officer.get("/force-units/by-id", ids=list(teams))
    return sum(row["members"] for row in answer.json()["rows"])


async def test_many_enrolments_at_once_let_somebody_in_once(
    people: People, running: list[Registry]
) -> None:
    """Twelve commands, two teams, three processes: one passes, the others say why."""
    home, (person,) = await left(people, "Lê Được Hai Nơi Mời")
    other = people.teams[await people.commune()]
    commands = [
        enrolment(process, team, person) for process in running * 2
        for team in (home, other)
    ]  # fmt: skip
    answers = await at_once(people.registry, [person], *commands)
    assert 1 == len(passed(answers)), [one.text for one in answers]
    assert {ALREADY} == refused(answers)
    assert 1 == await serving(people, home, other)


@IN_BOTH_ORDERS
@pytest.mark.parametrize("joining", [0, 1], ids=["who counts", "who is merged"])
async def test_a_merger_and_an_enrolment_at_once(
    people: People, running: list[Registry], joining: int, order: int
) -> None:
    """Two records of one person, one of them serving: both do not come to pass."""
    _, ids = await left(people, "Vũ Một", "Vũ Hai")
    home = people.teams[await people.commune()]
    other = people.teams[await people.commune()]
    assert 201 == (await enrolment(running[0], home, ids[1 - joining])).status_code
    commands = merger(running[0], *ids), enrolment(running[1], other, ids[joining])
    answers = await at_once(people.registry, ids, *commands[::order])
    assert 1 == len(passed(answers)), [one.text for one in answers]
    told = {"registry.person.serves_twice", "registry.person.merged", ALREADY}
    assert refused(answers) <= told
    merged = row_of(people, ids[1]).merged_into is not None
    assert (0 if merged else 1) == await serving(people, other)


@IN_BOTH_ORDERS
async def test_an_erasure_and_an_enrolment_at_once(
    people: People, running: list[Registry], order: int
) -> None:
    """Who serves has a record; who has none does not serve."""
    home, (person,) = await left(people, "Hồ Xin Xóa")
    commands = erasure(running[0], person), enrolment(running[1], home, person)
    answers = await at_once(people.registry, [person], *commands[::order])
    assert 1 == len(passed(answers)), [one.text for one in answers]
    told = {"registry.person.still_serves", "registry.person.erased"}
    assert refused(answers) <= told
    assert has_record(people, person) == bool(await serving(people, home))


@IN_BOTH_ORDERS
async def test_an_erasure_and_a_merger_at_once(
    people: People, running: list[Registry], order: int
) -> None:
    """Either the whole person goes, or it is part of another who stays."""
    _, (one, other, third) = await left(people, "Từ Một", "Từ Hai", "Từ Ba")
    assert 200 == (await merger(running[0], other, third)).status_code
    commands = merger(running[0], one, other), erasure(running[1], other)
    answers = await at_once(people.registry, [one, other], *commands[::order])
    assert 1 == len(passed(answers)), [each.text for each in answers]
    told = {"registry.person.changed_meanwhile", "registry.person.erased"}
    assert refused(answers) <= told
    gone = row_of(people, other).erased_on is not None
    assert [not gone, not gone, True] == [
        has_record(people, each) for each in (other, third, one)
    ]


@IN_BOTH_ORDERS
async def test_an_erasure_and_a_parting_at_once(
    people: People, running: list[Registry], order: int
) -> None:
    """Whoever was parted from the person in time keeps the record."""
    _, (one, other) = await left(people, "Đào Một", "Đào Hai")
    assert 200 == (await merger(running[0], one, other)).status_code
    parting = post(running[0], f"/people/{one}/parting", {"other_id": other})
    commands = parting, erasure(running[1], one)
    answers = await at_once(people.registry, [one, other], *commands[::order])
    assert 1 == len(passed(answers)), [each.text for each in answers]
    parted = row_of(people, other).merged_into is None
    assert [parted, parted] == [has_record(people, each) for each in (one, other)]


async def test_mergers_in_a_ring_leave_one_who_counts(
    people: People, running: list[Registry]
) -> None:
    """Six mergers of three people at once; from everybody a way leads to somebody."""
    _, ids = await left(people, "Kim Một", "Kim Hai", "Kim Ba")
    commands = [
        merger(process, *pair)
        for process, pair in zip(running * 2, permutations(ids, 2), strict=True)
    ]
    answers = await at_once(people.registry, ids, *commands)
    assert len(passed(answers)) in {1, 2}, [each.text for each in answers]
    assert {"registry.person.merged"} == refused(answers)
    into = {one: row_of(people, one).merged_into for one in ids}
    counting = [one for one, other in into.items() if other is None]
    assert 3 - len(passed(answers)) == len(counting)
    for one in ids:
        first = str(into[one] or one)
        assert str(into[first] or first) in counting


async def test_the_refusal_names_whom_of_the_list(people: People) -> None:
    """Somebody named twice is refused the second time, and nobody is taken in."""
    home, (one, other) = await left(people, "Tô Một", "Tô Hai")
    answer = await enrolment(people.registry, home, one, other, one)
    assert (409, ALREADY, "$.members[2].person_id") == refusal(answer)
    assert 0 == await serving(people, home)


async def test_those_merged_with_somebody_count(people: People) -> None:
    """A service under the number that counts no more is a service of the person."""
    _, ids = await left(people, "Ninh Một", "Ninh Hai")
    home = people.teams[await people.commune()]
    assert 201 == (await enrolment(people.registry, home, ids[1])).status_code
    assert 200 == (await merger(people.registry, *ids)).status_code
    other = people.teams[await people.commune()]
    answer = await enrolment(people.registry, other, ids[0])
    assert (409, ALREADY, "$.members[0].person_id") == refusal(answer)


async def test_forces_that_the_law_lets_go_together(people: People) -> None:
    """Who serves in civil defence may serve in a team of the law of 2023 besides."""
    code = await people.commune()
    (person,) = await people.enrolled(code, "Bế Hai Vai")
    made = await post(
        people.registry,
        "/force-units",
        {
            "force_type": "security_order_team",
            "unit": {"code": code},
            "established_on": "2024-07-01",
        },
    )
    assert 201 == made.status_code, made.text
    members = [{"person_id": person, "enrolled_on": "2024-07-01"}]
    paper = {"number": "7/QĐ-UBND", "decided_on": "2024-07-01",
             "issuer": "commune_chairman"}  # fmt: skip
    path = f"/force-units/{made.json()['force_unit_id']}/members"
    body = {"members": members, "decision": paper}
    first = await post(people.registry, path, body)
    assert 201 == first.status_code, first.text
    again = await post(people.registry, path, body)
    assert (409, ALREADY, "$.members[0].person_id") == refusal(again)
