"""What a caller meets at the HTTP door, over a really served socket."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import msgspec
import pytest
import sqlalchemy as sa
from fastapi import APIRouter

from deploy.embedded.issuer import Issuer
from services.chassis.calls import Call, Outcome
from services.chassis.http import command_route, create_app, query_route
from services.chassis.identity import TokenVerifier
from services.chassis.process import door_server
from services.chassis.service import Runtime, ServiceDefinition
from services.chassis.settings import Settings
from tests.chassis.conftest import make_store
from tests.support.sample import (
    Tallied,
    Tally,
    open_tally,
    publish,
    raise_tally,
    read_metadata,
)


class OpenTally(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str


class RaiseTally(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tally_id: UUID
    by: int
    limit: int = 10


class FindTally(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tally_id: UUID
    times: int = 1


async def open_one(call: Call[OpenTally]) -> Outcome:
    """Open a tally."""
    return await call.runtime.commands.run(open_tally(call.body.label), call.key)


async def raise_one(call: Call[RaiseTally]) -> Outcome:
    """Raise a tally."""
    body = call.body
    change = raise_tally(body.tally_id, body.by, body.limit)
    return await call.runtime.commands.run(change, call.key)


async def find_one(call: Call[FindTally]) -> msgspec.Struct:
    """Find a tally."""
    return Tallied(call.body.tally_id, call.body.times)


async def break_down(_: Call[OpenTally]) -> Outcome:
    """Fail with a secret in hand."""
    raise RuntimeError("password=hunter2")


def router() -> APIRouter:
    made = APIRouter()
    command_route(made, "/tallies", OpenTally, open_one, scope="a:write", status=201)
    command_route(made, "/tallies/{tally_id}/raise", RaiseTally, raise_one, scope=None)
    command_route(made, "/broken", OpenTally, break_down, scope=None)
    query_route(made, "/tallies/{tally_id}", FindTally, find_one, scope="a:read")
    return made


class Door:
    """A client of the served sample."""

    def __init__(self, session: aiohttp.ClientSession, issuer: Issuer) -> None:
        self.session = session
        self.issuer = issuer

    async def send(
        self,
        path: str,
        content: bytes,
        scopes: str | None = "a:write",
        **headers: str,
    ) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        sent = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        if scopes is not None:
            token = self.issuer.token("officer", scopes=[scopes])
            sent["Authorization"] = f"Bearer {token}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(path, data=content, headers=sent) as answer:
            body = json.loads(await answer.read())
            return answer.status, body, answer.headers


@pytest.fixture(scope="module")
async def door(engine: sa.Engine, issuer: Issuer) -> AsyncIterator[Door]:
    store = make_store(engine)
    routers = (router(),)
    runtime = Runtime(
        definition=ServiceDefinition(
            name="tips",
            aggregates=(Tally,),
            publish=publish,
            read_metadata=read_metadata,
            routers=routers,
        ),
        settings=Settings(service="tips", max_body_bytes=2048),
        engine=engine,
        log=store.log,
        commands=store.commands,
        verifier=TokenVerifier(issuer.jwks_file, issuer.issuer, issuer.audience),
        threads=ThreadPoolExecutor(2),
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    app = create_app(runtime, routers)
    server = door_server(app, "127.0.0.1", port, runtime.settings)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield Door(session, issuer)
    server.should_exit = True
    await serving
    await store.commands.close()
    runtime.threads.shutdown()


async def test_command_is_answered_with_its_position(door: Door) -> None:
    """A good command gets 201, its reply, and where its event stands."""
    status, body, headers = await door.send("/tallies", b'{"label":"a"}')
    assert (status, body["value"]) == (201, 0)
    assert int(headers["X-Position"]) > 0


async def test_same_key_replays_over_http(door: Door) -> None:
    """The second answer is the first, and says that it is a replay."""
    key = str(uuid4())
    first = await door.send("/tallies", b'{"label":"a"}', Idempotency_Key=key)
    again = await door.send("/tallies", b'{"label":"a"}', Idempotency_Key=key)
    other = await door.send("/tallies", b'{"label":"b"}', Idempotency_Key=key)
    assert (first[1], "true") == (again[1], again[2]["Idempotency-Replayed"])
    assert (other[0], other[1]["code"]) == (409, "commands.key_reused")


REFUSED: list[tuple[bytes, int, str, str]] = [
    (b'{"label":1}', 422, "body.invalid", "$.label"),
    (b"{}", 422, "body.invalid", "$"),
    (b'{"label":"a","more":1}', 422, "body.invalid", "$"),
    (b'{"label":"a","label":"b"}', 422, "body.duplicate_name", "$.label"),
    (b'{"label":"a', 422, "body.invalid", "$"),
    (b'{"label":"a\\u0000b"}', 422, "text.forbidden_character", "$.label"),
    (b'{"label":"a\\u202eb"}', 422, "text.forbidden_character", "$.label"),
    (b'{"label":"\\ud800"}', 422, "body.invalid", "$"),
    (b'{"label":"\xff"}', 422, "body.invalid", "$"),
    (b'{"label":' + b"[" * 2000, 422, "body.invalid", "$.label"),
    (b'{"label":"' + b"a" * 3000 + b'"}', 413, "body.too_large", ""),
]


@pytest.mark.parametrize(("content", "status", "code", "field"), REFUSED)
async def test_bad_body_is_refused_with_code_and_field(
    door: Door, content: bytes, status: int, code: str, field: str
) -> None:
    """Each kind of bad input gets a stable code, both languages, its place, an id."""
    got, body, headers = await door.send("/tallies", content)
    assert (status, code) == (got, body["code"])
    assert field == body["errors"][0].get("field", "")
    assert body["message_vi"]
    assert body["message_en"]
    assert body["correlation_id"] == headers["X-Request-Id"]
    assert headers["Content-Type"].startswith("application/problem+json")


async def test_key_and_content_type_are_needed(door: Door) -> None:
    """A command without a client's id, or that is not JSON, is refused."""
    no_key = await door.send("/tallies", b'{"label":"a"}', Idempotency_Key="nonsense")
    no_json = await door.send("/tallies", b'{"label":"a"}', Content_Type="text/plain")
    assert (422, "http.idempotency_key_missing") == (no_key[0], no_key[1]["code"])
    assert (422, "body.not_json") == (no_json[0], no_json[1]["code"])


