"""What makes this process the campaigns service; explicit, nothing is discovered."""

from services.access_directory.follower import AccessFollower
from services.access_directory.tables import ACCESS_EVENTS
from services.campaigns.api import ROUTER
from services.campaigns.domain.campaign import Campaign
from services.campaigns.domain.model import Model
from services.campaigns.domain.model_point import ModelPoint
from services.campaigns.domain.session import Session
from services.campaigns.publishing import publish
from services.campaigns.reactions.record_session_when_mttq_reports_it import (
    MTTQ_INGRESS,
)
from services.campaigns.read_models.campaign_list import CampaignList
from services.campaigns.read_models.model_list import ModelList
from services.campaigns.read_models.model_point_list import ModelPointList
from services.campaigns.read_models.session_list import SessionList
from services.campaigns.read_models.tables import ACCESS, READ_METADATA, UNITS
from services.campaigns.verbs import VERBS
from services.chassis.service import Runtime, ServiceDefinition
from services.contracts.campaigns.events import PUBLIC_EVENTS
from services.unit_directory.follower import UnitsFollower
from services.unit_directory.tables import UNIT_EVENTS


def definition() -> ServiceDefinition:
    """Describe the service to the chassis."""
    units = UnitsFollower("campaigns-units", UNITS)
    access = AccessFollower("campaigns-access", ACCESS, units.directory)

    async def on_start(runtime: Runtime) -> None:
        await units.attach(runtime)
        await access.attach(runtime)

    return ServiceDefinition(
        name="campaigns",
        aggregates=(Campaign, Session, Model, ModelPoint),
        publish=publish,
        read_metadata=READ_METADATA,
        inline_read_models=(
            CampaignList(),
            SessionList(),
            ModelList(),
            ModelPointList(),
        ),
        followers=(units, access),
        ingresses=(MTTQ_INGRESS,),
        verbs=VERBS,
        routers=(ROUTER,),
        catalogue=frozenset(
            e.TYPE for e in (*PUBLIC_EVENTS, *UNIT_EVENTS, *ACCESS_EVENTS)
        ),
        on_start=on_start,
        parts=(access.proof,),
    )
