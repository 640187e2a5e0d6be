"""What others hear of care, training and ratings: kinds, units, days, numbers."""

from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
import pytest

from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent
from services.contracts.registry import care_events as care
from services.contracts.registry import rating_events as rating
from services.registry.domain.training_course import TrainingCourse
from services.registry.publishing import publish
from services.registry.verbs import making
from tests.registry.care.conftest import Communes, Team

AFTER_THE_YEAR: Final = date(2026, 11, 30)
NOBODY: Final = rating.RatingCounts(
    excellent=0, good=0, done=0, not_done=0, not_rated=0
)


class Ear:
    """Hears what the registry publishes from now on."""

    def __init__(self, communes: Communes) -> None:
        self._log = communes.registry.runtime.log
        self._from = self._log.head()

    def heard(self, *kinds: type[PublicEvent]) -> list[PublicEvent]:
        recorded = self._log.read_after(self._from, 1_000)
        told = (publish(item) for item in recorded)
        return [event for event in told if isinstance(event, kinds)]


async def test_a_claim_tells_kind_unit_and_day_alone(communes: Communes) -> None:
    """No member, no team, no amount, no paper: one claim is one person's."""
    team = await communes.team()
    ear = Ear(communes)
    codes = ("application", "receipts", "discharge_paper")
    claim = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
        "items": [{"code": code, "received_on": "2025-10-06"} for code in codes],
    }
    made = await communes.done("/claims", claim)
    path = f"/claims/{made['claim_id']}"
    assessed = {"amount": 3_500_000, "assessed_on": "2025-10-10"}
    await communes.done(f"{path}/assessment", assessed)
    decided = {
        "amount": 3_500_000,
        "basis": "12/2024/NQ-HĐND",
        "decision_number": "345/QĐ-UBND",
        "approved_on": "2025-10-15",
    }
    await communes.done(f"{path}/approval", decided)
    paid = {"amount": 3_500_000, "paid_on": "2025-10-20"}
    await communes.done(f"{path}/payment", paid)
    same: dict[str, Any] = {
        "claim_id": UUID(made["claim_id"]),
        "unit_id": team.unit.id,
        "kind": "injury",
    }
    assert [
        care.ClaimFiledV1(**same, filed_on=date(2025, 10, 6)),
        care.ClaimApprovedV1(**same, approved_on=date(2025, 10, 15)),
        care.ClaimPaidV1(**same, paid_on=date(2025, 10, 20)),
    ] == ear.heard(PublicEvent)


async def test_claims_that_come_to_nothing_are_told(communes: Communes) -> None:
    """Refused, or taken back before it was decided."""
    team = await communes.team()
    ear = Ear(communes)
    codes = ("application", "receipts", "discharge_paper")
    body = {
        "member_id": team.members[1],
        "kind": "injury",
        "occurred_on": "2025-10-01",
        "filed_on": "2025-10-06",
        "items": [{"code": code, "received_on": "2025-10-06"} for code in codes],
    }
    made = await communes.done("/claims", body)
    path = f"/claims/{made['claim_id']}"
    await communes.done(
        f"{path}/assessment", {"amount": 1, "assessed_on": "2025-10-07"}
    )
    refusal = {
        "ground": "insured",
        "decision_number": "346/QĐ-UBND",
        "refused_on": "2025-10-08",
    }
    await communes.done(f"{path}/refusal", refusal)
    other = {**body, "member_id": team.members[2], "kind": "accident"}
    second = await communes.done("/claims", other)
    gone = f"/claims/{second['claim_id']}/withdrawal"
    await communes.done(gone, {"withdrawn_on": "2025-10-09"})
    assert [
        care.ClaimRefusedV1(
            claim_id=UUID(made["claim_id"]),
            unit_id=team.unit.id,
            kind="injury",
            refused_on=date(2025, 10, 8),
        ),
        care.ClaimWithdrawnV1(
            claim_id=UUID(second["claim_id"]),
            unit_id=team.unit.id,
            kind="accident",
            withdrawn_on=date(2025, 10, 9),
        ),
    ] == ear.heard(care.ClaimRefusedV1, care.ClaimWithdrawnV1)


