"""The whole service on real streams: counting, redelivery, freshness, rebuild, verbs."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa
from nats.aio.client import Client
from pydantic import SecretStr

from deploy.embedded.issuer import Issuer
from services.chassis import nats
from services.chassis.movement import moving_parts
from services.chassis.requests import RemoteRefusal, ServiceClient
from services.chassis.service import (
    Runtime,
    build_runtime,
    close_runtime,
    prepare_schema,
)
from services.chassis.settings import Settings
from services.contracts.envelope import PublicEvent
from services.contracts.reporting import api
from services.contracts.reporting.events import FIGURES_CHANGED_SUBJECT, FiguresChanged
from services.reporting.read_models.freshness import EXTRA as HEADS
from services.reporting.rebuild import RebuildRefused, rebuild
from services.reporting.wiring import definition
from tests.reporting import facts, units
from tests.reporting.conftest import Counter, figures_of
from tests.reporting.sources import TOLD_AT, Source
from tests.support.servers import Database, TestNatsServer

PATIENCE_S = 30.0
COMMUNES = [units.QUANG, units.SONG, units.PHUC, units.TRUNG, units.CHIA]


@dataclass
class World:
    """Reporting at work between three sources and a gateway."""

    runtime: Runtime
    settings: Settings
    registry: Source
    campaigns: Source
    tips: Source
    gateway: ServiceClient
    ears: Client
    issuer: Issuer

    @property
    def figures(self) -> Counter:
        return Counter(self.runtime)

    async def ask(self, verb: str, body: msgspec.Struct, kind: type[Any]) -> Any:
        """Ask as the agency, through the gateway's connection."""
        raw = await self.gateway.call(
            "reporting", verb, body, token=self.issuer.token("agency")
        )
        return msgspec.json.decode(raw, type=kind)

    async def freshness(self) -> dict[str, api.SourceFreshness]:
        found = await self.ask("freshness.get", api.FreshnessRequest(), api.Freshness)
        return {source.source: source for source in found.sources}

    async def caught_up(self) -> None:
        """Wait until every told fact is counted."""

        async def all_counted() -> bool:
            fresh = await self.freshness()
            return all(
                fresh[source.name].complete_to_position == len(source.messages)
                for source in (self.registry, self.campaigns, self.tips)
            )

        await until(all_counted)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():
            await asyncio.sleep(0.05)


async def connected(server: TestNatsServer, user: str) -> Client:
    name, password = server.tester if user == "tester" else server.user(user)
    return await nats.connect(server.url, name=name, user=name, password=password)


@pytest.fixture(scope="module")
async def world(
    database: Database, nats_server: TestNatsServer, issuer: Issuer
) -> AsyncIterator[World]:
    others = await connected(nats_server, "tester")
    sources = [Source(name, others) for name in ("registry", "campaigns", "tips")]
    for source in sources:
        await source.lay_out()
        await source.answer()
    user, password = nats_server.user("reporting")
    settings = Settings(
        service="reporting",
        database_url=database.url("reporting"),
        jwks_file=issuer.jwks_file,
        nats_url=nats_server.url,
        nats_user=user,
        nats_password=SecretStr(password),
    )
    runtime = build_runtime(definition(), settings)
    prepare_schema(runtime)
    runtime.nats = await connected(nats_server, "reporting")
    assert runtime.definition.on_start is not None
    await runtime.definition.on_start(runtime)
    parts = moving_parts(runtime)
    running = [asyncio.create_task(part.run()) for part in parts]
    gateway = await connected(nats_server, "gateway")
    made = World(runtime, settings, *sources, ServiceClient(gateway), gateway, issuer)
    for aggregate, version, event in units.register():
        message = made.registry.record(event, aggregate, version)
        await made.registry.publish([message])
    await until(lambda: unready(runtime))
    yield made
    for part in reversed(parts):
        part.stop()
    await asyncio.gather(*running)
    await figures_of(runtime).close()
    await runtime.extras["units"].close()
    for client in (gateway, runtime.nats, others):
        await client.close()
    await close_runtime(runtime)


