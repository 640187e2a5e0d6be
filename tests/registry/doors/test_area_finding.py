"""Residential areas by typed names and numbers through the HTTP door."""

from datetime import date
from typing import Any, Final

import pytest

from services.contracts.registry.units import unit_id
from tests.registry.conftest import Registry
from tests.registry.doors.parts import refusal

TODAY: Final = "2026-10-01"
REFORM: Final = date(2025, 7, 1)
Answer = dict[str, Any]


class Village:
    """One commune's areas, entered one by one and asked about by word."""

    def __init__(self, registry: Registry, code: str) -> None:
        self.registry, self.code = registry, code
        self.ids: dict[str, str] = {}

    async def take(self, kind: str, name: str, on: str = "2020-03-01") -> str:
        body = {
            "unit": {"code": self.code}, "kind": kind, "name": name,
            "registered_on": on, "decision": "12/QĐ-UBND",
        }  # fmt: skip
        answer = await self.registry.officer.post("/residential-areas", body)
        assert 201 == answer.status_code, answer.text
        self.ids[f"{kind} {name}"] = answer.json()["area_id"]
        return self.ids[f"{kind} {name}"]

    async def change(self, word: str, path: str, **body: Any) -> None:
        answer = await self.registry.officer.post(
            f"/residential-areas/{self.ids[word]}/{path}", body
        )
        assert 200 == answer.status_code, answer.text

    async def find(self, text: str, on: str = TODAY, **more: Any) -> Answer:
        asked = {"unit_code": self.code, "text": text, "on": on} | more
        if "unit_id" in more:
            del asked["unit_code"]
        answer = await self.registry.officer.get("/residential-areas/find", **asked)
        assert 200 == answer.status_code, answer.text
        found: Answer = answer.json()
        return found

    async def meant(self, text: str, on: str = TODAY, **more: Any) -> str:
        """Return the word of the one area meant, or the verdict."""
        found = await self.find(text, on, **more)
        words = {one: word for word, one in self.ids.items()}
        return words[found["area_id"]] if found["area_id"] else found["verdict"]


@pytest.fixture(scope="module")
def living(registry: Registry) -> list[str]:
    """Codes of today's communes of Thái Nguyên, one for each test."""
    return [
        unit.code
        for unit in registry.tree
        if unit.valid_to is None and unit.path.startswith("VN.19-2025.")
    ]


@pytest.fixture(scope="module")
async def village(registry: Registry, living: list[str]) -> Village:
    """Give a commune with villages old and new, of many kinds."""
    made = Village(registry, living[0])
    since = "2025-08-01"
    for kind, name in (
        ("thon", "1"), ("thon", "2"), ("to_dan_pho", "2"), ("ap", "Trung"),
        ("ap", "Trung Bình"), ("thon", "Nà Làng"), ("thon", "Nà Lạng"),
        ("buon", "Ea M'Tha"), ("thon", "Bản Cuôn"), ("thon", "Khuổi Nặm"),
        ("thon", "Pác Giả"), ("thon", "Pác Nghè"),
    ):  # fmt: skip
        await made.take(kind, name, since)
    await made.change("thon Khuổi Nặm", "name", name="Đoàn Kết",
                      effective_on="2026-01-01", decision="1/QĐ-UBND")  # fmt: skip
    await made.take("thon", "Hợp Nhất", since)
    await made.change(
        "thon Pác Giả", "end", ended_on="2026-02-01",
        heirs=[{"area_id": made.ids["thon Hợp Nhất"]}],
    )  # fmt: skip
    await made.change(
        "thon Pác Nghè", "end", ended_on="2026-02-01",
        heirs=[
            {"area_id": made.ids["thon 1"], "whole": False},
            {"area_id": made.ids["thon Hợp Nhất"], "whole": False},
        ],
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ấp Trung", "ap Trung"),
        ("ap trung", "ap Trung"),
        ("AP TRUNG BINH", "ap Trung Bình"),
        ("trung", "ap Trung"),
        ("thôn 1", "thon 1"),
        ("thon 01", "thon 1"),
        ("thon1", "thon 1"),
        ("tdp 2", "to_dan_pho 2"),
        ("tổ 2", "to_dan_pho 2"),
        ("Nà Làng", "thon Nà Làng"),
        ("thôn nà lạng", "thon Nà Lạng"),
        ("na lang", "ambiguous"),
        ("buôn ea m tha", "buon Ea M'Tha"),
        ("buon Ea MTha", "buon Ea M'Tha"),
        ("bản cuôn", "thon Bản Cuôn"),
        ("doan ket", "thon Khuổi Nặm"),
        ("Khuổi Nặm (cũ)", "thon Khuổi Nặm"),
        ("khuoi nam", "thon Khuổi Nặm"),
        ("pac gia", "thon Hợp Nhất"),
        ("pac nghe", "ambiguous"),
        ("pac", "ambiguous"),
        ("cuon", "ambiguous"),
        ("ấp 1", "ambiguous"),
        ("số 12", "ambiguous"),
        ("13", "thon Hợp Nhất"),
        ("4", "ap Trung"),
        ("2", "ambiguous"),
        ("không có", "none"),
        ("99", "none"),
    ],
)
async def test_a_name_or_number_means_one_area_or_is_asked_about(
    village: Village, text: str, meant: str
) -> None:
    """Whole names of any day, with or without marks and kind; never a guess."""
    assert meant == await village.meant(text)


