"""What of the registry itself goes on in a divided unit: listed, kept, chased."""

from typing import Any, Final, NamedTuple

from tests.registry.doors.parts import refusal
from tests.registry.reorganisations.dividing import Divided, divided, done
from tests.support.house import Door, House

KINDS: Final = (
    "coordination_programme",
    "credential",
    "steering_committee",
    "support_claim",
    "training_course",
    "welfare_visit",
)
PAPERS: Final = ("application", "receipts", "discharge_paper")


class Begun(NamedTuple):
    """The paths of what a commune has begun."""

    committee: str
    programme: str
    claim: str
    visit: str
    course: str
    credential: str
    member: str


async def begun(door: Door, code: str) -> Begun:
    """Begin something of each kind in a commune."""
    unit = {"code": code}
    member = await a_member(door, unit)
    return Begun(
        await a_committee(door, unit),
        await a_programme(door, unit),
        await a_claim(door, member),
        await a_visit(door, member),
        await a_course(door, unit),
        await a_badge(door, member),
        member,
    )


async def made(door: Door, path: str, named: str, **body: Any) -> str:
    answer = await done(door.post(f"/v1{path}", body))
    return f"/v1{path}/{answer[named]}"


async def a_committee(door: Door, unit: dict[str, str]) -> str:
    return await made(
        door,
        "/steering-committees",
        "committee_id",
        unit=unit,
        name="Ban Chỉ đạo 138",
        standing_body="commune_police",
        seats=[{"post": "head", "office": "committee_chairman"}],
        effective_on="2024-08-01",
        number="12/QĐ-UBND",
        decided_on="2024-08-01",
        issuer="committee_chairman",
    )


async def a_programme(door: Door, unit: dict[str, str]) -> str:
    return await made(
        door,
        "/programmes",
        "programme_id",
        unit=unit,
        number="05/CTr-CA-MTTQ",
        parties=["police", "mttq"],
        signed_on="2024-08-01",
        valid_from="2024-09-01",
        valid_to="2029-09-01",
        mid_term_on="2026-03-01",
        final_on="2029-08-01",
    )


async def a_claim(door: Door, member: str) -> str:
    return await made(
        door,
        "/claims",
        "claim_id",
        member_id=member,
        kind="injury",
        occurred_on="2024-10-01",
        filed_on="2024-10-06",
        items=[{"code": one, "received_on": "2024-10-06"} for one in PAPERS],
    )


async def a_visit(door: Door, member: str) -> str:
    occurrence = {"occasion": "injury", "occurred_on": "2024-10-01"}
    return await made(door, "/visits", "visit_id", member_id=member, **occurrence)


async def a_course(door: Door, unit: dict[str, str]) -> str:
    return await made(
        door,
        "/courses",
        "course_id",
        unit=unit,
        topics=["law", "fire_rescue"],
        first_day="2024-11-04",
        last_day="2024-11-08",
        places=20,
    )


async def a_badge(door: Door, member: str) -> str:
    issued = {"kind": "badge", "issued_on": "2024-09-01"}
    return await made(door, "/credentials", "credential_id", member_id=member, **issued)


async def a_member(door: Door, unit: dict[str, str]) -> str:
    body = {
        "force_type": "security_order_team",
        "unit": unit,
        "established_on": "2024-08-01",
    }
    team = (await done(door.post("/v1/force-units", body)))["force_unit_id"]
    decision = {"number": "15/QĐ-UBND", "decided_on": "2024-08-01"}
    roster = {
        "members": [
            {"full_name": "Người Thử", "post": "leader", "enrolled_on": "2024-08-01"}
        ],
        "decision": {**decision, "issuer": "commune_chairman"},
    }
    enrolled = await done(door.post(f"/v1/force-units/{team}/members", roster))
    found: str = enrolled["member_ids"][0]
    return found