async def test_every_closed_door_asks_who_calls(door: Door) -> None:
    """No token: 401. A forged one: 401. A token without the scope: 403."""
    body = b'{"label":"a"}'
    nobody = await door.send("/tallies", body, scopes=None)
    forged = await door.send("/tallies", body, Authorization="Bearer a.b.c")
    poor = await door.send("/tallies", body, scopes="a:read")
    assert (401, "auth.caller_unknown") == (nobody[0], nobody[1]["code"])
    assert (401, "auth.token_refused") == (forged[0], forged[1]["code"])
    assert (403, "auth.scope_missing") == (poor[0], poor[1]["code"])
    assert nobody[2]["WWW-Authenticate"].startswith("Bearer")


async def test_caller_is_asked_before_the_body_is_read(door: Door) -> None:
    """Who may not come in is told so, whatever the body: 401 or 403, never 413."""
    nobody, _, _ = await door.send("/tallies", b"a" * 100_000, scopes=None)
    poor, _, _ = await door.send("/tallies", b"a" * 100_000, scopes="a:read")
    assert (401, 403) == (nobody, poor)


async def test_body_and_address_have_to_name_the_same_record(door: Door) -> None:
    """What stands in the address may be said again, but not otherwise."""
    _, opened, _ = await door.send("/tallies", b'{"label":"a"}')
    path = f"/tallies/{opened['id']}/raise"
    same = b'{"by":1,"tally_id":"%s"}' % opened["id"].encode()
    other = b'{"by":1,"tally_id":"%s"}' % str(uuid4()).encode()
    status, _, _ = await door.send(path, same)
    refused = await door.send(path, other)
    assert 200 == status
    assert (422, "body.contradicts_path") == (refused[0], refused[1]["code"])
    assert "$.tally_id" == refused[1]["errors"][0]["field"]


