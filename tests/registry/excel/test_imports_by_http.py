"""A roster's way: uploaded, checked cell by cell, applied, recognised, withdrawn."""

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl

from services.contracts.registry.imports import XLSX
from services.registry.documents.roster_columns import BY_KEY, COLUMNS
from services.registry.person_vault import EXTRA
from tests.registry.excel.conftest import Imports
from tests.registry.excel.made_files import HEADINGS, roster
from tests.registry.excel.rows import row, strength


async def test_a_roster_becomes_teams_and_members(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Teams that were missing are set up on the first day that a row gives them."""
    ward = wards()
    rows = [row(ward, post="Đội trưởng")] + [row(ward) for _ in range(3)]
    rows += [row(ward, team_name="Đội hai", first_day=datetime(2022, 2, 1))]  # noqa: DTZ001
    found = await imports.done(roster(rows), unit=old_unit)
    assert ("applied", 5, 5, 5, 2) == (
        found["state"],
        found["rows"],
        found["rows_applied"],
        found["members"],
        found["established"],
    )
    assert {"civil_defence_team": (2, 5)} == await strength(imports, ward)
    assert {"civil_defence_team": (1, 4)} == await strength(imports, ward, "2021-06-01")


async def test_names_lie_in_the_vault_alone(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """The record of each new person opens; neither events nor lists hold it."""
    name = "Hoàng Thị Kín Đáo"
    content = roster([row(wards(), full_name=name, phone="0900000001")])
    found = await imports.done(content, unit=old_unit)
    runtime = imports.registry.runtime
    vault = runtime.extras[EXTRA]
    with runtime.engine.connect() as connection:
        ids = connection.exec_driver_sql(
            "SELECT person_id FROM registry_read.member_list m JOIN"
            " registry_read.force_unit_list f ON f.id = m.force_unit_id"
        ).scalars().all()  # fmt: skip
        names = {one.full_name for one in vault.records(connection, ids).values()}
        states = connection.exec_driver_sql(
            "SELECT convert_from(state, 'UTF8') FROM registry_write.events"
            " WHERE topic LIKE 'registry.import%%' OR topic LIKE 'registry.member%%'"
        ).scalars()  # fmt: skip
        text = "".join(states)
        sealed = connection.exec_driver_sql(
            "SELECT envelope FROM registry_write.import_parts WHERE batch_id = %s",
            (found["id"],),
        ).scalars().all()  # fmt: skip
    assert name in names
    assert "Kín Đáo" not in text
    assert sealed
    assert not any("Kín Đáo".encode() in bytes(one) for one in sealed)


async def test_the_same_file_twice_changes_nothing(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """The second upload answers the first batch, under any key."""
    ward = wards()
    content = roster([row(ward) for _ in range(3)])
    first = await imports.done(content, unit=old_unit)
    again = await imports.upload(content, unit=old_unit)
    assert (first["id"], True) == (again.json()["batch_id"], again.json()["known"])
    assert {"civil_defence_team": (1, 3)} == await strength(imports, ward)


async def test_rows_that_are_there_already_are_left_alone(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """A corrected file with old rows in it brings the new ones only."""
    ward = wards()
    old = [row(ward) for _ in range(3)] + [
        row(ward, citizen_id=None, full_name="Lê Không Số")
    ]
    await imports.done(roster(old), unit=old_unit)
    found = await imports.done(roster([*old, row(ward)]), unit=old_unit)
    assert ("applied", 4, 1) == (
        found["state"],
        found["unchanged_rows"],
        found["rows_applied"],
    )
    assert {"civil_defence_team": (1, 5)} == await strength(imports, ward)


async def test_all_or_nothing_tells_every_fault_and_changes_nothing(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Faults of cells and of rules stand side by side, with row and column."""
    ward = wards()
    content = roster(
        [
            row(ward, post="Đội trưởng"),
            row(ward, post="Đội trưởng"),
            row("99999"),
            row(ward, phone="x", citizen_id="12"),
            row(ward, first_day=datetime(1999, 1, 1)),  # noqa: DTZ001
            row(ward, force_type="Ban bảo vệ dân phố", post="Trưởng ban"),
        ]
    )
    found = await imports.done(content, unit=old_unit)
    assert ("refused", "faulty_rows", 0, 5) == (
        found["state"],
        found["reason"],
        found["rows_applied"],
        found["faulty_rows"],
    )
    faults = await imports.faults(found["id"])
    assert [
        (3, 8, "registry.member.leader_already_there"),
        (4, 1, "registry.import.unit_not_found"),
        (5, 6, "registry.import.citizen_id_malformed"),
        (5, 13, "registry.import.phone_malformed"),
        (6, 9, "registry.member.outside_force_unit_life"),
        (7, 1, "registry.force_type.unit_does_not_fit"),
    ] == [(one["row"], one["column"], one["code"]) for one in faults]
    assert all(one["message_vi"] and one["message_en"] for one in faults)
    assert {} == await strength(imports, ward)


async def test_valid_rows_go_in_and_the_rest_comes_back(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """The answer in Excel holds the whole file with its faults."""
    ward = wards()
    content = roster([row(ward), row(ward, phone="x"), row(ward)])
    found = await imports.done(content, unit=old_unit, policy="valid_rows")
    assert ("applied", 2, 1) == (
        found["state"],
        found["rows_applied"],
        found["faulty_rows"],
    )
    answer = await imports.door.get(f"/imports/{found['id']}/workbook")
    assert (200, XLSX) == (answer.status_code, answer.headers["content-type"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Danh sách"]
    errors = [sheet.cell(n, len(COLUMNS) + 1).value for n in (2, 3, 4)]
    assert [None, "Số điện thoại: Số điện thoại phải gồm 9 đến 12 chữ số.", None] == (
        errors
    )


async def test_stop_at_the_first_error_takes_what_stands_before(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Rows behind the first fault wait, whatever they are worth."""
    ward = wards()
    content = roster([row(ward), row(ward), row(ward, phone="x"), row(ward)])
    found = await imports.done(content, unit=old_unit, policy="stop_at_first_error")
    assert ("applied", 2) == (found["state"], found["rows_applied"])


async def test_a_dry_run_changes_nothing(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """It says what would happen; the file itself can follow."""
    ward = wards()
    content = roster([row(ward), row(ward, phone="x")])
    found = await imports.done(content, unit=old_unit, policy="valid_rows",
                               dry_run=True)  # fmt: skip
    assert ("checked", 1, 1, 0) == (
        found["state"],
        found["planned_rows"],
        found["faulty_rows"],
        found["rows_applied"],
    )
    assert {} == await strength(imports, ward)
    real = await imports.done(content, unit=old_unit, policy="valid_rows")
    assert ("applied", 1) == (real["state"], real["rows_applied"])


async def test_the_force_of_2024_takes_in_who_a_decision_recognised(
    imports: Imports, wards: Callable[[], str]
) -> None:
    """A row without its decision is told so in the decision's column; a child too."""
    unit = next(
        one.code
        for one in imports.registry.tree
        if one.path.startswith("VN.19-0.") and one.unit_type == "xa"
        and one.valid_to is not None
    )  # fmt: skip
    new = {"force_type": "Tổ bảo vệ an ninh, trật tự", "post": "Tổ viên",
           "first_day": datetime(2024, 7, 1)}  # fmt: skip  # noqa: DTZ001
    paper = {"decision_number": "12/QĐ-UBND", "decision_date": datetime(2024, 6, 28),  # noqa: DTZ001
             "decision_issuer": "Chủ tịch UBND cấp xã"}  # fmt: skip
    child = {**new, **paper, "birth_date": datetime(2006, 7, 2)}  # noqa: DTZ001
    content = roster([row(unit, **new, **paper), row(unit, **new), row(unit, **child)])
    found = await imports.done(content, unit="19", policy="valid_rows")
    assert ("applied", 1) == (found["state"], found["rows_applied"])
    assert [(3, "Số quyết định"), (4, "Ngày sinh")] == [
        (one["row"], one["heading"]) for one in await imports.faults(found["id"])
    ]


async def test_nobody_serves_twice_at_a_time(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """By the register and within the file; a number is what people are known by."""
    ward, other = wards(), wards()
    one = row(ward)
    citizen_id = one[5]
    await imports.done(roster([one]), unit=old_unit)
    twice = row(other)
    content = roster(
        [row(other, citizen_id=citizen_id), twice, row(other, citizen_id=twice[5])]
    )
    found = await imports.done(content, unit=old_unit)
    assert [
        (2, "registry.import.person_serves_already"),
        (4, "registry.import.row_twice"),
    ] == [(f["row"], f["code"]) for f in await imports.faults(found["id"])]


async def test_a_number_of_somebody_merged_twice_is_that_of_who_counts(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Of three records of one person the first counts; the last number means it."""
    wards_of = [wards() for _ in range(3)]
    rows = [row(ward) for ward in wards_of]
    people = []
    for ward, one in zip(wards_of, rows, strict=True):
        await imports.done(roster([one]), unit=old_unit)
        people.append(await left(imports, ward))
    first, second, third = people
    keeper = imports.registry.caller(
        "officer", scopes=("registry:read", "registry:write", "people:write")
    )
    for one, other in ((second, third), (first, second)):
        merged = await keeper.post(f"/people/{one}/merger", {"other_id": other})
        assert 200 == merged.status_code, merged.text
    again = row(wards_of[0], citizen_id=rows[2][5], first_day=datetime(2023, 1, 2))  # noqa: DTZ001
    found = await imports.done(roster([again]), unit=old_unit)
    assert ("applied", 1) == (found["state"], found["rows_applied"])
    serving = await imports.door.get("/members", force_unit_ids=[
        await team_of(imports, wards_of[0])], on="2023-06-01")  # fmt: skip
    (member,) = serving.json()["force_units"][0]["rows"]
    assert first == member["person_id"]


async def team_of(imports: Imports, ward: str) -> str:
    unit = await imports.door.get("/unit", code=ward, on="2023-06-01")
    units = await imports.door.get("/force-units", unit_id=unit.json()["id"])
    (found,) = units.json()["rows"]
    return str(found["id"])


async def left(imports: Imports, ward: str) -> str:
    """End the one service in a ward's team; give the person."""
    team = await team_of(imports, ward)
    members = await imports.door.get("/members", force_unit_ids=[team])
    (member,) = members.json()["force_units"][0]["rows"]
    ended = await imports.door.post(
        f"/force-units/{team}/members/{member['id']}/cessation",
        {"ceased_on": "2022-06-01", "ground": "own_request"},
    )
    assert 200 == ended.status_code, ended.text
    return str(member["person_id"])


async def test_a_prohibited_column_is_refused_and_only_that_is_recorded(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """The batch says how many columns; what they held is nowhere."""
    content = roster(
        [[*row(wards()), "Tày"], [*row(wards()), "Kinh"]],
        headings=[*HEADINGS, "Dân tộc"],
    )
    found = await imports.done(content, unit=old_unit)
    assert ("applied", 1) == (found["state"], found["refused_columns"])
    answer = await imports.door.get(f"/imports/{found['id']}/workbook")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Danh sách"]
    assert "Tày" not in [cell.value for line in sheet.iter_rows() for cell in line]


async def test_a_fault_of_a_column_that_the_file_does_not_have_is_told(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """A number of a decision without its day: the day has no column to point at."""
    decided = COLUMNS.index(BY_KEY["decision_date"])
    line = row(wards(), decision_number="12/QĐ-UBND")[:decided]
    found = await imports.done(roster([line], HEADINGS[:decided]), unit=old_unit)
    told = [
        (one["column"], one["heading"]) for one in await imports.faults(found["id"])
    ]
    assert (None, "Ngày quyết định") in told


async def test_a_file_that_is_no_workbook_is_refused_at_the_door(
    imports: Imports, old_unit: str
) -> None:
    """With its own code; nothing is kept."""
    answer = await imports.upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", unit=old_unit)
    assert (422, "registry.import.old_kind") == (
        answer.status_code,
        answer.json()["code"],
    )
    large = await imports.upload(b"x" * 20_971_521, unit=old_unit)
    assert (413, "body.too_large") == (large.status_code, large.json()["code"])
    typed = await imports.door.post("/imports?unit_code=19", {})
    assert (422, "body.of_another_kind") == (typed.status_code, typed.json()["code"])


async def test_another_area_looks_absent(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Neither batch nor faults nor withdrawal; units outside are unknown."""
    found = await imports.done(roster([row(wards())]), unit=old_unit)
    elsewhere = [str(u.id) for u in imports.registry.tree if u.code == "79"
                 and u.level == "province" and u.valid_to is None]  # fmt: skip
    other = imports.registry.caller("officer", unit_roots=elsewhere)
    answer = await other.get("/imports/by-id", ids=[found["id"]])
    assert [None] == answer.json()["rows"]
    for path in ("faults", "workbook"):
        answer = await other.get(f"/imports/{found['id']}/{path}")
        assert "registry.import.unknown" == answer.json()["code"]
    answer = await other.post(f"/imports/{found['id']}/withdrawal", {})
    assert (404, "registry.import.unknown") == (
        answer.status_code,
        answer.json()["code"],
    )
    outside = await imports.done(roster([row("26734")]), unit=old_unit)
    assert ["registry.import.unit_not_found"] == [
        one["code"] for one in await imports.faults(outside["id"])
    ]


async def test_imports_are_listed_the_newest_first(
    imports: Imports, old_unit: str, wards: Callable[[], str]
) -> None:
    """Page by page, by state."""
    made = [
        (await imports.done(roster([row(wards())]), unit=old_unit))["id"]
        for _ in range(2)
    ]
    first = (await imports.door.get("/imports", unit_id=old_unit, first=1)).json()
    second = (
        await imports.door.get(
            "/imports", unit_id=old_unit, first=1, after=first["rows"][0]["cursor"],
            state="applied",
        )
    ).json()  # fmt: skip
    assert (made[::-1], True) == (
        [first["rows"][0]["id"], second["rows"][0]["id"]],
        first["has_next"],
    )