async def unready(runtime: Runtime) -> bool:
    return not await runtime.unready()


def year_of(unit_id: UUID, **changes: Any) -> api.FiguresRequest:
    return api.FiguresRequest(
        unit_ids=[unit_id], period=api.PeriodSpec(year=2023), **changes
    )


async def values(world: World, request: api.FiguresRequest) -> dict[str, int | None]:
    answer = await world.ask("figures.get", request, api.FiguresAnswer)
    return {line.indicator: line.value for line in answer.rows[0].lines}


def some_facts(number: int) -> list[tuple[str, PublicEvent]]:
    """Return facts of all three sources in a fixed order that looks like chance."""
    chance = random.Random(7)
    made: list[tuple[str, PublicEvent]] = []
    for _ in range(number):
        unit = chance.choice(COMMUNES)
        day = date(2023, chance.randint(1, 12), chance.randint(1, 28))
        made.append(
            chance.choice(
                [
                    ("campaigns", facts.held(unit, chance.randint(1, 90), day)),
                    ("campaigns", facts.corrected(unit, 5, chance.randint(0, 9), day)),
                    ("campaigns", facts.point(unit, day=day)),
                    ("tips", facts.received(unit, day)),
                    ("tips", facts.valued(unit, day)),
                    ("registry", facts.enrolled(unit, facts.POLICE, day)),
                ]
            )
        )
    return made


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
    message = await heard.next_msg(timeout=PATIENCE_S)
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
    random.Random(3).shuffle(disorder)
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


@pytest.mark.parametrize("origin", ["streams", "stores"])
async def test_rebuilt_figures_equal_those_counted_live(
    world: World, origin: str
) -> None:
    """Counted anew beside the present ones, then swapped: not one figure differs."""
    for name, event in some_facts(120):
        await getattr(world, name).tell(event)
    await world.caught_up()
    before = world.figures.table()
    with world.runtime.engine.begin() as conn:  # what the rebuild has to repair
        conn.execute(
            sa.text(
                "DELETE FROM reporting_read.figures WHERE indicator = 'tips_received'"
            )
        )
        conn.execute(sa.text("UPDATE reporting_read.figures SET value = value + 1"))
    done = await rebuild(world.settings, origin)  # type: ignore[arg-type]

    assert before == world.figures.table()
    assert len(before) <= done.differing + 1
    assert len(world.campaigns.messages) <= done.facts
    await world.tips.tell(facts.received(units.QUANG))  # and it goes on counting
    await world.caught_up()
    key = (units.QUANG, "tips_received", facts.DAY)
    assert before.get(key, 0) + 1 == world.figures.table()[key]
    again = await rebuild(world.settings, origin)  # type: ignore[arg-type]
    assert 0 == again.differing


async def test_rebuild_while_facts_arrive_loses_none(world: World) -> None:
    """The follower counts on during the rebuild; both end at the same figures."""
    before = await values(world, year_of(units.COUNTRY))

    async def keep_telling() -> None:
        for _ in range(150):
            await world.campaigns.tell(facts.held(units.PHUC, 1))

    await asyncio.gather(keep_telling(), rebuild(world.settings, "streams"))
    await world.caught_up()
    after = await values(world, year_of(units.COUNTRY))

    assert (before["sessions_held"] or 0) + 150 == after["sessions_held"]
    assert 0 == (await rebuild(world.settings, "streams")).differing


async def test_rebuild_fills_the_holes_of_a_stream_from_the_store(
    world: World,
) -> None:
    """A lost stream is no reason to lose figures."""
    before = world.figures.table()
    await world.campaigns.lose_stream()
    await world.campaigns.publish(world.campaigns.messages[-40:])
    done = await rebuild(world.settings, "streams")

    assert 0 == done.differing
    assert before == world.figures.table()


