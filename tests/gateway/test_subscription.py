"""Figures are pushed over a socket: now, after each change, and never to a stranger."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
import msgspec
import pytest
from aiohttp import ClientWebSocketResponse

from deploy.embedded.issuer import Issuer
from services.contracts.reporting.events import FIGURES_CHANGED_SUBJECT, FiguresChanged
from tests.gateway.parts import figures, gid, key, unit, units_by_name
from tests.gateway.served import Caller, Players, Refuse

FOLLOW = """
  subscription Follow($id: ID!) {
    figuresChanged(unitId: $id, period: {year: 2023}) { unitName lines { value } }
  }
"""


@asynccontextmanager
async def connected(
    caller: Caller, payload: Any = None, *, init: bool = True, **options: Any
) -> AsyncIterator[ClientWebSocketResponse]:
    protocols = options.pop("protocols", ("graphql-transport-ws",))
    async with caller.http.ws_connect(
        caller.socket_url, protocols=protocols, **options
    ) as socket:
        if init:
            default = {"Authorization": f"Bearer {caller.token}"}
            sent = {"type": "connection_init", "payload": payload or default}
            await socket.send_json(sent)
        yield socket


async def acknowledged(socket: ClientWebSocketResponse) -> None:
    assert {"type": "connection_ack"} == await socket.receive_json(timeout=5)


async def follow(socket: ClientWebSocketResponse, name: str, unit_name: str) -> None:
    payload = {"query": FOLLOW, "variables": {"id": gid("Unit", unit_name)}}
    await socket.send_json({"id": name, "type": "subscribe", "payload": payload})


async def value(socket: ClientWebSocketResponse) -> int:
    message = await socket.receive_json(timeout=10)
    assert "next" == message["type"], message
    lines = message["payload"]["data"]["figuresChanged"]["lines"]
    return int(lines[0]["value"])


async def notice(players: Players, *names: str, everything: bool = False) -> None:
    changed = FiguresChanged(
        unit_ids=[UUID(key(name)) for name in names], days=[], everything=everything
    )
    await players.bus.publish(FIGURES_CHANGED_SUBJECT, msgspec.json.encode(changed))


async def closing(socket: ClientWebSocketResponse) -> int | None:
    while not socket.closed:
        message = await socket.receive(timeout=10)
        if message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}:
            break
    return socket.close_code


async def play(players: Players, answers: dict[str, int]) -> None:
    await players.play("registry.units.get", units_by_name("Bắc Kạn", "Chợ Mới"))
    await players.play(
        "reporting.figures.follow",
        lambda _: figures("Bắc Kạn", value=answers["now"]),
    )


async def test_figures_come_at_once_and_after_each_change(
    officer: Caller, players: Players
) -> None:
    """A notice about the unit brings the new figures; one about others brings none."""
    answers = {"now": 1}
    await play(players, answers)
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        assert 1 == await value(socket)
        answers["now"] = 2
        await notice(players, "Elsewhere")
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.6)
        await notice(players, "Bắc Kạn", "Elsewhere")
        assert 2 == await value(socket)
        answers["now"] = 3
        await notice(players, everything=True)
        assert 3 == await value(socket)


async def test_many_changes_come_as_one(officer: Caller, players: Players) -> None:
    """A hundred notices at once cost a question or two, not a hundred."""
    answers = {"now": 1}
    await play(players, answers)
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        assert 1 == await value(socket)
        answers["now"] = 2
        for _ in range(100):
            await notice(players, "Bắc Kạn")
        assert 2 == await value(socket)
        await asyncio.sleep(0.6)

    assert players.times("reporting.figures.follow") <= 4


async def test_a_unit_is_told_of_what_it_wholly_took_over(
    officer: Caller, players: Players
) -> None:
    """Today's Thái Nguyên follows the old Bắc Kạn."""
    before = [
        {"unit_id": key("Bắc Kạn"), "whole": True, "kind": "merge"},
        {"unit_id": key("Part"), "whole": False, "kind": "split"},
    ]
    rows = {
        key("Thái Nguyên"): unit("Thái Nguyên", predecessors=before),
        key("Bắc Kạn"): unit("Bắc Kạn"),
    }
    answers = {"now": 1}
    await play(players, answers)
    await players.play(
        "registry.units.get",
        lambda body: {"rows": [rows.get(one) for one in body["ids"]]},
    )
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Thái Nguyên")
        assert 1 == await value(socket)
        answers["now"] = 2
        await notice(players, "Part")
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.6)
        await notice(players, "Bắc Kạn")
        assert 2 == await value(socket)


async def test_a_service_that_comes_back_is_asked_again(
    officer: Caller, players: Players
) -> None:
    """A subscription outlives a service's restart."""
    await players.play("registry.units.get", units_by_name("Bắc Kạn"))
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        await asyncio.sleep(0.5)
        await play(players, {"now": 7})
        assert 7 == await value(socket)