async def test_visits_are_told_when_owed_made_or_dropped(communes: Communes) -> None:
    """Who came, and to whom, stays in the registry."""
    team = await communes.team()
    ear = Ear(communes)
    plan = {
        "member_id": team.members[1],
        "occasion": "accident",
        "occurred_on": "2025-10-01",
    }
    made = await communes.done("/visits", plan)
    visited = {"visited_by": "police", "made_on": "2025-10-09"}
    await communes.done(f"/visits/{made['visit_id']}/making", visited)
    other = {**plan, "member_id": team.members[2], "occasion": "illness"}
    dropped = await communes.done("/visits", other)
    await communes.done(f"/visits/{dropped['visit_id']}/cancellation", {})
    told = ear.heard(PublicEvent)
    assert [
        (care.VisitPlannedV1, made["visit_id"], "accident"),
        (care.VisitMadeV1, made["visit_id"], "accident"),
        (care.VisitPlannedV1, dropped["visit_id"], "illness"),
        (care.VisitCancelledV1, dropped["visit_id"], "illness"),
    ] == [(type(e), str(e.visit_id), e.kind) for e in told]  # type: ignore[attr-defined]
    assert {team.unit.id} == {event.unit_id for event in told}  # type: ignore[attr-defined]


async def test_credentials_are_told_by_kind(communes: Communes) -> None:
    """Issued, replaced, revoked: neither the number nor the bearer."""
    team = await communes.team()
    ear = Ear(communes)
    body = {"kind": "badge", "issued_on": "2025-09-01", "member_id": team.members[0]}
    first = await communes.done("/credentials", body)
    second = await communes.done(
        f"/credentials/{first['credential_id']}/replacement",
        {"how": "reissued", "replaced_on": "2025-10-01"},
    )
    await communes.done(
        f"/credentials/{second['credential_id']}/revocation",
        {"ground": "lost", "revoked_on": "2025-10-20"},
    )
    unit: dict[str, Any] = {"unit_id": team.unit.id, "kind": "badge"}
    old, new = (UUID(one["credential_id"]) for one in (first, second))
    assert [
        care.CredentialIssuedV1(credential_id=old, issued_on=date(2025, 9, 1), **unit),
        care.CredentialReplacedV1(
            credential_id=new,
            replaces_id=old,
            how="reissued",
            replaced_on=date(2025, 10, 1),
            **unit,
        ),
        care.CredentialRevokedV1(
            credential_id=new, revoked_on=date(2025, 10, 20), **unit
        ),
    ] == ear.heard(PublicEvent)


async def test_a_course_tells_how_many(communes: Communes) -> None:
    """Held with so many; certified so many more, each time."""
    team = await communes.team()
    ear = Ear(communes)
    plan = {
        "unit": {"id": str(team.unit.id)},
        "topics": ["law"],
        "first_day": "2025-10-06",
        "last_day": "2025-10-08",
        "places": 3,
    }
    made = await communes.done("/courses", plan)
    path = f"/courses/{made['course_id']}"
    people = list(team.members)
    await communes.done(f"{path}/members", {"member_ids": people})
    held = {"attended": people, "held_on": "2025-10-08"}
    await communes.done(f"{path}/holding", held)
    for some, day in ((people[:1], "2025-10-09"), (people[1:], "2025-10-10")):
        given = {"member_ids": some, "certified_on": day}
        await communes.done(f"{path}/certificates", given)
    same: dict[str, Any] = {
        "course_id": UUID(made["course_id"]),
        "unit_id": team.unit.id,
    }
    assert [
        care.CourseHeldV1(**same, held_on=date(2025, 10, 8), attended=3),
        care.CourseCertifiedV1(**same, certified_on=date(2025, 10, 9), certified=1),
        care.CourseCertifiedV1(**same, certified_on=date(2025, 10, 10), certified=2),
    ] == ear.heard(PublicEvent)


