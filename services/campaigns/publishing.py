"""Which facts leave the service, and in which words; every one of ours is public.

Left out on purpose: who recorded a fact, where a session met, the name of an area.
"""

from collections.abc import Callable
from typing import Any, Final

from services.campaigns.domain.campaign import Campaign
from services.campaigns.domain.model import Model
from services.campaigns.domain.model_point import ModelPoint
from services.campaigns.domain.session import Session
from services.chassis.event_store import RecordedEvent
from services.contracts.campaigns import events as public
from services.contracts.envelope import PublicEvent

# Domain event, contract, and the contract's name for the aggregate's own id.
PUBLIC: Final[dict[type[Any], tuple[type[PublicEvent], str]]] = {
    Campaign.Opened: (public.CampaignOpenedV1, "campaign_id"),
    Session.Held: (public.SessionHeldV1, "session_id"),
    Session.Corrected: (public.SessionCorrectedV1, "session_id"),
    Session.Withdrawn: (public.SessionWithdrawnV1, "session_id"),
    Model.Launched: (public.ModelLaunchedV1, "model_id"),
    Model.Ended: (public.ModelEndedV1, "model_id"),
    ModelPoint.Opened: (public.ModelPointOpenedV1, "point_id"),
    ModelPoint.Closed: (public.ModelPointClosedV1, "point_id"),
}
PRIVATE: Final[frozenset[type[Any]]] = frozenset()


def publish(recorded: RecordedEvent) -> PublicEvent | None:
    """Return the public form of a fact, None when it stays inside."""
    kind = type(recorded.event)
    if kind in PRIVATE:
        return None
    contract, own_id = PUBLIC[kind]
    build: Callable[..., PublicEvent] = contract
    told = {
        name: getattr(recorded.event, name)
        for name in contract.__struct_fields__
        if name != own_id
    }
    return build(**{own_id: recorded.aggregate_id}, **told)
