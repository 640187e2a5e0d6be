"""From when until when a right that is handed on counts, and how rights join."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import COUNTRY, THAI_NGUYEN
from services.access_directory import holdings as rule
from services.access_directory.tables import GrantTables
from services.chassis.clock import local_today
from services.chassis.requests import RemoteRefusal, ServiceClient
from services.chassis.service import build_runtime, close_runtime
from services.contracts.registry.units import unit_id
from services.contracts.reporting import api
from services.registry.read_models.tables import ACCESS
from tests.registry.access.world import (
    EVERYTHING,
    FOLLOWING,
    SOON_SECONDS,
    Process,
    World,
    a_grant,
    until,
)
from tests.registry.conftest import Door

LANG_SON: Final = unit_id("province", "20", None)
TODAY: Final = local_today()
A_DAY: Final = timedelta(days=1)
DOOR: Final = {
    "campaigns": ("campaigns_reader", "/v1/campaigns"),
    "tips": ("tips_sorter", "/v1/tips"),
    "reporting": ("figures_reader", "/v1/indicators"),
}
EVERY: Final = tuple(FOLLOWING)


def somebody() -> str:
    return f"clerk-{uuid4()}"


async def passes(whole: World, service: str, subject: str) -> bool:
    answer = await whole.by(service, subject).get(DOOR[service][1])
    assert answer.status_code in {200, 403}, answer.text
    return 200 == answer.status_code


async def passes_soon(whole: World, service: str, subject: str, *, may: bool) -> None:
    """Wait the few seconds in which a change has to be known everywhere."""
    async with asyncio.timeout(SOON_SECONDS):
        while may != await passes(whole, service, subject):
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("service", EVERY)
async def test_a_grant_counts_from_its_first_day_to_its_last(
    whole: World, service: str
) -> None:
    """Both days included; no fact is told when they come."""
    role = DOOR[service][0]
    days = {
        "ends today": (TODAY - A_DAY, TODAY),
        "begins today": (TODAY, TODAY + A_DAY),
        "ended yesterday": (TODAY - 2 * A_DAY, TODAY - A_DAY),
        "begins tomorrow": (TODAY + A_DAY, TODAY + 2 * A_DAY),
    }
    seen = {}
    for name, (first, last) in days.items():
        subject = somebody()
        grant = a_grant(subject, role, THAI_NGUYEN, first_day=first, last_day=last)
        await whole.plant(service, grant)
        seen[name] = await passes(whole, service, subject)
    assert {name: name.endswith("today") for name in days} == seen


@pytest.mark.parametrize("service", ["registry", *EVERY])
async def test_the_day_after_the_last_one_nobody_has_to_tell_anybody(
    whole: World, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in memory knows its days: the same grant, a day later."""
    subject = somebody()
    await whole.give(subject, "campaigns_reader", THAI_NGUYEN)
    await whole.knows(service, subject)
    holdings = whole.processes[service].holdings
    caller = whole.issuer.token("officer", claims={"sub": subject}, scopes=())
    principal = whole.processes[service].runtime.verifier.verify(caller)
    asked = "campaigns:read"
    assert asked in holdings.rights_today(principal, asked).scopes
    monkeypatch.setattr(rule, "local_today", lambda: TODAY + A_DAY)
    assert asked not in holdings.rights_today(principal, asked).scopes


@pytest.mark.parametrize("service", EVERY)
async def test_a_revoked_grant_opens_nothing_within_seconds(
    whole: World, service: str
) -> None:
    """Given, used, taken back: every service hears of both."""
    role, _ = DOOR[service]
    subject = somebody()
    grant_id = await whole.give(subject, role, THAI_NGUYEN)
    await passes_soon(whole, service, subject, may=True)
    await whole.revoke(grant_id)
    await passes_soon(whole, service, subject, may=False)


async def test_a_process_that_follows_nothing_hears_of_it_as_soon(
    whole: World,
) -> None:
    """A replica without followers takes grants and their proof from the tables."""
    following = whole.processes["campaigns"].runtime
    definition = FOLLOWING["campaigns"].definition()
    replica = build_runtime(definition, following.settings)
    assert definition.on_start is not None
    await definition.on_start(replica)
    holdings: rule.Holdings = replica.extras[rule.EXTRA]
    assert holdings.known
    subject = somebody()
    token = whole.issuer.token("officer", claims={"sub": subject}, scopes=())
    caller = replica.verifier.verify(token)

    def may() -> bool:
        return "campaigns:read" in replica.rights(caller, "campaigns:read").scopes

    grant_id = await whole.give(subject, "campaigns_reader", THAI_NGUYEN)
    await until(may)
    await whole.revoke(grant_id)
    await until(lambda: not may())
    await holdings.close()
    await replica.extras["units"].close()
    await close_runtime(replica)


