"""Duplicates: found with a reason, dismissed for good, merged and parted again."""

from typing import Any, Final

import httpx2
import sqlalchemy as sa

from services.chassis.schemas import rebuild_read_schema
from services.contracts.registry.units import unit_id
from services.registry.read_models.person_disputes import DISPUTES
from services.registry.read_models.person_list import APART, PEOPLE
from services.registry.read_models.person_readings import READINGS
from tests.registry.people.conftest import People
from tests.registry.people.test_erasure import erased
from tests.registry.people.test_records import disputed, refusal

BORN: Final = "1985-03-08"
ELSEWHERE: Final = unit_id("province", "20", None)


async def pairs(people: People, code: str, **asked: Any) -> list[dict[str, Any]]:
    answer = await people.reader.get(
        "/people/duplicates", unit_id=people.unit_id(code), **asked
    )
    assert 200 == answer.status_code, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def verdicts(row: dict[str, Any]) -> dict[str, str]:
    return {field["field"]: field["verdict"] for field in row["fields"]}


def of(row: dict[str, Any]) -> set[str]:
    return {row["person_id"], row["other_id"]}


async def together(people: People, act: str, one: str, other: str) -> httpx2.Response:
    path = f"/people/{one}/{act}"
    body = {"other_id": other}
    if act == "dismissal":
        path = "/people/duplicates/dismissal"
        body = {"person_id": one, "other_id": other}
    return await people.keeper.post(path, body)


async def test_a_missing_middle_name_is_told(people: People) -> None:
    """In another commune too, where the birth date is the same."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(code, "Vi Văn Gấp Một", birth_date=BORN)
    two = await people.known(other, "Vi Một", birth_date=BORN)
    (row,) = await pairs(people, code)
    assert {one, two} == of(row)
    assert one == row["person_id"]
    assert {
        "name": "middle_name_missing",
        "birth_date": "same",
        "citizen_id": "unknown",
        "old_id": "unknown",
        "unit": "different",
    } == verdicts(row)
    assert 60 == row["score"]
    (seen_from_there,) = await pairs(people, other)
    assert {one, two} == of(seen_from_there)


async def test_the_order_and_the_marks_are_told(people: People) -> None:
    """Given name first; typed without marks; the tone elsewhere."""
    code = await people.commune()
    await people.known(code, "Sầm Thị Hòa", birth_date=BORN)
    await people.known(code, "Hoà Sầm Thị", birth_date=BORN)
    await people.known(code, "SAM THI HOA", birth_date=BORN)
    rows = await pairs(people, code)
    told = sorted(verdicts(row)["name"] for row in rows)
    assert ["other_word_order", "other_word_order", "same_without_marks"] == told


async def test_a_name_alone_counts_within_a_commune(people: People) -> None:
    """Across communes it would bring everybody together."""
    code, other = await people.commune(), await people.commune()
    one, two = await people.enrolled(code, "Nông Văn Chỉ Tên", "Nông Văn Chỉ Tên")
    await people.enrolled(other, "Nông Văn Chỉ Tên")
    (row,) = await pairs(people, code)
    assert {one, two} == of(row)


async def test_the_same_number_is_enough(people: People) -> None:
    """Whatever the name; another number or birth date speaks against a common name."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(code, "Ma Thị Số", citizen_id="006185000321")
    two = await people.known(other, "Khác Hẳn", citizen_id="006185000321")
    await people.known(code, "Ma Văn Cùng Tên", citizen_id="006085000322")
    await people.known(code, "Ma Văn Cùng Tên", citizen_id="006085000323")
    await people.known(code, "Ma Văn Cùng Tên", birth_date="1950-01-01")
    rows = await pairs(people, code)
    assert {frozenset((one, two))} <= {frozenset(of(row)) for row in rows}
    number = next(row for row in rows if of(row) == {one, two})
    assert "same" == verdicts(number)["citizen_id"]
    assert all("different" != verdicts(row)["citizen_id"] for row in rows)


async def test_late_work_is_compared_as_it_comes(people: People) -> None:
    """An old number added afterwards makes the pair; nothing had to be run."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(code, "Triệu Đến Trước", old_id="095123456")
    (two,) = await people.enrolled(other, "Triệu Đến Sau")
    assert [] == await pairs(people, code)
    await people.corrected(two, "Triệu Đến Sau", old_id="095 123 456")
    (row,) = await pairs(people, code)
    assert {one, two} == of(row)


async def test_a_pair_of_another_area_is_not_shown(people: People) -> None:
    """Both have to be the caller's."""
    code = await people.commune()
    await people.enrolled(code, "Bàn Hai Lần", "Bàn Hai Lần")
    door = people.door("read", unit_roots=(ELSEWHERE,))
    answer = await door.get("/people/duplicates", unit_id=people.unit_id(code))
    assert [] == answer.json()["rows"]


