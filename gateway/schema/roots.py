"""The three doors of the schema: what may be asked, ordered and followed."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import strawberry

from gateway import loaders
from gateway.figures_feed import figures_over_time
from gateway.schema import access as access_queries
from gateway.schema import campaigns as campaign_queries
from gateway.schema import forces as force_queries
from gateway.schema import reporting as reporting_queries
from gateway.schema import tips as tip_queries
from gateway.schema import unit_finding
from gateway.schema import units as unit_queries
from gateway.schema.access_mutations import AccessMutations
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
from gateway.schema.care import CareQueries
from gateway.schema.care_mutations import CareMutations
from gateway.schema.connections import Connection
from gateway.schema.enums import Calendar, Geography
from gateway.schema.force_mutations import ForceMutations
from gateway.schema.hierarchies import HierarchyQueries
from gateway.schema.hierarchy_mutations import HierarchyMutations
from gateway.schema.imports import ImportMutations, ImportQueries
from gateway.schema.people_mutations import PeopleMutations
from gateway.schema.people_roots import PeopleQueries
from gateway.schema.quota_mutations import QuotaMutations
from gateway.schema.quotas import QuotaQueries
from gateway.schema.reorganisation_mutations import ReorganisationMutations
from gateway.schema.reorganisations import ReorganisationQueries
from gateway.schema.report_mutations import ReportMutations
from gateway.schema.reporting import (
    ByCalendar,
    InGeography,
    InPeriod,
    OfIndicators,
    OfUnit,
    figure_terms,
)
from gateway.schema.selection import SelectionQueries
from gateway.schema.selection_mutations import SelectionMutations
from gateway.schema.service_life import LifeMutations, LifeQueries
from gateway.schema.steering import SteeringQueries
from gateway.schema.steering_mutations import SteeringMutations
from gateway.schema.unit_history import UnitHistoryQueries
from gateway.schema.unit_lists import UnitListMutations, UnitListQueries
from gateway.schema.unit_mutations import UnitMutations
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
):
    """What may be asked. Each answer shows the rows that the caller may see."""

    node: Node | None = resolved(_node, "An object by its id; null when not visible.")
    nodes: list[Node | None] = resolved(
        _nodes, "Objects by their ids, in that order; null where not visible."
    )
    viewer: Viewer = resolved(viewer, "Who is asking (tài khoản đang dùng).")
    unit: unit_queries.Unit | None = resolved(
        unit_queries.unit, "A unit by id, or by its code on a day (đơn vị)."
    )
    units: Connection[unit_queries.Unit] | None = resolved(
        unit_queries.units, "Units by name or code (tìm đơn vị)."
    )
    unit_find: unit_finding.UnitsFound | None = resolved(
        unit_finding.unit_find,
        "Units by a typed code or name of any day, and which is meant (tìm đơn vị).",
    )
    force_types: list[force_queries.ForceCategory] | None = resolved(
        force_queries.force_types, "Forces known to law on a day (loại hình lực lượng)."
    )
    force_units: Connection[force_queries.ForceUnit] | None = resolved(
        force_queries.force_units, "Boards and teams of a subtree (ban, đội, tổ)."
    )
    access_roles: list[access_queries.AccessRole] | None = resolved(
        access_queries.access_roles, "Rights that can be handed on (vai trò)."
    )
    access_grants: Connection[access_queries.AccessGrant] | None = resolved(
        access_queries.access_grants, "Rights handed on in a subtree (quyền đã cấp)."
    )
    who_can_see: Connection[access_queries.AccessGrant] | None = resolved(
        access_queries.who_can_see,
        "Who reaches a unit by a grant, from it or from above (ai xem được).",
    )
    campaigns: Connection[campaign_queries.Campaign] | None = resolved(
        campaign_queries.campaigns,
        "Drives of the movement, newest first (đợt phát động).",
    )
    sessions: Connection[campaign_queries.Session] | None = resolved(
        campaign_queries.sessions, "Sessions, latest day first (buổi tuyên truyền)."
    )
    models: Connection[campaign_queries.Model] | None = resolved(
        campaign_queries.models, "Models by name (mô hình)."
    )
    model_points: Connection[campaign_queries.ModelPoint] | None = resolved(
        campaign_queries.model_points,
        "Points of models by day of opening (điểm mô hình).",
    )
    organisations: list[campaign_queries.Organisation] | None = resolved(
        campaign_queries.organisations, "Who may organise and keep, on a day (tổ chức)."
    )
    tip_counts: tip_queries.TipCounts | None = resolved(
        tip_queries.tip_counts,
        "Counters of tips of a subtree, no content (số tin báo).",
    )
    indicators: list[reporting_queries.Indicator] | None = resolved(
        reporting_queries.indicators, "What figures count (danh mục chỉ tiêu)."
    )
    figures: reporting_queries.Figures | None = resolved(
        reporting_queries.figures, "Figures of a unit for a period (số liệu trong kỳ)."
    )
    freshness: reporting_queries.Freshness | None = resolved(
        reporting_queries.freshness, "How far the figures have followed (độ mới)."
    )


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
    terms = figure_terms(period, calendar, geography, indicators)
    unit = identity(unit_id, "Unit", "unitId")
    async for row in figures_over_time(info.context, unit, terms):
        yield row


@output
class Subscription:
    """What may be followed, over graphql-transport-ws."""

    figures_changed: reporting_queries.Figures = followed(
        _figures_changed,
        "The figures of a unit now, and again whenever they change "
        "(số liệu thay đổi); several changes may come as one.",
    )