async def test_rebuild_that_cannot_have_every_fact_changes_nothing(
    world: World,
) -> None:
    """A stream with a hole whose service is silent: refused, figures as they were."""
    before = world.figures.table()
    await world.tips.lose_stream()
    await world.tips.publish(world.tips.messages[-1:])
    await world.tips.fall_silent()
    with pytest.raises(RebuildRefused):
        await rebuild(world.settings, "streams")
    with pytest.raises(RebuildRefused):
        await rebuild(world.settings, "stores")
    await world.tips.answer()

    assert before == world.figures.table()
    with world.runtime.engine.connect() as conn:
        tables = sa.inspect(conn).get_table_names("reporting_read")
    assert not [name for name in tables if name.endswith("_rebuilt")]


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
    campaigns = fresh["campaigns"].complete_to_position
    assert 0 < campaigns <= len(world.campaigns.messages)


async def test_verbs_answer_as_the_http_door_does(world: World) -> None:
    """Children, indicators, drafting and reading over the bus."""
    children = await world.ask(
        "figures.children",
        api.ChildrenRequest(
            unit_ids=[units.THAI_NGUYEN],
            period=api.PeriodSpec(year=2023),
            geography="restated",
        ),
        api.ChildrenAnswer,
    )
    codes = [child.unit_code for child in children.rows[0].children]
    catalogue = await world.ask(
        "indicators.list", api.IndicatorsRequest(), api.IndicatorsAnswer
    )
    token = world.issuer.token("reviewer")
    body = api.DraftReport(unit_id=units.BAC_KAN, period=api.PeriodSpec(year=2023))
    key = uuid4()
    raw = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=key
    )
    again = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=key
    )
    reply = msgspec.json.decode(raw, type=api.ReportDraftedReply)
    got = await world.ask(
        "report.get",
        api.ReportsRequest(report_ids=[uuid4(), reply.report_id]),
        api.ReportsAnswer,
    )
    listed = await world.ask(
        "report.of_units",
        api.UnitReportsRequest(unit_ids=[units.LANG_SON, units.BAC_KAN]),
        api.UnitReportsAnswer,
    )

    assert ["01840", "01906", "05437"] == codes
    assert 10 <= len(catalogue.rows)
    assert raw == again
    assert got.rows[0] is None
    assert reply.number_and_symbol == got.rows[1].number_and_symbol
    assert [0, 1] == [len(row.reports) for row in listed.rows]


async def test_drafted_report_leaves_as_a_public_fact(
    world: World, nats_server: TestNatsServer
) -> None:
    """Others hear of it on EV_REPORTING."""
    body = api.DraftReport(unit_id=units.CITY, period=api.PeriodSpec(year=2023))
    token = world.issuer.token("reviewer")
    raw = await world.gateway.call(
        "reporting", "report.draft", body, token=token, key=uuid4()
    )
    reply = msgspec.json.decode(raw, type=api.ReportDraftedReply)
    listener = world.campaigns.client

    async def published() -> bool:
        last = await nats.stored_message(
            listener, "EV_REPORTING", last_by_subj="ev.reporting.*.report.drafted.v1"
        )
        return last is not None and str(reply.report_id).encode() in last.payload

    await until(published)


async def test_verbs_keep_to_scope_and_reach(world: World) -> None:
    """A row out of reach is refused as a row; a scope that is missing, as a whole."""
    request = api.FiguresRequest(
        unit_ids=[units.LANG_SON, units.BAC_KAN], period=api.PeriodSpec(year=2023)
    )
    raw = await world.gateway.call(
        "reporting", "figures.get", request, token=world.issuer.token("officer")
    )
    rows = msgspec.json.decode(raw, type=api.FiguresAnswer).rows

    assert rows[0].refusal is not None
    assert "reporting.unit.not_visible" == rows[0].refusal.code
    assert [units.LANG_SON, units.BAC_KAN] == [row.unit_id for row in rows]
    assert rows[1].lines
    with pytest.raises(RemoteRefusal) as refused:
        await world.gateway.call(
            "reporting", "figures.get", request, token=world.issuer.token("mttq")
        )
    assert "auth.scope_missing" == refused.value.code
