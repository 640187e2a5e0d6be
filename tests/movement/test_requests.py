"""Verbs over the bus: bounded, within their deadline, and silent about our insides."""

import asyncio
import time
from uuid import uuid4

import msgspec
import pytest
from nats.aio.client import Client

from deploy.embedded.issuer import Issuer
from services.chassis.errors import Kind
from services.chassis.service_client import (
    RemoteRefusal,
    ServiceClient,
    ServiceFailed,
    ServiceLate,
)
from tests.support.movement import World
from tests.support.sample import SERVICE
from tests.support.verbs import (
    SECRET,
    Doings,
    Nothing,
    Start,
    Told,
    Wait,
)


async def test_a_verb_gets_the_caller_the_fields_and_the_request_id(
    start: Start, client: ServiceClient, issuer: Issuer
) -> None:
    """Whatever the verb's name looks like."""
    await start()

    for verb in ("tell", "deep.tell"):
        answer = await client.call(
            SERVICE,
            verb,
            Nothing(),
            token=issuer.token("officer"),
            fields=("id", "name"),
            correlation_id="request-0001",
        )

        told = msgspec.json.decode(answer, type=Told)
        assert (("id", "name"), "request-0001") == (told.fields, told.correlation_id)


async def test_a_scoped_verb_refuses_a_stranger_and_a_forged_token(
    start: Start, client: ServiceClient, issuer: Issuer
) -> None:
    """The service itself checks, whoever passed the call on, before it reads."""
    await start()
    forged = issuer.token("officer")[:-6] + "AAAAAA"

    for token, code in (
        (None, "auth.caller_unknown"),
        (forged, "auth.token_refused"),
        (issuer.token("officer", scopes=["tips:record"]), "auth.scope_missing"),
    ):
        with pytest.raises(RemoteRefusal) as refusal:
            await client.call(SERVICE, "tell", b"no json", token=token)
        assert code == refusal.value.code


async def test_a_body_of_another_shape_is_refused_with_the_path_of_its_field(
    start: Start, client: ServiceClient
) -> None:
    """And what was sent is not echoed."""
    await start()

    with pytest.raises(RemoteRefusal) as refusal:
        await client.call(SERVICE, "wait", b'{"seconds": "hunter2"}')

    problem = refusal.value.problem("request-0002")
    assert ("body.invalid", Kind.INVALID) == (refusal.value.code, refusal.value.kind)
    assert "$.seconds" == refusal.value.field
    assert "hunter2" not in str(problem)
    assert "request-0002" == problem["correlation_id"]


async def test_an_exception_s_text_never_leaves_the_service(
    start: Start, world: World, client: ServiceClient
) -> None:
    """Neither in the answer, nor in its headers, nor in the statistics."""
    await start()
    bus: Client = await world.client()

    answer = await bus.request(f"svc.{SERVICE}.v1.burst", b"{}", timeout=5)
    statistics = await bus.request(f"$SRV.STATS.{SERVICE}", b"", timeout=5)

    assert "500" == (answer.headers or {})["Nats-Service-Error-Code"]
    for told in (answer.data, str(answer.headers).encode(), statistics.data):
        assert SECRET.encode() not in told
        assert b"RuntimeError" not in told
    with pytest.raises(ServiceFailed):
        await client.call(SERVICE, "burst", Nothing())


async def test_requests_are_served_at_once_and_not_one_by_one(
    start: Start, client: ServiceClient
) -> None:
    """Forty requests of 0.2 s do not take eight seconds."""
    await start()
    began = time.monotonic()

    await asyncio.gather(*(client.call(SERVICE, "wait", Wait(0.2)) for _ in range(40)))

    assert 4.0 > time.monotonic() - began


async def test_what_is_over_the_limit_is_shed_at_once(
    start: Start, client: ServiceClient, doings: Doings
) -> None:
    """Eight are held, twelve are turned away, and the eight are answered."""
    await start(admitted=8)
    calls = [
        asyncio.create_task(client.call(SERVICE, "hold", Nothing())) for _ in range(20)
    ]

    done, waiting = await asyncio.wait(calls, timeout=1.5)
    doings.release.set()
    await asyncio.wait(waiting)

    assert ["requests.overloaded"] * 12 == [task.exception().code for task in done]  # type: ignore[union-attr]
    assert [None] * 8 == [task.exception() for task in waiting]


async def test_the_service_says_that_a_deadline_has_passed(
    start: Start, world: World
) -> None:
    """With the status of a gateway timeout."""
    await start()
    bus = await world.client()

    answer = await bus.request(
        f"svc.{SERVICE}.v1.wait",
        b'{"seconds": 3}',
        timeout=2,
        headers={"Deadline-Ms": "50"},
    )

    assert "504" == (answer.headers or {})["Nats-Service-Error-Code"]
    assert b"requests.deadline_passed" in answer.data


async def test_a_command_past_its_deadline_is_still_carried_through(
    start: Start, client: ServiceClient, doings: Doings
) -> None:
    """Half a command would be worse than a late one."""
    await start()

    with pytest.raises((RemoteRefusal, ServiceLate)):
        await client.call(
            SERVICE, "slow_command", Wait(0.6), key=uuid4(), deadline_s=0.2
        )

    await asyncio.sleep(0.8)
    assert (1, 1) == (doings.begun, doings.ended)


async def test_a_stopping_runner_answers_what_it_has_in_hand(
    start: Start, world: World, client: ServiceClient
) -> None:
    """Replicas come and go under callers, who see nothing of it."""
    first = await start()
    answered = 0
    stop = asyncio.Event()

    async def caller() -> None:
        nonlocal answered
        while not stop.is_set():
            await client.call(SERVICE, "wait", Wait(0.01), key=uuid4())
            answered += 1

    callers = [asyncio.create_task(caller()) for _ in range(16)]
    await asyncio.sleep(0.3)
    await start()
    await world.stop(first)
    await asyncio.sleep(0.3)
    stop.set()

    await asyncio.gather(*callers)
    assert 50 < answered


async def test_an_unknown_verb_is_refused(start: Start, client: ServiceClient) -> None:
    """It is not left to time out."""
    await start()

    with pytest.raises(RemoteRefusal) as refusal:
        await client.call(SERVICE, "dance", Nothing())

    assert "requests.verb_unknown" == refusal.value.code


async def test_tools_find_the_service_and_its_figures(
    start: Start, world: World, client: ServiceClient
) -> None:
    """PING, INFO and STATS of nats.micro."""
    await start()
    bus = await world.client()
    for _ in range(3):
        await client.call(SERVICE, "wait", Wait())

    ping = msgspec.json.decode((await bus.request("$SRV.PING", b"", timeout=5)).data)
    info = await bus.request(f"$SRV.INFO.{SERVICE}.{ping['id']}", b"", timeout=5)
    stats = await bus.request(f"$SRV.STATS.{SERVICE}", b"", timeout=5)

    endpoints = {
        one["name"]: one for one in msgspec.json.decode(stats.data)["endpoints"]
    }
    assert ("io.nats.micro.v1.ping_response", SERVICE) == (ping["type"], ping["name"])
    assert f"svc.{SERVICE}.v1.wait" in info.data.decode()
    assert (3, 0) == (
        endpoints["wait"]["num_requests"],
        endpoints["wait"]["num_errors"],
    )
