"""The chase list: what is open on a day in a subtree, oldest first."""

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.read_models.deadlines import DEADLINES, DeadlineBook, Due
from services.unit_directory.tree import Unit
from tests.registry.conftest import Registry

VISIT: Final = DeadlineKind.WELFARE_VISIT
PAYMENT: Final = DeadlineKind.CLAIM_PAYMENT


@pytest.fixture(scope="module")
def wards(registry: Registry) -> list[Unit]:
    """Old wards of Bắc Kạn; each test takes one of its own."""
    return [
        unit
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.") and unit.unit_type == "phuong"
    ]


def due(ward: Unit, on: date, kind: DeadlineKind = VISIT) -> Due:
    return Due(kind, uuid4(), ward.id, ward.path, on)


async def written(registry: Registry, book: DeadlineBook) -> None:
    await registry.runtime.write(book.write)


async def asked(registry: Registry, ward: Unit, **more: Any) -> list[dict[str, Any]]:
    found = await registry.officer.get("/deadlines", unit_id=ward.id, **more)
    assert 200 == found.status_code, found.text
    rows: list[dict[str, Any]] = found.json()["rows"]
    return rows


async def test_what_is_open_is_told_oldest_first(
    registry: Registry, wards: list[Unit]
) -> None:
    """Overdue is what was due before the day asked for; the day itself is in time."""
    ward, book = wards[0], DeadlineBook()
    late, today = due(ward, date(2024, 5, 6)), due(ward, date(2024, 5, 10), PAYMENT)
    book.open(today)
    book.open(late)
    await written(registry, book)
    rows = await asked(registry, ward, on="2024-05-10")
    assert [
        (str(late.subject_id), "welfare_visit", True, 4),
        (str(today.subject_id), "claim_payment", False, 0),
    ] == [
        (row["subject_id"], row["kind"], row["overdue"], row["days_overdue"])
        for row in rows
    ]
    overdue = await asked(registry, ward, on="2024-05-10", only_overdue=True)
    assert rows[:1] == overdue
    assert rows[1:] == await asked(
        registry, ward, on="2024-05-10", kinds=["claim_payment"]
    )
    assert rows[:1] == await asked(
        registry, ward, on="2024-05-10", due_before="2024-05-10"
    )


async def test_what_was_done_was_open_before(
    registry: Registry, wards: list[Unit]
) -> None:
    """A day in the past shows what stood open on it."""
    ward, book = wards[1], DeadlineBook()
    one = due(ward, date(2024, 5, 6))
    book.open(one)
    await written(registry, book)
    later = DeadlineBook()
    later.done(VISIT, one.subject_id, date(2024, 6, 1))
    await written(registry, later)
    assert 1 == len(await asked(registry, ward, on="2024-05-31"))
    assert [] == await asked(registry, ward, on="2024-06-01")


async def test_a_book_keeps_the_order_of_its_entries(
    registry: Registry, wards: list[Unit]
) -> None:
    """Opened, done, begun anew and dropped in one batch: the last word counts."""
    ward, book = wards[2], DeadlineBook()
    done, again, gone, back = (due(ward, date(2024, 5, n)) for n in (6, 7, 8, 9))
    for one in (done, again, gone, back):
        book.open(one)
    book.done(VISIT, done.subject_id, date(2024, 5, 1))
    book.done(VISIT, again.subject_id, date(2024, 5, 1))
    book.open(again._replace(due_on=date(2024, 7, 1)))
    book.drop(VISIT, gone.subject_id)
    book.drop(VISIT, back.subject_id)
    book.open(back)
    await written(registry, book)
    rows = await asked(registry, ward, on="2024-06-01")
    assert [
        (str(back.subject_id), "2024-05-09"),
        (str(again.subject_id), "2024-07-01"),
    ] == [(row["subject_id"], row["due_on"]) for row in rows]
    after = DeadlineBook()
    after.drop(VISIT, again.subject_id)
    after.done(VISIT, uuid4(), date(2024, 5, 1))  # never begun
    await written(registry, after)
    assert 1 == len(await asked(registry, ward, on="2024-06-01"))


