"""Records corrected, disputed and answered; the events name fields, never words."""

from typing import Any, Final
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa

from services.chassis.clock import local_today
from services.registry.domain.working_days import add_working_days
from tests.registry.people.conftest import People

NAME: Final = "Phạm Thử Sửa"
TODAY: Final = local_today()


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem["errors"][0].get("field")


async def test_a_correction_replaces_the_record(people: People) -> None:
    """The answer names the fields; the next reading shows the new words."""
    before = "Phạm Chưa Sửa"
    one = await people.known(await people.commune(), before, birth_date="1980-01-01")
    answer = await people.corrected(one, "Phạm Đã Sửa", citizen_id="006080000001")
    assert {
        "person_id": one,
        "fields": ["full_name", "birth_date", "citizen_id"],
        "warnings": [],
    } == answer.json()
    (row,) = await people.read(people.keeper, one)
    assert ("Phạm Đã Sửa", None, "006080000001") == (
        row["display_name"],
        row["birth_date"],
        row["citizen_id"],
    )
    assert [] == await people.found(people.reader, name=before)


async def test_no_event_repeats_what_was_corrected(people: People) -> None:
    """Neither the old words nor the new ones stand in a table."""
    old, new = f"Canary {uuid4().hex}", f"Canary {uuid4().hex}"
    one = await people.known(await people.commune(), old)
    await people.corrected(one, new, phone="0999 888 777")
    with people.registry.runtime.engine.connect() as conn:
        stored = "".join(every_cell(conn))
    for word in (old, new, "0999 888 777"):
        assert word not in stored
        assert word.encode().hex() not in stored


def every_cell(conn: sa.Connection) -> list[str]:
    tables = conn.execute(
        sa.text(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            " WHERE table_schema IN ('registry_read', 'registry_write')"
            " AND table_name NOT LIKE 'unit_directory%'"
        )
    ).scalars()
    return [
        cell
        for table in tables
        for cell in conn.execute(sa.text(f"SELECT t::text FROM {table} t")).scalars()
    ]


@pytest.mark.parametrize(
    ("record", "refused"),
    [
        ({"citizen_id": "00608000001"},
         (422, "registry.person.citizen_id_malformed", "$.citizen_id")),
        ({"old_id": "1234567890"},
         (422, "registry.person.old_id_malformed", "$.old_id")),
        ({"citizen_id": "006080000001", "birth_date": "1981-01-01"},
         (422, "registry.person.citizen_id_doubtful", "$.citizen_id")),
        ({"phone": "call me"}, (422, "body.invalid", "$.phone")),
        ({"ethnicity": "x"}, (422, "body.invalid", "$")),
        ({"dispute_id": str(uuid4())},
         (404, "registry.person.dispute_unknown", "$.dispute_id")),
    ],
)  # fmt: skip
async def test_a_bad_record_is_refused(
    people: People, record: dict[str, Any], refused: tuple[int, str, str]
) -> None:
    """With its code and the field; the refusal repeats no number."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    answer = await people.corrected(one, NAME, **record)
    assert refused == refusal(answer)
    assert "006080000001" not in answer.text


async def test_a_doubtful_number_is_confirmed_by_whoever_saw_the_card(
    people: People,
) -> None:
    """It does not block; a strange prefix is a warning."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    answer = await people.corrected(
        one,
        NAME,
        citizen_id="005080000001",
        birth_date="1981-01-01",
        confirmed=True,
    )
    assert ["birth_year_differs", "prefix_unknown"] == answer.json()["warnings"]


async def test_the_same_record_again_is_no_correction(people: People) -> None:
    """Unless the same key asks for the answer it has already had."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    path, key = f"/people/{one}/correction", uuid4()
    body = {"full_name": NAME, "birth_date": "1970-01-01"}
    first = await people.keeper.post(path, body, key=key)
    again = await people.keeper.post(path, body, key=key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]
    other = await people.keeper.post(path, body)
    assert (422, "registry.person.nothing_to_correct", None) == refusal(other)


async def test_correcting_needs_the_right_and_the_area(people: People) -> None:
    """A reader corrects nothing; elsewhere there is nobody to correct."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    path = f"/people/{one}/correction"
    answer = await people.reader.post(path, {"full_name": "x y"})
    assert (403, "auth.scope_missing", None) == refusal(answer)
    elsewhere = await people.keeper.post(
        f"/people/{uuid4()}/correction", {"full_name": "x y"}
    )
    assert (404, "registry.person.unknown", "$.person_id") == refusal(elsewhere)