async def test_pairs_come_by_pages(people: People) -> None:
    """Each pair once."""
    code = await people.commune()
    await people.enrolled(code, *["Lý Bốn Lần"] * 4)
    every = await pairs(people, code)
    assert 6 == len({frozenset(of(row)) for row in every}) == len(every)
    first = await pairs(people, code, first=4)
    rest = await pairs(people, code, first=4, after=first[-1]["cursor"])
    assert every == first + rest


async def test_not_the_same_is_remembered_in_both_directions(people: People) -> None:
    """Said once, from either side."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(code, "Hà Hai Người", birth_date=BORN)
    two = await people.known(other, "Hà Hai Người", birth_date=BORN)
    assert 200 == (await together(people, "dismissal", two, one)).status_code
    assert [] == await pairs(people, code)
    assert [] == await pairs(people, other)
    await people.corrected(one, "Hà Hai Người", birth_date=BORN, phone="0911 222 333")
    assert [] == await pairs(people, code)


async def test_merged_people_are_one_and_can_be_two_again(people: People) -> None:
    """The record of the one counts; the services of both are folded."""
    code, other = await people.commune(), await people.commune()
    one = await people.known(code, "Đỗ Gộp Lại", birth_date=BORN)
    two = await people.known(other, "Đỗ Lại", birth_date=BORN)
    await people.ceased(code, one)
    before = await people.read(people.keeper, one, two)
    assert 200 == (await together(people, "merger", one, two)).status_code
    merged = await people.read(people.keeper, one, two)
    assert merged[0] == merged[1]
    assert (one, [two], "Đỗ Gộp Lại") == (
        merged[0]["id"],
        merged[0]["merged_ids"],
        merged[0]["display_name"],
    )
    assert {one, two} == {s["member_id"] for s in merged[0]["memberships"]}
    assert [] == await pairs(people, code)
    assert 200 == (await together(people, "parting", one, two)).status_code
    assert before == await people.read(people.keeper, one, two)
    assert 1 == len(await pairs(people, code))


async def test_nobody_serves_in_two_places_by_merging(people: People) -> None:
    """One of the services has to end first."""
    code, other = await people.commune(), await people.commune()
    ids = [
        await people.known(place, "Chu Hai Nơi", birth_date=BORN)
        for place in (code, other)
    ]
    answer = await together(people, "merger", *ids)
    assert (409, "registry.person.serves_twice", "$.other_id") == refusal(answer)


async def test_a_merged_record_is_not_worked_on(people: People) -> None:
    """It counts no more; neither can it be merged again, nor into itself."""
    code = await people.commune()
    one, two, three = await people.enrolled(code, *["Quan Ba Lần"] * 3)
    await people.ceased(code, two)
    await people.ceased(code, three)
    assert 200 == (await together(people, "merger", one, two)).status_code
    again = await together(people, "merger", three, two)
    assert (409, "registry.person.merged", None) == refusal(again)
    same = await together(people, "merger", one, one)
    assert (422, "registry.person.same", "$.other_id") == refusal(same)
    apart = await together(people, "parting", three, one)
    assert (409, "registry.person.not_merged", "$.other_id") == refusal(apart)


async def test_an_open_dispute_is_settled_before_merging(people: People) -> None:
    """A person is owed the answer under the number that was given out."""
    code = await people.commune()
    one, two = await people.enrolled(code, "Mai Có Đơn", "Mai Có Đơn")
    await people.ceased(code, two)
    await disputed(people, two)
    answer = await together(people, "merger", one, two)
    assert (409, "registry.person.dispute_still_open", "$.other_id") == refusal(answer)


async def test_erasing_takes_those_merged_with_it(people: People) -> None:
    """No second record of the same person is left behind."""
    code = await people.commune()
    one, two = await people.enrolled(code, "Tạ Xóa Hết", "Tạ Xóa Hết")
    await people.ceased(code, one)
    await people.ceased(code, two)
    await together(people, "merger", one, two)
    assert 200 == (await erased(people, two)).status_code
    assert [] == await people.found(people.reader, name="Tạ Xóa Hết")
    apart = await together(people, "parting", one, two)
    assert (409, "registry.person.erased", None) == refusal(apart)


async def test_the_lists_rebuilt_are_the_lists_that_were_live(people: People) -> None:
    """Everything that these lists show follows from the events."""
    code = await people.commune()
    one, two = await people.enrolled(code, "Ngô Dựng Lại", "Ngô Dựng Lại")
    await people.read(people.reader, one)
    await together(people, "dismissal", one, two)
    await disputed(people, one)
    runtime = people.registry.runtime
    tables = (PEOPLE, APART, READINGS, DISPUTES)

    def content() -> list[set[str]]:
        with runtime.engine.connect() as conn:
            return [
                set(
                    conn.execute(
                        sa.text(f"SELECT t::text FROM {t.fullname} t")
                    ).scalars()
                )
                for t in tables
            ]

    live = content()
    assert all(live)
    rebuild_read_schema(runtime)
    assert live == content()
