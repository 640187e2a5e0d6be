"""A member's life through the HTTP door: posts, rests, ends, papers, who may look."""

from typing import Any
from uuid import uuid4

import pytest

from services.contracts.registry.units import unit_id
from services.registry.person_vault import PersonRecord
from tests.registry.conftest import Registry
from tests.registry.service_life.parts import (
    NAME,
    VINH_LONG,
    act,
    commune,
    decision,
    enrolled,
    history,
    officer,
    person_of,
    refusal,
    team,
)

LATER = decision("80/QĐ-UBND", "2025-09-01")
WHOLE: dict[str, Any] = {
    "health_certified_on": "2025-07-20",
    "background": {
        "result": "met",
        "unit_id": str(VINH_LONG),
        "checked_on": "2025-07-21",
    },
}
FACTS_OF_A_PERSON = {
    "birth_date": "1990-05-01",
    "citizen_id": "019090000001",
    "school_level": "upper_secondary",
    "resident_since": "2010-01-01",
}


async def test_a_life_is_told_decision_by_decision(registry: Registry) -> None:
    """Each change answers its version; the history names every paper."""
    team_id = await team(registry)
    (member,) = await enrolled(registry, team_id, "member")
    moved = await act(
        registry, team_id, member, "post",
        post="deputy", changed_on="2025-09-01", decision=LATER,
    )  # fmt: skip
    assert {"member_id": member, "version": 2} == moved.json()
    await act(registry, team_id, member, "suspension",
              suspended_on="2025-10-01", decision=LATER)  # fmt: skip
    await act(registry, team_id, member, "resumption",
              resumed_on="2025-11-03", decision=LATER)  # fmt: skip
    ceased = await act(
        registry, team_id, member, "cessation",
        ceased_on="2026-01-05", ground="own_request",
        decision=decision("3/QĐ-UBND", "2026-01-05"),
        evidence={"application_on": "2025-12-25"}, expected_version=4,
    )  # fmt: skip
    assert 200 == ceased.status_code, ceased.text
    rows = await history(registry, member)
    assert [
        (1, "enrolled", "2025-08-01", "member", "12/QĐ-UBND"),
        (2, "post_changed", "2025-09-01", "deputy", "80/QĐ-UBND"),
        (3, "suspended", "2025-10-01", None, "80/QĐ-UBND"),
        (4, "resumed", "2025-11-03", None, "80/QĐ-UBND"),
        (5, "ceased", "2026-01-05", None, "3/QĐ-UBND"),
    ] == [
        (r["version"], r["what"], r["effective_on"], r["post"], r["decision_number"])
        for r in rows
    ]
    assert "own_request" == rows[-1]["ground"]


async def test_members_serve_while_suspended_and_are_not_active(
    registry: Registry,
) -> None:
    """Both numbers follow the day, in the list of forces and in the strength."""
    team_id = await team(registry, 1)
    member, _ = await enrolled(registry, team_id, "member", "leader")
    await act(registry, team_id, member, "suspension",
              suspended_on="2025-10-01", decision=LATER)  # fmt: skip
    await act(registry, team_id, member, "resumption",
              resumed_on="2025-11-01", decision=LATER)  # fmt: skip
    code = commune(registry, 1)
    counts = {}
    for day in ("2025-09-30", "2025-10-01", "2025-10-31", "2025-11-01"):
        listed = await officer(registry).get("/force-units", unit_code=code, on=day)
        (row,) = listed.json()["rows"]
        counts[day] = (row["members"], row["active"])
        strength = await officer(registry).get(
            "/strength", ids=[row["unit_id"]], on=day
        )
        (total,) = strength.json()["rows"]
        assert counts[day] == (total["members"], total["active"])
    assert {
        "2025-09-30": (2, 2),
        "2025-10-01": (2, 1),
        "2025-10-31": (2, 1),
        "2025-11-01": (2, 2),
    } == counts


