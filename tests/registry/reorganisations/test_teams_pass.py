"""What belongs to a team goes along with it: its clocks, its place in the quota."""

from datetime import timedelta
from typing import Any, Final

import pytest

from services.chassis.clock import local_today
from services.contracts.registry.units import unit_id
from services.unit_directory.tree import Unit
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import decision, refusal
from tests.registry.reorganisations.plans import (
    BAC_KAN,
    DAY,
    EFFECTIVE,
    FIRST,
    SECOND,
    Plan,
    Split,
    an_area,
    decide,
    execute,
    planner,
)
from tests.registry.service_life.test_selection_by_http import Selection

TEAM: Final = "security_order_team"
HEIR: Final = unit_id("commune", FIRST, EFFECTIVE)


async def a_team(eve: Registry, commune: Any, on: str) -> Any:
    body = {"force_type": TEAM, "unit": {"id": str(commune)}, "established_on": on}
    return await planner(eve).post("/force-units", body)


async def enrol(eve: Registry, team: str, on: str) -> Any:
    body = {
        "members": [{"full_name": "Người Thử Nghiệm", "enrolled_on": on}],
        "decision": decision(on),
    }
    return await planner(eve).post(f"/force-units/{team}/members", body)


@pytest.fixture
async def team(eve: Registry, communes: list[Unit]) -> str:
    """Give a team with one member in the commune that will be divided."""
    made = await a_team(eve, communes[0].id, "2024-08-01")
    assert 201 == made.status_code, made.text
    return str(made.json()["force_unit_id"])


async def divided(eve: Registry, split: Split, team: str) -> str:
    path = await split()
    await decide(eve, path, ("force_unit", team, FIRST))
    done = await execute(eve, path)
    assert 1 == done.json()["forces_passed"], done.text
    return path


async def chased(eve: Registry, unit: Any) -> set[str]:
    answer = await planner(eve).get("/deadlines", unit_id=str(unit), on="2025-02-21")
    return {row["kind"] for row in answer.json()["rows"]}


async def test_clocks_of_a_team_go_along(
    eve: Registry, communes: list[Unit], split: Split, team: str
) -> None:
    """What is chased about it lies where it lies, also what begins on an old fact."""
    member = (await enrol(eve, team, "2025-02-17")).json()["member_ids"][0]
    steps = f"/force-units/{team}/members/{member}/cessation"
    proposed = await planner(eve).post(
        f"{steps}/proposal",
        {
            "ground": "own_request",
            "proposed_on": "2025-02-19",
            "evidence": {"application_on": "2025-02-19"},
        },
    )
    assert 200 == proposed.status_code, proposed.text
    both = {"cessation_report", "decision_posting"}
    assert both == await chased(eve, communes[0].id)
    path = await divided(eve, split, team)
    assert (set(), both) == (
        await chased(eve, communes[0].id),
        await chased(eve, HEIR),
    )
    reported = await planner(eve).post(f"{steps}/report", {"reported_on": "2025-02-21"})
    assert 200 == reported.status_code, reported.text
    assert {"cessation_decision", "decision_posting"} == await chased(eve, HEIR)
    undone = await planner(eve).post(f"{path}/undoing", {"reason": "decree_postponed"})
    assert 200 == undone.status_code, undone.text
    assert {"cessation_decision", "decision_posting"} == await chased(
        eve, communes[0].id
    )


async def test_a_team_takes_its_place_in_the_quota_of_the_day(
    eve: Registry, split: Split, team: str
) -> None:
    """It fills the successor's quota from the day on; a second one is too many."""
    await enrol(eve, team, "2024-08-02")
    await divided(eve, split, team)
    quota = await planner(eve).post(
        "/quota-decisions",
        {
            "province": {"id": str(BAC_KAN)},
            "effective_on": DAY,
            "lines": [{"unit": {"id": str(HEIR)}, "teams": 1, "members": 2}],
        },
    )
    assert 201 == quota.status_code, quota.text
    issued = await planner(eve).post(
        f"/quota-decisions/{quota.json()['quota_id']}/issue",
        {"number": "1/QĐ-UBND", "decided_on": "2025-02-20"},
    )
    assert 200 == issued.status_code, issued.text
    row = (await planner(eve).get("/quotas", unit_id=str(HEIR), on=DAY)).json()["rows"]
    assert [(1, 1)] == [(one["actual_teams"], one["actual_members"]) for one in row]
    second = await a_team(eve, HEIR, "2025-03-02")
    assert (409, "registry.quota.exceeded", None) == refusal(second)
    assert 201 == (await enrol(eve, team, "2025-03-02")).status_code
    third = await enrol(eve, team, "2025-03-03")
    assert (409, "registry.quota.exceeded", None) == refusal(third)
    # A day of the old unit, which has no quota; but who enters then stays on.
    early = await enrol(eve, team, "2025-02-01")
    assert (409, "registry.quota.exceeded", None) == refusal(early)


