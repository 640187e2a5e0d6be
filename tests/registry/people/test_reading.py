"""Reading records: by right, by area, for a purpose, with a trace that comes first."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.clock import LOCAL_ZONE, local_today
from services.contracts.registry.units import unit_id
from services.registry.read_models.person_readings import (
    READINGS,
    ReadingFilter,
    unusual_readers,
)
from services.registry.reference.people_rules import PEOPLE_RULES
from tests.registry.people.conftest import People

NAME: Final = "Nguyễn Thử Đọc"
RECORD: Final = {
    "birth_date": "1990-05-17",
    "citizen_id": "006 090 001 234",
    "old_id": "123456789",
    "phone": "0912 345 678",
    "school_level": "upper_secondary",
}
ELSEWHERE: Final = unit_id("province", "20", None)


async def test_without_a_right_people_look_absent(people: People) -> None:
    """Neither a name nor a sign that there is somebody."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    assert [None] == await people.read(people.door(), one)
    assert [] == await people.found(people.door(), name=NAME)


async def test_a_reader_sees_the_name_and_the_ends_of_numbers(people: People) -> None:
    """The rest is masked: there is nothing in the answer to peel off."""
    one = await people.known(await people.commune(), NAME, **RECORD)
    (row,) = await people.read(people.reader, one)
    assert {
        "shown": "masked",
        "display_name": NAME,
        "birth_year": 1990,
        "citizen_id_masked": "••••••••1234",
        "old_id_masked": "•••••6789",
        "birth_date": None,
        "citizen_id": None,
        "old_id": None,
        "phone": None,
        "school_level": None,
    }.items() <= row.items()


async def test_the_full_right_shows_all(people: People) -> None:
    """Numbers come as digits, however they were written."""
    code = await people.commune()
    one = await people.known(code, NAME, **RECORD)
    (row,) = await people.read(people.keeper, one)
    assert {
        "shown": "full",
        "birth_date": "1990-05-17",
        "citizen_id": "006090001234",
        "old_id": "123456789",
        "phone": "0912 345 678",
        "school_level": "upper_secondary",
    }.items() <= row.items()
    (service,) = row["memberships"]
    assert (one, people.teams[code], None) == (
        service["member_id"],
        service["force_unit_id"],
        service["ceased_on"],
    )


async def test_another_area_sees_nobody(people: People) -> None:
    """Neither by id nor by name; what is not there is not told apart from it."""
    (one,) = await people.enrolled(await people.commune(), "Lê Thị Nơi Khác")
    other = people.door("read_full", unit_roots=(ELSEWHERE,))
    assert [None] == await people.read(other, one)
    assert [] == await people.found(other, name="Lê Thị Nơi Khác")


async def test_every_reading_is_told_to_the_head_of_the_unit(people: People) -> None:
    """Who, what for, how much, of whom; each reading anew."""
    code = await people.commune()
    one, other = await people.enrolled(code, NAME, NAME)
    await people.read(people.reader, one, other, purpose="entitlement")
    await people.read(people.keeper, one, purpose="inspection")
    rows = await people.reads(code)
    assert [
        ("officer", "inspection", "full", 1),
        ("officer", "entitlement", "masked", 2),
    ] == [(r["reader"], r["purpose"], r["shown"], r["people"]) for r in rows]
    assert {one, other} == set(rows[1]["person_ids"])
    of_other = await people.reads(code, person_id=other)
    assert ["entitlement"] == [row["purpose"] for row in of_other]
    assert [] == await people.reads(code, reader="somebody else")
    yesterday = str(local_today() - timedelta(days=1))
    assert [] == await people.reads(code, to_day=yesterday)


async def test_readings_come_by_pages(people: People) -> None:
    """Each once, the latest first."""
    code = await people.commune()
    (one,) = await people.enrolled(code, NAME)
    for _ in range(3):
        await people.read(people.reader, one)
    first = await people.reads(code, first=2)
    rest = await people.reads(code, first=2, after=first[-1]["cursor"])
    every = await people.reads(code)
    assert [row["id"] for row in every] == [row["id"] for row in first + rest]


async def test_a_search_is_told_even_where_nobody_was_found(people: People) -> None:
    """Looking for somebody is a reading too."""
    code = await people.commune()
    unit = {"id": people.unit_id(code)}
    assert [] == await people.found(people.reader, name="Không Có Ai", unit=unit)
    (row,) = await people.reads(code)
    assert ("search", 0, []) == (row["kind"], row["people"], row["person_ids"])


async def test_only_whoever_audits_sees_who_reads(people: People) -> None:
    """The trace is for the head of the unit."""
    code = await people.commune()
    for path in ("/people/reads", "/people/unusual-reads"):
        answer = await people.reader.get(path, unit_id=people.unit_id(code))
        assert (403, "auth.scope_missing") == (
            answer.status_code,
            answer.json()["code"],
        )


