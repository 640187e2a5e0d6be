"""The position that a command answers is one to which followers come."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

import pytest

from services.chassis.command_writer import CommandWriter
from services.chassis.commands import CommandPath, JointChange
from services.chassis.event_store import RecordedEvent
from services.chassis.positions import positions_reached
from services.chassis.service import Runtime
from tests.support.movement import FactsFollower, World, until
from tests.support.sample import SCHEMA, Tally, new_key, open_tally


def raising(public: UUID, private: UUID, *, private_last: bool) -> JointChange:
    """Raise one tally, which others hear of, and open another, which they do not."""

    def decide(_: Mapping[UUID, Tally]) -> tuple[Sequence[Tally], list[int]]:
        raised = Tally(label="raised", id=public)
        raised.raise_by(1)
        opened = Tally(label="opened", id=private)
        return ([raised, opened] if private_last else [opened, raised]), [1]

    return JointChange(loads=(), decide=decide)


def furthest(world: World) -> int:
    """Return the last position that the follower has reached in any partition."""
    with world.engine.connect() as connection:
        reached = positions_reached(connection, SCHEMA, FactsFollower().name)
    return max((row.position for row in reached), default=0)


@pytest.mark.parametrize("private_last", [True, False])
async def test_a_follower_comes_to_it_whatever_is_written_last(
    world: World,
    runtime: Runtime,
    private_last: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Where private facts stand behind the last public one, nobody waits for them."""
    change = raising(uuid4(), uuid4(), private_last=private_last)
    outcome = await runtime.commands.run_together(change, new_key())
    public = 2 if private_last else 3
    first = world.log.head() - 2
    assert first + public - 1 == outcome.position
    await world.relay()
    await world.inbox(FactsFollower())
    await until(lambda: furthest(world) >= outcome.position)
    assert outcome.position == furthest(world)


async def test_who_wrote_what_nobody_hears_of_waits_for_nothing(
    world: World, runtime: Runtime
) -> None:
    """All facts private: there is no position to wait for, and that is told by 0."""
    outcome = await runtime.commands.run(open_tally(), new_key())
    assert 0 == outcome.position < world.log.head()


async def test_a_fact_that_cannot_be_told_yet_is_waited_for(world: World) -> None:
    """A defect in its publishing holds the relay, not the command."""

    def broken(_: RecordedEvent) -> None:
        raise LookupError("no words for it")

    writer = CommandWriter(world.engine, SCHEMA, publish=broken)
    commands = CommandPath(world.log, world.mapper, writer)
    outcome = await commands.run(open_tally(), new_key())
    await commands.close()
    assert world.log.head() == outcome.position