async def test_a_completed_subscription_is_silent(
    officer: Caller, players: Players
) -> None:
    """After complete nothing is pushed and nothing is watched."""
    answers = {"now": 1}
    await play(players, answers)
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        await value(socket)
        await socket.send_json({"id": "1", "type": "complete"})
        await socket.send_json({"type": "ping"})
        assert {"type": "pong"} == await socket.receive_json(timeout=5)
        answers["now"] = 2
        await notice(players, "Bắc Kạn")
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.6)

    assert {} == officer.gateway.feed._watchers


async def test_questions_are_answered_over_the_socket_too(officer: Caller) -> None:
    """One answer, then complete, in text frames."""
    async with connected(officer) as socket:
        await acknowledged(socket)
        payload = {"query": "{ viewer { subject } }"}
        await socket.send_json({"id": "q", "type": "subscribe", "payload": payload})
        message = await socket.receive(timeout=5)
        done = await socket.receive_json(timeout=5)

    assert aiohttp.WSMsgType.TEXT == message.type
    assert "officer" == message.json()["payload"]["data"]["viewer"]["subject"]
    assert {"id": "q", "type": "complete"} == done


async def test_a_bad_document_is_an_error_of_its_subscription_alone(
    officer: Caller,
) -> None:
    """The socket lives on, and the guard works here as well."""
    async with connected(officer) as socket:
        await acknowledged(socket)
        bad = "{ ...a } fragment a on Query { ...a }"
        for query in ("{", "{ nothing }", bad):
            payload = {"query": query}
            await socket.send_json({"id": "b", "type": "subscribe", "payload": payload})
            message = await socket.receive_json(timeout=5)
            assert ("error", "b") == (message["type"], message["id"])
            assert "code" in message["payload"][0]["extensions"]


async def test_a_stranger_is_closed_out(stranger: Caller, issuer: Issuer) -> None:
    """No token, a bad one, or an expired one: 4403; subscribing before init: 4401."""
    expired = issuer.token("officer", lifetime_s=-3600)
    for payload in ({"a": 1}, {"authorization": "Bearer x"}, {"token": expired}):
        async with connected(stranger, payload) as socket:
            assert 4403 == await closing(socket)
    async with connected(stranger, init=False) as socket:
        await follow(socket, "1", "Bắc Kạn")
        assert 4401 == await closing(socket)


async def test_whether_somebody_may_follow_is_for_the_service_to_say(
    stranger: Caller, issuer: Issuer, players: Players
) -> None:
    """The right may come by a grant, of which a token tells nothing; or be refused."""
    await play(players, {"now": 1})
    reader = issuer.token("officer", scopes=[])
    payload = {"Authorization": f"Bearer {reader}"}
    async with connected(stranger, payload) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        assert 1 == await value(socket)

        def refuse(_: Any) -> Any:
            raise Refuse(403, "forbidden", "auth.scope_missing")

        await players.play("reporting.figures.follow", refuse)
        await notice(players, "Bắc Kạn")
        message = await socket.receive_json(timeout=5)
    refused = message["payload"]
    errors = refused if isinstance(refused, list) else refused["errors"]
    assert ["auth.scope_missing"] == [e["extensions"]["code"] for e in errors]


async def test_a_page_of_another_origin_gets_no_socket(officer: Caller) -> None:
    """The handshake itself is refused; the endpoint's own pages get in."""
    with pytest.raises(aiohttp.WSServerHandshakeError):
        async with connected(officer, origin="https://elsewhere.example"):
            pass
    own = officer.url.removesuffix("/graphql")
    async with connected(officer, origin=own) as socket:
        await acknowledged(socket)


async def test_broken_messages_close_the_socket(officer: Caller) -> None:
    """The protocol's own codes say why."""
    for message in ("{", '"text"', '{"type": "nonsense"}', '{"type": "subscribe"}'):
        async with connected(officer) as socket:
            await acknowledged(socket)
            await socket.send_str(message)
            assert 4400 == await closing(socket), message
    async with connected(officer) as socket:
        await acknowledged(socket)
        await socket.send_json({"type": "connection_init"})
        assert 4429 == await closing(socket)
    async with connected(officer, protocols=("graphql-ws",), init=False) as socket:
        assert 4406 == await closing(socket)


async def test_subscriptions_of_one_socket_are_limited_and_named_once(
    officer: Caller, players: Players
) -> None:
    """Twenty at once; a name that runs is not given twice."""
    await play(players, {"now": 1})
    async with connected(officer) as socket:
        await acknowledged(socket)
        for n in range(20):
            await follow(socket, str(n), "Bắc Kạn")
            await value(socket)
        await follow(socket, "one more", "Bắc Kạn")
        refused = await socket.receive_json(timeout=5)
        assert ("error", "one more") == (refused["type"], refused["id"])
        await follow(socket, "0", "Bắc Kạn")
        assert 4409 == await closing(socket)


async def test_stopping_completes_what_runs_and_says_good_bye(
    officer: Caller, players: Players
) -> None:
    """A caller sees complete and 1001, and knows to connect again."""
    await play(players, {"now": 1})
    async with connected(officer) as socket:
        await acknowledged(socket)
        await follow(socket, "1", "Bắc Kạn")
        await value(socket)
        await officer.gateway.sockets.drain()
        assert {"id": "1", "type": "complete"} == await socket.receive_json(timeout=5)
        assert 1001 == await closing(socket)
