"""Every question and command that the gateway puts to the services, by contract.

A body may only carry fields that the contract's request has; the service validates the
values and answers with the path of what it refuses.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import orjson

from services.contracts.campaigns import api as campaigns
from services.contracts.registry import (
    access,
    finding,
    force_counts,
    force_types,
    force_units,
    hierarchies,
    members,
    norms,
    people,
    quotas,
    steering,
    strength,
    unit_history,
    unit_views,
)
from services.contracts.registry import reorganisations as plans
from services.contracts.registry import residential_areas as areas
from services.contracts.reporting import api as reporting
from services.contracts.reporting import planned
from services.contracts.tips import api as tips


class Question(NamedTuple):
    """A verb of a service with the shape of its request."""

    service: str
    verb: str
    request: type[msgspec.Struct]

    def body(self, parts: Mapping[str, Any]) -> bytes:
        """JSON of a request; what is None stays out. Raises TypeError for strangers."""
        given = {name: value for name, value in parts.items() if value is not None}
        strangers = given.keys() - set(self.request.__struct_fields__)
        if strangers:
            raise TypeError(f"{self.verb} takes no {', '.join(sorted(strangers))}")
        return orjson.dumps(given)


UNITS_GET = Question("registry", "units.get", unit_views.UnitsGet)
UNITS_RESOLVE = Question("registry", "units.resolve", unit_views.UnitsResolve)
UNITS_CHILDREN = Question("registry", "units.children", unit_views.UnitsChildren)
UNITS_SEARCH = Question("registry", "units.search", unit_views.UnitsSearch)
UNITS_TREE = Question("registry", "units.tree", unit_history.UnitsTree)
UNITS_CHANGES = Question("registry", "units.changes", unit_history.UnitsChanges)
UNITS_FIND = Question("registry", "units.find", finding.UnitsFind)
UNITS_SUCCESSORS = Question("registry", "units.successors", finding.UnitsSuccessors)
HIERARCHIES = Question("registry", "hierarchies.list", hierarchies.HierarchiesList)
HIERARCHY_CHILDREN = Question(
    "registry", "hierarchies.children", hierarchies.HierarchyChildren
)
HIERARCHY_ANCESTORS = Question(
    "registry", "hierarchies.ancestors", hierarchies.HierarchyAncestors
)
COMMITTEES = Question("registry", "steering_committees.list", steering.CommitteesList)
PROGRAMMES = Question("registry", "programmes.list", steering.ProgrammesList)
PARTNERS = Question("registry", "partners.list", steering.PartnersList)
STEERING_WORDS = Question("registry", "steering_words.list", steering.SteeringWordsList)
FORCE_TYPES = Question("registry", "force_types.list", force_types.ForceTypesList)
FORCE_UNITS_GET = Question("registry", "force_units.get", force_units.ForceUnitsGet)
FORCE_UNITS = Question("registry", "force_units.list", force_units.ForceUnitsList)
MEMBERS = Question("registry", "members.list", members.MembersList)
STRENGTH = Question("registry", "strength.get", strength.StrengthGet)
HEADCOUNT = Question(
    "registry", "force_unit.report_headcount", force_counts.ReportHeadcount
)
QUOTAS = Question("registry", "quotas.list", quotas.QuotasList)
QUOTA_DECISIONS = Question(
    "registry", "quota_decisions.list", quotas.QuotaDecisionsList
)
NORMS = Question("registry", "norms.list", norms.NormsList)
GAPS = Question("registry", "gaps.list", norms.GapsList)
AREAS_GET = Question("registry", "areas.get", areas.AreasGet)
AREAS = Question("registry", "areas.list", areas.AreasList)
AREA_WORDS = Question("registry", "areas.words", areas.AreaWordsList)
ACCESS_ROLES = Question("registry", "access.roles", access.AccessRoles)
ACCESS_LIST = Question("registry", "access.list", access.AccessList)
WHO_CAN_SEE = Question("registry", "access.who", access.WhoCanSee)
REORGANISATIONS_GET = Question(
    "registry", "reorganisations.get", plans.ReorganisationsGet
)
REORGANISATIONS = Question(
    "registry", "reorganisations.list", plans.ReorganisationsList
)
REHEARSE = Question("registry", "reorganisation.rehearse", plans.RehearseReorganisation)
PEOPLE_READ = Question("registry", "people.read", people.PeopleRead)
PEOPLE_SEARCH = Question("registry", "people.search", people.PeopleSearch)
PEOPLE_READS = Question("registry", "people.reads", people.PeopleReads)
UNUSUAL_READS = Question("registry", "people.unusual_reads", people.UnusualReads)
DISPUTES = Question("registry", "people.disputes", people.DisputesList)
CERTIFICATE = Question("registry", "person.certificate", people.CertificateGet)
DUPLICATES = Question("registry", "duplicates.list", people.DuplicatesList)

CAMPAIGNS_GET = Question("campaigns", "campaigns.get", campaigns.GetMany)
CAMPAIGNS = Question("campaigns", "campaigns.list", campaigns.ListCampaigns)
SESSIONS_GET = Question("campaigns", "sessions.get", campaigns.GetMany)
SESSIONS = Question("campaigns", "sessions.list", campaigns.ListSessions)
MODELS_GET = Question("campaigns", "models.get", campaigns.GetMany)
MODELS = Question("campaigns", "models.list", campaigns.ListModels)
POINTS_GET = Question("campaigns", "model_points.get", campaigns.GetMany)
POINTS = Question("campaigns", "model_points.list", campaigns.ListModelPoints)
ORGANISATIONS = Question("campaigns", "organisations.list", campaigns.ListOrganisations)
OPEN_CAMPAIGN = Question("campaigns", "campaign.open", campaigns.OpenCampaign)
HOLD_SESSION = Question("campaigns", "session.hold", campaigns.HoldSession)
CORRECT_SESSION = Question("campaigns", "session.correct", campaigns.CorrectSession)

TIP_COUNTS = Question("tips", "tips.counters", tips.CountTips)

FIGURES = Question("reporting", "figures.get", reporting.FiguresRequest)
FIGURES_FOLLOWED = Question("reporting", "figures.follow", reporting.FiguresRequest)
CHILDREN_FIGURES = Question("reporting", "figures.children", reporting.ChildrenRequest)
PLANNED = Question("reporting", "planned.children", planned.PlannedRequest)
INDICATORS = Question("reporting", "indicators.list", reporting.IndicatorsRequest)
FRESHNESS = Question("reporting", "freshness.get", reporting.FreshnessRequest)
REPORTS_GET = Question("reporting", "report.get", reporting.ReportsRequest)
REPORTS_OF = Question("reporting", "report.of_units", reporting.UnitReportsRequest)
