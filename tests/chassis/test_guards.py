"""A rule over several aggregates, held where their rows meet: in the transaction."""

import asyncio
import dataclasses
from collections.abc import Callable
from uuid import UUID

import msgspec
import pytest
import sqlalchemy as sa

from services.chassis.commands import Change
from tests.chassis.conftest import Store
from tests.support.sample import Tallied, Tally, TallyFull, new_key, open_tally
from tests.support.sample import raise_tally as raise_freely

TOGETHER = 5


async def opened(store: Store, count: int) -> list[UUID]:
    replies = [
        (await store.commands.run(open_tally(), new_key())).reply for _ in range(count)
    ]
    return [msgspec.json.decode(reply, type=Tallied).id for reply in replies]


def total(connection: sa.Connection, tallies: list[UUID]) -> int:
    query = sa.text(
        "SELECT sum(value) FROM tips_read.tally_values WHERE id = ANY(:ids)"
    )
    return int(connection.execute(query, {"ids": tallies}).scalar_one())


def raise_one(tally: UUID, tallies: list[UUID]) -> Change[Tally]:
    """Raise a tally while all of them together stay within their limit."""

    def guard(connection: sa.Connection) -> None:
        lock = sa.text("SELECT pg_advisory_xact_lock(hashtext(:key))")
        connection.execute(lock, {"key": str(tallies[0])})
        if total(connection, tallies) > TOGETHER:
            raise TallyFull(tally_id=tally)

    return dataclasses.replace(raise_freely(tally), guard=guard)


async def test_a_guard_sees_what_its_own_command_wrote(store: Store) -> None:
    """The command that would pass the limit is refused and leaves no trace."""
    tallies = await opened(store, 2)
    for _ in range(TOGETHER):
        await store.commands.run(raise_one(tallies[0], tallies), new_key())
    head = store.log.head()
    with pytest.raises(TallyFull):
        await store.commands.run(raise_one(tallies[1], tallies), new_key())
    assert head == store.log.head()
    with store.engine.connect() as connection:
        assert TOGETHER == total(connection, tallies)


async def test_a_refused_repetition_answers_as_the_first_did(store: Store) -> None:
    """The same key after the limit was reached gives the stored reply."""
    tallies = await opened(store, 1)
    key = new_key()
    first = await store.commands.run(raise_one(tallies[0], tallies), key)
    for _ in range(TOGETHER - 1):
        await store.commands.run(raise_one(tallies[0], tallies), new_key())
    again = await store.commands.run(raise_one(tallies[0], tallies), key)
    assert (first.reply, True) == (again.reply, again.replayed)


async def test_guards_of_two_processes_meet(
    store: Store, new_process: Callable[[], Store]
) -> None:
    """However commands come together, exactly as many pass as there is room for."""
    tallies = await opened(store, 12)
    stores = [store, new_process()]
    results = await asyncio.gather(
        *(
            stores[number % 2].commands.run(raise_one(tally, tallies), new_key())
            for number, tally in enumerate(tallies)
        ),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, TallyFull)]
    with store.engine.connect() as connection:
        assert TOGETHER == total(connection, tallies)
    assert len(tallies) - TOGETHER == len(refused)
