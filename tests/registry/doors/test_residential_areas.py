"""Residential areas through the HTTP door: entered, changed, listed as of a day."""

from typing import Any, Final
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.contracts.registry.units import unit_id
from services.registry.read_models.area_tables import AREA_TABLES
from services.registry.read_models.area_writing import AreaListReadModel
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal

AN_GIANG: Final = unit_id("province", "89", None)


def an_area(code: str, name: str, **changed: Any) -> dict[str, Any]:
    return {
        "unit": {"code": code},
        "kind": "thon",
        "name": name,
        "registered_on": "2020-03-01",
        "decision": "12/QĐ-UBND",
        **changed,
    }


@pytest.fixture(scope="module")
def communes(registry: Registry) -> list[str]:
    """Codes of Bắc Kạn's communes in 2023 that a larger one absorbed whole.

    Nobody bears these codes today; each test takes one of its own.
    """
    borne = {unit.code for unit in registry.tree if unit.valid_to is None}
    return [
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.")
        and unit.unit_type == "xa"
        and unit.code not in borne
        and [True] == [heir.whole for heir in unit.successors]
    ]


async def registered(registry: Registry, body: dict[str, Any]) -> dict[str, Any]:
    answer = await registry.officer.post("/residential-areas", body)
    assert 201 == answer.status_code, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def listed(registry: Registry, **asked: Any) -> list[dict[str, Any]]:
    answer = await registry.officer.get("/residential-areas", **asked)
    assert 200 == answer.status_code, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


async def test_the_commune_numbers_its_areas(
    registry: Registry, communes: list[str]
) -> None:
    """Each commune counts for itself, whatever the others do."""
    first = await registered(registry, an_area(communes[0], "1"))
    second = await registered(registry, an_area(communes[0], "2"))
    elsewhere = await registered(registry, an_area(communes[1], "1"))
    assert [1, 2, 1] == [one["number"] for one in (first, second, elsewhere)]
    again = await registry.officer.post("/residential-areas", an_area(communes[0], "1"))
    assert (409, "registry.residential_area.title_taken", "$.name") == refusal(again)


async def test_the_same_key_answers_the_same(
    registry: Registry, communes: list[str]
) -> None:
    """A repeated command enters nothing twice."""
    key, body = uuid4(), an_area(communes[2], "Nà Làng")
    first = await registry.officer.post("/residential-areas", body, key=key)
    again = await registry.officer.post("/residential-areas", body, key=key)
    assert first.json() == again.json()
    assert "true" == again.headers["Idempotency-Replayed"]
    rows = await listed(registry, unit_code=communes[2], on="2021-01-01")
    assert ["Nà Làng"] == [row["name"] for row in rows]


async def test_an_area_shows_under_the_heir_of_its_commune(
    registry: Registry, communes: list[str]
) -> None:
    """After the merger the larger commune lists it; its row never moved."""
    made = await registered(registry, an_area(communes[3], "Bản Cuôn"))
    old = registry.tree.unit(UUID(made["unit_id"]))
    heir = old.successors[0].unit_id
    rows = await listed(registry, unit_id=str(heir), on="2025-08-01")
    assert made["area_id"] in {row["id"] for row in rows}
    (row,) = [row for row in rows if row["id"] == made["area_id"]]
    assert made["unit_id"] == row["unit_id"]


@pytest.fixture(scope="module")
async def changed_area(registry: Registry, communes: list[str]) -> str:
    """Give an area to which everything but its end has happened."""
    area = (await registered(registry, an_area(communes[4], "5")))["area_id"]
    path = f"/residential-areas/{area}"
    for part, body in (
        ("name", {"name": "Nà Pục", "effective_on": "2021-01-01"}),
        ("kind", {"kind": "to_dan_pho", "effective_on": "2022-01-01"}),
        ("figures", {"counted_on": "2021-06-30", "households": 90, "people": 350}),
        ("figures", {"counted_on": "2023-06-30", "households": 99, "people": 380}),
        ("categories", {"category": "border", "effective_on": "2021-01-01"}),
        ("lifted-categories", {"category": "border", "effective_on": "2022-06-01"}),
    ):
        answer = await registry.officer.post(f"{path}/{part}", body)
        assert 200 == answer.status_code, answer.text
    found: str = area
    return found


async def test_an_area_is_shown_as_it_was_on_the_day(
    registry: Registry, communes: list[str], changed_area: str
) -> None:
    """Name, kind, figures and categories are those of the day asked for."""
    area = changed_area

    async def on(day: str) -> tuple[Any, ...]:
        found = await registry.officer.get(
            "/residential-areas/by-id", ids=[area], on=day
        )
        (row,) = found.json()["rows"]
        names = ("kind", "name", "households", "people", "categories")
        return tuple(row[name] for name in names)

    assert ("thon", "5", None, None, []) == await on("2020-06-01")
    assert ("thon", "Nà Pục", 90, 350, ["border"]) == await on("2021-12-31")
    assert ("to_dan_pho", "Nà Pục", 99, 380, []) == await on("2023-12-31")
    kept = await listed(
        registry, unit_code=communes[4], on="2021-12-31", category="border"
    )
    assert [area] == [row["id"] for row in kept]
    kinds = await listed(registry, unit_code=communes[4], on="2023-12-31", kind="thon")
    assert [] == kinds


