"""The sample service's store, fresh for each module."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from services.chassis.command_writer import CommandWriter
from services.chassis.commands import CommandPath
from services.chassis.database import create_engine
from services.chassis.event_store import EventLog
from services.chassis.mapper import EventMapper
from tests.support.sample import (
    SCHEMA,
    SERVICE,
    Tally,
    TallyValues,
    create_sample_tables,
)
from tests.support.servers import Database


class Store(NamedTuple):
    """The parts of one process of the sample service."""

    engine: sa.Engine
    log: EventLog
    commands: CommandPath


def sqlalchemy_url(database: Database) -> str:
    return "postgresql+psycopg://" + database.url(SERVICE).partition("://")[2]


@pytest.fixture(scope="module")
def engine(database: Database) -> Iterator[sa.Engine]:
    made = create_engine(sqlalchemy_url(database), service=SERVICE, pool=24)
    create_sample_tables(made)
    yield made
    made.dispose()


def make_store(engine: sa.Engine) -> Store:
    mapper = EventMapper([Tally])
    log = EventLog(engine, SCHEMA, mapper)
    writer = CommandWriter(engine, SCHEMA, [TallyValues()])
    return Store(engine, log, CommandPath(log, mapper, writer))


@pytest.fixture
async def store(engine: sa.Engine) -> AsyncIterator[Store]:
    made = make_store(engine)
    yield made
    await made.commands.close()


@pytest.fixture
async def new_process(engine: sa.Engine) -> AsyncIterator[Callable[[], Store]]:
    """Give a maker of further processes on the same store, with their own caches."""
    made: list[Store] = []

    def make() -> Store:
        made.append(make_store(engine))
        return made[-1]

    yield make
    for store in made:
        await store.commands.close()
