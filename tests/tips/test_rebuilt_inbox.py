"""The inbox can be dropped and built again from the log, and is then the same."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from services.tips.read_models.tip_inbox import TIP_INBOX, TipInbox
from tests.tips.conftest import Service, submitted


def shown(conn: sa.Connection) -> list[Any]:
    return list(conn.execute(sa.select(TIP_INBOX).order_by(TIP_INBOX.c.id)))


async def test_an_inbox_built_again_from_the_log_is_the_same(
    service: Service, a_tip: Callable[..., Any], an_accepted_tip: Callable[..., Any]
) -> None:
    """Row for row, whether the events come one by one or all at once."""
    reviewer = service.reviewer
    await a_tip()
    rating = {"valuable": True, "reason_code": "led_to_clearance"}
    for _ in range(2):
        tip = await an_accepted_tip()
        assert 200 == (await reviewer.post(f"/v1/tips/{tip}/value", rating)).status_code
    reason = {"reason_code": "retention_ended"}
    assert 200 == (await reviewer.post(f"/v1/tips/{tip}/erase", reason)).status_code
    assert 201 == (await service.sender.post("/v1/tips", submitted())).status_code
    recorded = service.runtime.log.read_after(0, 1000)
    states = set()
    with service.runtime.engine.begin() as conn:
        before = shown(conn)
        states = {row.state for row in before}
        for size in (1, len(recorded)):
            conn.execute(sa.delete(TIP_INBOX))
            for start in range(0, len(recorded), size):
                TipInbox().apply(conn, recorded[start : start + size])
            assert before == shown(conn)
    assert {"received", "valued", "erased"} == states
