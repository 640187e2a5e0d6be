"""The read schema is built anew from the log, and comes out the same."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.identity import TokenVerifier
from services.chassis.rebuild import rebuild_read_schema
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.settings import Settings
from tests.chassis.conftest import Store
from tests.support.sample import (
    SERVICE,
    Tallied,
    Tally,
    TallyValues,
    new_key,
    open_tally,
    publish,
    raise_tally,
    read_metadata,
)


async def test_dropped_read_schema_comes_back_row_for_row(
    store: Store, issuer: Issuer
) -> None:
    """Rows that were damaged are gone afterwards, and true ones stand again."""
    for by in (1, 2, 3):
        opened = await store.commands.run(open_tally(), new_key())
        tally = msgspec.json.decode(opened.reply, type=Tallied).id
        await store.commands.run(raise_tally(tally, by), new_key())
    before = rows_of(store.engine)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE tips_read.tally_values SET value = 99"))
    runtime = Runtime(
        definition=ServiceDefinition(
            name=SERVICE,
            aggregates=(Tally,),
            publish=publish,
            read_metadata=read_metadata,
            inline_read_models=(TallyValues(),),
        ),
        settings=Settings(service=SERVICE),
        engine=store.engine,
        log=store.log,
        commands=store.commands,
        verifier=TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience),
        threads=ThreadPoolExecutor(1),
    )
    taken = rebuild_read_schema(runtime)
    assert before == rows_of(store.engine)
    assert taken == len(store.log.read_after(0, 100_000))
    runtime.threads.shutdown()


def rows_of(engine: sa.Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT id, value FROM tips_read.tally_values ORDER BY id")
        )
        return [tuple(row) for row in rows]
