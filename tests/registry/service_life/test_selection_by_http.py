"""A selection through the HTTP door, from the plan to members of the team."""

from typing import Any, Final
from uuid import uuid4

import httpx2
import pytest

from services.contracts.registry.units import unit_id
from services.registry.read_models.deadlines import DEADLINES
from services.registry.read_models.selection_tables import APPLICATIONS, ROUNDS, STEPS
from services.registry.read_models.selection_writing import SelectionReadModel
from tests.registry.conftest import Door, Registry
from tests.registry.doors.parts import live_and_rebuilt
from tests.registry.service_life.parts import (
    NAME,
    VINH_LONG,
    act,
    commune,
    decision,
    enrolled,
    history,
    officer,
    refusal,
    team,
)

PERSON: Final = {
    "full_name": NAME,
    "birth_date": "1990-05-01",
    "school_level": "upper_secondary",
    "resident_since": "2010-01-01",
}
DOSSIER: Final[dict[str, Any]] = {
    "conditions": {
        "health_certified_on": "2026-01-20",
        "background": {
            "result": "met",
            "unit_id": str(VINH_LONG),
            "checked_on": "2026-01-21",
        },
    }
}
PLAN: Final = {
    "needed": 2,
    "planned_on": "2026-01-05",
    "receive_from": "2026-01-12",
    "receive_until": "2026-01-30",
    "meeting_on": "2026-02-10",
}


class Selection:
    """One round, taken step by step."""

    def __init__(self, door: Door, team_id: str, round_id: str) -> None:
        self.door = door
        self.team = team_id
        self.id = round_id

    async def try_(self, step: str, **body: Any) -> httpx2.Response:
        return await self.door.post(f"/selection-rounds/{self.id}/{step}", body)

    async def do(self, step: str, **body: Any) -> dict[str, Any]:
        answer = await self.try_(step, **body)
        assert answer.status_code in {200, 201}, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def applied(self, **changed: Any) -> str:
        body = {
            "received_on": "2026-01-15",
            "dossier": DOSSIER,
            "person": PERSON,
            **changed,
        }
        return str((await self.do("applications", **body))["application_id"])

    async def until_open(self) -> None:
        await self.do("approval", decision=decision("2/QĐ-UBND", "2026-01-08"))
        await self.do("opening", place="culture_house", posted_on="2026-01-09")

    async def until_listed(self) -> None:
        await self.do("closing", closed_on="2026-01-30")
        await self.do("list", place="committee_office", posted_on="2026-02-02")

    async def council(self, votes: dict[str, int], **more: Any) -> httpx2.Response:
        papers = [{"application_id": one, "votes": n} for one, n in votes.items()]
        return await self.try_(
            "council", met_on="2026-02-10", present=9, votes=papers, **more
        )

    async def view(self, **asked: str) -> dict[str, Any]:
        answer = await self.door.get("/selection-rounds/by-id", ids=[self.id], **asked)
        (row,) = answer.json()["rows"]
        found: dict[str, Any] = row
        return found


async def planned(registry: Registry, number: int, **changed: Any) -> Selection:
    team_id = await team(registry, number)
    body = {"force_unit_id": team_id, **PLAN, **changed}
    answer = await officer(registry).post("/selection-rounds", body)
    assert 201 == answer.status_code, answer.text
    return Selection(officer(registry), team_id, answer.json()["round_id"])


