"""The yearly rating through the door: roster from the register, steps, lists, areas."""

from datetime import date
from typing import Any, Final

import pytest

from services.registry.verbs import making
from tests.registry.care.conftest import Communes, Team, refusal

DAY: Final = date(2026, 11, 30)
YEAR: Final = 2026


@pytest.fixture(autouse=True)
def end_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day after the year, whenever this test runs."""
    monkeypatch.setattr(making, "local_today", lambda: DAY)


def levels(team: Team, given: str, *members: str) -> list[dict[str, Any]]:
    people = zip(team.members, members, strict=True)
    return [{"id": team.id, "level": given}] + [
        {"id": who, "level": level} for who, level in people
    ]


async def assessed(communes: Communes, team: Team) -> str:
    body = {
        "year": YEAR,
        "subjects": levels(team, "excellent", "good", "good", "good"),
        "assessed_on": "2026-11-12",
    }
    path = f"/force-units/{team.id}/self-assessments"
    told = await communes.done(path, body)
    round_id: str = told["round_id"]
    return round_id


def proposal(team: Team, subjects: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "unit": {"id": str(team.unit.id)},
        "year": YEAR,
        "subjects": subjects,
        "proposed_on": "2026-11-20",
    }


async def test_a_commune_rates_its_teams_and_members(communes: Communes) -> None:
    """Self-assessed, proposed, decided, corrected: each level stays told."""
    team = await communes.team()
    round_id = await assessed(communes, team)
    (row,) = await communes.chased(team.unit)
    assert ("rating_decision", "2026-12-14", round_id) == (
        row["kind"],
        row["due_on"],
        row["subject_id"],
    )
    wanted = levels(team, "good", "good", "done", "good")
    await communes.done("/rating-proposals", proposal(team, wanted))
    decision = {
        "decision_number": "15/QĐ-UBND",
        "decided_on": "2026-11-25",
        "subjects": [{"id": team.members[2], "level": "not_done"}],
    }
    await communes.done(f"/rating-rounds/{round_id}/decision", decision)
    assert [] == await communes.chased(team.unit, on="2026-11-30")
    correction = {
        "decision_number": "16/QĐ-UBND",
        "corrected_on": "2026-11-28",
        "subjects": [{"id": team.members[2], "complaint": True}],
    }
    await communes.done(f"/rating-rounds/{round_id}/corrections", correction)
    (turn,) = await communes.rows("/rating-rounds", team.unit)
    assert ("decided", "15/QĐ-UBND", "2026-11-28", {"good": 1}) == (
        turn["state"],
        turn["decision_number"],
        turn["corrected_on"],
        turn["teams"],
    )
    assert {"good": 1, "done": 1, "complaint": 1} == turn["members"]
    results = await communes.officer.get(f"/rating-rounds/{round_id}/results")
    by_id = {row["subject_id"]: row for row in results.json()["rows"]}
    last = by_id[team.members[2]]
    assert ("good", "good", None, "complaint", True) == tuple(
        last[name]
        for name in ("self_level", "proposed_level", "level", "not_rated", "corrected")
    )
    assert ("excellent", "good", "good") == tuple(
        by_id[team.id][name] for name in ("self_level", "proposed_level", "level")
    )


async def test_the_roster_decides_who_is_rated(communes: Communes) -> None:
    """Who came late has no level; who ceased is no subject; the cap holds."""
    team = await communes.team()
    late = await communes.team(team.unit, people=1, on="2026-03-01")
    await communes.cease(team, team.members[2], "2026-10-01")
    body = {
        "year": YEAR,
        "subjects": levels(team, "good", "good", "good", "good"),
        "assessed_on": "2026-11-12",
    }
    path = f"/force-units/{team.id}/self-assessments"
    answer = await communes.officer.post(path, body)
    assert (422, "registry.rating.subject_unknown", "$.subjects[3]") == refusal(answer)
    body["subjects"] = levels(team, "good", "good", "good", "good")[:3]
    await communes.done(path, body)
    subjects = body["subjects"]
    both = [*subjects, {"id": late.members[0], "level": "done"}]
    answer = await communes.officer.post("/rating-proposals", proposal(team, both))
    assert (422, "registry.rating.time_too_short", "$.subjects[3].level") == refusal(
        answer
    )
    top = levels(team, "excellent", "good", "good", "good")[:3]
    answer = await communes.officer.post("/rating-proposals", proposal(team, top))
    assert (422, "registry.rating.cap_exceeded", "$.subjects") == refusal(answer)
    answer = await communes.officer.post(
        "/rating-proposals", proposal(team, subjects[:2])
    )
    assert (422, "registry.rating.incomplete", "$.subjects") == refusal(answer)
    await communes.done("/rating-proposals", proposal(team, subjects))
    (turn,) = await communes.rows("/rating-rounds", team.unit, year=YEAR)
    assert {"open": 1, "time_too_short": 1} == turn["teams"]
    assert {"open": 2, "time_too_short": 1} == turn["members"]


async def test_another_area_sees_no_round(communes: Communes) -> None:
    """Neither team, nor commune, nor round, nor results."""
    team = await communes.team()
    round_id = await assessed(communes, team)
    stranger = communes.stranger
    path = f"/force-units/{team.id}/self-assessments"
    body = {"year": YEAR, "subjects": [], "assessed_on": "2026-11-12"}
    answer = await stranger.post(path, body)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(answer)
    answer = await stranger.post("/rating-proposals", proposal(team, []))
    assert (403, "units.outside_your_area", "$.unit") == refusal(answer)
    decision = {"decision_number": "15/QĐ-UBND", "decided_on": "2026-11-25"}
    path = f"/rating-rounds/{round_id}/decision"
    answer = await stranger.post(path, decision)
    assert (404, "registry.rating.round_unknown", "$.round_id") == refusal(answer)
    answer = await stranger.get(f"/rating-rounds/{round_id}/results")
    assert [] == answer.json()["rows"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"year": 2024}, (422, "registry.rating.not_known_to_law", "$.year")),
        ({"unit": {"code": "19"}}, (422, "registry.rating.not_of_commune", "$.unit")),
        ({"year": 1066}, (422, "body.invalid", "$.year")),
    ],
)
async def test_what_no_guidance_rates_is_refused(
    communes: Communes, changed: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    """Years before the guidance, units that are no commune."""
    team = await communes.team()
    body = {**proposal(team, []), **changed}
    assert expected == refusal(await communes.officer.post("/rating-proposals", body))
