"""A decision that has to be posted is chased from its day until it hangs out."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis.calls import CommandKey
from services.chassis.commands import Change
from services.chassis.schemas import rebuild_read_schema
from services.contracts.registry.units import UnitRef
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.force_withdrawal import withdraw_enrolment
from services.registry.domain.posting_law import decision_id, to_be_posted_by
from services.registry.read_models.deadlines import DEADLINES
from services.registry.read_models.decision_tables import DECISIONS
from tests.registry.conftest import Registry
from tests.registry.service_life.parts import (
    act,
    commune,
    decision,
    enrolled,
    officer,
    team,
)

FIRST = ("12/QĐ-UBND", "2025-08-01")
# 1 August 2025 is a Friday: five working days from Monday.
DUE = "2025-08-08"


async def chased(registry: Registry, number: int, on: str = "2026-01-05") -> Any:
    answer = await officer(registry).get(
        "/deadlines",
        unit_code=commune(registry, number),
        on=on,
        kinds=["decision_posting"],
    )
    assert 200 == answer.status_code, answer.text
    return {
        row["subject_id"]: (row["due_on"], row["overdue"])
        for row in answer.json()["rows"]
    }


async def decisions(registry: Registry, *ids: str, **who: Any) -> Any:
    door = registry.caller("officer", **who) if who else officer(registry)
    answer = await door.get("/member-decisions/by-id", ids=ids)
    assert 200 == answer.status_code, answer.text
    return answer.json()["rows"]


async def post(
    registry: Registry, team_id: str, which: tuple[str, str], on: str
) -> None:
    answer = await officer(registry).post(
        f"/force-units/{team_id}/postings",
        {
            "number": which[0],
            "decided_on": which[1],
            "place": "culture_house",
            "posted_on": on,
        },
    )
    assert 200 == answer.status_code, answer.text


def subject(team_id: str, which: tuple[str, str]) -> str:
    return str(decision_id(UUID(team_id), which[0], date.fromisoformat(which[1])))


async def test_one_decision_about_many_is_chased_once(registry: Registry) -> None:
    """From its day, until the day in time, and after it, until it is posted."""
    team_id = await team(registry, 20)
    await enrolled(registry, team_id, "leader", "member", "member")
    which = subject(team_id, FIRST)
    assert {which: (DUE, False)} == await chased(registry, 20, DUE)
    assert {which: (DUE, True)} == await chased(registry, 20)
    await post(registry, team_id, FIRST, "2025-08-06")
    assert {} == await chased(registry, 20)
    (told,) = await decisions(registry, which)
    assert (
        team_id,
        *FIRST,
        "commune_chairman",
        DUE,
        "2025-08-06",
        "culture_house",
    ) == (
        told["force_unit_id"],
        told["number"],
        told["decided_on"],
        told["issuer"],
        told["post_by"],
        told["posted_on"],
        told["posted_at"],
    )
    # On the day before the posting it was still open.
    assert {which: (DUE, False)} == await chased(registry, 20, "2025-08-05")


async def test_who_comes_later_by_a_posted_decision_opens_nothing(
    registry: Registry,
) -> None:
    """What hangs out hangs out for all whom it names."""
    team_id = await team(registry, 21)
    await enrolled(registry, team_id, "member")
    await post(registry, team_id, FIRST, "2025-08-06")
    await enrolled(registry, team_id, "member")
    assert {} == await chased(registry, 21)


async def test_a_new_post_and_an_end_are_chased_and_a_rest_is_not(
    registry: Registry,
) -> None:
    """The law wants recognition, post and end to be seen by everybody."""
    team_id = await team(registry, 22)
    (member,) = await enrolled(registry, team_id, "member")
    await post(registry, team_id, FIRST, "2025-08-06")
    rest = decision("80/QĐ-UBND", "2025-09-01")
    await act(registry, team_id, member, "suspension", suspended_on="2025-09-01",
              decision=rest)  # fmt: skip
    assert {} == await chased(registry, 22)
    back = decision("81/QĐ-UBND", "2025-10-01")
    await act(registry, team_id, member, "resumption", resumed_on="2025-10-01",
              decision=back)  # fmt: skip
    assert {} == await chased(registry, 22)
    # The very decision that ends the rest gives another post besides.
    await act(registry, team_id, member, "post", post="deputy", changed_on="2025-10-02",
              decision=back)  # fmt: skip
    end = decision("90/QĐ-UBND", "2025-12-01")
    await act(
        registry, team_id, member, "cessation", ceased_on="2025-12-01",
        ground="own_request", decision=end,
        evidence={"application_on": "2025-11-20"},
    )  # fmt: skip
    posted_by_both = {
        subject(team_id, ("81/QĐ-UBND", "2025-10-01")): ("2025-10-08", True),
        subject(team_id, ("90/QĐ-UBND", "2025-12-01")): ("2025-12-08", True),
    }
    assert posted_by_both == await chased(registry, 22)


async def test_another_area_is_not_chased(registry: Registry) -> None:
    """The list of another province's officer holds none of it."""
    team_id = await team(registry, 23)
    await enrolled(registry, team_id, "member")
    ha_noi = registry.tree.resolve(UnitRef(code="01"), None).id
    other = registry.caller("officer", unit_roots=(ha_noi,))
    answer = await other.get(
        "/deadlines", unit_code=commune(registry, 23), on="2026-01-05"
    )
    assert [] == answer.json()["rows"]
    which = subject(team_id, FIRST)
    assert [None] == await decisions(registry, which, unit_roots=(ha_noi,))
    assert [which] == [row["id"] for row in await decisions(registry, which)]