async def test_a_round_ends_in_members_of_the_team(registry: Registry) -> None:
    """Two of three are voted in, submitted, recognised; the papers stay with them."""
    one = await planned(registry, 20)
    await one.until_open()
    first, second, third = [await one.applied() for _ in range(3)]
    await one.until_listed()
    met = await one.council({first: 9, second: 5, third: 4})
    assert "2026-02-24" == met.json()["due_on"]  # five working days, Tết between
    posts = [
        {"application_id": first, "post": "leader"},
        {"application_id": second},
    ]
    sent = await one.do("submission", submitted_on="2026-02-24", posts=posts)
    assert "2026-03-03" == sent["due_on"]
    key = uuid4()
    path = f"/selection-rounds/{one.id}/decision"
    body = {
        "decision": decision("9/QĐ-UBND", "2026-03-05"),
        "recognised_on": "2026-03-05",
    }
    decided = await one.door.post(path, body, key=key)
    again = await one.door.post(path, body, key=key)
    assert 200 == decided.status_code, decided.text
    assert decided.json() == again.json()
    members = {
        row["application_id"]: row["member_id"] for row in decided.json()["recognised"]
    }
    assert {first, second} == set(members)
    (fact,) = await history(registry, members[first])
    assert ("leader", "9/QĐ-UBND", False) == (
        fact["post"],
        fact["decision_number"],
        fact["complete"],
    )
    answer = await act(registry, one.team, members[first], "enrolment-withdrawal",
                       reason="entered_wrongly")  # fmt: skip
    assert (409, "registry.member.not_enrolled_alone", "$.member_id") == refusal(answer)
    row = await one.view()
    assert ("decided", 2) == (row["state"], row["needed"])
    assert {
        first: ("recognised", 9, "leader"),
        second: ("recognised", 5, "member"),
        third: ("not_passed", 4, None),
    } == {a["id"]: (a["state"], a["votes"], a["post"]) for a in row["applications"]}
    assert [("submitted", "met", 0), ("decided", "met_late", 2)] == [
        (c["step"], c["clock"], c["days_late"]) for c in row["clocks"]
    ]


async def test_clocks_are_chased_and_decide_nothing(registry: Registry) -> None:
    """A round that waits is overdue in the lists and stays where it is."""
    one = await planned(registry, 21)
    await one.until_open()
    first = await one.applied()
    await one.until_listed()
    await one.council({first: 9})
    code = commune(registry, 21)

    async def on(day: str) -> tuple[Any, ...]:
        chased = await one.door.get("/deadlines", unit_code=code, on=day)
        rows = [r for r in chased.json()["rows"] if r["subject_id"] == one.id]
        listed = await one.door.get("/selection-rounds", unit_code=code, on=day)
        (row,) = listed.json()["rows"]
        assert "council_met" == row["state"]
        ((due,), (clock,)) = rows, row["clocks"]
        return due["kind"], due["overdue"], clock["clock"]

    assert ("selection_submission", False, "running") == await on("2026-02-24")
    assert ("selection_submission", True, "overdue") == await on("2026-02-25")
    assert ("selection_submission", True, "overdue") == await on("2026-11-01")


async def test_steps_follow_each_other(registry: Registry) -> None:
    """None is left out, none is before the one it follows, the receipt has its days."""
    one = await planned(registry, 22)
    early = await one.try_("opening", place="culture_house", posted_on="2026-01-09")
    assert (409, "registry.selection.step_out_of_turn", None) == refusal(early)
    before = await one.try_("approval", decision=decision("2/QĐ-UBND", "2026-01-04"))
    assert (
        422,
        "registry.selection.step_too_early",
        "$.decision.decided_on",
    ) == refusal(before)
    await one.until_open()
    late = await one.try_(
        "applications", received_on="2026-01-31", dossier=DOSSIER, person=PERSON
    )
    assert (422, "registry.selection.outside_receipt", "$.received_on") == refusal(late)
    soon = await one.try_("closing", closed_on="2026-01-29")
    assert (422, "registry.selection.step_too_early", "$.closed_on") == refusal(soon)


async def test_only_whole_dossiers_are_listed(registry: Registry) -> None:
    """What is missing is told at once; what comes in time makes it whole."""
    one = await planned(registry, 23)
    await one.until_open()
    lacking = DOSSIER | {"missing": ["health_certificate"]}
    whole, mended, left = [await one.applied(dossier=lacking) for _ in range(3)]
    for application in (whole, mended):
        await one.do(
            f"applications/{application}/check", checked_on="2026-01-20",
            dossier=DOSSIER,
        )  # fmt: skip
    await one.do(f"applications/{mended}/withdrawal", withdrawn_on="2026-01-22")
    await one.until_listed()
    row = await one.view()
    assert {
        whole: ("listed", []),
        mended: ("withdrawn", []),
        left: ("incomplete", ["health_certificate"]),
    } == {a["id"]: (a["state"], a["missing"]) for a in row["applications"]}
    partial = await one.council({whole: 9, left: 9})
    assert (422, "registry.selection.votes_incomplete", "$.votes") == refusal(partial)


