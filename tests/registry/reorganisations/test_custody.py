"""What goes on in a divided unit, in every service: listed, decided on, kept."""

import asyncio
from typing import Any

import sqlalchemy as sa

from services.registry.read_models.tables import UNITS
from services.registry.read_models.units import UnitsReadModel
from services.unit_directory.directory import units_of
from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.dividing import (
    PLANNER,
    WORK,
    Divided,
    Work,
    a_commune_at_work,
    a_tip,
    commune,
    divided,
    done,
    drafted,
    planner,
)
from tests.registry.reorganisations.plans import COUNTRY, DAY
from tests.support.house import House


async def test_every_service_says_what_goes_on(house: House) -> None:
    """Counts by kind and unit, of tips nothing but that somebody has to keep them."""
    plan = await divided(house, 0)
    await a_commune_at_work(house, plan.old)
    found = await plan.rehearsal()
    assert [] == found["silent"]
    rows = {row["kind"]: row for row in found["rows"]}
    assert {
        "campaign": ("campaigns", 1, True),
        "model": ("campaigns", 1, True),
        "model_point": ("campaigns", 1, True),
        "tip": ("tips", None, True),
    } == {
        kind: (row["service"], row["how_many"], row["must_decide"])
        for kind, row in rows.items()
    }
    heirs = [str(heir) for heir in plan.heirs]
    for row in rows.values():
        assert (str(plan.old.id), heirs[0], heirs, str(plan.old.parent_id)) == (
            row["id"],
            row["proposed_successor_id"],
            row["candidate_ids"],
            row["owner_unit_id"],
        )
    refused = await plan.execute()
    assert (409, "registry.reorganisation.decisions_open", None) == refusal(refused)
    assert 4 == refused.json()["params"]["count"]


async def test_pages_of_all_services_make_one_list(house: House) -> None:
    """Row by row by the cursor: the same rows in the same order, each once."""
    plan = await divided(house, 1)
    await a_commune_at_work(house, plan.old)
    whole = (await plan.rehearsal())["rows"]
    paged: list[Any] = []
    after: dict[str, str] = {}
    while True:
        page = await plan.rehearsal(first="1", **after)
        paged += page["rows"]
        if not page["has_next"]:
            break
        after = {"after": page["rows"][-1]["cursor"]}
    assert whole == paged
    assert 4 == len(paged)


async def test_who_does_not_answer_is_named_and_waited_for(house: House) -> None:
    """Nothing is guessed: the rehearsal says who is silent, the execution can wait."""
    plan = await divided(house, 2)
    await plan.decide(tip=plan.heirs[0])
    await house.stop("tips")
    try:
        silent = (await plan.rehearsal())["silent"]
        digest = (await plan.rehearsal())["digest"]
        refused = await plan.planner.post(f"{plan.path}/execution", {"digest": digest})
    finally:
        await house.start("tips")
        while (await plan.rehearsal())["silent"]:
            await asyncio.sleep(0.1)
    assert [{"service": "tips", "code": "upstream.away"}] == silent
    assert (503, "registry.reorganisation.dependants_untold", None) == refusal(refused)
    assert "tips" == refused.json()["params"]["services"]
    assert "1" == refused.headers["Retry-After"]


async def kept(house: House, place: int) -> tuple[Divided, Work]:
    """Divide a commune at work; all but its point passes to the first heir."""
    plan = await divided(house, place)
    work = await a_commune_at_work(house, plan.old)
    first, second = plan.heirs
    await plan.decide(campaign=first, model=first, model_point=second, tip=first)
    executed = await plan.execute()
    assert (4, 0) == tuple(
        executed.json().get(name) for name in ("custodies_passed", "changed")
    ), executed.text
    return plan, work


def a_session(campaign: str, code: str) -> dict[str, Any]:
    return {
        "campaign_id": campaign,
        "unit": {"code": code},
        "held_on": "2025-04-01",
        "kind": "outreach",
        "attendance": 40,
        "organiser": "police",
        "venue": "",
    }