async def test_pages_hold_each_deadline_once(
    registry: Registry, wards: list[Unit]
) -> None:
    """The cursor goes on behind the last row, also within one day."""
    ward, book = wards[3], DeadlineBook()
    for number in range(5):
        book.open(due(ward, date(2024, 5, 6 + number % 2)))
    await written(registry, book)
    whole = await asked(registry, ward, on="2024-06-01")
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        page = (
            await registry.officer.get(
                "/deadlines", unit_id=ward.id, on="2024-06-01", first=2, **after
            )
        ).json()
        seen += [row["subject_id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert [row["subject_id"] for row in whole] == seen
    assert 5 == len(set(seen))


async def test_the_chase_list_ends_at_the_callers_area(
    registry: Registry, wards: list[Unit]
) -> None:
    """Another province sees nothing; the heir of the ward sees all."""
    ward, book = wards[4], DeadlineBook()
    mine = due(ward, date(2024, 5, 6))
    book.open(mine)
    await written(registry, book)
    stranger = registry.caller("officer", unit_roots=(UUID(int=1),))
    answer = await stranger.get("/deadlines", unit_id=ward.id, on="2024-06-01")
    assert [] == answer.json()["rows"]
    (heir,) = [unit for unit in registry.tree if took_over(unit, ward)]
    province = registry.caller("officer", unit_roots=(heir.parent_id,))
    answer = await province.get("/deadlines", unit_id=heir.id)
    assert str(mine.subject_id) in [row["subject_id"] for row in answer.json()["rows"]]


async def test_care_is_chased_by_those_who_may_read_of_it(
    registry: Registry, wards: list[Unit]
) -> None:
    """Others see what else is due, as the lists of claims and visits would have it."""
    ward, book = wards[5], DeadlineBook()
    posting = due(ward, date(2024, 5, 8), DeadlineKind.DECISION_POSTING)
    for one in (due(ward, date(2024, 5, 6)), due(ward, date(2024, 5, 7), PAYMENT)):
        book.open(one)
    book.open(posting)
    await written(registry, book)
    asked = {"unit_id": ward.id, "on": "2024-06-01"}
    (heir,) = [unit for unit in registry.tree if took_over(unit, ward)]
    for scopes, kinds in (
        (("registry:read",), ["decision_posting"]),
        (
            ("registry:read", "care:read"),
            ["welfare_visit", "claim_payment", "decision_posting"],
        ),
    ):
        door = registry.caller("officer", scopes=scopes, unit_roots=(heir.id,))
        rows = (await door.get("/deadlines", **asked)).json()["rows"]
        assert kinds == [row["kind"] for row in rows]


def took_over(unit: Unit, ward: Unit) -> bool:
    return any(one.unit_id == ward.id and one.whole for one in unit.predecessors)


async def test_deadlines_need_the_scope_and_known_words(registry: Registry) -> None:
    """No token, no scope, no unit: refused before anything is read."""
    assert 401 == (await registry.stranger.get("/deadlines")).status_code
    none = registry.caller("officer", scopes="tips:read")
    assert 403 == (await none.get("/deadlines")).status_code
    answer = await registry.officer.get("/deadlines")
    assert "units.reference_incomplete" == answer.json()["code"]
    answer = await registry.officer.get("/deadlines", unit_code="VN", kinds=["Now!"])
    assert (422, "$.kinds[0]") == (
        answer.status_code,
        answer.json()["errors"][0]["field"],
    )


def test_the_table_is_one_of_those_that_can_be_rebuilt() -> None:
    """It belongs to the read schema; nothing in it exists there alone."""
    assert "registry_read" == DEADLINES.schema
    assert ["kind", "subject_id"] == [c.name for c in sa.inspect(DEADLINES).primary_key]