async def test_an_answer_says_which_name_and_until_when(village: Village) -> None:
    """A former name is told with its days, an ended area with who holds it."""
    (found,) = (await village.find("khuoi nam"))["rows"]
    assert (
        "former", "Khuổi Nặm", "2025-08-01", "2026-01-01", "name", "Đoàn Kết",
    ) == (
        found["matched"], found["matched_name"], found["borne_from"],
        found["borne_to"], found["likeness"], found["area"]["name"],
    )  # fmt: skip
    (early,) = (await village.find("doan ket", on="2025-09-01"))["rows"]
    assert ("later", None) == (early["matched"], early["borne_to"])
    (ended,) = (await village.find("thôn Pác Nghè"))["rows"]
    assert ("ended", "former", True) == (
        ended["state"],
        ended["matched"],
        ended["ambiguous"],
    )
    assert {village.ids["thon 1"], village.ids["thon Hợp Nhất"]} == {
        heir["area_id"] for heir in ended["heirs"]
    }
    before = await village.find("thôn Pác Nghè", on="2026-01-31")
    assert ("in_force", "one") == (before["rows"][0]["state"], before["verdict"])
    assert [] == before["rows"][0]["heirs"]
    numbered = (await village.find("số 4"))["rows"][0]
    assert ("number", "number", 4) == (
        numbered["matched"], numbered["likeness"], numbered["area"]["number"],
    )  # fmt: skip


async def test_the_nearest_come_first(village: Village) -> None:
    """Whole names, then beginnings, then words inside; the right kind before others."""
    rows = (await village.find("trung"))["rows"]
    assert [("Trung", "name"), ("Trung Bình", "start")] == [
        (row["area"]["name"], row["likeness"]) for row in rows
    ]
    rows = (await village.find("thôn 2"))["rows"]
    assert [("thon", False), ("to_dan_pho", True)] == [
        (row["area"]["kind"], row["kind_differs"]) for row in rows
    ]
    rows = (await village.find("binh"))["rows"]
    assert [("Trung Bình", "words")] == [
        (row["area"]["name"], row["likeness"]) for row in rows
    ]
    assert 1 == len((await village.find("pac", first=1))["rows"])


async def test_one_name_in_two_communes_is_narrowed_by_a_place(
    registry: Registry, living: list[str]
) -> None:
    """Over the province it is ambiguous; behind a comma stands which commune."""
    one, other = (Village(registry, code) for code in living[1:3])
    for village in (one, other):
        await village.take("thon", "Cốc Pái", "2025-08-01")
    province = str(unit_id("province", "19", REFORM))
    assert "ambiguous" == await one.meant("coc pai", unit_id=province)
    commune = next(
        u for u in registry.tree if u.code == living[1] and u.valid_to is None
    )
    text = f"thôn cốc pái, {commune.name}"
    assert "thon Cốc Pái" == await one.meant(text, unit_id=province)
    assert "none" == await one.meant("coc pai, Xã Không Có", unit_id=province)


async def test_a_former_commune_is_searched_under_its_heir(
    registry: Registry, living: list[str]
) -> None:
    """Areas lie in the unit version of their first day; the heir covers them."""
    old = next(
        unit
        for unit in registry.tree
        if unit.path.startswith("VN.06-0.")
        and unit.level == "commune"
        and [True] == [heir.whole for heir in unit.successors]
    )
    village = Village(registry, old.code)
    await village.take("ban", "Phiêng Luông")
    heir = str(old.successors[0].unit_id)
    assert "ban Phiêng Luông" == await village.meant("phieng luong", unit_id=heir)


async def test_another_area_looks_absent(registry: Registry, village: Village) -> None:
    """Who may not see the commune finds nothing there."""
    far = registry.caller("officer", unit_roots=[str(unit_id("province", "01", None))])
    answer = await far.get(
        "/residential-areas/find", unit_code=village.code, text="thôn 1", on=TODAY
    )
    assert ("none", []) == (answer.json()["verdict"], answer.json()["rows"])


async def test_a_unit_has_to_be_named(registry: Registry) -> None:
    """Without a unit there is no search; an endless text is refused."""
    answer = await registry.officer.get("/residential-areas/find", text="thôn 1")
    assert (422, "units.reference_incomplete", "$.unit") == refusal(answer)
    long = await registry.officer.get(
        "/residential-areas/find", unit_code="19", text="a" * 201
    )
    assert 422 == long.status_code
