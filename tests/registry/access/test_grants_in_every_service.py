"""Rights that are handed on, at the doors of the services that follow the registry."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID, uuid4

import pytest

from deploy.embedded.issuer import COUNTRY, THAI_NGUYEN
from services.chassis.openapi import Door
from services.contracts.registry.units import unit_id
from services.registry.domain.roles import ROLES
from tests.registry.access.world import EVERYTHING, FOLLOWING, World, a_grant
from tests.registry.conftest import Door as Caller

PROVINCE: Final = "VN.19-2025."
BAC_KAN: Final = unit_id("province", "06", None)
LANG_SON: Final = unit_id("province", "20", None)
EVE: Final = date(2025, 6, 30)
A_CLERK: Final = {
    "campaigns": "campaigns_clerk",
    "tips": "tips_sorter",
    "reporting": "report_drafter",
}


def doors(service: str) -> Iterator[Door]:
    for router in FOLLOWING[service].definition().routers:
        for route in router.routes:
            yield route.endpoint.door


def wanted(door: Door) -> frozenset[str]:
    scope = door.scope or ()
    return frozenset((scope,) if isinstance(scope, str) else scope)


class Places(NamedTuple):
    """Units of today and of yesterday."""

    now: UUID
    beside: UUID
    history: UUID


@pytest.fixture(scope="module")
def places(whole: World) -> Places:
    """Give two communes of today, and one that the first took over from Bắc Kạn."""
    tree = whole.tree
    todays = [unit for unit in tree if unit.path.startswith(PROVINCE)]
    for unit in todays:
        for one in unit.predecessors:
            before = tree.get(one.unit_id)
            if one.whole and before and before.path.startswith("VN.06-0."):
                beside = next(other.id for other in todays if other.id != unit.id)
                return Places(unit.id, beside, before.id)
    raise AssertionError("nothing of Bắc Kạn was taken over")


@pytest.fixture(scope="module")
async def grantees(whole: World, places: Places) -> dict[str, str]:
    """Give somebody for each role, who has nothing else."""
    found = {}
    for role in ROLES:
        found[role] = f"only-{role}"
        await whole.give(found[role], role, places.now)
    for service in FOLLOWING:
        for subject in found.values():
            await whole.knows(service, subject)
    return found


@pytest.mark.parametrize("service", FOLLOWING)
async def test_a_granted_role_passes_exactly_the_doors_of_its_scopes(
    whole: World, grantees: dict[str, str], service: str
) -> None:
    """Every role by grant before every door: as if the token said it."""
    wrong = {}
    for role, subject in grantees.items():
        caller = whole.by(service, subject)
        for door in doors(service):
            path = door.path
            for field in door.request.__struct_fields__:
                path = path.replace(f"{{{field}}}", str(uuid4()))
            path = path if path.startswith("/v1") else f"/v1{path}"
            if door.method == "GET":
                answer = await caller.get(path, no_such_field="x")
            else:
                answer = await caller.post(path, b"[]")
            stopped = 403 == answer.status_code and (
                "auth.scope_missing" == answer.json()["code"]
            )
            may = not wanted(door) or bool(wanted(door) & ROLES[role].scopes)
            if stopped == may:
                wrong[role, door.path] = answer.status_code
    assert {} == wrong


# Who is granted a role where, and which of the three places' rows that opens.
REACH: Final[dict[str, set[str]]] = {
    "its own commune": {"now", "history"},
    "a commune beside": {"beside"},
    "the province of today": {"now", "beside", "history"},
    "another province": set(),
    "the country": {"now", "beside", "history"},
    # Ended: nobody works for it any more.
    "the commune that it was": set(),
    "the province that was": set(),
}


def roots(places: Places) -> dict[str, UUID]:
    return {
        "its own commune": places.now,
        "a commune beside": places.beside,
        "the province of today": THAI_NGUYEN,
        "another province": LANG_SON,
        "the country": COUNTRY,
        "the commune that it was": places.history,
        "the province that was": BAC_KAN,
    }


@pytest.fixture(scope="module")
async def clerks(whole: World, places: Places) -> dict[str, dict[str, Caller]]:
    """Give each service's clerks by grant: one for each relation to the rows."""
    found: dict[str, dict[str, Caller]] = {}
    for service, role in A_CLERK.items():
        found[service] = {}
        for relation, unit in roots(places).items():
            subject = f"{service}-clerk-{uuid4()}"
            found[service][relation] = whole.by(service, subject)
            if whole.tree.unit(unit).valid_to is None:
                await whole.give(subject, role, unit)
            else:  # given while the unit was there, and not run out
                await whole.plant(service, a_grant(subject, role, unit))
            await whole.knows(service, subject)
    return found


