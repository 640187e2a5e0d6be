"""Rights that are handed on, at the doors: given, used, seen, taken back."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import THAI_NGUYEN
from services.chassis.clock import local_today
from services.chassis.schemas import rebuild_read_schema
from services.contracts.registry.units import UnitRef, unit_id
from services.registry.domain.roles import ROLES
from services.registry.read_models.access_grants import GRANTS
from tests.registry.conftest import Door, Registry

LANG_SON: Final = str(unit_id("province", "20", None))
BAC_KAN: Final = unit_id("province", "06", None)


def soon() -> str:
    return (local_today() + timedelta(days=20)).isoformat()


def terms(registry: Registry, **changed: Any) -> dict[str, Any]:
    return {
        "subject": f"clerk-{uuid4()}",
        "role": "roster_clerk",
        "unit": {"code": a_commune(registry)},
        "first_day": local_today().isoformat(),
        "last_day": soon(),
        **changed,
    }


def a_commune(registry: Registry) -> str:
    """Return a commune of today that took over another one."""
    return next(
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.19-2025.") and unit.predecessors
    )


def by(registry: Registry, subject: str, **rights: Any) -> Door:
    """Somebody whose token gives nothing but a name, unless told otherwise."""
    chosen = {"scopes": (), "unit_roots": (), **rights}
    return registry.caller("officer", claims={"sub": subject}, **chosen)


async def granted(registry: Registry, told: dict[str, Any]) -> str:
    answer = await registry.officer.post("/access-grants", told)
    assert 201 == answer.status_code, answer.text
    found: str = answer.json()["grant_id"]
    return found


def refusal(answer: Any) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem["errors"][0].get("field")


def team(code: str) -> dict[str, Any]:
    return {
        "force_type": "civil_defence_team",
        "unit": {"code": code},
        "established_on": local_today().isoformat(),
        "name": f"Đội thử {uuid4()}",
    }


async def test_a_granted_right_opens_doors_in_its_area_and_nowhere_else(
    registry: Registry,
) -> None:
    """The clerk's token says nothing; the grant says one commune and one role."""
    told = terms(registry)
    code = told["unit"]["code"]
    clerk = by(registry, told["subject"])
    assert (403, "auth.scope_missing", None) == refusal(
        await clerk.post("/force-units", team(code))
    )
    await granted(registry, told)
    made = await clerk.post("/force-units", team(code))
    assert 201 == made.status_code, made.text
    other = next(
        unit.code
        for unit in registry.tree
        if unit.path.startswith("VN.19-2025.") and unit.code != code
    )
    assert (403, "units.outside_your_area", "$.unit") == refusal(
        await clerk.post("/force-units", team(other))
    )
    listed = await clerk.get("/force-units", unit_code="VN")
    unit = registry.tree.resolve(UnitRef(code=code), local_today()).id
    rows = listed.json()["rows"]
    assert made.json()["force_unit_id"] in {row["id"] for row in rows}
    assert all(registry.tree.within((unit,), UUID(row["unit_id"])) for row in rows)


async def test_scopes_do_not_reach_into_areas_in_which_they_were_not_given(
    registry: Registry,
) -> None:
    """Writing in one commune by grant, reading in Lạng Sơn by token: no mixture."""
    told = terms(registry)
    await granted(registry, told)
    clerk = by(
        registry,
        told["subject"],
        scopes=["registry:read"],
        unit_roots=[LANG_SON],
    )
    lang_son = next(
        unit.code
        for unit in registry.tree
        if unit.level == "commune"
        and unit.in_force(local_today())
        and registry.tree.within((UUID(LANG_SON),), unit.id)
    )
    assert (403, "units.outside_your_area", "$.unit") == refusal(
        await clerk.post("/force-units", team(lang_son))
    )
    assert (
        201
        == (await clerk.post("/force-units", team(told["unit"]["code"]))).status_code
    )


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"role": "king"}, (422, "registry.access.role_unknown", "$.role")),
        ({"role": "people_reader"}, (403, "registry.access.not_held", "$.role")),
        ({"subject": "officer"},
         (403, "registry.access.second_person_needed", "$.subject")),
        ({"subject": "Nguyễn Văn A"}, (422, "body.invalid", "$.subject")),
        ({"last_day": "2999-01-01"}, (422, "registry.access.too_long", "$.last_day")),
        ({"last_day": "2020-01-01"},
         (422, "registry.access.days_crossed", "$.last_day")),
        ({"unit": {"id": LANG_SON}}, (403, "units.outside_your_area", "$.unit")),
        ({"unit": {"id": str(BAC_KAN)}}, (422, "units.not_in_force", "$.unit.id")),
    ],
)  # fmt: skip
async def test_bad_grants_are_refused_with_code_and_field(
    registry: Registry, changed: dict[str, Any], refused: tuple[int, str, str]
) -> None:
    """Nothing unknown, nothing not held, nothing for ever, nothing elsewhere."""
    answer = await registry.officer.post("/access-grants", terms(registry, **changed))
    assert refused == refusal(answer)


async def test_a_sensitive_grant_waits_for_a_second_person(
    registry: Registry,
) -> None:
    """Until then it opens nothing; the second person is neither of the two."""
    scopes = ["units:read", "access:read", "access:grant"]
    told = terms(registry, role="access_giver")
    clerk = by(registry, told["subject"])
    giver = by(registry, "chief", scopes=scopes, unit_roots=[THAI_NGUYEN])
    answer = await giver.post("/access-grants", told)
    assert answer.json()["needs_approval"], answer.text
    path = f"/access-grants/{answer.json()['grant_id']}/approval"
    assert 403 == (await clerk.get("/access-roles")).status_code
    second = by(
        registry,
        "second",
        scopes=["access:approve"],
        unit_roots=[THAI_NGUYEN],
    )
    himself = by(registry, "chief", scopes=["access:approve"], unit_roots=[THAI_NGUYEN])
    assert (403, "registry.access.second_person_needed", "$.grant_id") == refusal(
        await himself.post(path, {})
    )
    assert 200 == (await second.post(path, {})).status_code
    assert 200 == (await clerk.get("/access-roles")).status_code


