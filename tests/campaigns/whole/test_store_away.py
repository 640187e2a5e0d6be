"""PostgreSQL away between keeping a partner's event and judging it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.embedded.issuer import Issuer
from services.campaigns.reactions.record_session_when_mttq_reports_it import (
    PARTNER,
    record_when_mttq_reports_it,
)
from services.campaigns.verbs import model_point_close, session_hold
from services.chassis.calls import Call, CommandKey
from services.chassis.command_writer import StoreUnavailable
from services.chassis.ingress import PartnerEvent
from services.chassis.service import close_runtime
from services.contracts.campaigns.api import CloseModelPoint, HoldSession
from services.contracts.campaigns.partner import ModelPointOpened, SessionHeld
from services.contracts.registry.units import UnitRef
from tests.campaigns.conftest import runtime_on
from tests.support.servers import DatabaseMaker, PostgresMaker

HERE = UnitRef(code="01840")
HELD = SessionHeld(
    unit=HERE,
    held_on=date(2023, 5, 31),
    kind="outreach",
    attendance=45,
    organiser="mttq",
)
OPENED = ModelPointOpened(
    model_unit=UnitRef(code="06"),
    model_name="Khu dân cư 3 không",
    keeper="mttq",
    unit=HERE,
    opened_on=date(2022, 1, 1),
)


def event(data: SessionHeld | ModelPointOpened) -> PartnerEvent:
    own: UUID = uuid4()
    key = CommandKey(own, b"fingerprint")
    return PartnerEvent("mttq", str(own), "", None, data, key, "correlation")


NAMED = HoldSession(
    unit=HERE,
    held_on=date(2023, 5, 31),
    kind="outreach",
    attendance=45,
    organiser="mttq",
    campaign_id=uuid4(),
)
CLOSED = CloseModelPoint(point_id=uuid4(), closed_on=date(2023, 5, 31))


@pytest.mark.faults
async def test_a_command_that_looks_at_another_record_is_put_off_too(
    own_postgres: PostgresMaker, own_database: DatabaseMaker, issuer: Issuer
) -> None:
    """A drive or a point that cannot be looked up is no defect of ours."""
    server = own_postgres()
    runtime = await runtime_on(own_database(server), issuer)
    server.kill()

    def call(body: Any) -> Call[Any]:
        key = CommandKey(uuid4(), b"fingerprint")
        return Call(
            body=body,
            runtime=runtime,
            correlation_id="correlation",
            principal=PARTNER,
            command=key,
        )

    with pytest.raises(StoreUnavailable):
        await session_hold(call(NAMED))
    with pytest.raises(StoreUnavailable):
        await model_point_close(call(CLOSED))
    await close_runtime(runtime)


@pytest.mark.faults
async def test_event_is_put_off_and_not_refused(
    own_postgres: PostgresMaker, own_database: DatabaseMaker, issuer: Issuer
) -> None:
    """Both facts say that the store is away, which the door takes as "later"."""
    server = own_postgres()
    runtime = await runtime_on(own_database(server), issuer)
    server.kill()
    for data in (HELD, OPENED):
        with pytest.raises(StoreUnavailable):
            await record_when_mttq_reports_it(runtime, event(data))
    server.start()
    outcome = await record_when_mttq_reports_it(runtime, event(HELD))
    assert not outcome.replayed
    await close_runtime(runtime)
