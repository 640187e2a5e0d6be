"""The gateway's door on a real NATS: same handlers, same answers, masked rows."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from deploy.embedded.issuer import Issuer
from services.chassis.requests import RemoteRefusal, ServiceClient
from tests.campaigns.conftest import Door, entered
from tests.support.servers import TestNatsServer

HELD = {
    "unit": {"code": "01840"},
    "held_on": "2023-04-30",
    "kind": "festival",
    "attendance": 300,
    "organiser": "peoples_committee",
}


@pytest.fixture(scope="module")
async def ask(
    nats_server: TestNatsServer, moving: None, issuer: Issuer
) -> AsyncIterator[Any]:
    client = await entered(nats_server, "gateway")
    services = ServiceClient(client)

    async def call(verb: str, body: Any, **more: Any) -> Any:
        token = more.pop("token", issuer.token("officer"))
        answer = await services.call(
            "campaigns", verb, msgspec.json.encode(body), token=token, **more
        )
        return msgspec.json.decode(answer)

    yield call
    await client.close()


async def test_command_and_query_by_verb(ask: Any, officer: Door) -> None:
    """What the gateway sends is what the HTTP door shows."""
    reply = await ask("session.hold", HELD, key=uuid4())
    rows = (await ask("sessions.get", {"ids": [reply["session_id"]]}))["rows"]
    by_http = await officer.get("/sessions/by-id", ids=reply["session_id"])
    assert by_http.body["rows"] == rows
    assert [300] == [row["attendance"] for row in rows]


async def test_key_is_the_same_at_both_doors(ask: Any, officer: Door) -> None:
    """A client that changes doors still has one effect."""
    key = uuid4()
    body = msgspec.json.encode(HELD)
    by_http = await officer.post("/sessions", None, key, raw=body)
    assert by_http.body == await ask("session.hold", HELD, key=key)


async def test_mask_leaves_only_what_is_asked_for(ask: Any) -> None:
    """Rows carry the asked columns and the cursor, nothing else is read."""
    await ask("session.hold", HELD, key=uuid4())
    page = await ask("sessions.list", {"first": 1}, fields=("id", "attendance"))
    assert {"id", "attendance", "cursor"} == set(page["rows"][0])


async def test_unknown_column_is_refused(ask: Any) -> None:
    """A gateway that is ahead of the service hears it."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("sessions.list", {}, fields=("id", "opinion"))
    assert "lists.field_unknown" == caught.value.code


async def test_refusal_travels_with_code_and_field(ask: Any) -> None:
    """The gateway can show a refusal as the service worded it."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("session.hold", HELD | {"held_on": "2999-01-01"}, key=uuid4())
    assert ("campaigns.day.in_future", "$.held_on", 422) == (
        caught.value.code,
        caught.value.field,
        caught.value.status,
    )


async def test_caller_is_checked_behind_the_gateway(ask: Any, issuer: Issuer) -> None:
    """The service decides on the user's own token, not on the gateway's word."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("session.hold", HELD, key=uuid4(), token=issuer.token("agency"))
    assert "auth.scope_missing" == caught.value.code
    with pytest.raises(RemoteRefusal) as caught:
        await ask("sessions.list", {}, token=None)
    assert "auth.caller_unknown" == caught.value.code