async def test_a_sensitive_grant_opens_nothing_before_its_approval(
    whole: World,
) -> None:
    """All roles over tips wait for a second person, here as in the registry."""
    asked = {
        "unit_ids": [str(THAI_NGUYEN)],
        "from_day": "2025-07-15",
        "to_day": "2025-08-14",
    }
    process, tables = whole.processes["tips"], whole.follower("tips").tables
    for role in ("tips_counter", "tips_sorter", "tips_rater"):
        subject = somebody()
        door = whole.by("tips", subject)
        grant_id = await whole.give(subject, role, THAI_NGUYEN, approved=False)
        waiting = UUID(grant_id)
        await until(lambda told=waiting: told in rows_of(process, tables))
        # Told here, taken into memory or not: it opens nothing.
        await process.runtime.read(process.holdings.reload)
        refused = await door.get("/v1/tips/counters", **asked)
        assert (403, "auth.scope_missing") == refusal(refused)
        await whole.approve(grant_id)
        await whole.knows("tips", subject)
        assert 200 == (await door.get("/v1/tips/counters", **asked)).status_code


async def test_scopes_do_not_reach_into_areas_in_which_they_were_not_given(
    whole: World,
) -> None:
    """Writing in Thái Nguyên by grant, reading in Lạng Sơn by token: no mixture."""
    subject = somebody()
    await whole.give(subject, "campaigns_clerk", THAI_NGUYEN)
    await whole.knows("campaigns", subject)
    clerk = whole.by(
        "campaigns", subject, scopes=["campaigns:read"], unit_roots=[LANG_SON]
    )
    for unit, status in ((THAI_NGUYEN, 201), (LANG_SON, 403)):
        answer = await clerk.post(
            "/v1/campaigns",
            {
                "unit": {"id": str(unit)},
                "name": f"Đợt {uuid4()}",
                "starts_on": TODAY.isoformat(),
                "ends_on": TODAY.isoformat(),
                "organiser": "police",
            },
        )
        assert status == answer.status_code, answer.text
    assert 200 == (await clerk.get("/v1/campaigns", unit_id=LANG_SON)).status_code
    assert 200 == (await clerk.get("/v1/campaigns", unit_id=THAI_NGUYEN)).status_code


def tip(unit: UUID, day: date) -> dict[str, Any]:
    return {
        "category": "gambling",
        "unit": {"id": str(unit)},
        "channel": "phone_duty",
        "received_on": day.isoformat(),
        "late_reason": "migrated",
        "text": "Người lạ tụ tập.",
    }


async def recorded(whole: World, unit: UUID) -> str:
    door = whole.by("tips", "duty", scopes=EVERYTHING, unit_roots=[COUNTRY])
    answer = await door.post("/v1/tips/record", tip(unit, date(2025, 8, 1)))
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["tip_id"])


async def test_two_rights_over_tips_each_keep_to_their_area(whole: World) -> None:
    """A sorter of one province who may count in another sorts and lists in the first.

    The grant to count takes nothing away, and opens nothing but large counts.
    """
    here, there = await recorded(whole, THAI_NGUYEN), await recorded(whole, LANG_SON)
    subject = somebody()
    await whole.give(subject, "tips_counter", LANG_SON)
    await whole.give(subject, "tips_sorter", THAI_NGUYEN)
    await whole.knows("tips", subject, grants=2)
    door = whole.by("tips", subject)
    listed = (await door.get("/v1/tips", first=100)).json()["rows"]
    assert here in {row["id"] for row in listed}
    assert there not in {row["id"] for row in listed}
    elsewhere = await door.get("/v1/tips", unit_id=LANG_SON)
    assert (403, "units.outside_your_area") == refusal(elsewhere)
    counted = await door.get(
        "/v1/tips/counters",
        unit_ids=[THAI_NGUYEN, LANG_SON],
        from_day="2025-07-15",
        to_day="2025-08-14",
    )
    hidden = [row["small_counts_hidden"] for row in counted.json()["rows"]]
    assert [False, True] == hidden
    read = {"purpose": "triage"}
    assert 404 == (await door.post(f"/v1/tips/{there}/read", read)).status_code
    assert 200 == (await door.post(f"/v1/tips/{here}/read", read)).status_code