async def test_an_announced_merger_changes_nothing_of_where_a_team_works(
    eve: Registry, communes: list[Unit], plan: Plan
) -> None:
    """Until the day it covers areas of its own commune, and none of the heir's."""
    ends, heir = communes[1], communes[2]
    made = await a_team(eve, ends.id, "2024-08-01")
    team = made.json()["force_unit_id"]
    own, other = [await an_area(eve, one, "Thôn Một") for one in (ends, heir)]
    tomorrow = (local_today() + timedelta(days=1)).isoformat()
    merger = {
        "kind": "merge",
        "units": [{"code": ends.code}],
        "into": [{"code": heir.code}],
    }
    path = await plan(merger, on=tomorrow)
    done = await execute(eve, path)
    assert 200 == done.status_code, done.text
    for area, status in ((other, 422), (own, 200)):
        body = {"area_ids": [area], "assigned_on": local_today().isoformat()}
        answer = await planner(eve).post(f"/force-units/{team}/areas", body)
        assert status == answer.status_code, answer.text


async def test_the_keeper_of_a_selection_recognises_who_applied_in_the_old_unit(
    eve: Registry, communes: list[Unit], split: Split, team: str
) -> None:
    """Applicants serve nowhere yet; they come with the round to which they applied."""
    one, applications = await submitted(planner(eve), team)
    path = await split()
    group = ("selection_round", str(communes[0].id), FIRST)
    await decide(eve, path, ("force_unit", team, FIRST), group)
    done = await execute(eve, path)
    assert (1, 1) == tuple(
        done.json()[name] for name in ("forces_passed", "custodies_passed")
    )
    late = {
        "decision": decision("2025-03-03"),
        "recognised_on": "2025-03-03",
    }
    kept = "/selection-rounds/" + one.id + "/decision"
    other = eve.caller("officer", unit_roots=(unit_id("commune", SECOND, EFFECTIVE),))
    assert 404 == (await other.post(kept, late)).status_code
    decided = await eve.caller("officer", unit_roots=(HEIR,)).post(kept, late)
    assert 200 == decided.status_code, decided.text
    assert set(applications) == {
        row["application_id"] for row in decided.json()["recognised"]
    }


async def submitted(door: Door, team: str) -> tuple[Selection, list[str]]:
    """Take a round so far that the chairman has to decide."""
    plan = {
        "needed": 1,
        "planned_on": "2025-01-06",
        "receive_from": "2025-01-10",
        "receive_until": "2025-01-20",
        "meeting_on": "2025-02-10",
    }
    made = await door.post("/selection-rounds", {"force_unit_id": team, **plan})
    assert 201 == made.status_code, made.text
    one = Selection(door, team, made.json()["round_id"])
    await one.do("approval", decision=decision("2025-01-07"))
    await one.do("opening", place="culture_house", posted_on="2025-01-08")
    dossier = {
        "conditions": {
            "health_certified_on": "2025-01-05",
            "background": {
                "result": "met",
                "unit_id": str(BAC_KAN),
                "checked_on": "2025-01-06",
            },
        }
    }
    application = await one.applied(received_on="2025-01-15", dossier=dossier)
    await one.do("closing", closed_on="2025-01-20")
    await one.do("list", place="committee_office", posted_on="2025-01-21")
    votes = [{"application_id": application, "votes": 9}]
    await one.do("council", met_on="2025-02-10", present=9, votes=votes)
    posts = [{"application_id": application}]
    await one.do("submission", submitted_on="2025-02-17", posts=posts)
    return one, [application]
