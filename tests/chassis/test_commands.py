"""One fact, once: what the command path promises, on a real PostgreSQL."""

import asyncio
from collections.abc import Callable
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa

from services.chassis.calls import CommandKey
from services.chassis.command_writer import KeyReused
from tests.chassis.conftest import Store
from tests.support.sample import (
    Tallied,
    TallyFull,
    new_key,
    open_tally,
    raise_tally,
)


async def opened(store: Store) -> UUID:
    outcome = await store.commands.run(open_tally(), new_key())
    return msgspec.json.decode(outcome.reply, type=Tallied).id


def value_of(store: Store, tally_id: UUID) -> int | None:
    with store.engine.connect() as connection:
        return connection.execute(
            sa.text("SELECT value FROM tips_read.tally_values WHERE id = :id"),
            {"id": tally_id},
        ).scalar_one_or_none()


async def test_reply_is_readable_from_the_read_model_at_once(store: Store) -> None:
    """The read model has changed when the reply arrives."""
    tally = await opened(store)
    outcome = await store.commands.run(raise_tally(tally, 3), new_key())
    assert Tallied(tally, 3) == msgspec.json.decode(outcome.reply, type=Tallied)
    assert value_of(store, tally) == 3
    assert outcome.position == store.log.head()


async def test_same_key_answers_the_stored_reply_and_changes_nothing(
    store: Store,
) -> None:
    """A command that is sent again takes effect once."""
    tally = await opened(store)
    key = new_key()
    first = await store.commands.run(raise_tally(tally, 2), key)
    again = await store.commands.run(raise_tally(tally, 2), key)
    assert (first.reply, True) == (again.reply, again.replayed)
    assert value_of(store, tally) == 2


async def test_same_key_answers_even_when_the_decision_would_now_refuse(
    store: Store,
) -> None:
    """The first answer stands, though the limit is reached by it."""
    tally = await opened(store)
    key = new_key()
    first = await store.commands.run(raise_tally(tally, 5, limit=5), key)
    again = await store.commands.run(raise_tally(tally, 5, limit=5), key)
    assert first.reply == again.reply


async def test_same_key_with_other_content_is_refused(store: Store) -> None:
    """A key is bound to the content that it came with first."""
    tally = await opened(store)
    key = uuid4()
    await store.commands.run(raise_tally(tally, 1), CommandKey(key, b"one"))
    with pytest.raises(KeyReused):
        await store.commands.run(raise_tally(tally, 1), CommandKey(key, b"two"))
    assert value_of(store, tally) == 1


async def test_refusal_leaves_no_trace_and_the_aggregate_usable(store: Store) -> None:
    """A refused command changes neither the log nor the cached aggregate."""
    tally = await opened(store)
    with pytest.raises(TallyFull):
        await store.commands.run(raise_tally(tally, 2, limit=1), new_key())
    await store.commands.run(raise_tally(tally, 1, limit=1), new_key())
    assert value_of(store, tally) == 1
    assert len(store.log.events_of(tally)) == 2


async def test_concurrent_commands_on_one_aggregate_all_count(
    store: Store, new_process: Callable[[], Store]
) -> None:
    """Three processes raise one tally 60 times; versions and view agree."""
    tally = await opened(store)
    processes = [store, new_process(), new_process()]
    await asyncio.gather(
        *(
            processes[i % 3].commands.run(raise_tally(tally), new_key())
            for i in range(60)
        )
    )
    assert value_of(store, tally) == 60
    versions = [event.originator_version for event in store.log.events_of(tally)]
    assert versions == list(range(1, 62))


async def test_stale_cache_never_refuses_for_the_store(
    store: Store, new_process: Callable[[], Store]
) -> None:
    """A limit that another process has lifted meanwhile is seen before refusing."""
    tally = await opened(store)
    other = new_process()
    await other.commands.run(raise_tally(tally, 1), new_key())
    await store.commands.run(raise_tally(tally, 1), new_key())
    with pytest.raises(TallyFull):
        await other.commands.run(raise_tally(tally, 1, limit=2), new_key())
    await other.commands.run(raise_tally(tally, 1, limit=3), new_key())
    assert value_of(store, tally) == 3


async def test_failing_row_fails_its_own_command_only(store: Store) -> None:
    """In one batch a broken command falls alone."""
    tallies = [await opened(store) for _ in range(12)]

    def broken(connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT 1/0"))

    results = await asyncio.gather(
        *(
            store.commands.run(
                raise_tally(tally, also=broken if i == 5 else None), new_key()
            )
            for i, tally in enumerate(tallies)
        ),
        return_exceptions=True,
    )
    failed = [i for i, result in enumerate(results) if isinstance(result, Exception)]
    assert failed == [5]
    values = [value_of(store, tally) for tally in tallies]
    assert values == [0 if i == 5 else 1 for i in range(12)]


async def test_rows_of_a_refused_transaction_are_gone(store: Store) -> None:
    """Events and read model roll back together."""
    tally = await opened(store)
    before = store.log.head()

    def broken(connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT 1/0"))

    with pytest.raises(sa.exc.DataError):
        await store.commands.run(raise_tally(tally, also=broken), new_key())
    assert store.log.head() == before
    assert value_of(store, tally) == 0