async def test_the_roster_shows_the_post_of_the_day(registry: Registry) -> None:
    """Asked for a day, post and suspension are those of that day."""
    team_id = await team(registry, 2)
    (member,) = await enrolled(registry, team_id, "member")
    await act(registry, team_id, member, "post",
              post="leader", changed_on="2025-09-01", decision=LATER)  # fmt: skip
    await act(registry, team_id, member, "suspension",
              suspended_on="2025-10-01", decision=LATER)  # fmt: skip

    async def on(**day: str) -> tuple[str, str | None]:
        answer = await officer(registry).get(
            "/members", force_unit_ids=[team_id], **day
        )
        ((row,),) = [one["rows"] for one in answer.json()["force_units"]]
        return row["post"], row["suspended_on"]

    assert ("member", None) == await on(on="2025-08-31")
    assert ("leader", None) == await on(on="2025-09-30")
    assert ("leader", "2025-10-01") == await on(on="2025-10-02")
    assert ("leader", "2025-10-01") == await on()


async def test_a_decision_waits_to_be_posted(registry: Registry) -> None:
    """Recognition is complete when the decision hangs out; for all whom it named."""
    team_id = await team(registry, 3)
    first, second = await enrolled(registry, team_id, "member", "member")
    (before,) = await history(registry, first)
    assert (False, None) == (before["complete"], before["posted_on"])
    posting = {
        "number": "12/QĐ-UBND",
        "decided_on": "2025-08-01",
        "place": "culture_house",
        "posted_on": "2025-08-04",
    }
    path, key = f"/force-units/{team_id}/postings", uuid4()
    posted = await officer(registry).post(path, posting, key=key)
    again = await officer(registry).post(path, posting, key=key)
    assert (200, posted.json()) == (posted.status_code, again.json())
    assert "true" == again.headers["Idempotency-Replayed"]
    for member in (first, second):
        (after,) = await history(registry, member)
        assert (True, "2025-08-04", "culture_house") == (
            after["complete"],
            after["posted_on"],
            after["posted_at"],
        )
    twice = await officer(registry).post(path, posting)
    assert (409, "registry.decision.already_posted", None) == refusal(twice)


async def test_a_proposal_runs_through_its_clocks(registry: Registry) -> None:
    """Five working days to report, five to decide; the list chases, nobody is let go.

    A decision closes the proposal and needs no second proof.
    """
    team_id = await team(registry, 4)
    (member,) = await enrolled(registry, team_id, "member")
    proposed = await act(
        registry, team_id, member, "cessation/proposal",
        ground="own_request", proposed_on="2026-02-12",
        evidence={"application_on": "2026-02-12"},
    )  # fmt: skip
    assert "2026-02-26" == proposed.json()["due_on"]  # across Tết

    async def due(on: str) -> list[tuple[str, str, bool]]:
        answer = await officer(registry).get(
            "/deadlines", unit_code=commune(registry, 4), on=on
        )
        return [
            (row["kind"], row["due_on"], row["overdue"])
            for row in answer.json()["rows"]
            if row["subject_id"] == proposed.json()["cessation_id"]
        ]

    assert [("cessation_report", "2026-02-26", False)] == await due("2026-02-26")
    assert [("cessation_report", "2026-02-26", True)] == await due("2026-02-27")
    early = await act(
        registry, team_id, member, "cessation",
        ceased_on="2026-03-02", ground="own_request", decision=LATER,
    )  # fmt: skip
    assert (409, "registry.cessation.not_reported", "$.member_id") == refusal(early)
    reported = await act(registry, team_id, member, "cessation/report",
                         reported_on="2026-02-27")  # fmt: skip
    assert "2026-03-06" == reported.json()["due_on"]
    assert [("cessation_decision", "2026-03-06", True)] == await due("2026-03-09")
    other = await act(
        registry, team_id, member, "cessation", ceased_on="2026-03-10",
        ground="health", decision=decision("9/QĐ-UBND", "2026-03-09"),
        evidence={"health_certified_on": "2026-03-01"},
    )  # fmt: skip
    assert (409, "registry.cessation.ground_differs", "$.ground") == refusal(other)
    done = await act(
        registry, team_id, member, "cessation", ceased_on="2026-03-10",
        ground="own_request", decision=decision("9/QĐ-UBND", "2026-03-09"),
    )  # fmt: skip
    assert 200 == done.status_code, done.text
    assert [] == await due("2026-03-10")


