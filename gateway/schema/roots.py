"""The three doors of the schema: what may be asked, ordered and followed."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import strawberry

from gateway import loaders
from gateway.figures_feed import figures_over_time
from gateway.schema.access import AccessQueries
from gateway.schema.access_mutations import AccessMutations
from gateway.schema.area_finding import AreaFindingQueries
from gateway.schema.area_mutations import AreaMutations
from gateway.schema.areas import AreaQueries
from gateway.schema.base import (
    Info,
    Node,
    argument,
    followed,
    identity,
    output,
    parse_global_id,
    resolved,
    typed,
)
from gateway.schema.campaign_mutations import CampaignMutations
from gateway.schema.campaigns import CampaignQueries
from gateway.schema.care import CareQueries
from gateway.schema.care_mutations import CareMutations
from gateway.schema.enums import Calendar, Geography
from gateway.schema.force_mutations import ForceMutations
from gateway.schema.forces import ForceQueries
from gateway.schema.hierarchies import HierarchyQueries
from gateway.schema.hierarchy_mutations import HierarchyMutations
from gateway.schema.imports import ImportMutations, ImportQueries
from gateway.schema.people import PeopleQueries
from gateway.schema.people_mutations import PeopleMutations
from gateway.schema.quota_mutations import QuotaMutations
from gateway.schema.quotas import QuotaQueries
from gateway.schema.reorganisation_mutations import ReorganisationMutations
from gateway.schema.reorganisations import ReorganisationQueries
from gateway.schema.report_mutations import ReportMutations
from gateway.schema.reporting import (
    ByCalendar,
    Figures,
    InGeography,
    InPeriod,
    OfIndicators,
    OfUnit,
    ReportingQueries,
    figure_terms,
)
from gateway.schema.selection import SelectionQueries
from gateway.schema.selection_mutations import SelectionMutations
from gateway.schema.service_life import LifeMutations, LifeQueries
from gateway.schema.steering import SteeringQueries
from gateway.schema.steering_mutations import SteeringMutations
from gateway.schema.tips import TipQueries
from gateway.schema.unit_finding import UnitFindingQueries
from gateway.schema.unit_history import UnitHistoryQueries
from gateway.schema.unit_lists import UnitListMutations, UnitListQueries
from gateway.schema.unit_mutations import UnitMutations
from gateway.schema.units import UnitQueries
from gateway.schema.viewer import Viewer, viewer
from gateway.schema.yearly import YearlyQueries
from gateway.schema.yearly_mutations import YearlyMutations


async def _node(
    info: Info,
    id: Annotated[strawberry.ID, argument("Id of the object.")],  # noqa: A002
) -> Any:
    parsed = parse_global_id(id)
    if parsed is None or parsed[0] not in loaders.NODE_TYPES:
        return None
    typename, key = parsed
    return typed(typename, await loaders.by_id(info.context, typename, str(key)))


async def _nodes(
    info: Info,
    ids: Annotated[list[strawberry.ID], argument("Ids of up to 100 objects.")],
) -> Any:
    return [_node(info, one) for one in ids]


@output
class Query(
    ImportQueries,
    QuotaQueries,
    AreaQueries,
    AreaFindingQueries,
    CareQueries,
    YearlyQueries,
    HierarchyQueries,
    SteeringQueries,
    UnitHistoryQueries,
    UnitListQueries,
    ReorganisationQueries,
    PeopleQueries,
    LifeQueries,
    SelectionQueries,
    UnitQueries,
    UnitFindingQueries,
    ForceQueries,
    AccessQueries,
    CampaignQueries,
    TipQueries,
    ReportingQueries,
):
    """What may be asked. Each answer shows the rows that the caller may see."""

    node: Node | None = resolved(_node, "An object by its id; null when not visible.")
    nodes: list[Node | None] = resolved(
        _nodes, "Objects by their ids, in that order; null where not visible."
    )
    viewer: Viewer = resolved(viewer, "Who is asking (tài khoản đang dùng).")


@output
class Mutation(
    ImportMutations,
    QuotaMutations,
    AreaMutations,
    CareMutations,
    YearlyMutations,
    HierarchyMutations,
    SteeringMutations,
    UnitMutations,
    UnitListMutations,
    ReorganisationMutations,
    PeopleMutations,
    LifeMutations,
    SelectionMutations,
    CampaignMutations,
    ForceMutations,
    AccessMutations,
    ReportMutations,
):
    """What may be ordered. A refusal is in userErrors; the service decides."""


async def _figures_changed(
    info: Info,
    unit_id: OfUnit,
    period: InPeriod,
    calendar: ByCalendar = Calendar.OFFICIAL,
    geography: InGeography = Geography.AS_WAS,
    indicators: OfIndicators = None,
) -> AsyncIterator[Any]:
    terms = figure_terms(period, calendar, geography, indicators, along=None)
    unit = identity(unit_id, "Unit", "unitId")
    async for row in figures_over_time(info.context, unit, terms):
        yield row


@output
class Subscription:
    """What may be followed, over graphql-transport-ws."""

    figures_changed: Figures = followed(
        _figures_changed,
        "The figures of a unit now, and again whenever they change "
        "(số liệu thay đổi); several changes may come as one.",
    )