async def test_a_grant_that_is_taken_back_opens_nothing_more(
    registry: Registry,
) -> None:
    """From the answer on; a second time it is refused."""
    told = terms(registry)
    grant_id = await granted(registry, told)
    clerk = by(registry, told["subject"])
    assert 200 == (await clerk.get("/force-types")).status_code
    path = f"/access-grants/{grant_id}/revocation"
    taken = await registry.officer.post(path, {"reason": "left_office"})
    assert 200 == taken.status_code, taken.text
    assert 403 == (await clerk.get("/force-types")).status_code
    again = await registry.officer.post(path, {"reason": "left_office"})
    assert (409, "registry.access.revoked", None) == refusal(again)


async def test_somebody_is_told_what_it_holds_today(registry: Registry) -> None:
    """By token and by grant, with the day on which it ends; nobody else's."""
    told = terms(registry)
    clerk = by(
        registry, told["subject"], scopes=["units:read"], unit_roots=[LANG_SON, BAC_KAN]
    )
    own = {"scopes": ["units:read"], "unit_id": LANG_SON, "last_day": None}
    # Bắc Kạn has ended: it lets nobody in.
    assert [own] == (await clerk.get("/my-rights")).json()["rows"]
    await granted(registry, told)
    unit = registry.tree.resolve(UnitRef(code=told["unit"]["code"]), local_today())
    assert [
        own,
        {
            "scopes": sorted(["units:read", "registry:read", "registry:write"]),
            "unit_id": str(unit.id),
            "last_day": told["last_day"],
        },
    ] == (await clerk.get("/my-rights")).json()["rows"]
    assert 401 == (await registry.stranger.get("/my-rights")).status_code


async def test_who_can_see_a_unit_is_answered(registry: Registry) -> None:
    """Grants from it and from above count, others and revoked ones do not."""
    told = terms(registry)
    code = told["unit"]["code"]
    here = await granted(registry, told)
    above = await granted(registry, terms(registry, unit={"code": "19"}))
    gone = await granted(registry, terms(registry, unit={"code": "19"}))
    await registry.officer.post(
        f"/access-grants/{gone}/revocation", {"reason": "mistake"}
    )
    unit = registry.tree.resolve(UnitRef(code=code), local_today())
    seen = await ids(registry, unit_id=str(unit.id), scope="registry:write")
    assert {here, above} <= seen
    assert gone not in seen
    (before, *_) = unit.predecessors
    of_history = await ids(registry, unit_id=str(before.unit_id))
    assert ({here, above} <= of_history) == before.whole
    assert not {here, above} & await ids(
        registry, unit_id=str(unit.id), scope="people:read"
    )


async def ids(registry: Registry, **asked: Any) -> set[str]:
    found: set[str] = set()
    after = None
    while True:
        more = {} if after is None else {"after": after}
        answer = await registry.officer.get("/who-can-see", **asked, **more, first=50)
        assert 200 == answer.status_code, answer.text
        rows = answer.json()["rows"]
        found |= {row["id"] for row in rows}
        if not answer.json()["has_next"]:
            return found
        after = rows[-1]["cursor"]


async def test_grants_of_another_area_look_absent(registry: Registry) -> None:
    """An officer of Lạng Sơn neither lists nor takes them back."""
    grant_id = await granted(registry, terms(registry))
    other = registry.caller("officer", unit_roots=[LANG_SON])
    refused = await other.post(
        f"/access-grants/{grant_id}/revocation", {"reason": "mistake"}
    )
    assert (404, "registry.access.unknown", "$.grant_id") == refusal(refused)
    listed = await other.get("/access-grants", unit_code="19")
    assert [] == listed.json()["rows"]


async def test_the_id_of_something_else_is_no_grant(registry: Registry) -> None:
    """A force unit's id looks absent, in the log and among what is remembered."""
    told = await registry.officer.post("/force-units", team(a_commune(registry)))
    assert 201 == told.status_code, told.text
    force_unit_id = told.json()["force_unit_id"]
    for _ in range(2):
        refused = await registry.officer.post(
            f"/access-grants/{force_unit_id}/revocation", {"reason": "mistake"}
        )
        assert (404, "registry.access.unknown", "$.grant_id") == refusal(refused)


async def test_the_same_key_grants_once(registry: Registry) -> None:
    """A repeated command is replayed."""
    key, told = uuid4(), terms(registry)
    first = await registry.officer.post("/access-grants", told, key=key)
    again = await registry.officer.post("/access-grants", told, key=key)
    assert first.json() == again.json()
    listed = await registry.officer.get(
        "/access-grants", unit_code=told["unit"]["code"], first=100
    )
    (mine,) = [r for r in listed.json()["rows"] if r["subject"] == told["subject"]]
    assert sorted(ROLES[told["role"]].scopes) == mine["scopes"]


async def test_grants_come_back_from_the_log(registry: Registry) -> None:
    """A rebuilt table is the same."""
    grant_id = await granted(registry, terms(registry))
    await registry.officer.post(
        f"/access-grants/{grant_id}/revocation", {"reason": "misuse"}
    )

    def rows() -> list[Any]:
        with registry.runtime.engine.connect() as conn:
            return list(conn.execute(sa.select(GRANTS).order_by(GRANTS.c.id)))

    before = rows()
    rebuild_read_schema(registry.runtime)
    assert before == rows()