async def test_a_dropped_proposal_leaves_room_for_another(registry: Registry) -> None:
    """One at a time; what is dropped is no longer chased and may come again."""
    team_id = await team(registry, 5)
    (member,) = await enrolled(registry, team_id, "member")
    wish = {
        "ground": "own_request",
        "proposed_on": "2026-03-02",
        "evidence": {"application_on": "2026-03-02"},
    }
    step = "cessation/proposal"
    await act(registry, team_id, member, step, **wish)
    twice = await act(registry, team_id, member, step, **wish)
    assert (409, "registry.cessation.already_proposed", "$.member_id") == refusal(twice)
    dropped = {"dropped_on": "2026-03-03", "reason": "withdrawn"}
    off = await act(registry, team_id, member, "cessation/drop", **dropped)
    assert 200 == off.status_code, off.text
    late = await act(registry, team_id, member, "cessation/report",
                     reported_on="2026-03-04")  # fmt: skip
    assert (404, "registry.cessation.not_proposed", "$.member_id") == refusal(late)
    wish["proposed_on"] = "2026-03-05"
    anew = await act(registry, team_id, member, step, **wish)
    assert 200 == anew.status_code, anew.text


async def test_conditions_are_judged_and_only_outcomes_kept(
    registry: Registry,
) -> None:
    """The dossier goes to the vault; the store holds met or not, with days."""
    team_id = await team(registry, 6)
    (member,) = await enrolled(
        registry, team_id, "member", conditions=WHOLE, **FACTS_OF_A_PERSON
    )
    vault = registry.runtime.extras["person_vault"]
    with registry.runtime.engine.connect() as conn:
        record: PersonRecord = vault.records(conn, [person_of(member)])[
            person_of(member)
        ]
        stored = conn.exec_driver_sql(
            "SELECT string_agg(convert_from(state, 'UTF8'), ' ')"
            " FROM registry_write.events WHERE originator_id = %s",
            (team_id,),
        ).scalar_one()
    assert ("019090000001", "upper_secondary") == (
        record.citizen_id,
        record.school_level,
    )
    assert "background" in stored
    for fact in (*FACTS_OF_A_PERSON.values(), NAME):
        assert fact not in stored
    body = {
        "decision": decision(),
        "members": [
            {
                "full_name": NAME,
                "enrolled_on": "2025-08-01",
                **FACTS_OF_A_PERSON,
                "citizen_id": "019209000002",
                "birth_date": "2009-01-01",
                "conditions": {"health_certified_on": "2025-07-20"},
            }
        ],
    }
    answer = await officer(registry).post(f"/force-units/{team_id}/members", body)
    assert (
        422,
        "registry.member.conditions_not_met",
        "$.members[0].conditions",
    ) == refusal(answer)
    assert "age, background" == answer.json()["params"]["conditions"]


@pytest.mark.parametrize(
    ("birth_date", "status"), [("2007-08-02", 422), ("2007-08-01", 201)]
)
async def test_nobody_joins_whose_record_says_too_young(
    registry: Registry, birth_date: str, status: int
) -> None:
    """Also without papers: the law's age is reached on the birthday."""
    team_id = await team(registry, 9, name=f"Tổ {birth_date}")
    body = {
        "decision": decision(),
        "members": [
            {"full_name": NAME, "enrolled_on": "2025-08-01", "birth_date": birth_date}
        ],
    }
    answer = await officer(registry).post(f"/force-units/{team_id}/members", body)
    assert status == answer.status_code
    if status == 422:
        place = "$.members[0].birth_date"
        assert (422, "registry.member.too_young", place) == refusal(answer)


