"""A database that is away is a refusal to come back for, never a defect."""

import pytest
import sqlalchemy as sa

from services.chassis import command_writer
from services.chassis.command_writer import StoreUnavailable, store_within_reach
from services.chassis.database import create_engine
from tests.chassis.conftest import make_store, sqlalchemy_url
from tests.support.sample import (
    SERVICE,
    create_sample_tables,
    new_key,
    open_tally,
    raise_tally,
)
from tests.support.servers import DatabaseMaker, PostgresMaker


async def test_a_decision_that_cannot_load_its_aggregate_is_refused_as_unavailable(
    own_postgres: PostgresMaker, own_database: DatabaseMaker
) -> None:
    """Without PostgreSQL the caller is told to send the command again, at once."""
    server = own_postgres()
    engine = create_engine(sqlalchemy_url(own_database(server)), service=SERVICE)
    create_sample_tables(engine)
    store = make_store(engine)
    tally = open_tally()
    await store.commands.run(tally, new_key())
    cold = make_store(engine)
    server.kill()

    with pytest.raises(StoreUnavailable):
        await cold.commands.run(raise_tally(tally.aggregate_id), new_key())

    await cold.commands.close()
    await store.commands.close()
    engine.dispose()


async def test_a_writer_without_a_connection_is_refused_as_unavailable(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pool that is used up is no defect: the command may be sent again."""
    monkeypatch.setattr(command_writer, "STORE_TRIES", 2)
    small = sa.create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    store = make_store(small)
    with small.connect(), pytest.raises(StoreUnavailable):
        await store.commands.run(open_tally(), new_key())

    await store.commands.close()
    small.dispose()


@pytest.mark.parametrize(
    "away",
    [
        sa.exc.OperationalError("", None, OSError()),
        sa.exc.InterfaceError("", None, OSError()),
        sa.exc.TimeoutError(),
    ],
)
def test_every_way_of_being_away_is_the_same_refusal(away: Exception) -> None:
    """A refused connection, a broken one, and a pool without a free one."""
    with pytest.raises(StoreUnavailable), store_within_reach():
        raise away


def test_a_defect_stays_a_defect() -> None:
    """A statement that is wrong is no outage."""
    with pytest.raises(sa.exc.ProgrammingError), store_within_reach():
        raise sa.exc.ProgrammingError("", None, OSError())
