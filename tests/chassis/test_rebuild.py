"""The read schema is built anew from the log, and comes out the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import sqlalchemy as sa

from deploy.embedded.issuer import Issuer
from services.chassis.identity import TokenVerifier
from services.chassis.schemas import ensure_read_schema, rebuild_read_schema
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


@pytest.fixture
def runtime(store: Store, issuer: Issuer) -> Iterator[Runtime]:
    made = Runtime(
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
    yield made
    made.threads.shutdown()


async def test_dropped_read_schema_comes_back_row_for_row(
    store: Store, runtime: Runtime
) -> None:
    """Rows that were damaged are gone afterwards, and true ones stand again."""
    for by in (1, 2, 3):
        opened = await store.commands.run(open_tally(), new_key())
        tally = msgspec.json.decode(opened.reply, type=Tallied).id
        await store.commands.run(raise_tally(tally, by), new_key())
    before = rows_of(store.engine)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE tips_read.tally_values SET value = 99"))
    taken = rebuild_read_schema(runtime)
    assert before == rows_of(store.engine)
    assert taken == len(store.log.read_after(0, 100_000))


def rows_of(engine: sa.Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT id, value FROM tips_read.tally_values ORDER BY id")
        )
        return [tuple(row) for row in rows]


async def test_a_release_with_other_tables_builds_them_from_the_log(
    store: Store, runtime: Runtime
) -> None:
    """Tables of the same shape are left alone; of another shape, they are made anew."""
    opened = await store.commands.run(open_tally(), new_key())
    tally = msgspec.json.decode(opened.reply, type=Tallied).id
    await store.commands.run(raise_tally(tally, 7), new_key())
    ensure_read_schema(runtime)
    before = rows_of(store.engine)
    damage = sa.text("UPDATE tips_read.tally_values SET value = 99")
    with store.engine.begin() as connection:
        connection.execute(damage)
    ensure_read_schema(runtime)
    assert before != rows_of(store.engine)
    with store.engine.begin() as connection:
        connection.execute(sa.text("COMMENT ON SCHEMA tips_read IS 'shape of old'"))
        connection.execute(sa.text("CREATE TABLE tips_read.left_behind (id int)"))
    ensure_read_schema(runtime)
    assert before == rows_of(store.engine)
    assert ["tally_values"] == sa.inspect(store.engine).get_table_names("tips_read")
