"""Finding units by what people type, on the real register."""

from uuid import uuid4

from services.contracts.registry.units import unit_id
from tests.registry.conftest import Registry

TODAY = "2026-10-01"


async def test_a_former_name_is_found_with_its_days_and_heir(
    registry: Registry,
) -> None:
    """Both Hải Tiến come: that of today, and the one that Hải Ninh took over."""
    answer = await registry.officer.get("/units/find", text="ban hai tien", on=TODAY)
    rows = answer.json()["rows"]
    assert ("ambiguous", None) == (answer.json()["verdict"], answer.json()["unit_id"])
    assert {"14218": "official", "06733": "former"} == {
        row["unit"]["code"]: row["matched"] for row in rows[:2]
    }
    former = next(row for row in rows if row["matched"] == "former")
    assert ("Xã Hải Tiến", "2025-07-01") == (former["matched_text"], former["borne_to"])
    (heir,) = former["heirs"]
    assert ("Xã Hải Ninh", True, "merge", "1679/NQ-UBTVQH15") == (
        heir["name"], heir["whole"], heir["reason"], heir["legal_basis"],
    )  # fmt: skip


async def test_a_split_is_asked_about(registry: Registry) -> None:
    """Phường Điện Biên went to four wards: all are named, none is chosen."""
    answer = await registry.officer.get(
        "/units/find", text="phuong dien bien, ha noi", on=TODAY
    )
    assert ("ambiguous", None) == (answer.json()["verdict"], answer.json()["unit_id"])
    split = next(r for r in answer.json()["rows"] if r["unit"]["code"] == "00019")
    assert split["ambiguous"]
    assert 4 == len(split["heirs"])
    assert {("split", False)} == {(h["reason"], h["whole"]) for h in split["heirs"]}


async def test_abbreviations_of_everyday_are_understood(registry: Registry) -> None:
    """TP.HCM is the city; Q1 is a district that ended, with its four wards of today."""
    city = await registry.officer.get("/units/find", text="TP.HCM", on=TODAY)
    assert "one" == city.json()["verdict"]
    assert "79" == city.json()["rows"][0]["unit"]["code"]
    district = (await registry.officer.get("/units/find", text="q1", on=TODAY)).json()
    assert "Quận 1" == district["rows"][0]["matched_text"]
    assert 4 == len(district["rows"][0]["heirs"])
    assert district["rows"][0]["ambiguous"]


async def test_an_old_province_narrows(registry: Registry) -> None:
    """By code as it was; the unit meant is the one in force."""
    answer = await registry.officer.get(
        "/units/find", text="Tân Lập", within_code="06", on=TODAY
    )
    assert ("one", ["02032"]) == (
        answer.json()["verdict"],
        [row["unit"]["code"] for row in answer.json()["rows"]],
    )


async def test_a_broken_request_is_refused(registry: Registry) -> None:
    """An empty text, a unit that nobody knows, a caller without the scope."""
    empty = await registry.officer.get("/units/find", text="")
    assert 422 == empty.status_code
    unknown = await registry.officer.get("/units/find", text="x", within_code="99999")
    assert ("units.unknown", "$.within.code") == (
        unknown.json()["code"],
        unknown.json()["errors"][0]["field"],
    )
    nobody = await registry.stranger.get("/units/find", text="x")
    assert 401 == nobody.status_code


async def test_heirs_come_for_many_units_at_once(registry: Registry) -> None:
    """In the order asked; none for a unit in force; nothing for a stranger's id."""
    old = unit_id("province", "06", None)
    ids = [str(old), str(uuid4()), str(unit_id("province", "38", None))]
    answer = await registry.officer.get("/units/successors", ids=ids, on=TODAY)
    ended, nobody, standing = answer.json()["rows"]
    assert ["Tỉnh Thái Nguyên"] == [heir["name"] for heir in ended["heirs"]]
    assert ("ended", False) == (ended["state"], ended["ambiguous"])
    assert nobody is None
    assert ("in_force", []) == (standing["state"], standing["heirs"])
