"""PostgreSQL away between keeping a partner's event and judging it."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from deploy.embedded.issuer import Issuer
from services.campaigns.reactions.record_session_when_mttq_reports_it import (
    record_when_mttq_reports_it,
)
from services.chassis.calls import CommandKey
from services.chassis.command_writer import StoreUnavailable
from services.chassis.ingress import PartnerEvent
from services.chassis.service import close_runtime
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