async def test_a_tie_needs_a_recorded_decision(registry: Registry) -> None:
    """Without one the round waits; with one the chosen pass."""
    one = await planned(registry, 24, needed=1)
    await one.until_open()
    first, second = [await one.applied() for _ in range(2)]
    await one.until_listed()
    tied = await one.council({first: 7, second: 7})
    assert (409, "registry.selection.tie_needs_decision", "$.tie") == refusal(tied)
    tie = {"chosen": [second], "decision": decision("5/BB-HĐXT", "2026-02-10")}
    assert 200 == (await one.council({first: 7, second: 7}, tie=tie)).status_code
    states = {a["id"]: a["state"] for a in (await one.view())["applications"]}
    assert {first: "not_passed", second: "passed"} == states


async def test_an_unmet_condition_stops_the_decision(registry: Registry) -> None:
    """Nobody of the round is recognised while one does not meet the conditions."""
    one = await planned(registry, 25)
    await one.until_open()
    fit = await one.applied()
    young = await one.applied(person=PERSON | {"birth_date": "2010-01-01"})
    await one.until_listed()
    await one.council({fit: 9, young: 9})
    posts = [{"application_id": fit}, {"application_id": young}]
    await one.do("submission", submitted_on="2026-02-23", posts=posts)
    deciding = {
        "decision": decision("9/QĐ-UBND", "2026-02-25"),
        "recognised_on": "2026-02-25",
    }
    refused = await one.try_("decision", **deciding)
    code = "registry.member.conditions_not_met"
    assert (422, code, "$.recognised[1]") == refusal(refused)
    assert "age" == refused.json()["params"]["conditions"]
    await one.do(f"applications/{young}/withdrawal", withdrawn_on="2026-02-24")
    done = await one.do("decision", **deciding)
    assert [fit] == [row["application_id"] for row in done["recognised"]]


async def test_leaders_of_civil_defence_are_proposed_directly(
    registry: Registry,
) -> None:
    """By Đ.16.3 they need no vote, take a place, and keep the old post meanwhile."""
    one = await planned(registry, 26, needed=1)
    defence = await team(registry, 26, force_type="civil_defence_team")
    leader, member = await enrolled(registry, defence, "leader", "member", **PERSON)
    await one.until_open()
    body = {
        "from_force_unit_id": defence,
        "proposed_on": "2026-01-14",
        "dossier": DOSSIER,
    }
    plain = await one.try_("direct-proposals", member_id=member, **body)
    code = "registry.selection.not_a_civil_defence_leader"
    assert (422, code, "$.member_id") == refusal(plain)
    direct = await one.do("direct-proposals", member_id=leader, **body)
    again = await one.try_("direct-proposals", member_id=leader, **body)
    assert (409, "registry.selection.applied_already", "$.person_id") == refusal(again)
    await one.until_listed()
    assert 200 == (await one.council({})).status_code
    posts = [{"application_id": direct["application_id"], "post": "leader"}]
    await one.do("submission", submitted_on="2026-02-23", posts=posts)
    done = await one.do(
        "decision",
        decision=decision("9/QĐ-UBND", "2026-02-25"),
        recognised_on="2026-02-25",
    )
    (row,) = done["recognised"]
    assert leader != row["member_id"]
    assert leader == (await one.view())["applications"][0]["person_id"]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        (
            {"meeting_on": "2026-01-30"},
            (422, "registry.selection.plan_contradicts_itself", "$.meeting_on"),
        ),
        (
            {"planned_on": "2999-01-01"},
            (422, "registry.day_in_future", "$.planned_on"),
        ),
        ({"needed": 0}, (422, "body.invalid", "$.needed")),
    ],
)
async def test_a_plan_can_be_kept(
    registry: Registry, changed: dict[str, Any], refused: tuple[int, str, str]
) -> None:
    """Dossiers come before the council, the plan itself is no plan for a plan."""
    team_id = await team(registry, 27)
    body = {"force_unit_id": team_id, **PLAN, **changed}
    answer = await officer(registry).post("/selection-rounds", body)
    assert refused == refusal(answer)