async def test_the_keeper_goes_on_with_the_drive(house: House) -> None:
    """It finds it in its own list and holds sessions of it; the other heir cannot."""
    plan, work = await kept(house, 3)
    first, second = plan.heirs
    drives = plan.officer("campaigns", first)
    for asked in ({}, {"unit_id": str(first)}, {"unit_id": str(plan.old.id)}):
        listed = await done(drives.get("/v1/campaigns", **asked))
        assert [work.campaign] == [row["id"] for row in listed["rows"]]
    session = a_session(work.campaign, plan.codes[0])
    await done(drives.post("/v1/sessions", session))
    others = plan.officer("campaigns", second)
    assert [] == (await done(others.get("/v1/campaigns")))["rows"]
    session = a_session(work.campaign, plan.codes[1])
    strange = await others.post("/v1/sessions", session)
    assert (404, "campaigns.campaign.not_found") == refusal(strange)[:2]


async def test_each_kind_has_its_own_keeper(house: House) -> None:
    """The point is closed by the heir that it was left to, and by no other."""
    plan, work = await kept(house, 4)
    first, second = plan.heirs
    closing, path = (
        {"closed_on": "2025-05-01"},
        f"/v1/model-points/{work.point}/closure",
    )
    refused = await plan.officer("campaigns", first).post(path, closing)
    assert (404, "campaigns.model_point.not_found") == refusal(refused)[:2]
    await done(plan.officer("campaigns", second).post(path, closing))
    path, ending = f"/v1/models/{work.model}/end", {"ended_on": "2025-05-02"}
    await done(plan.officer("campaigns", first).post(path, ending))


async def test_the_keeper_sorts_the_tips_until_it_is_undone(house: House) -> None:
    """What came late it records too; undone, the old commune's officer is back."""
    plan, work = await kept(house, 5)
    first, second = plan.heirs
    tips, other = plan.officer("tips", first), plan.officer("tips", second)
    listed = await done(tips.get("/v1/tips"))
    assert [work.tip] == [row["id"] for row in listed["rows"]]
    sorting = {"outcome": "accepted", "triaged_on": "2025-04-02"}
    path = f"/v1/tips/{work.tip}/triage"
    refused = await other.post(path, sorting)
    assert (404, "tips.tip.not_found", None) == refusal(refused)
    await done(tips.post(path, sorting))
    await done(tips.post("/v1/tips/record", a_tip(plan.old.code, "2025-02-11")))
    assert [] == (await done(other.get("/v1/tips")))["rows"]
    before = plan.officer("tips", plan.old.id)
    assert [] == (await done(before.get("/v1/tips")))["rows"]
    await _rebuilt_is_the_same(house)
    await plan.undo()
    await _rebuilt_is_the_same(house)
    assert [] == (await done(tips.get("/v1/tips")))["rows"]
    assert 2 == len((await done(before.get("/v1/tips")))["rows"])


async def _rebuilt_is_the_same(house: House) -> None:
    runtime = house.runtimes["registry"]

    def rows(conn: sa.Connection) -> list[Any]:
        found = conn.execute(sa.select(UNITS.units).order_by(UNITS.units.c.id))
        return [tuple(row) for row in found]

    before = await runtime.read(rows)
    recorded = runtime.log.read_after(0, 100_000)

    def rebuild(conn: sa.Connection) -> None:
        UNITS.forget(conn)
        UnitsReadModel().apply(conn, recorded)

    await runtime.write(rebuild)
    assert before == await runtime.read(rows)
    for name in ("campaigns", "tips", "reporting"):
        theirs = {unit.id: unit.custodies for unit in units_of(house.runtimes[name])}
        ours = {unit.id: unit.custodies for unit in units_of(runtime)}
        assert ours == theirs


async def test_a_planner_learns_nothing_of_tips(house: House) -> None:
    """Whether there are tips or none, he is told the same; an officer is told all."""
    plan = await divided(house, 9)

    async def told(*scopes: str) -> list[tuple[int | None, bool]]:
        door = house.door(
            "registry", "officer", scopes=(*PLANNER, *scopes), unit_roots=(COUNTRY,)
        )
        rows = (await done(door.get(f"{plan.path}/rehearsal")))["rows"]
        tips = [row for row in rows if row["kind"] == "tip"]
        return [(row["how_many"], row["must_decide"]) for row in tips]

    assert ([(None, True)], []) == (await told(), await told("tips:triage"))
    tips = plan.officer("tips", plan.old.id)
    for day in ("2025-02-10", "2025-02-11"):
        await done(tips.post("/v1/tips/record", a_tip(plan.old.code, day)))
    assert ([(None, True)], [(2, True)]) == (await told(), await told("tips:triage"))