async def executed(plan: Divided) -> None:
    """Leave all of it to the first heir, and carry the plan out."""
    first = plan.heirs[0]
    rows = (await plan.rehearsal())["rows"]
    (team,) = [row["id"] for row in rows if row["kind"] == "force_unit"]
    force = {"kind": "force_unit", "dependant_id": team, "successor_id": str(first)}
    await done(plan.planner.post(f"{plan.path}/decisions", {"decisions": [force]}))
    await plan.decide(tip=first, **dict.fromkeys(KINDS, first))
    answer = await plan.execute()
    assert 1 + len(KINDS) == answer.json().get("custodies_passed"), answer.text


async def test_what_the_registry_itself_keeps_is_counted(house: House) -> None:
    """Each kind at its unit, beside the force, which stands by itself."""
    plan = await divided(house, 6)
    await begun(plan.officer("registry", plan.old.id), plan.old.code)
    totals = {row["kind"]: row for row in (await plan.rehearsal())["totals"]}
    assert {"force_unit", "tip", *KINDS} == set(totals)
    for kind in KINDS:
        assert (1, 1, 1, 0) == tuple(
            totals[kind][name]
            for name in ("dependants", "must_decide", "open", "untold")
        ), kind
    assert (1, 1, 1) == tuple(
        totals["force_unit"][name] for name in ("dependants", "people", "open")
    )
    assert (0, 1) == (totals["tip"]["dependants"], totals["tip"]["untold"])


async def test_the_heir_takes_each_of_them_to_its_end(house: House) -> None:
    """A committee is dissolved, a claim decided, a visit made, a badge taken back."""
    plan = await divided(house, 7)
    work = await begun(plan.officer("registry", plan.old.id), plan.old.code)
    await executed(plan)
    first, second = (plan.officer("registry", heir) for heir in plan.heirs)
    number = {"number": "90/QĐ-UBND", "decided_on": "2025-04-01"}
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        (
            f"{work.committee}/dissolution",
            {"dissolved_on": "2025-04-01", **number, "issuer": "committee_chairman"},
        ),
        (f"{work.programme}/ending", {"ended_on": "2025-04-01"}),
        (
            f"{work.claim}/assessment",
            {"amount": 1_000_000, "assessed_on": "2025-04-01"},
        ),
        (f"{work.visit}/making", {"visited_by": "police", "made_on": "2025-04-01"}),
        (f"{work.course}/cancellation", {}),
        (
            f"{work.credential}/revocation",
            {"ground": "lost", "revoked_on": "2025-04-01"},
        ),
    )
    for path, body in steps:
        strange = await second.post(path, body)
        assert 404 == refusal(strange)[0], (path, strange.text)
        answer = await first.post(path, body)
        assert 200 == answer.status_code, (path, answer.text)


async def test_the_chase_list_goes_with_what_is_kept(house: House) -> None:
    """The heir is told what is overdue of claims and visits; the other heir is not."""
    plan = await divided(house, 8)
    await begun(plan.officer("registry", plan.old.id), plan.old.code)
    await executed(plan)
    first, second = plan.heirs
    for heir, expected in (
        (first, {"claim_assessment", "welfare_visit", "programme_mid_term"}),
        (second, set()),
    ):
        door = plan.officer("registry", heir)
        listed = await done(door.get("/v1/deadlines", unit_id=str(heir)))
        assert expected <= {row["kind"] for row in listed["rows"]}
        assert bool(expected) == bool(listed["rows"])
        for path, there in (("/v1/claims", 1), ("/v1/programmes", 1)):
            rows = (await done(door.get(path, unit_id=str(heir))))["rows"]
            assert (there if expected else 0) == len(rows), path


async def test_the_heir_sends_its_own_members_to_the_course(house: House) -> None:
    """They serve in its area since the day; nobody serves in the old unit any more."""
    plan = await divided(house, 12)
    work = await begun(plan.officer("registry", plan.old.id), plan.old.code)
    await executed(plan)
    first, second = (plan.officer("registry", heir) for heir in plan.heirs)
    members = {"member_ids": [work.member]}
    strange = await second.post(f"{work.course}/members", members)
    assert 404 == refusal(strange)[0], strange.text
    answer = await first.post(f"{work.course}/members", members)
    assert 200 == answer.status_code, answer.text
    assert 1 == answer.json()["changed"]
