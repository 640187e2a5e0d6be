"""MTTQ's events become commands, by the very rules of the front door.

The ingress of the chassis stores each message first and calls this for a valid one;
what is refused here is answered to the partner with its code and field.
"""

from typing import Any, Final

import msgspec

from services.campaigns.domain.model import model_id_of
from services.campaigns.use_cases.circumstances import MTTQ, Circumstances
from services.campaigns.use_cases.hold_session import hold_session
from services.campaigns.use_cases.model_lives import life_of
from services.campaigns.use_cases.open_model_point import open_model_point
from services.chassis.calls import Outcome
from services.chassis.command_writer import store_within_reach
from services.chassis.commands import Change
from services.chassis.errors import DomainError
from services.chassis.identity import Principal
from services.chassis.ingress import Ingress, PartnerEvent
from services.chassis.service import Runtime
from services.contracts.campaigns import partner
from services.contracts.campaigns.api import HoldSession, OpenModelPoint
from services.contracts.registry.units import COUNTRY_CODE, unit_id

# The partner's NATS account is the credential; MTTQ is one agency for the whole
# country, and speaks for itself and its members alone.
PARTNER: Final = Principal(
    subject="partner:mttq",
    name="Ủy ban Mặt trận Tổ quốc Việt Nam",
    scopes=frozenset({"campaigns:write"}),
    unit_roots=(unit_id("country", COUNTRY_CODE, None),),
    agency=MTTQ,
)

# The command names the model by its id, the event as it was launched.
_IN_THE_EVENT: Final = {"$.model_id": "$.model_name"}


async def record_when_mttq_reports_it(runtime: Runtime, event: PartnerEvent) -> Outcome:
    """Record what MTTQ did.

    Raises the refusals of the front door, with the path of the field in the event, and
    StoreUnavailable.
    """
    try:
        # Said as what it is, so that the event is taken up later and not refused.
        with store_within_reach():
            change = await _change(runtime, event.data)
            return await runtime.commands.run(change, event.key)
    except DomainError as refusal:
        if refusal.field is not None:
            field = _IN_THE_EVENT.get(refusal.field, refusal.field)
            refusal.field = f"$.data{field.removeprefix('$')}"
        raise


async def _change(runtime: Runtime, fact: msgspec.Struct) -> Change[Any]:
    given = Circumstances.of(runtime, PARTNER)
    if isinstance(fact, partner.SessionHeld):
        return hold_session(_session(fact), given)
    if isinstance(fact, partner.ModelPointOpened):
        return await _point(runtime, fact, given)
    raise TypeError(type(fact))


def _session(fact: partner.SessionHeld) -> HoldSession:
    return HoldSession(
        unit=fact.unit,
        held_on=fact.held_on,
        kind=fact.kind,
        attendance=fact.attendance,
        organiser=fact.organiser,
        venue=fact.venue,
    )


async def _point(
    runtime: Runtime, fact: partner.ModelPointOpened, given: Circumstances
) -> Change[Any]:
    given.acts_for(fact.keeper, "$.keeper")
    owner = given.units.resolve(fact.model_unit, fact.opened_on, "$.model_unit")
    model_id = model_id_of(owner.id, fact.keeper, fact.model_name)
    command = OpenModelPoint(
        model_id=model_id,
        unit=fact.unit,
        area_name=fact.area_name,
        opened_on=fact.opened_on,
    )
    model = await runtime.read(life_of, model_id)
    return open_model_point(command, given, model)


MTTQ_INGRESS: Final = Ingress(
    partner=MTTQ,
    stream="IN_MTTQ",
    subject="in.mttq.>",
    types=partner.FACTS,
    handle=record_when_mttq_reports_it,
)