async def test_reason_is_told_in_both_languages(door: Door) -> None:
    """The Vietnamese message holds no English, the English one no Vietnamese."""
    _, body, _ = await door.send("/tallies", b'{"label":1}')
    assert "cần kiểu `str`, nhận được `int`" in body["message_vi"]
    assert "Expected `str`, got `int`" in body["message_en"]
    assert "Expected `str`, got `int`" == body["params"]["reason"]


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("DELETE", 405)])
async def test_what_is_no_door_says_so_in_both_languages(
    door: Door, method: str, status: int
) -> None:
    """A wrong address or method is refused like everything else."""
    path = "/nowhere" if status == 404 else "/tallies"
    async with door.session.request(method, path) as answer:
        body = json.loads(await answer.read())
    assert (status, f"http.{status}") == (answer.status, body["code"])
    assert body["message_vi"]
    assert body["message_en"]
    assert body["correlation_id"] == answer.headers["X-Request-Id"]


async def test_refusal_of_the_domain_leaves_as_conflict(door: Door) -> None:
    """What a rule refuses keeps its code and its parameters."""
    _, opened, _ = await door.send("/tallies", b'{"label":"a"}')
    path = f"/tallies/{opened['id']}/raise"
    good = await door.send(path, b'{"by":4,"limit":5}')
    full = await door.send(path, b'{"by":4,"limit":5}')
    assert (200, 4) == (good[0], good[1]["value"])
    assert (409, "sample.tally.full", 5) == (
        full[0],
        full[1]["code"],
        full[1]["params"]["limit"],
    )


async def test_defect_says_nothing_but_its_id(door: Door) -> None:
    """An exception's text never leaves the process."""
    status, body, _ = await door.send("/broken", b'{"label":"a"}')
    assert (500, "internal") == (status, body["code"])
    assert "hunter2" not in json.dumps(body)


async def test_query_takes_path_and_query_string(door: Door) -> None:
    """Parameters are typed by the same Struct that NATS uses."""
    token = door.issuer.token("officer", scopes=["a:read"])
    found = uuid4()
    async with door.session.get(
        f"/tallies/{found}?times=3", headers={"Authorization": f"Bearer {token}"}
    ) as answer:
        assert {"id": str(found), "value": 3} == await answer.json()


async def test_parameter_that_comes_twice_is_refused(door: Door) -> None:
    """Two readers could take either; the door takes none."""
    token = door.issuer.token("officer", scopes=["a:read"])
    async with door.session.get(
        f"/tallies/{uuid4()}?times=3&times=4",
        headers={"Authorization": f"Bearer {token}"},
    ) as answer:
        body = json.loads(await answer.read())
    assert (422, "body.duplicate_name") == (answer.status, body["code"])
    assert "$.times" == body["errors"][0]["field"]


async def test_openapi_names_the_shapes(door: Door) -> None:
    """The document describes body, key and scope of a command."""
    async with door.session.get("/openapi.json") as answer:
        document = await answer.json()
    command = document["paths"]["/tallies"]["post"]
    assert command["x-scope"] == "a:write"
    assert command["parameters"][0]["name"] == "Idempotency-Key"
    assert document["components"]["schemas"]["OpenTally"]["required"] == ["label"]
    raising = document["paths"]["/tallies/{tally_id}/raise"]["post"]
    assert [("tally_id", "path"), ("Idempotency-Key", "header")] == [
        (one["name"], one["in"]) for one in raising["parameters"]
    ]
    content = raising["requestBody"]["content"]["application/json"]
    assert ["by"] == content["schema"]["required"]
    assert {"200", "default"} == raising["responses"].keys()