async def test_a_force_of_old_knows_no_selection(registry: Registry) -> None:
    """The steps are those of the law of 2023 for its own force."""
    defence = await team(registry, 28, force_type="civil_defence_team")
    body = {"force_unit_id": defence, **PLAN}
    answer = await officer(registry).post("/selection-rounds", body)
    assert (422, "registry.selection.not_foreseen", "$.planned_on") == refusal(answer)


async def test_another_area_sees_no_round(registry: Registry) -> None:
    """A round looks absent from elsewhere, for looking and for every step."""
    one = await planned(registry, 29)
    hanoi = registry.caller("officer", unit_roots=(unit_id("province", "01", None),))
    seen = await hanoi.get("/selection-rounds/by-id", ids=[one.id])
    assert [None] == seen.json()["rows"]
    path = f"/selection-rounds/{one.id}"
    body = {"cancelled_on": "2026-01-06", "reason": "plan_changed"}
    refused = await hanoi.post(f"{path}/cancellation", body)
    assert (404, "registry.selection.unknown", "$.round_id") == refusal(refused)
    deciding = {"decision": decision(), "recognised_on": "2026-01-06"}
    refused = await hanoi.post(f"{path}/decision", deciding)
    assert 404 == refused.status_code


async def test_a_cancelled_round_takes_no_step(registry: Registry) -> None:
    """It stays in the list, and nothing of it is chased."""
    one = await planned(registry, 30)
    await one.until_open()
    first = await one.applied()
    await one.until_listed()
    await one.council({first: 9})
    await one.do("cancellation", cancelled_on="2026-02-11", reason="plan_changed")
    row = await one.view()
    assert ("cancelled", []) == (row["state"], row["clocks"])
    code = commune(registry, 30)
    chased = await one.door.get("/deadlines", unit_code=code, on="2026-06-01")
    assert one.id not in chased.text
    more = await one.try_("submission", submitted_on="2026-02-12", posts=[
        {"application_id": first}])  # fmt: skip
    assert (409, "registry.selection.step_out_of_turn", None) == refusal(more)
    models = [SelectionReadModel()]
    for table in (ROUNDS, STEPS, APPLICATIONS):
        live, anew = live_and_rebuilt(registry, table, models)
        assert live == anew
        assert live
    live, anew = live_and_rebuilt(registry, DEADLINES, models)
    kinds = {"selection_submission", "selection_decision"}
    assert [row for row in live if row.kind in kinds] == anew


async def test_names_of_applicants_are_nowhere_but_in_the_vault(
    registry: Registry,
) -> None:
    """Neither the store nor the lists hold what the dossier says."""
    one = await planned(registry, 31)
    await one.until_open()
    await one.applied()
    with registry.runtime.engine.connect() as conn:
        stored = conn.exec_driver_sql(
            "SELECT string_agg(convert_from(state, 'UTF8'), ' ')"
            " FROM registry_write.events WHERE originator_id = %s",
            (one.id,),
        ).scalar_one()
    listed = await one.door.get("/selection-rounds/by-id", ids=[one.id])
    for text in (stored, listed.text):
        assert not any(fact in text for fact in PERSON.values())


async def test_the_id_of_something_else_is_no_round(registry: Registry) -> None:
    """A team is none, though it lies in the caller's area."""
    team_id = await team(registry, 28)
    one = Selection(officer(registry), team_id, team_id)
    received = await one.try_(
        "applications", received_on="2026-01-15", dossier=DOSSIER, person=PERSON
    )
    closed = await one.try_("closing", closed_on="2026-01-30")
    expected = (404, "registry.selection.unknown", "$.round_id")
    assert [expected] * 2 == [refusal(answer) for answer in (received, closed)]