def levels(team: Team, given: str, *members: str) -> list[dict[str, Any]]:
    people = zip(team.members, members, strict=True)
    return [{"id": team.id, "level": given}] + [
        {"id": who, "level": level} for who, level in people
    ]


async def rated(communes: Communes, team: Team) -> str:
    assessed = {
        "year": 2026,
        "subjects": levels(team, "good", "good", "good", "good"),
        "assessed_on": "2026-11-12",
    }
    path = f"/force-units/{team.id}/self-assessments"
    round_id = (await communes.done(path, assessed))["round_id"]
    proposed = {
        "unit": {"id": str(team.unit.id)},
        "year": 2026,
        "subjects": levels(team, "good", "good", "done", "good"),
        "proposed_on": "2026-11-20",
    }
    await communes.done("/rating-proposals", proposed)
    decided = {"decision_number": "15/QĐ-UBND", "decided_on": "2026-11-25"}
    await communes.done(f"/rating-rounds/{round_id}/decision", decided)
    corrected = {
        "decision_number": "16/QĐ-UBND",
        "corrected_on": "2026-11-28",
        "subjects": [{"id": team.members[2], "complaint": True}],
    }
    await communes.done(f"/rating-rounds/{round_id}/corrections", corrected)
    return str(round_id)


async def test_a_rating_tells_teams_and_numbers_of_members(
    communes: Communes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A correction says what stood before, so that a figure can be restated."""
    monkeypatch.setattr(making, "local_today", lambda: AFTER_THE_YEAR)
    team = await communes.team()
    ear = Ear(communes)
    round_id = await rated(communes, team)
    same: dict[str, Any] = {
        "rating_id": UUID(round_id),
        "unit_id": team.unit.id,
        "year": 2026,
        "last_day": date(2026, 11, 14),
    }
    one_good = msgspec.structs.replace(NOBODY, good=1)
    members = msgspec.structs.replace(NOBODY, good=2, done=1)
    assert [
        rating.RatingDecidedV1(
            **same,
            decided_on=date(2026, 11, 25),
            teams=(rating.TeamRated(force_unit_id=UUID(team.id), level="good"),),
            team_counts=one_good,
            member_counts=members,
        ),
        rating.RatingCorrectedV1(
            **same,
            corrected_on=date(2026, 11, 28),
            teams=(),
            team_counts_before=one_good,
            team_counts=one_good,
            member_counts_before=members,
            member_counts=msgspec.structs.replace(NOBODY, good=1, done=1, not_rated=1),
        ),
    ] == ear.heard(PublicEvent)


@pytest.mark.parametrize(
    "event", [*care.CARE_EVENTS, *rating.RATING_EVENTS], ids=lambda one: one.TYPE
)
def test_none_of_it_can_say_who(event: type[PublicEvent]) -> None:
    """A field that could lead to one person does not exist, nor one for money."""
    fields = {field.name for field in msgspec.structs.fields(event)}
    telling = {"member_id", "member_ids", "person_id", "amount", "number"}
    assert set() == fields & telling
    assert not {name for name in fields if "ground" in name or "name" in name}


def test_what_was_stored_without_its_unit_is_told_to_nobody() -> None:
    """Facts of before these were public lack what a statistic needs: no half facts."""
    fact = TrainingCourse.Held(  # type: ignore[call-arg]  # made by a decorator
        originator_id=UUID(int=1),
        originator_version=2,
        timestamp=datetime(2025, 10, 8, tzinfo=UTC),
        attended=(UUID(int=2),),
        held_on=date(2025, 10, 8),
    )
    place = RecordedEvent(7, fact, TrainingCourse.Held.TOPIC, UUID(int=1), 2)
    assert publish(place) is None
    whole = TrainingCourse.Held(**(vars(fact) | {"unit_id": UUID(int=3)}))
    assert publish(place._replace(event=whole)) == care.CourseHeldV1(
        course_id=UUID(int=1),
        unit_id=UUID(int=3),
        held_on=date(2025, 10, 8),
        attended=1,
    )