@pytest.fixture(scope="module")
async def merged(registry: Registry, communes: list[str]) -> tuple[list[str], str]:
    """Give two ended areas and the one that took them over."""
    code = communes[5]
    old = [
        (await registered(registry, an_area(code, name)))["area_id"]
        for name in ("6", "7")
    ]
    later = an_area(code, "Hợp Nhất", registered_on="2023-01-01")
    heir = (await registered(registry, later))["area_id"]
    for area in old:
        answer = await registry.officer.post(
            f"/residential-areas/{area}/end",
            {"ended_on": "2023-01-01", "heirs": [{"area_id": heir}]},
        )
        assert 200 == answer.status_code, answer.text
    return old, heir


async def test_two_areas_become_one(
    registry: Registry, communes: list[str], merged: tuple[list[str], str]
) -> None:
    """The ended ones name their heir, and are listed no more."""
    old, heir = merged
    rows = await listed(registry, unit_code=communes[5], on="2023-01-01")
    assert [heir] == [row["id"] for row in rows]
    found = await registry.officer.get("/residential-areas/by-id", ids=old)
    assert [[heir]] * 2 == [
        [one["area_id"] for one in row["heirs"]] for row in found.json()["rows"]
    ]


async def test_an_heir_lives_on_the_day(
    registry: Registry, communes: list[str]
) -> None:
    """An area does not pass to one that is not there."""
    code = communes[6]
    old = (await registered(registry, an_area(code, "1")))["area_id"]
    later = an_area(code, "2", registered_on="2023-01-02")
    heir = (await registered(registry, later))["area_id"]
    answer = await registry.officer.post(
        f"/residential-areas/{old}/end",
        {"ended_on": "2023-01-01", "heirs": [{"area_id": heir}]},
    )
    assert (
        422,
        "registry.residential_area.outside_life",
        "$.heirs[0].area_id",
    ) == refusal(answer)


async def test_another_area_looks_absent(
    registry: Registry, communes: list[str]
) -> None:
    """Who has another province sees nothing, and changes nothing."""
    area = (await registered(registry, an_area(communes[7], "1")))["area_id"]
    other = registry.caller("officer", unit_roots=(AN_GIANG,))
    seen = await other.get("/residential-areas/by-id", ids=[area])
    assert [None] == seen.json()["rows"]
    rows = await other.get("/residential-areas", unit_code=communes[7], on="2021-01-01")
    assert [] == rows.json()["rows"]
    body = {"name": "X", "effective_on": "2021-01-01"}
    answer = await other.post(f"/residential-areas/{area}/name", body)
    assert (404, "registry.residential_area.unknown", "$.area_id") == refusal(answer)


async def test_a_list_goes_on_where_it_stopped(
    registry: Registry, communes: list[str]
) -> None:
    """Pages join without a hole and without a double."""
    code = communes[8]
    made = [
        (await registered(registry, an_area(code, str(n))))["area_id"]
        for n in range(1, 6)
    ]
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        answer = await registry.officer.get(
            "/residential-areas", unit_code=code, on="2021-01-01", first=2, **after
        )
        page = answer.json()
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert made == seen


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"kind": "hamlet"}, "registry.residential_area.kind_unknown", "$.kind"),
        ({"registered_on": "2999-01-01"}, "registry.day_in_future", "$.registered_on"),
        ({"registered_on": "2025-08-01"}, "units.not_in_force", "$.unit.code"),
        ({"unit": {"code": "06"}}, "registry.residential_area.unit_has_none", "$.unit"),
        ({"decision": "theo ý kiến của dân"}, "body.invalid", "$.decision"),
    ],
)
async def test_what_the_door_refuses(
    registry: Registry,
    communes: list[str],
    changed: dict[str, Any],
    code: str,
    field: str,
) -> None:
    """Each refusal has its code and the path of the field."""
    body = an_area(communes[9], "1", **changed)
    answer = await registry.officer.post("/residential-areas", body)
    assert (422, code, field) == refusal(answer)


@pytest.mark.usefixtures("changed_area", "merged")
async def test_the_lists_built_again_are_the_same(registry: Registry) -> None:
    """Every row comes back from the events alone."""
    runtime = registry.runtime

    def rows(conn: sa.Connection) -> list[list[Any]]:
        return [
            sorted(map(tuple, conn.execute(sa.select(table))), key=repr)
            for table in AREA_TABLES
        ]

    before = await runtime.read(rows)
    assert all(before)
    recorded = runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        for table in AREA_TABLES:
            conn.execute(sa.delete(table))
        for start in range(0, len(recorded), 4_000):
            AreaListReadModel().apply(conn, recorded[start : start + 4_000])

    await runtime.write(rebuild)
    assert before == await runtime.read(rows)