async def disputed(people: People, one: str, **changed: Any) -> dict[str, Any]:
    answer = await people.keeper.post(
        f"/people/{one}/disputes",
        {
            "fields": ["full_name"],
            "channel": "in_person",
            "filed_on": str(TODAY),
            **changed,
        },
    )
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def answered(
    people: People, dispute: dict[str, Any], outcome: str, reason: str
) -> httpx2.Response:
    return await people.keeper.post(
        f"/people/{dispute['person_id']}/disputes/{dispute['dispute_id']}/answer",
        {"outcome": outcome, "reason": reason},
    )


async def disputes(people: People, code: str, **asked: Any) -> list[dict[str, Any]]:
    answer = await people.reader.get(
        "/people/disputes", unit_id=people.unit_id(code), **asked
    )
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


async def due(people: People, code: str) -> list[str]:
    answer = await people.reader.get("/deadlines", unit_id=people.unit_id(code))
    return sorted(row["kind"] for row in answer.json()["rows"])


async def test_a_dispute_has_two_clocks_and_a_visible_answer(people: People) -> None:
    """Filed, upheld, corrected: each step shows, and the clocks are chased."""
    code = await people.commune()
    (one,) = await people.enrolled(code, NAME)
    dispute = await disputed(people, one)
    assert str(add_working_days(TODAY, 2)) == dispute["answer_by"]
    assert ["dispute_answer", "dispute_done"] == await due(people, code)
    (row,) = await disputes(people, code, only_open=True)
    assert ("running", "running", None) == (
        row["answer_clock"],
        row["done_clock"],
        row["outcome"],
    )
    assert (
        200 == (await answered(people, dispute, "upheld", "record_wrong")).status_code
    )
    assert ["dispute_done"] == await due(people, code)
    corrected = await people.corrected(
        one, "Phạm Đúng Tên", dispute_id=dispute["dispute_id"]
    )
    assert 200 == corrected.status_code
    assert [] == await due(people, code)
    assert [] == await disputes(people, code, only_open=True)
    (row,) = await disputes(people, code, person_id=one)
    assert ("upheld", "record_wrong", str(TODAY), "met", "met") == (
        row["outcome"],
        row["reason"],
        row["done_on"],
        row["answer_clock"],
        row["done_clock"],
    )


async def test_a_refused_dispute_has_nothing_left_to_do(people: People) -> None:
    """The answer with its reason stays to be seen; it is given once."""
    code = await people.commune()
    (one,) = await people.enrolled(code, NAME)
    dispute = await disputed(people, one, filed_on="2026-01-05")
    assert ("2026-01-07", "2026-01-20") == (dispute["answer_by"], dispute["done_by"])
    wrong = await answered(people, dispute, "refused", "record_wrong")
    assert (422, "registry.person.reason_does_not_fit", "$.reason") == refusal(wrong)
    assert (
        200 == (await answered(people, dispute, "refused", "no_evidence")).status_code
    )
    (row,) = await disputes(people, code)
    assert ("met_late", None, "no_evidence") == (
        row["answer_clock"],
        row["done_clock"],
        row["reason"],
    )
    assert [] == await due(people, code)
    again = await answered(people, dispute, "upheld", "record_wrong")
    assert 409 == again.status_code
    assert "registry.person.dispute_already_answered" == again.json()["code"]
    undone = await people.corrected(
        one, "Phạm Khác Tên", dispute_id=dispute["dispute_id"]
    )
    assert (409, "registry.person.dispute_not_upheld", "$.dispute_id") == refusal(
        undone
    )


async def test_nothing_is_filed_tomorrow(people: People) -> None:
    """Only what has been said is recorded."""
    (one,) = await people.enrolled(await people.commune(), NAME)
    answer = await people.keeper.post(
        f"/people/{one}/disputes",
        {"fields": ["phone"], "channel": "phone", "filed_on": "2999-01-01"},
    )
    assert (422, "registry.person.filed_in_future", "$.filed_on") == refusal(answer)
