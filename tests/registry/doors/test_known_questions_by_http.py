"""What was known at a moment: typed names, heirs, and places in hierarchies."""

from typing import Any, Final
from uuid import uuid4

import pytest

from deploy.embedded.issuer import COUNTRY
from services.chassis.clock import utc_now
from services.contracts.registry.units import unit_id
from tests.registry.conftest import Door, Registry
from tests.registry.doors.units_of_ca_mau import (
    ahead,
    commune,
    last_change,
    problem,
    rename,
)

BA_BE_COMMUNE: Final = unit_id("commune", "02032", None)
DAY: Final = "2024-05-01"


@pytest.fixture
def owner(registry: Registry) -> Door:
    return registry.caller(
        "officer", scopes=("units:read", "units:write"), unit_roots=[COUNTRY]
    )


def moment() -> str:
    return utc_now().isoformat()


async def defined(owner: Door) -> str:
    code = f"line_{uuid4().hex[:8]}"
    body = {"hierarchy": code, "name": "Cụm thi đua", "owner": {"id": str(COUNTRY)}}
    assert 201 == (await owner.post("/hierarchies", body)).status_code
    return code


async def done(door: Door, path: str, body: dict[str, Any]) -> None:
    answer = await door.post(path, body)
    assert 200 == answer.status_code, answer.text


async def place_of(door: Door, code: str, **known: str) -> tuple[str, str | None]:
    """Return the code of the unit above the commune, and since when it stands there."""
    answer = await door.get(
        f"/hierarchies/{code}/ancestors", ids=[str(BA_BE_COMMUNE)], on=DAY, **known
    )
    (line,) = answer.json()["lines"]
    below = await door.get(
        f"/hierarchies/{code}/children",
        ids=[line["rows"][0]["unit"]["id"]], on=DAY, first=500, **known,
    )  # fmt: skip
    (placed_on,) = (
        row["placed_on"]
        for row in below.json()["parents"][0]["rows"]
        if row["unit"]["id"] == str(BA_BE_COMMUNE)
    )
    return line["rows"][0]["unit"]["code"], placed_on


async def test_a_place_is_known_from_its_recording_until_its_withdrawal(
    owner: Door,
) -> None:
    """Up and down say the same at each moment, however long ago the day is."""
    code = await defined(owner)
    before = moment()
    unit = {"unit": {"id": str(BA_BE_COMMUNE)}}
    await done(
        owner, f"/hierarchies/{code}/placings",
        {**unit, "parent": {"code": "066"}, "effective_on": DAY},
    )  # fmt: skip
    between = moment()
    await done(
        owner, f"/hierarchies/{code}/placings/{BA_BE_COMMUNE}/withdrawal", {}
    )  # fmt: skip
    base = await place_of(owner, "administration")
    assert base == await place_of(owner, code, known_at=before)
    assert ("066", DAY) == await place_of(owner, code, known_at=between)
    assert base == await place_of(owner, code)
    await done(
        owner, f"/hierarchies/{code}/placings",
        {**unit, "parent": {"code": "065"}, "effective_on": DAY},
    )  # fmt: skip
    assert ("065", DAY) == await place_of(owner, code)
    assert ("066", DAY) == await place_of(owner, code, known_at=between)


async def test_a_hierarchy_is_known_from_its_definition_on(owner: Door) -> None:
    """Before it there is none; a skip and an end show from their recording on."""
    before = moment()
    code = await defined(owner)
    plain = moment()
    skip = {"level": "district", "effective_on": DAY}
    await done(owner, f"/hierarchies/{code}/skipped-levels", skip)
    skipping = moment()
    await done(owner, f"/hierarchies/{code}/skipped-levels/district/withdrawal", {})
    withdrawn = moment()
    await done(owner, f"/hierarchies/{code}/ending", {"ended_on": "2026-01-01"})

    async def told(**known: str) -> tuple[list[str], str | None] | None:
        rows = (await owner.get("/hierarchies", **known)).json()["rows"]
        assert "administration" == rows[0]["code"]
        found = [row for row in rows if row["code"] == code]
        return (
            ([skip["level"] for skip in found[0]["skipped"]], found[0]["valid_to"])
            if found
            else None
        )

    assert None is await told(known_at=before)
    assert ([], None) == await told(known_at=plain)
    assert (["district"], None) == await told(known_at=skipping)
    assert ([], None) == await told(known_at=withdrawn)
    assert ([], "2026-01-01") == await told()
    unknown = await owner.get(f"/hierarchies/{code}/children", known_at=before)
    assert (404, "registry.hierarchy.unknown", "$.hierarchy") == problem(unknown)


async def test_a_typed_name_is_found_as_it_was_known(
    registry: Registry, registrar: Door
) -> None:
    """A renaming that was undone is found at the moments between, and at no other."""
    unit = commune(registry, 6)
    before = moment()
    await rename(registrar, unit, "Rừng Đước Xanh", ahead(3))
    renamed = (await last_change(registrar, unit))["recorded_at"]
    undoing = {"version": 2, "reason": "entered_wrongly"}
    await done(registrar, f"/units/{unit}/undoing", undoing)

    async def found(**known: str) -> str | None:
        asked = {"text": "rung duoc xanh", "on": ahead(3), **known}
        answer: str | None = (await registrar.get("/units/find", **asked)).json()[
            "unit_id"
        ]
        return answer

    assert None is await found(known_at=before)
    assert unit == await found(known_at=renamed)
    assert None is await found()


async def test_a_day_that_is_not_given_is_that_of_the_moment(
    registry: Registry, registrar: Door
) -> None:
    """For typed names, heirs and hierarchies as for every question about units."""
    unit = commune(registry, 7)
    await rename(registrar, unit, "Ngày Ấy", ahead(0))
    known_at = moment()
    for path, asked in (
        ("/units/find", {"text": "ngay ay"}),
        ("/units/successors", {"ids": [unit]}),
        ("/hierarchies/administration/ancestors", {"ids": [unit]}),
        ("/hierarchies/administration/children", {}),
    ):
        answer = await registrar.get(path, known_at=known_at, **asked)
        assert ahead(0) == answer.json()["on"]


async def test_nothing_is_known_before_the_register(registrar: Door) -> None:
    """A moment before the import is refused by every question."""
    for path, asked in (
        ("/units/find", {"text": "ca mau"}),
        ("/units/successors", {"ids": [str(BA_BE_COMMUNE)]}),
        ("/hierarchies", {}),
        ("/hierarchies/administration/children", {}),
        ("/hierarchies/police_line/ancestors", {"ids": [str(BA_BE_COMMUNE)]}),
    ):
        answer = await registrar.get(path, known_at="2020-01-01T00:00:00Z", **asked)
        assert (422, "registry.units.moment_before_register", "$.known_at") == problem(
            answer
        )
