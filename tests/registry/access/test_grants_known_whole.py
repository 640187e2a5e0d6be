"""A copy of grants opens nothing before, or long after, it was known to be whole."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import THAI_NGUYEN, Issuer
from services.access_directory import follower as proving
from services.access_directory import holdings as rule
from services.chassis.completeness import Completeness, Head, _lies_behind
from services.chassis.positions import Place
from services.chassis.quarantine import Held, quarantine, release_all
from services.tips import wiring as tips
from tests.registry.access.world import (
    Process,
    World,
    running,
    settings_of,
    until,
    world_of,
)
from tests.support.servers import Database, TestNatsServer

HEALED_SECONDS = 60.0


@pytest.fixture(scope="module")
async def small(
    registry_database: Database,
    nats_server: TestNatsServer,
    issuer: Issuer,
    registry_kek: Path,
) -> AsyncIterator[World]:
    """Give the registry and campaigns on servers that may fail."""
    async with world_of(
        registry_database, nats_server, issuer, registry_kek, ("campaigns",)
    ) as made:
        yield made


async def status(whole: World, subject: str, *scopes: str) -> int:
    door = whole.by("campaigns", subject, scopes=scopes, unit_roots=[THAI_NGUYEN])
    return (await door.get("/v1/campaigns")).status_code


@pytest.mark.faults
async def test_without_the_bus_tokens_count_and_grants_soon_do_not(
    small: World, nats_server: TestNatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revocation could not be heard of. The service stays ready for all others."""
    subject = f"clerk-{uuid4()}"
    await small.give(subject, "campaigns_reader", THAI_NGUYEN)
    await small.knows("campaigns", subject)
    assert 200 == await status(small, subject)
    process = small.processes["campaigns"]
    monkeypatch.setattr(proving, "PROVE_SECONDS", 0.5)
    monkeypatch.setattr(rule, "TRUST_SECONDS", 4.0)
    nats_server.stop()
    await until(lambda: not process.holdings.known, 15)
    assert 403 == await status(small, subject)
    assert 200 == await status(small, subject, "campaigns:read")
    assert [] == list(await process.runtime.unready())
    nats_server.start()
    await until(lambda: process.holdings.known, HEALED_SECONDS)
    assert 200 == await status(small, subject)


@pytest.mark.faults
async def test_a_lost_stream_opens_nothing_that_was_revoked_meanwhile(
    small: World, nats_server: TestNatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filled again from the registry's log, it proves nothing until it is all there."""
    subject, other = f"clerk-{uuid4()}", f"clerk-{uuid4()}"
    grant_id = await small.give(subject, "campaigns_reader", THAI_NGUYEN)
    await small.knows("campaigns", subject)
    process = small.processes["campaigns"]
    monkeypatch.setattr(proving, "PROVE_SECONDS", 0.5)
    monkeypatch.setattr(rule, "TRUST_SECONDS", 4.0)
    nats_server.wipe()
    await small.revoke(grant_id)
    await small.give(other, "campaigns_reader", THAI_NGUYEN)
    await until(lambda: not process.holdings.known, 15)
    nats_server.start()
    await until(lambda: process.holdings.known, HEALED_SECONDS)
    await small.knows("campaigns", other)
    assert (403, 200) == (
        await status(small, subject),
        await status(small, other),
    )


async def test_a_service_that_has_not_read_all_opens_nothing_that_was_revoked(
    small: World,
    registry_database: Database,
    nats_server: TestNatsServer,
    issuer: Issuer,
    registry_kek: Path,
) -> None:
    """Reading from the start it meets each grant before its end, and waits."""
    gone, stays = f"clerk-{uuid4()}", f"clerk-{uuid4()}"
    revoked = await small.give(gone, "tips_sorter", THAI_NGUYEN)
    await small.give(stays, "tips_sorter", THAI_NGUYEN)
    await small.revoke(revoked)
    settings = settings_of("tips", registry_database, nats_server, issuer, registry_kek)
    async with running(tips, settings) as process:
        assert not process.holdings.known
        seen = set()
        async with asyncio.timeout(HEALED_SECONDS):
            while not process.holdings.known:
                seen |= {holds(process, issuer, who) for who in (gone, stays)}
                await asyncio.sleep(0.005)
        assert {False} == seen
        await until(lambda: process.runtime.extras["units"].loaded, HEALED_SECONDS)
        assert (False, True) == (
            holds(process, issuer, gone),
            holds(process, issuer, stays),
        )


def holds(process: Process, issuer: Issuer, subject: str) -> bool:
    token = issuer.token("officer", claims={"sub": subject}, scopes=(), unit_roots=())
    caller = process.runtime.verifier.verify(token)
    return "tips:triage" in process.runtime.rights(caller, "tips:triage").scopes


def test_a_stream_with_less_than_was_read_proves_nothing() -> None:
    """Of the same generation; another one has other positions."""
    read = {0: place("a", 7), 1: place("a", 9), 2: place("", 0)}
    told = {0: Head("a", 7), 1: Head("a", 9)}
    assert not _lies_behind(told, {})
    assert not _lies_behind({}, {})
    assert not _lies_behind({**told, 0: Head("a", 8)}, read)
    assert _lies_behind({**told, 0: Head("a", 6)}, read)
    assert _lies_behind({1: Head("a", 9)}, read)
    assert _lies_behind({}, read)
    assert not _lies_behind({0: Head("b", 1)}, read)
    assert not _lies_behind({0: Head("b", 1)}, {**read, 0: place("b", 1)})


def place(generation: str, position: int) -> Place:
    return Place(generation, position, 0, None)


@pytest.mark.parametrize("ahead", [0, 1])
async def test_a_process_that_just_began_believes_no_stream_that_lost_its_end(
    small: World, ahead: int
) -> None:
    """It remembers nothing; how far the copy had been read is written beside it."""
    runtime, follower = small.processes["campaigns"].runtime, f"test-{uuid4()}"
    await runtime.write(stand, follower, ahead)
    noted: list[float] = []
    proof = Completeness(follower, "registry", lambda _, age: noted.append(age))
    assert (ahead == 0) == await proof.prove(runtime)
    assert (ahead == 0) == bool(noted)


@pytest.mark.parametrize(
    ("reason", "is_whole"), [("apply_failed", False), ("unknown_type", True)]
)
async def test_a_copy_of_which_a_fact_is_held_back_is_not_whole(
    small: World, reason: str, *, is_whole: bool
) -> None:
    """It may have been a revocation; a kind that only a newer release knows is none."""
    runtime, follower = small.processes["campaigns"].runtime, f"test-{uuid4()}"
    await runtime.write(stand, follower, 0)
    held = Held("one", reason, {}, b"{}")
    schema = "campaigns_write"
    await runtime.write(quarantine, schema, follower, "registry", held)
    proof = Completeness(follower, "registry", lambda *_: None)
    assert is_whole == await proof.prove(runtime)
    await runtime.write(release_all, schema, follower)
    assert await proof.prove(runtime)


def stand(conn: sa.Connection, follower: str, ahead: int) -> None:
    """Let a follower have read what the grants' own has, and so many facts more."""
    conn.exec_driver_sql(
        "INSERT INTO campaigns_write.follower_position (follower, source, partition,"
        " generation, position, applied_at) SELECT %s, source, partition, generation,"
        " position + %s, applied_at FROM campaigns_write.follower_position"
        " WHERE follower = 'campaigns-access' AND position > 0",
        (follower, ahead),
    )
