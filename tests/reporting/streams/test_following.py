"""Counting from real streams: redelivery, disorder, late units, freshness."""

import random
from uuid import uuid4

import msgspec

from services.contracts.reporting import api
from services.contracts.reporting.events import FIGURES_CHANGED_SUBJECT, FiguresChanged
from services.reporting.read_models.freshness import EXTRA as HEADS
from tests.reporting import facts, units
from tests.reporting.sources import TOLD_AT
from tests.reporting.world import COMMUNES, World, until, values, year_of


async def test_fact_told_on_the_stream_shows_in_every_unit_above(
    world: World,
) -> None:
    """From the stream to the answer, with freshness up to that very event."""
    heard = await world.ears.subscribe(FIGURES_CHANGED_SUBJECT)
    await world.ears.flush()
    before = await values(world, year_of(units.COUNTRY))
    await world.campaigns.tell(facts.held(units.QUANG, 61))
    await world.caught_up()
    after = await values(world, year_of(units.COUNTRY))
    message = await heard.next_msg(timeout=30)
    await heard.unsubscribe()

    assert (before["sessions_held"] or 0) + 1 == after["sessions_held"]
    assert (before["session_attendances"] or 0) + 61 == after["session_attendances"]
    notice = msgspec.json.decode(message.data, type=FiguresChanged)
    assert {units.QUANG, units.CITY, units.BAC_KAN, units.COUNTRY} == set(
        notice.unit_ids
    )
    assert [facts.DAY] == notice.days
    fresh = (await world.freshness())["campaigns"]
    assert (True, len(world.campaigns.messages)) == (fresh.caught_up, fresh.head)
    assert ("first-life", TOLD_AT) == (fresh.generation, fresh.event_time)
    assert fresh.applied_at is not None


async def test_doubled_and_shuffled_messages_count_once(world: World) -> None:
    """Messages that come twice and out of order leave the figures of once each."""
    before = await values(world, year_of(units.COUNTRY))
    told = [facts.held(unit, 10) for unit in COMMUNES for _ in range(6)]
    messages = [world.campaigns.record(event) for event in told]
    disorder = [*messages, *messages]
    random.Random(3).shuffle(disorder)  # noqa: S311 - a fixed disorder
    await world.campaigns.publish([*disorder, messages[-1]])
    await world.caught_up()
    after = await values(world, year_of(units.COUNTRY))

    assert (before["sessions_held"] or 0) + 30 == after["sessions_held"]
    assert (before["session_attendances"] or 0) + 300 == after["session_attendances"]


async def test_fact_that_comes_before_its_unit_waits_for_it(world: World) -> None:
    """Units and facts travel on different streams; none is lost."""
    late = units.register()[0][2]
    unknown = uuid4()
    fields = {**msgspec.structs.asdict(late), "unit_id": unknown, "code": "01999"}
    fields |= {"level": "commune", "parent_id": units.BA_BE}
    fields |= {"path": "VN.06-0.061-0.01999-0"}
    before = await values(world, year_of(units.BA_BE))
    await world.campaigns.tell(facts.held(unknown, 4))
    await world.caught_up()
    answer = await world.ask("figures.get", year_of(units.BA_BE), api.FiguresAnswer)
    assert 2 == answer.freshness.waiting_facts
    await world.registry.publish([world.registry.record(type(late)(**fields), unknown)])

    async def counted() -> bool:
        found = await values(world, year_of(units.BA_BE))
        return found["sessions_held"] == (before["sessions_held"] or 0) + 1

    await until(counted)
    answer = await world.ask("figures.get", year_of(units.BA_BE), api.FiguresAnswer)
    assert 0 == answer.freshness.waiting_facts


async def test_freshness_without_nats_claims_no_more_than_it_knows(
    world: World,
) -> None:
    """Heads that were never seen make no promise."""
    heads = world.runtime.extras.pop(HEADS)
    world.runtime.extras[HEADS] = type(heads)()
    bus, world.runtime.nats = world.runtime.nats, None
    fresh = await world.freshness()
    world.runtime.nats, world.runtime.extras[HEADS] = bus, heads

    assert all(source.head is None for source in fresh.values())
    assert all(source.caught_up is None for source in fresh.values())
    last = dict.fromkeys(range(8), 0)
    for position, message in enumerate(world.campaigns.messages, start=1):
        last[message.partition] = position
    assert min(last.values()) == fresh["campaigns"].complete_to_position
