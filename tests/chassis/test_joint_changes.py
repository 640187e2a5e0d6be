"""Several aggregates change together or not at all, on a real PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from services.chassis.calls import Outcome
from services.chassis.commands import MANY_AGGREGATES, JointChange
from tests.chassis.conftest import Store
from tests.support.sample import Tallied, Tally, TallyFull, new_key, open_tally


def raise_all(ids: list[UUID], by: int = 1, limit: int | None = None) -> JointChange:
    """Raise several tallies; those that are not there yet are opened first."""

    def decide(found: Mapping[UUID, Tally]) -> tuple[list[Tally], list[int]]:
        tallies = [found.get(one) or Tally(label="new", id=one) for one in ids]
        for tally in tallies:
            tally.raise_by(by, limit)
        return tallies, [tally.value for tally in tallies]

    return JointChange(loads=ids, decide=decide)


async def opened(store: Store, count: int) -> list[UUID]:
    outcomes = [await store.commands.run(open_tally(), new_key()) for _ in range(count)]
    return [msgspec.json.decode(one.reply, type=Tallied).id for one in outcomes]


def values(outcome: Outcome) -> list[int]:
    return msgspec.json.decode(outcome.reply, type=list[int])


def events(store: Store, ids: list[UUID]) -> list[int]:
    found = store.log.events_of_many(ids)
    return [len(found.get(one, ())) for one in ids]


async def test_known_and_new_aggregates_change_by_one_command(store: Store) -> None:
    """Some are loaded, some begin; the reply tells of all."""
    ids = [*await opened(store, 2), uuid4()]
    outcome = await store.commands.run_together(raise_all(ids, 3), new_key())
    assert [3, 3, 3] == values(outcome)
    assert [2, 2, 2] == events(store, ids)


async def test_all_facts_of_a_command_are_told_at_one_moment(store: Store) -> None:
    """Whoever asks what was known at a moment sees all of it or nothing."""
    ids = [*await opened(store, 2), uuid4()]
    await store.commands.run_together(raise_all(ids), new_key())
    found = store.log.events_of_many(ids)
    last = {found[one][-1].timestamp for one in ids}
    assert {found[ids[2]][0].timestamp} == last


async def test_thousands_of_decisions_leave_the_loop_to_others(store: Store) -> None:
    """They are taken beside it, and refused or repeated as any others."""
    ids = [uuid4() for _ in range(MANY_AGGREGATES)]
    threads: set[int] = set()

    def noted(change: JointChange) -> JointChange:
        def decide(found: Mapping[UUID, Tally]) -> Any:
            threads.add(threading.get_ident())
            return change.decide(found)

        return JointChange(loads=change.loads, decide=decide)

    key = new_key()
    first = await store.commands.run_together(noted(raise_all(ids, 2, limit=2)), key)
    assert [2] * len(ids) == values(first)
    with pytest.raises(TallyFull):
        await store.commands.run_together(noted(raise_all(ids, 1, limit=2)), new_key())
    again = await store.commands.run_together(noted(raise_all(ids, 2, limit=2)), key)
    assert (True, first.reply) == (again.replayed, again.reply)
    assert threading.get_ident() not in threads
    await store.commands.run_together(noted(raise_all(ids[:2])), new_key())
    assert threading.get_ident() in threads


async def test_a_refusal_leaves_all_of_them_as_they_were(store: Store) -> None:
    """The last one refuses: the first ones have not changed either."""
    ids = await opened(store, 3)
    await store.commands.run_together(raise_all(ids[2:], 5), new_key())
    with pytest.raises(TallyFull):
        await store.commands.run_together(raise_all(ids, 1, limit=5), new_key())
    assert [1, 1, 2] == events(store, ids)
    outcome = await store.commands.run_together(raise_all(ids, 1), new_key())
    assert [1, 1, 6] == values(outcome)


async def test_the_same_key_answers_the_stored_reply(store: Store) -> None:
    """A joint command takes effect once, too, even where it would now be refused."""
    ids = await opened(store, 2)
    key = new_key()
    first = await store.commands.run_together(raise_all(ids, 5, limit=5), key)
    again = await store.commands.run_together(raise_all(ids, 5, limit=5), key)
    assert (first.reply, True) == (again.reply, again.replayed)
    assert [2, 2] == events(store, ids)


async def test_concurrent_joint_changes_never_wait_crosswise(
    store: Store, new_process: Callable[[], Store]
) -> None:
    """Two processes change the same aggregates in opposite order; all of it counts."""
    ids = await opened(store, 4)
    other = new_process()
    await asyncio.gather(
        *(
            (store, other)[turn % 2].commands.run_together(
                raise_all(ids if turn % 3 else ids[::-1]), new_key()
            )
            for turn in range(24)
        )
    )
    outcome = await store.commands.run_together(raise_all(ids, 0), new_key())
    assert [24, 24, 24, 24] == values(outcome)


async def test_a_stale_cache_never_refuses_for_the_store(
    store: Store, new_process: Callable[[], Store]
) -> None:
    """What another process has moved meanwhile is looked up before refusing."""
    ids = await opened(store, 2)
    other = new_process()
    await store.commands.run_together(raise_all(ids, 4), new_key())
    await other.commands.run_together(raise_all(ids, -4), new_key())
    outcome = await store.commands.run_together(raise_all(ids, 4, limit=4), new_key())
    assert [4, 4] == values(outcome)
