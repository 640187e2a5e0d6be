"""Every list can be dropped and built again from the log, and is then the same."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from services.campaigns.read_models.campaign_list import CAMPAIGNS
from services.campaigns.read_models.model_list import MODELS
from services.campaigns.read_models.model_point_list import MODEL_POINTS
from services.campaigns.read_models.session_list import SESSIONS
from services.chassis.service import Runtime
from tests.campaigns.conftest import Door

TABLES = (CAMPAIGNS, SESSIONS, MODELS, MODEL_POINTS)
UNIT = {"code": "01840"}


async def fill(door: Door) -> None:
    """Record every kind of fact at least twice."""
    for n in range(6):
        drive = {"unit": UNIT, "name": f"Đợt {n}", "organiser": "police"}
        days = {"starts_on": "2023-01-01", "ends_on": "2023-02-01"}
        opened = await door.post("/campaigns", drive | days)
        held = {"unit": UNIT, "held_on": "2023-01-05", "kind": "outreach"}
        held |= {"attendance": n, "organiser": "police"}
        held |= {"campaign_id": opened.body["campaign_id"]}
        session = (await door.post("/sessions", held)).body["session_id"]
        if n % 2:
            for attendance in (100 + n, 200 + n):
                told = {"attendance": attendance, "reason_code": "miscounted"}
                await door.post(f"/sessions/{session}/correction", told)
        if n % 3 == 0:
            reason = {"reason_code": "not_held"}
            await door.post(f"/sessions/{session}/withdrawal", reason)
        model = {"unit": UNIT, "name": f"Mô hình {uuid4()}", "keeper": "mttq"}
        model |= {"fields": ["dan_toc", "ton_giao"], "launched_on": "2020-01-01"}
        launched = (await door.post("/models", model)).body["model_id"]
        point = {"model_id": launched, "unit": UNIT, "opened_on": "2021-01-01"}
        area = (await door.post("/model-points", point)).body["point_id"]
        if n % 2:
            closed = {"closed_on": "2022-01-01"}
            await door.post(f"/model-points/{area}/closure", closed)
            await door.post(f"/models/{launched}/end", {"ended_on": "2022-01-01"})


def shown(connection: sa.Connection) -> dict[str, list[Any]]:
    return {
        table.name: list(connection.execute(sa.select(table).order_by(table.c.id)))
        for table in TABLES
    }


async def test_lists_built_again_from_the_log_are_the_same(
    officer: Door, runtime: Runtime
) -> None:
    """Row for row, whether the events come one by one or all at once."""
    await fill(officer)
    before = await runtime.read(shown)
    assert all(before.values())
    recorded = runtime.log.read_after(0, 10_000)
    for size in (1, len(recorded)):

        def rebuild(connection: sa.Connection, size: int = size) -> None:
            for table in TABLES:
                connection.execute(sa.delete(table))
            for start in range(0, len(recorded), size):
                for model in runtime.definition.inline_read_models:
                    model.apply(connection, recorded[start : start + size])

        await runtime.write(rebuild)
        assert before == await runtime.read(shown)