async def test_a_grant_makes_nobody_the_second_officer_of_its_own_tip(
    whole: World,
) -> None:
    """Who sorted a tip does not rate it, by token, by grant, or by both."""
    row = await recorded(whole, THAI_NGUYEN)
    subject = somebody()
    await whole.give(subject, "tips_sorter", THAI_NGUYEN)
    await whole.give(subject, "tips_rater", THAI_NGUYEN)
    await whole.knows("tips", subject, grants=2)
    door = whole.by("tips", subject)
    sorted_ = await door.post(f"/v1/tips/{row}/triage", {"outcome": "accepted"})
    assert 200 == sorted_.status_code, sorted_.text
    rating = {"valuable": True, "reason_code": "confirmed_on_site"}
    own = await door.post(f"/v1/tips/{row}/value", rating)
    assert (403, "tips.tip.another_officer_needed") == refusal(own)
    other = somebody()
    await whole.give(other, "tips_rater", THAI_NGUYEN)
    await whole.knows("tips", other)
    rated = await whole.by("tips", other).post(f"/v1/tips/{row}/value", rating)
    assert 200 == rated.status_code, rated.text


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_figures_are_followed_by_grant_and_no_longer_when_it_is_gone(
    whole: World,
) -> None:
    """The gateway's question at each look of a subscription; reading alone is less."""
    follower, reader = somebody(), somebody()
    grant_id = await whole.give(follower, "figures_reader", THAI_NGUYEN)
    await whole.knows("reporting", follower)
    asked = api.FiguresRequest(
        unit_ids=[THAI_NGUYEN, LANG_SON], period=api.PeriodSpec(year=2025)
    )
    bus = await whole.entered("gateway")
    gateway = ServiceClient(bus)

    async def look(subject: str, *scopes: str) -> list[bool]:
        rights = {"scopes": scopes, "unit_roots": [LANG_SON] if scopes else []}
        token = whole.issuer.token("officer", claims={"sub": subject}, **rights)
        raw = await gateway.call("reporting", "figures.follow", asked, token=token)
        answer = msgspec.json.decode(raw, type=api.FiguresAnswer)
        return [row.refusal is None for row in answer.rows]

    assert [True, False] == await look(follower)
    # A token that may follow and not read adds nothing; one that may read as well does.
    assert [True, False] == await look(follower, "events:subscribe")
    assert [True, True] == await look(follower, "events:subscribe", "reporting:read")
    assert "auth.scope_missing" == await refused(look(reader, "reporting:read"))
    await whole.revoke(grant_id)
    await whole.knows("reporting", follower, grants=0)
    assert "auth.scope_missing" == await refused(look(follower))
    await bus.close()


async def refused(asking: Awaitable[Any]) -> str:
    with pytest.raises(RemoteRefusal) as caught:
        await asking
    return caught.value.code


async def test_who_can_see_is_answered_for_scopes_of_every_service(
    whole: World,
) -> None:
    """The registry knows who sorts tips, enters sessions and reads figures where."""
    roles = {
        "tips:triage": "tips_sorter",
        "campaigns:write": "campaigns_clerk",
        "reporting:read": "figures_reader",
    }
    grants = {
        scope: await whole.give(somebody(), role, THAI_NGUYEN)
        for scope, role in roles.items()
    }
    door = whole.by(
        "registry", "auditor", scopes=["access:read"], unit_roots=[THAI_NGUYEN]
    )
    for scope, mine in grants.items():
        seen = await all_ids(door, scope)
        assert mine in seen
        assert not seen & {grant for grant in grants.values() if grant != mine}


async def all_ids(door: Door, scope: str) -> set[str]:
    found: set[str] = set()
    more: dict[str, str] = {}
    while True:
        answer = await door.get(
            "/v1/who-can-see", unit_id=THAI_NGUYEN, scope=scope, first=50, **more
        )
        rows = answer.json()["rows"]
        found |= {row["id"] for row in rows}
        if not answer.json()["has_next"]:
            return found
        more = {"after": rows[-1]["cursor"]}


@pytest.mark.parametrize("service", EVERY)
async def test_a_copy_that_is_read_again_is_the_same(
    whole: World, service: str
) -> None:
    """Row for row, from the stream and from the registry's store."""
    subject = somebody()
    grant_id = await whole.give(subject, "campaigns_reader", THAI_NGUYEN)
    await whole.knows(service, subject)
    await whole.revoke(grant_id)
    await whole.give(subject, "tips_rater", THAI_NGUYEN)
    await whole.knows(service, subject)
    process = whole.processes[service]
    follower = whole.follower(service)
    decided = rows_of(whole.processes["registry"], ACCESS)

    def known() -> dict[UUID, Any]:
        return rows_of(process, follower.tables)

    # Planted facts are in no log.
    await until(lambda: decided == {k: v for k, v in known().items() if k in decided})
    for from_stores in (False, True):
        await process.runtime.extras["inbox"].rebuild(
            follower.name, from_stores=from_stores
        )
        await until(lambda: decided == known())
        await process.runtime.read(process.holdings.reload)
        await whole.knows(service, subject)


def rows_of(process: Process, tables: GrantTables) -> dict[UUID, Any]:
    with process.runtime.engine.connect() as conn:
        return {row.id: tuple(row) for row in conn.execute(sa.select(tables.grants))}
