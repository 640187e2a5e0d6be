"""Loading an aggregate survives the server's restart, though nothing pings before."""

from collections.abc import Callable

import msgspec

from deploy.embedded.postgres import PostgresServer
from services.chassis.database import create_engine
from tests.chassis.conftest import make_store, sqlalchemy_url
from tests.support.sample import (
    SERVICE,
    Tallied,
    create_sample_tables,
    new_key,
    open_tally,
)
from tests.support.servers import Database


async def test_a_dead_connection_is_replaced_at_once(
    own_postgres: Callable[[], PostgresServer],
    own_database: Callable[[PostgresServer], Database],
) -> None:
    """The pool still holds connections of the server before."""
    server = own_postgres()
    engine = create_engine(sqlalchemy_url(own_database(server)), service=SERVICE)
    create_sample_tables(engine)
    store = make_store(engine)
    outcome = await store.commands.run(open_tally(), new_key())
    tally = msgspec.json.decode(outcome.reply, type=Tallied).id
    assert 1 == len(store.log.events_of(tally))
    server.restart()
    assert 1 == len(store.log.events_of(tally))
    assert {tally} == set(store.log.events_of_many([tally]))
    await store.commands.close()
    engine.dispose()
