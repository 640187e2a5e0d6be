"""The tables of a member's life follow from the log alone."""

from datetime import date

from services.registry.read_models.cessation_clocks import CessationClocksReadModel
from services.registry.read_models.deadlines import DEADLINES
from services.registry.read_models.decision_tables import DECISIONS
from services.registry.read_models.decision_writing import DecisionsReadModel
from services.registry.read_models.member_facts import (
    FACTS,
    SUSPENSIONS,
    MemberFactsReadModel,
)
from services.registry.read_models.member_list import MemberListReadModel
from services.registry.read_models.tables import MEMBERS
from tests.registry.conftest import Registry
from tests.registry.doors.parts import live_and_rebuilt
from tests.registry.service_life.parts import act, decision, enrolled, officer, team

LATER = decision("80/QĐ-UBND", "2025-09-01")


async def test_what_is_read_is_what_the_log_says(registry: Registry) -> None:
    """Built anew, event by event, each table is the same as the live one."""
    team_id = await team(registry, 13)
    first, second = await enrolled(registry, team_id, "member", "member")
    await act(registry, team_id, first, "suspension",
              suspended_on="2025-10-01", decision=LATER)  # fmt: skip
    wish = {"application_on": "2026-03-02"}
    for member in (first, second):
        await act(
            registry, team_id, member, "cessation/proposal",
            ground="own_request", proposed_on="2026-03-02", evidence=wish,
        )  # fmt: skip
    await act(registry, team_id, first, "cessation/report", reported_on="2026-03-04")
    await act(registry, team_id, second, "cessation", ceased_on="2026-03-04",
              ground="death")  # fmt: skip
    posting = {
        "number": "12/QĐ-UBND",
        "decided_on": "2025-08-01",
        "place": "culture_house",
        "posted_on": "2025-08-04",
    }
    await officer(registry).post(f"/force-units/{team_id}/postings", posting)
    models = (MemberListReadModel(), MemberFactsReadModel())
    for table in (MEMBERS, FACTS, SUSPENSIONS):
        live, anew = live_and_rebuilt(registry, table, models)
        assert live == anew
        assert live
    live, anew = live_and_rebuilt(registry, DECISIONS, [DecisionsReadModel()])
    assert live == anew
    assert {None, date(2025, 8, 4)} == {row.posted_on for row in live}
    live, anew = live_and_rebuilt(registry, DEADLINES, [CessationClocksReadModel()])
    kinds = {"cessation_report", "cessation_decision"}
    assert [row for row in live if row.kind in kinds] == anew
    assert {"cessation_report", "cessation_decision"} == {row.kind for row in anew}
