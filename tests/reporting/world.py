"""The whole service between its sources and a gateway; stood up by streams/conftest."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from nats.aio.client import Client

from deploy.embedded.issuer import Issuer
from services.chassis import nats
from services.chassis.requests import ServiceClient
from services.chassis.service import Runtime
from services.chassis.settings import Settings
from services.contracts.reporting import api
from tests.reporting import units
from tests.reporting.conftest import Counter
from tests.reporting.sources import Source
from tests.support.servers import TestNatsServer

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


def year_of(unit_id: UUID, **changes: Any) -> api.FiguresRequest:
    return api.FiguresRequest(
        unit_ids=[unit_id], period=api.PeriodSpec(year=2023), **changes
    )


async def values(world: World, request: api.FiguresRequest) -> dict[str, int | None]:
    answer = await world.ask("figures.get", request, api.FiguresAnswer)
    return {line.indicator: line.value for line in answer.rows[0].lines}
