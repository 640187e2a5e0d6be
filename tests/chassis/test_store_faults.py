"""What a command does when the database or the connection to it goes away."""

import asyncio
from collections.abc import Callable, Iterator

import msgspec
import pytest
import sqlalchemy as sa

from deploy.embedded.postgres import PostgresServer
from services.chassis.database import create_engine
from tests.chassis.conftest import make_store, sqlalchemy_url
from tests.support.proxy import CuttingProxy
from tests.support.sample import (
    SERVICE,
    Tallied,
    create_sample_tables,
    new_key,
    open_tally,
    raise_tally,
)
from tests.support.servers import Database, DatabaseMaker, PostgresMaker


@pytest.fixture
def proxy(database: Database) -> Iterator[CuttingProxy]:
    made = CuttingProxy(sa.make_url(sqlalchemy_url(database)).port or 0)
    yield made
    made.close()


@pytest.fixture
def engine_behind_proxy(
    engine: sa.Engine, database: Database, proxy: CuttingProxy
) -> Iterator[sa.Engine]:
    del engine  # the tables stand
    url = sa.make_url(sqlalchemy_url(database)).set(host="127.0.0.1", port=proxy.port)
    made = create_engine(
        url.render_as_string(hide_password=False) + "?sslmode=disable", service=SERVICE
    )
    yield made
    made.dispose()


@pytest.mark.faults
async def test_lost_commit_acknowledgement_is_not_a_second_effect(
    engine_behind_proxy: sa.Engine, proxy: CuttingProxy
) -> None:
    """The caller gets the stored reply; the events are there once."""
    store = make_store(engine_behind_proxy)
    opened = await store.commands.run(open_tally(), new_key())
    tally = msgspec.json.decode(opened.reply, type=Tallied).id
    for expected in range(1, 6):
        proxy.cut_at = b"COMMIT"
        outcome = await store.commands.run(raise_tally(tally), new_key())
        assert Tallied(tally, expected) == msgspec.json.decode(
            outcome.reply, type=Tallied
        )
        assert outcome.replayed
    assert proxy.cuts == 5
    versions = [event.originator_version for event in store.log.events_of(tally)]
    assert versions == [1, 2, 3, 4, 5, 6]
    await store.commands.close()


@pytest.mark.faults
async def test_lost_acknowledgement_of_a_batch_doubles_nothing(
    engine_behind_proxy: sa.Engine, proxy: CuttingProxy
) -> None:
    """Many commands in the cut transaction each keep their one effect."""
    store = make_store(engine_behind_proxy)
    before = store.log.head()
    proxy.cut_at = b"COMMIT"
    outcomes = await asyncio.gather(
        *(store.commands.run(open_tally(), new_key()) for _ in range(20))
    )
    found = store.log.read_after(before, 1000)
    replied = {msgspec.json.decode(o.reply, type=Tallied).id for o in outcomes}
    assert replied == {item.aggregate_id for item in found}
    assert len(found) == 20
    await store.commands.close()


@pytest.mark.faults
async def test_commands_wait_out_a_killed_database(
    own_postgres: PostgresMaker,
    own_database: DatabaseMaker,
) -> None:
    """PostgreSQL is killed under load and started: each command has one effect."""
    server: PostgresServer = own_postgres()
    engine = create_engine(sqlalchemy_url(own_database(server)), service=SERVICE)
    create_sample_tables(engine)
    store = make_store(engine)
    opened = await store.commands.run(open_tally(), new_key())
    tally = msgspec.json.decode(opened.reply, type=Tallied).id
    keys = [new_key() for _ in range(60)]

    async def raise_until_answered(number: int) -> None:
        await asyncio.sleep(number * 0.01)
        while True:
            try:
                await store.commands.run(raise_tally(tally), keys[number])
            except Exception:  # noqa: BLE001 - a client sends the same key again
                await asyncio.sleep(0.1)
            else:
                return

    work = asyncio.gather(*(raise_until_answered(number) for number in range(60)))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(_kill_and_start, server.kill, server.start)
    await work
    versions = [event.originator_version for event in store.log.events_of(tally)]
    assert versions == list(range(1, 62))
    await store.commands.close()
    engine.dispose()


def _kill_and_start(kill: Callable[[], None], start: Callable[[], None]) -> None:
    kill()
    start()
