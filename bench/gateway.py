"""The gateway's processor time per request beside a bare server's, same bytes out."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import aiohttp
import msgspec
import orjson

from bench.bare_gateway import BarePlan, Hop, Page
from bench.house import House, running, until_answers
from bench.load import drive, post
from bench.measure import Row, cost_row, interleaved
from bench.sessions import hold_sessions
from deploy.embedded.issuer import COUNTRY
from deploy.embedded.ports import free_port
from deploy.embedded.private_file import write_private
from gateway.app import PATH, Gateway
from gateway.context import RequestContext
from gateway.execution import run
from gateway.schema.base import global_id
from services.chassis import nats
from services.chassis.identity import TokenVerifier
from services.chassis.service_client import ServiceClient
from services.chassis.wire_headers import subject_of_verb

RAW_LIMIT: Final = (
    "Starlette (uvicorn, uvloop, httptools) that asks the services the same over NATS,"
    " does not read what they answer, and encodes a ready answer of the same bytes by"
    " orjson; processor time of the process by /proc, per request"
)
CONNECTIONS: Final = 16
SECONDS: Final = 2.5
_SESSION_FIELDS: Final = (
    "heldOn kind attendance organiser origin venue corrections withdrawn"
)
QUERIES: Final = {
    "Gateway, list of 100 rows of 8 fields": (
        "query($unit: ID!) { sessions(first: 100, filter: {unitId: $unit})"
        f" {{ nodes {{ {_SESSION_FIELDS} }} }} }}"
    ),
    "Gateway, nested list of 20 by 5": (
        'query($unit: ID!) { unit(id: $unit) { children(first: 20, on: "2023-06-30")'
        ' { nodes { code name children(first: 5, on: "2023-06-30")'
        " { nodes { code name unitType } } } } } }"
    ),
    "Gateway, one object": (
        "query($unit: ID!) { node(id: $unit) { ... on Unit { code name level } } }"
    ),
}


@dataclass
class _Recording:
    """Services that write down what they are asked, and ask it really."""

    client: ServiceClient
    hops: list[Hop] = field(default_factory=list)

    async def call(  # noqa: PLR0913 - the envelope of a request has these parts
        self,
        service: str,
        verb: str,
        body: bytes,
        *,
        token: str,
        deadline_s: float,
        key: UUID | None,
        fields: tuple[str, ...] | None,
        correlation_id: str,
    ) -> bytes:
        headers = {"Authorization": f"Bearer {token}", "Deadline-Ms": "5000"}
        if fields is not None:
            headers["X-Fields"] = ",".join(fields)
        self.hops.append(Hop(subject_of_verb(service, verb), body.decode(), headers))
        return await self.client.call(
            service,
            verb,
            body,
            token=token,
            deadline_s=deadline_s,
            key=key,
            fields=fields,
            correlation_id=correlation_id,
        )


def measure(house: House) -> Iterator[Row]:
    """Ask each query of the real gateway and of the bare server in turn."""
    hold_sessions(house, house.port("campaigns"), 120)
    bodies = {what: _body(query) for what, query in QUERIES.items()}
    with bare_server(house, bodies) as (port, pid, paths):
        for what, body in bodies.items():
            real = post(PATH, body, house.authorization)
            bare = post(paths[what], body, house.authorization)
            ours, raw = interleaved(
                lambda r=real: _cost(house.port("gateway"), house.pid("gateway"), r),  # type: ignore[misc]
                lambda r=bare: _cost(port, pid, r),  # type: ignore[misc]
                rounds=3,
            )
            yield cost_row(f"{what}, CPU a request", "µs", ours, raw, 0.8)


def _body(query: str) -> bytes:
    variables = {"unit": global_id("Unit", COUNTRY)}
    return orjson.dumps({"query": query, "variables": variables})


def _cost(port: int, pid: int, request: bytes) -> float:
    """Microseconds of processor time of a process for one answer."""
    before = _cpu_seconds(pid)
    load = asyncio.run(
        drive(port, lambda: request, connections=CONNECTIONS, seconds=SECONDS)
    )
    assert load.failures == 0, f"{load.failures} requests failed"
    return (_cpu_seconds(pid) - before) / load.answers * 1e6


def _cpu_seconds(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def bare_server(
    house: House, bodies: dict[str, bytes]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Run the bare server on what the gateway was seen to ask and to answer."""
    pages = asyncio.run(_pages(house, bodies))
    paths = {what: f"/{number}" for number, what in enumerate(bodies)}
    plan = BarePlan(
        nats_url=house.run.nats.url,
        user="gateway",
        password=house.run.nats_users["gateway"],
        pages={paths[what]: page for what, page in pages.items()},
    )
    file = house.state / "bare-gateway.json"
    write_private(file, msgspec.json.encode(plan).decode())
    port = free_port()
    program = [sys.executable, "-m", "bench.bare_gateway", str(port), str(file)]
    with running(program) as pid:
        until_answers(f"http://127.0.0.1:{port}/0")
        yield port, pid, paths


async def _pages(house: House, bodies: dict[str, bytes]) -> dict[str, Page]:
    client = await nats.connect(
        house.run.nats.url,
        name="bench",
        user="gateway",
        password=house.run.nats_users["gateway"],
    )
    recording = _Recording(ServiceClient(client))
    settings = Path(house.run.jwks_file), "urn:binhyen:development", "binhyen"
    gateway = Gateway(recording, TokenVerifier(*settings))
    pages = {}
    async with aiohttp.ClientSession() as http:
        for what, body in bodies.items():
            recording.hops = []
            await _execute(gateway, house.token, orjson.loads(body))
            answer = await _answer(http, house, body)
            pages[what] = Page(recording.hops, answer)
    await client.close()
    return pages


async def _execute(gateway: Gateway, token: str, asked: dict[str, Any]) -> None:
    view = gateway.view
    operation = view.documents.document(asked["query"]).operation(None)
    context = RequestContext(
        caller=view.callers.of_token(token),
        services=view.services,
        request_id="bench-recording",
        seconds=5.0,
    )
    result = await run(view.schema, operation, asked["variables"], context)
    assert not result.errors, result.errors


async def _answer(http: aiohttp.ClientSession, house: House, body: bytes) -> Any:
    headers = {
        "Authorization": f"Bearer {house.token}",
        "Content-Type": "application/json",
    }
    url = f"{house.run.gateway_url.rstrip('/')}{PATH}"
    async with http.post(url, data=body, headers=headers) as got:
        raw = await got.read()
    answer = orjson.loads(raw)
    assert "errors" not in answer, answer["errors"]
    assert orjson.dumps(answer) == raw
    return answer
