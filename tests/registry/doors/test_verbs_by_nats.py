"""The gateway's door on a real NATS: same handlers, same answers, masked rows."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
import pytest

from deploy.embedded.issuer import Issuer
from services.chassis import nats
from services.chassis.requests import RemoteRefusal, RequestRunner, ServiceClient
from services.contracts.registry.units import unit_id
from services.registry.verbs import VERBS
from tests.registry.conftest import Registry
from tests.support.servers import TestNatsServer

BAC_KAN: Final = unit_id("province", "06", None)
TEAM: Final = {
    "force_type": "civil_defence_team",
    "unit": {"code": "01840"},
    "established_on": "2022-01-01",
    "name": "Đội dân phòng tổ 1",
}


@pytest.fixture(scope="module")
async def ask(
    nats_server: TestNatsServer, registry: Registry, issuer: Issuer
) -> AsyncIterator[Any]:
    async def entered(name: str) -> Any:
        user, password = nats_server.user(name)
        return await nats.connect(
            nats_server.url, name=name, user=user, password=password
        )

    served, asking = await entered("registry"), await entered("gateway")
    runner = RequestRunner(registry.runtime, served, VERBS)
    running = asyncio.create_task(runner.run())
    client = ServiceClient(asking)

    async def call(verb: str, body: Any, **more: Any) -> Any:
        token = more.pop("token", issuer.token("officer"))
        raw = msgspec.json.encode(body)
        answer = await client.call("registry", verb, raw, token=token, **more)
        return msgspec.json.decode(answer)

    await served.flush()
    yield call
    runner.stop()
    await running
    await asking.close()
    await served.close()


async def test_a_command_and_its_query(ask: Any, registry: Registry) -> None:
    """What the gateway sets up is what the HTTP door shows."""
    made = await ask("force_unit.establish", TEAM, key=uuid4())
    ids = [made["force_unit_id"]]
    (row,) = (await ask("force_units.get", {"ids": ids}))["rows"]
    by_http = await registry.officer.get("/force-units/by-id", ids=ids)
    assert by_http.json()["rows"] == [row]
    assert "Đội dân phòng tổ 1" == row["name"]


async def test_a_unit_may_have_many_teams(ask: Any) -> None:
    """Where the law sets no bound, every establishment is another team."""
    first = await ask("force_unit.establish", TEAM, key=uuid4())
    second = await ask("force_unit.establish", TEAM, key=uuid4())
    assert first["force_unit_id"] != second["force_unit_id"]


async def test_force_units_come_by_pages(ask: Any) -> None:
    """Each once, in the order of place, whatever the size of the page."""
    for _ in range(3):
        await ask("force_unit.establish", TEAM, key=uuid4())
    wanted = {"unit": {"id": str(BAC_KAN)}, "force_type": "civil_defence_team"}
    whole = await ask("force_units.list", wanted)
    seen: list[UUID] = []
    after = None
    while True:
        page = await ask("force_units.list", {**wanted, "first": 2, "after": after})
        seen += [row["id"] for row in page["rows"]]
        if not page["has_next"]:
            break
        after = page["rows"][-1]["cursor"]
    assert [row["id"] for row in whole["rows"]] == seen
    assert len(seen) >= 3


async def test_a_mask_leaves_only_what_is_asked_for(ask: Any) -> None:
    """Rows carry the asked columns and the cursor, at any depth of the answer."""
    children = await ask(
        "units.children",
        {"ids": [str(BAC_KAN)], "on": "2023-06-01"},
        fields=("code", "name"),
    )
    (parent,) = children["parents"]
    assert {"code", "name", "cursor"} == set(parent["rows"][0])
    assert 8 == len(parent["rows"])
    found = await ask("units.resolve", {"unit": {"code": "VN"}}, fields=("name",))
    assert {"name": "Việt Nam"} == found


async def test_an_unknown_column_is_refused(ask: Any) -> None:
    """A gateway that is ahead of the service hears it."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("units.get", {"ids": [str(BAC_KAN)]}, fields=("id", "religion"))
    assert "lists.field_unknown" == caught.value.code


async def test_a_refusal_travels_with_code_and_field(ask: Any) -> None:
    """The gateway can show a refusal as the registry worded it."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("force_unit.establish", TEAM | {"unit": {"code": "99999"}},
                  key=uuid4())  # fmt: skip
    assert ("units.unknown", "$.unit.code", 422) == (
        caught.value.code,
        caught.value.field,
        caught.value.status,
    )


async def test_the_caller_is_checked_behind_the_gateway(
    ask: Any, issuer: Issuer
) -> None:
    """The registry decides on the user's own token."""
    with pytest.raises(RemoteRefusal) as caught:
        await ask("force_unit.establish", TEAM, key=uuid4(),
                  token=issuer.token("agency"))  # fmt: skip
    assert "auth.scope_missing" == caught.value.code