@pytest.mark.parametrize(
    ("force_type", "effective_on", "due"),
    [
        ("security_order_team", date(2024, 7, 1), date(2024, 7, 5)),
        # Before the law, and in a force that it does not know, nobody is asked.
        ("security_order_team", date(2024, 6, 30), None),
        ("neighbourhood_guard_board", date(2024, 6, 1), None),
    ],
)
def test_the_rule_of_the_day_says_until_when(
    force_type: str, effective_on: date, due: date | None
) -> None:
    """Counted in working days from the decision, which may come before its effect."""
    assert due == to_be_posted_by(force_type, effective_on, date(2024, 6, 28))


async def test_what_was_withdrawn_is_not_chased_and_comes_back(
    registry: Registry,
) -> None:
    """A decision that nothing cites any more waits for nobody; cited again, it does."""
    team_id = await team(registry, 24)
    (member,) = await enrolled(registry, team_id, "member")
    which = subject(team_id, FIRST)
    await withdrawn(registry, team_id, member)
    assert {} == await chased(registry, 24)
    (told,) = await decisions(registry, which)
    assert (None, None) == (told["post_by"], told["posted_on"])
    await enrolled(registry, team_id, "member")
    assert {which: (DUE, True)} == await chased(registry, 24)


async def withdrawn(registry: Registry, team_id: str, member_id: str) -> None:
    """Take an enrolment back as the withdrawal of an import does."""

    def decide(found: ForceUnit | None) -> tuple[ForceUnit, bytes]:
        assert found is not None
        withdraw_enrolment(found, UUID(member_id))
        return found, b"{}"

    change = Change(aggregate_type=ForceUnit, aggregate_id=UUID(team_id), decide=decide)
    await registry.runtime.commands.run(change, CommandKey(uuid4(), b"w"))


async def test_the_lists_rebuilt_are_those_that_were_live(registry: Registry) -> None:
    """Decisions and what is chased of them follow from the log alone."""
    team_id = await team(registry, 25)
    (member,) = await enrolled(registry, team_id, "member")
    await post(registry, team_id, FIRST, "2025-08-06")
    rest = decision("80/QĐ-UBND", "2025-09-01")
    await act(registry, team_id, member, "suspension", suspended_on="2025-09-01",
              decision=rest)  # fmt: skip
    # Posted though nothing asked for it, then cited by a fact that would have asked.
    await post(registry, team_id, ("80/QĐ-UBND", "2025-09-01"), "2025-09-02")
    back = decision("81/QĐ-UBND", "2025-10-01")
    await act(registry, team_id, member, "resumption", resumed_on="2025-10-01",
              decision=back)  # fmt: skip
    await act(registry, team_id, member, "post", post="deputy", changed_on="2025-10-02",
              decision=rest)  # fmt: skip
    other = await team(registry, 26)
    (gone,) = await enrolled(registry, other, "member")
    await withdrawn(registry, other, gone)

    def content() -> list[set[str]]:
        with registry.runtime.engine.connect() as conn:
            return [
                set(
                    conn.execute(
                        sa.text(f"SELECT t::text FROM {t.fullname} t")
                    ).scalars()
                )
                for t in (DECISIONS, DEADLINES)
            ]

    # A decision of which only the rest of another member is left.
    third = await team(registry, 27)
    (gone,) = await enrolled(registry, third, "member")
    await withdrawn(registry, third, gone)
    (stays,) = await enrolled(registry, third, "member", by=decision("13/QĐ-UBND"))
    await act(registry, third, stays, "suspension", suspended_on="2025-09-01",
              decision=decision())  # fmt: skip
    live = content()
    assert all(live)
    rebuild_read_schema(registry.runtime)
    assert live == content()
