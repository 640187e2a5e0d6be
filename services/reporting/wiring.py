"""What makes this process the reporting service; explicit, nothing is discovered."""

from services.access_directory.follower import AccessFollower
from services.chassis.service import Runtime, ServiceDefinition
from services.contracts.campaigns import events as campaigns
from services.contracts.registry import events as registry
from services.contracts.reporting import events as reporting
from services.contracts.tips import events as tips
from services.reporting.api import ROUTER
from services.reporting.domain.report import Report
from services.reporting.publishing import publish
from services.reporting.read_models import freshness, roll_ups
from services.reporting.read_models.figures_follower import FiguresFollower
from services.reporting.read_models.report_register import ReportRegister
from services.reporting.read_models.tables import (
    ACCESS,
    FIGURES,
    HIERARCHIES,
    LEVELS,
    READ_METADATA,
    REPORTS,
    UNITS,
    WAITING,
)
from services.reporting.verbs import VERBS
from services.unit_directory.follower import UnitsFollower
from services.unit_hierarchies.follower import HierarchiesFollower

CATALOGUE = (
    *registry.PUBLIC_EVENTS,
    *campaigns.PUBLIC_EVENTS,
    *tips.PUBLIC_EVENTS,
    *reporting.PUBLIC_EVENTS,
)


def definition() -> ServiceDefinition:
    """Describe the service to the chassis."""
    units = UnitsFollower("reporting-units", UNITS)
    access = AccessFollower("reporting-access", ACCESS, units.directory)
    hierarchies = HierarchiesFollower("reporting-hierarchies", HIERARCHIES)
    figures = FiguresFollower(units.directory, FIGURES, WAITING, LEVELS)

    async def start(runtime: Runtime) -> None:
        runtime.extras[freshness.EXTRA] = freshness.StreamHeads()
        runtime.extras[roll_ups.EXTRA] = roll_ups.RollUps(HIERARCHIES)
        await units.attach(runtime)
        await access.attach(runtime)
        await figures.attach(runtime)

    return ServiceDefinition(
        name="reporting",
        aggregates=(Report,),
        publish=publish,
        read_metadata=READ_METADATA,
        inline_read_models=(ReportRegister(REPORTS),),
        followers=(units, figures, access, hierarchies),
        verbs=VERBS,
        routers=(ROUTER,),
        catalogue=frozenset(event.TYPE for event in CATALOGUE),
        on_start=start,
        parts=(access.proof,),
    )