def everywhere(whole: World, service: str) -> Caller:
    return whole.by(service, "everywhere", scopes=EVERYTHING, unit_roots=[COUNTRY])


async def a_row(whole: World, service: str, unit: UUID, on: date) -> str:
    """Record a session, a tip or a report of a unit; return its id."""
    ref, day = {"id": str(unit)}, on.isoformat()
    session = {"held_on": day, "kind": "outreach", "organiser": "police"}
    tip = {"received_on": day, "late_reason": "migrated", "channel": "phone_duty"}
    words = {"category": "gambling", "text": "Người lạ tụ tập."}
    path, body, key = {
        "campaigns": (
            "/v1/sessions", {"unit": ref, "attendance": 5, **session}, "session_id"
        ),
        "tips": ("/v1/tips/record", {"unit": ref, **tip, **words}, "tip_id"),
        "reporting": (
            "/v1/reports",
            {"unit_id": str(unit), "period": {"year": on.year}},
            "report_id",
        ),
    }[service]  # fmt: skip
    answer = await everywhere(whole, service).post(path, body)
    assert 201 == answer.status_code, answer.text
    return str(answer.json()[key])


@pytest.fixture(scope="module")
async def rows(whole: World, places: Places) -> dict[str, dict[str, str]]:
    """Give one row of each service in each of the three places."""
    days = {"now": date(2025, 8, 1), "beside": date(2025, 8, 1), "history": EVE}
    return {
        service: {
            name: await a_row(whole, service, getattr(places, name), day)
            for name, day in days.items()
        }
        for service in FOLLOWING
    }


async def ways(service: str, caller: Caller, row: str, unit: UUID) -> dict[str, bool]:
    """Try a row by the list, by itself and by an order; say which let in.

    Orders are refused for their content, where they are not for their place.
    """
    if service == "campaigns":
        listed = await caller.get("/v1/sessions", first=100)
        single = await caller.get("/v1/sessions/by-id", ids=[row])
        ordered = await caller.post(
            f"/v1/sessions/{row}/correction",
            {"attendance": 5, "reason_code": "miscounted"},
        )
    elif service == "tips":
        listed = await caller.get("/v1/tips", first=100)
        single = await caller.post(f"/v1/tips/{row}/read", {"purpose": "triage"})
        ordered = await caller.post(f"/v1/tips/{row}/triage", {"outcome": "routed_out"})
    else:
        listed = await caller.get(f"/v1/units/{unit}/reports")
        single = await caller.get(f"/v1/reports/{row}")
        draft = {"unit_id": str(unit), "period": {"year": 2024}}
        ordered = await caller.post("/v1/reports", draft)
    return {
        "list": row in listed.text,
        "single": 200 == single.status_code and row in single.text,
        "command": ordered.status_code not in {403, 404},
    }


@pytest.mark.parametrize("relation", REACH)
@pytest.mark.parametrize("service", FOLLOWING)
async def test_lists_single_reads_and_commands_follow_one_rule(
    clerks: dict[str, dict[str, Caller]],
    rows: dict[str, dict[str, str]],
    places: Places,
    service: str,
    relation: str,
) -> None:
    """What is listed is what is read by id, and what can be ordered."""
    caller = clerks[service][relation]
    seen = {
        name: await ways(service, caller, row, getattr(places, name))
        for name, row in rows[service].items()
    }
    assert {
        name: dict.fromkeys(("list", "single", "command"), name in REACH[relation])
        for name in rows[service]
    } == seen