async def test_a_unit_owes_the_reports_of_its_habit(house: House) -> None:
    """Months behind the last one reported are due; the keeper drafts what is left."""
    plan = await divided(house, 10)
    old = plan.officer("reporting", plan.old.id)

    def a_report(number: int) -> dict[str, Any]:
        period = {"kind": "month", "year": 2025, "number": number}
        return {"unit_id": str(plan.old.id), "period": period}

    drafted = await done(old.post("/v1/reports", a_report(1)))
    rows = (await plan.rehearsal())["rows"]
    # February and March of the official calendar began before 1 March.
    assert [2] == [row["how_many"] for row in rows if row["kind"] == "report"]
    first, second = plan.heirs
    await plan.decide(report=first, tip=second)
    await plan.execute()
    keeper, other = plan.officer("reporting", first), plan.officer("reporting", second)
    await done(keeper.post("/v1/reports", a_report(2)))
    path = f"/v1/reports/{drafted['report_id']}"
    assert drafted["report_id"] == (await done(keeper.get(path)))["report_id"]
    assert 404 == (await other.get(path)).status_code
    refused = await other.post("/v1/reports", a_report(3))
    assert 404 == refused.status_code, refused.text


async def test_another_word_about_custody_can_be_said_later(house: House) -> None:
    """Of an heir in parts alone; the last word stands until it is taken back."""
    plan = await divided(house, 11)
    work = await a_commune_at_work(house, plan.old)
    first, second = plan.heirs
    kinds = ("campaign", "model", "model_point", "tip")
    await plan.decide(**dict.fromkeys(kinds, first))
    assert 4 == (await plan.execute()).json()["custodies_passed"]
    path = f"/v1/units/{plan.old.id}"
    body = {"kind": "tip", "keeper_id": str(second), "effective_on": DAY}
    body |= {"legal_basis": "2/QĐ-UBND", "decree_date": "2025-03-02"}
    stranger = body | {"keeper_id": str(plan.old.parent_id)}
    refused = await plan.planner.post(f"{path}/custody", stranger)
    assert (409, "registry.unit.keeper_not_heir", "$.keeper_id") == refusal(refused)
    elsewhere = plan.officer("registry", first)
    assert 403 == (await elsewhere.post(f"{path}/custody", body)).status_code

    async def seen() -> tuple[list[str], list[str]]:
        await house.until_units_are_known()
        answers = [
            await done(plan.officer("tips", heir).get("/v1/tips"))
            for heir in (first, second)
        ]
        one, two = ([row["id"] for row in answer["rows"]] for answer in answers)
        return one, two

    assert ([work.tip], []) == await seen()
    passed = await done(plan.planner.post(f"{path}/custody", body))
    assert ([], [work.tip]) == await seen()
    undoing = {"version": passed["version"], "reason": "entered_wrongly"}
    await done(plan.planner.post(f"{path}/undoing", undoing))
    assert ([work.tip], []) == await seen()


async def test_a_whole_heir_goes_on_without_a_word(house: House) -> None:
    """Of a merger nothing is decided: the heir holds sessions of the drive at once."""
    door, old, heir = planner(house), commune(house, 12), commune(house, 13)
    work = await a_commune_at_work(house, old)
    path = await drafted(house)
    merging = {
        "kind": "merge",
        "units": [{"code": old.code}],
        "into": [{"code": heir.code}],
    }
    await done(door.post(f"{path}/operations", {"operations": [merging]}))
    rehearsal = await done(door.get(f"{path}/rehearsal"))
    told = [(row["kind"], row["must_decide"]) for row in rehearsal["rows"]]
    assert ("campaign", False) in told
    assert {False} == {must_decide for _, must_decide in told}
    # Nothing is to be decided, so nobody is asked and waited for.
    await house.stop("tips")
    try:
        digest = {"digest": rehearsal["digest"]}
        await done(door.post(f"{path}/execution", digest))
    finally:
        await house.start("tips")
    await house.until_units_are_known()
    drives = house.door("campaigns", "officer", scopes=WORK, unit_roots=(heir.id,))
    await done(drives.post("/v1/sessions", a_session(work.campaign, heir.code)))