async def test_people_are_found_without_marks_in_any_order(people: People) -> None:
    """By name, by name and birth, by number; only within the unit asked for."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(
        code, "Đặng Thúy Tìm", birth_date="1988-02-01", citizen_id="006188000777"
    )
    reader = people.reader
    for asked in (
        {"name": "dang thuy tim"},
        {"name": "Tìm Đặng Thuý"},
        {"name": "DANG THUY TIM", "birth_date": "1988-02-01"},
        {"citizen_id": "006-188-000-777"},
    ):
        rows = await people.found(reader, **asked)
        assert [one] == [row["id"] for row in rows], asked
    for asked in (
        {"name": "Đặng Thúy Tìm", "birth_date": "1988-02-02"},
        {"name": "Đặng Tìm"},
        {"name": "Đặng Thúy Tìm", "unit": {"id": people.unit_id(other)}},
        {"citizen_id": "006188000778"},
    ):
        assert [] == await people.found(reader, **asked), asked


async def test_a_search_needs_something_to_look_for(people: People) -> None:
    """A birth date alone would list a generation."""
    door = people.reader
    answer = await door.client.post(
        "/people/search",
        json={"purpose": "roster", "birth_date": "1990-01-01"},
        headers={"Authorization": f"Bearer {door.token}"},
    )
    assert (422, "registry.people.search_incomplete") == (
        answer.status_code,
        answer.json()["code"],
    )


async def test_the_trace_stands_before_the_answer(people: People) -> None:
    """Where the trace cannot be written, nothing is opened."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    door, engine = people.reader, people.registry.runtime.engine
    with engine.begin() as admin:
        admin.execute(
            sa.text("ALTER TABLE registry_read.person_readings RENAME TO away")
        )
    try:
        answer = await door.client.post(
            "/people/read",
            json={"ids": [one], "purpose": "roster"},
            headers={"Authorization": f"Bearer {door.token}"},
        )
    finally:
        with engine.begin() as admin:
            admin.execute(
                sa.text("ALTER TABLE registry_read.away RENAME TO person_readings")
            )
    assert 500 == answer.status_code
    assert NAME not in answer.text


def readings(
    unit: UUID, reader: str, begin: datetime, *, people: int, times: int
) -> list[dict[str, object]]:
    return [
        {
            "id": uuid4(),
            "unit_id": unit,
            "unit_path": "VN.test",
            "at": begin + timedelta(minutes=number),
            "reader": reader,
            "kind": "read",
            "purpose": "roster",
            "shown": "masked",
            "people": people,
            "person_ids": [],
        }
        for number in range(times)
    ]


def test_who_reads_as_always_is_not_listed(people: People) -> None:
    """Listed is who reads at night, or far more than usual; with the reason."""
    monday, unit = date(2026, 3, 2), UUID(int=7)

    def at(day: int, hour: int) -> datetime:
        moment = datetime(2026, 3, 2, hour, tzinfo=LOCAL_ZONE)
        return moment + timedelta(days=day)

    rows = readings(unit, "steady", at(0, 9), people=60, times=1)
    for week in range(1, 9):
        rows += readings(unit, "steady", at(-7 * week, 9), people=60, times=1)
    rows += readings(unit, "much", at(1, 9), people=60, times=1)
    rows += readings(unit, "night", at(1, 22), people=1, times=10)
    rows += readings(unit, "sunday", at(6, 10), people=1, times=10)
    rows += readings(unit, "late once", at(1, 22), people=1, times=9)
    rows += readings(unit, "next week", at(7, 22), people=90, times=10)
    with people.registry.runtime.engine.connect() as conn:
        conn.execute(sa.insert(READINGS), rows)
        found = unusual_readers(
            conn,
            ReadingFilter(("VN.test",), ("VN",)),
            monday,
            PEOPLE_RULES.reading,
        )
        conn.rollback()
    assert {
        "much": (60, 0, ("far_above_own_average",)),
        "night": (10, 10, ("outside_hours",)),
        "sunday": (10, 10, ("outside_hours",)),
    } == {row.reader: (row.people, row.outside_hours, row.reasons) for row in found}


async def test_the_week_of_a_day_begins_on_its_monday(people: People) -> None:
    """Without a day it is the last whole week."""
    unit = people.unit_id(await people.commune())
    answer = await people.keeper.get(
        "/people/unusual-reads", unit_id=unit, week_of="2026-03-08"
    )
    assert {"week_begins": "2026-03-02", "rows": []} == answer.json()


async def test_a_granted_right_shows_names_where_it_was_given(people: People) -> None:
    """Rosters by token in the whole area, names by grant in one commune.

    The token's right takes nothing from the grant's, nor the other way round.
    """
    here = await people.commune()
    heir = next(
        unit
        for unit in people.registry.tree
        if any(str(p.unit_id) == people.unit_id(here) for p in unit.predecessors)
        and unit.in_force(local_today())
    )
    there = await people.commune()
    while people.registry.tree.within((heir.id,), UUID(people.unit_id(there))):
        there = await people.commune()
    (one,) = await people.enrolled(here, NAME)
    (other,) = await people.enrolled(there, NAME)
    giver = people.registry.caller(
        "officer",
        scopes=["units:read", "registry:read", "people:read", "access:grant"],
        claims={"sub": "head"},
    )
    subject = f"reader-{uuid4()}"
    granted = await giver.post(
        "/access-grants",
        {
            "subject": subject,
            "role": "people_reader",
            "unit": {"id": str(heir.id)},
            "first_day": local_today().isoformat(),
            "last_day": local_today().isoformat(),
        },
    )
    assert 201 == granted.status_code, granted.text
    second = people.registry.caller("reviewer")
    path = f"/access-grants/{granted.json()['grant_id']}/approval"
    assert 200 == (await second.post(path, {})).status_code
    rosters = people.door(claims={"sub": subject})
    shown, absent = await people.read(rosters, one, other)
    assert (NAME, "masked") == (shown["display_name"], shown["shown"])
    assert absent is None
    full = people.door("read_full", claims={"sub": subject})
    assert ["full", "full"] == [
        row["shown"] for row in await people.read(full, one, other)
    ]