async def test_a_person_serves_in_one_force_at_a_time(registry: Registry) -> None:
    """Somebody known may come back after the end, and not before."""
    one, other = await team(registry, 7), await team(registry, 8)
    (member,) = await enrolled(registry, one, "member")

    async def join(on: str) -> Any:
        body = {
            "members": [{"person_id": member, "enrolled_on": on}],
            "decision": decision("30/QĐ-UBND", on),
        }
        return await officer(registry).post(f"/force-units/{other}/members", body)

    early = await join("2025-10-01")
    place = "$.members[0].person_id"
    assert (409, "registry.person.serves_already", place) == refusal(early)
    await act(
        registry, one, member, "cessation", ceased_on="2025-12-01",
        ground="own_request", decision=LATER,
        evidence={"application_on": "2025-11-20"},
    )  # fmt: skip
    before = await join("2025-11-30")
    assert (409, "registry.person.serves_already", place) == refusal(before)
    assert 201 == (await join("2025-12-01")).status_code
    twice = await join("2025-12-02")
    assert (409, "registry.person.serves_already", place) == refusal(twice)


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({}, "$.members[0]"),
        ({"person_id": str(uuid4()), "full_name": NAME}, "$.members[0].full_name"),
    ],
)
async def test_a_person_is_named_in_one_way(
    registry: Registry, person: dict[str, str], field: str
) -> None:
    """By name or by id; neither and both are refused."""
    team_id = await team(registry, 9)
    body = {"members": [{**person, "enrolled_on": "2025-08-01"}]}
    answer = await officer(registry).post(f"/force-units/{team_id}/members", body)
    assert (422, "registry.person.not_named", field) == refusal(answer)


async def test_a_stranger_to_the_area_sees_and_changes_nothing(
    registry: Registry,
) -> None:
    """Force, history and person look absent to an officer from elsewhere."""
    team_id = await team(registry, 10)
    (member,) = await enrolled(registry, team_id, "member")
    hanoi = registry.caller("officer", unit_roots=(unit_id("province", "01", None),))
    path = f"/force-units/{team_id}/members/{member}/suspension"
    body = {"suspended_on": "2025-10-01", "decision": LATER}
    refused = await hanoi.post(path, body)
    assert (404, "registry.force_unit.unknown", "$.force_unit_id") == refusal(refused)
    seen = await hanoi.get("/members/history", member_ids=[member])
    assert [{"id": member, "rows": []}] == seen.json()["members"]
    unknown = {
        "members": [{"person_id": str(uuid4()), "enrolled_on": "2025-08-01"}],
        "decision": decision(),
    }
    joined = await officer(registry).post(f"/force-units/{team_id}/members", unknown)
    assert (404, "registry.person.unknown", "$.members[0].person_id") == refusal(joined)


async def test_reading_does_not_let_write(registry: Registry) -> None:
    """A reader may look at the history and decide nothing."""
    team_id = await team(registry, 11)
    (member,) = await enrolled(registry, team_id, "member")
    reader = registry.caller("agency")
    path = f"/force-units/{team_id}/members/{member}/suspension"
    body = {"suspended_on": "2025-10-01", "decision": LATER}
    assert 403 == (await reader.post(path, body)).status_code


@pytest.mark.parametrize(
    "number", ["", "12", "QĐ-UBND", "12/", "12/QĐ UBND", "12/qđ-ubnd", "1" * 41]
)
async def test_a_decision_is_cited_as_documents_are_numbered(
    registry: Registry, number: str
) -> None:
    """A number is no place for a sentence."""
    team_id = await team(registry, 12)
    body = {
        "members": [{"full_name": NAME, "enrolled_on": "2025-08-01"}],
        "decision": decision(number),
    }
    answer = await officer(registry).post(f"/force-units/{team_id}/members", body)
    assert (422, "body.invalid", "$.decision.number") == refusal(answer)
