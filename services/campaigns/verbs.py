"""Every command and query as a handler, and as a verb of the bus.

Both doors call these: ``api.py`` by HTTP, the gateway by ``svc.campaigns.v1.<verb>``.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from eventsourcing.domain import Aggregate

from services.campaigns.domain.campaign import Campaign
from services.campaigns.domain.model_point import ModelPoint
from services.campaigns.domain.organisations import ORGANISATIONS
from services.campaigns.read_models import (
    campaign_list,
    dependants,
    model_list,
    model_point_list,
    session_list,
)
from services.campaigns.use_cases.circumstances import Circumstances
from services.campaigns.use_cases.close_model_point import close_model_point
from services.campaigns.use_cases.correct_session import correct_session
from services.campaigns.use_cases.end_model import end_model
from services.campaigns.use_cases.hold_session import hold_session
from services.campaigns.use_cases.launch_model import launch_model
from services.campaigns.use_cases.model_lives import life_of
from services.campaigns.use_cases.open_campaign import open_campaign
from services.campaigns.use_cases.open_model_point import open_model_point
from services.campaigns.use_cases.withdraw_session import withdraw_session
from services.chassis.calls import Call, Outcome
from services.chassis.clock import local_today
from services.chassis.mapper import project
from services.chassis.requests import Verb
from services.chassis.service import Runtime
from services.contracts.campaigns import api
from services.contracts.dependants import SCOPE as PLANNERS
from services.contracts.dependants import VERB as DEPENDANTS
from services.contracts.dependants import (
    CustodyKind,
    DependantGroups,
    DependantsOfUnits,
)
from services.unit_directory.custody import list_area, reach
from services.unit_directory.dependants import groups, units_asked
from services.unit_directory.directory import units_of
from services.unit_directory.places import Covered

READ: Final = "campaigns:read"
WRITE: Final = "campaigns:write"

A = TypeVar("A", bound=Aggregate)
Q = TypeVar("Q", bound=msgspec.Struct)
Question = Callable[
    [sa.Connection, Q, Iterable[Covered], tuple[str, ...] | None], bytes
]


async def campaign_open(call: Call[api.OpenCampaign]) -> Outcome:
    """Open a drive of a unit (đợt phát động)."""
    return await call.runtime.commands.run(
        open_campaign(call.body, _given(call)), call.key
    )


async def session_hold(call: Call[api.HoldSession]) -> Outcome:
    """Record a session that was held (buổi)."""
    campaign = None
    if call.body.campaign_id is not None:
        campaign = await _stored(call.runtime, Campaign, call.body.campaign_id)
    change = hold_session(call.body, _given(call), campaign)
    return await call.runtime.commands.run(change, call.key)


async def session_correct(call: Call[api.CorrectSession]) -> Outcome:
    """Correct the attendance of a session."""
    return await call.runtime.commands.run(
        correct_session(call.body, _given(call)), call.key
    )


async def session_withdraw(call: Call[api.WithdrawSession]) -> Outcome:
    """Withdraw a session from every count."""
    return await call.runtime.commands.run(
        withdraw_session(call.body, _given(call)), call.key
    )


async def model_launch(call: Call[api.LaunchModel]) -> Outcome:
    """Launch a model of a unit (mô hình)."""
    return await call.runtime.commands.run(
        launch_model(call.body, _given(call)), call.key
    )


async def model_end(call: Call[api.EndModel]) -> Outcome:
    """End a model whose points are closed."""
    return await call.runtime.commands.run(end_model(call.body, _given(call)), call.key)


async def model_point_open(call: Call[api.OpenModelPoint]) -> Outcome:
    """Open a point of an operating model (điểm mô hình)."""
    model = await call.runtime.read(life_of, call.body.model_id)
    change = open_model_point(call.body, _given(call), model)
    return await call.runtime.commands.run(change, call.key)


async def model_point_close(call: Call[api.CloseModelPoint]) -> Outcome:
    """Close a point of a model."""
    point = await _stored(call.runtime, ModelPoint, call.body.point_id)
    model_id = None if point is None else point.model_id
    change = close_model_point(call.body, _given(call), model_id)
    return await call.runtime.commands.run(change, call.key)


async def campaigns_list(call: Call[api.ListCampaigns]) -> bytes:
    """List drives of a subtree."""
    return await _ask(call, campaign_list.list_campaigns, "campaign", call.body.unit_id)


async def campaigns_get(call: Call[api.GetMany]) -> bytes:
    """Get drives by id."""
    return await _ask(call, campaign_list.get_campaigns, "campaign")


async def sessions_list(call: Call[api.ListSessions]) -> bytes:
    """List sessions of a subtree and days."""
    return await _ask(call, session_list.list_sessions, "campaign", call.body.unit_id)


async def sessions_get(call: Call[api.GetMany]) -> bytes:
    """Get sessions by id."""
    return await _ask(call, session_list.get_sessions, "campaign")


async def models_list(call: Call[api.ListModels]) -> bytes:
    """List models of a subtree."""
    return await _ask(call, model_list.list_models, "model", call.body.unit_id)


async def models_get(call: Call[api.GetMany]) -> bytes:
    """Get models by id."""
    return await _ask(call, model_list.get_models, "model")


async def model_points_list(call: Call[api.ListModelPoints]) -> bytes:
    """List points of a subtree or of models."""
    return await _ask(
        call, model_point_list.list_model_points, "model_point", call.body.unit_id
    )


async def model_points_get(call: Call[api.GetMany]) -> bytes:
    """Get points by id."""
    return await _ask(call, model_point_list.get_model_points, "model_point")


async def organisations_list(call: Call[api.ListOrganisations]) -> api.OrganisationRows:
    """List who may organise sessions and keep models on a day."""
    day = call.body.on or local_today()
    return api.OrganisationRows(
        rows=tuple(
            api.OrganisationRow(
                code=organisation.code,
                name_vi=organisation.name_vi,
                member_of=organisation.member_of,
                valid_from=organisation.valid_from,
                valid_to=organisation.valid_to,
            )
            for organisation in ORGANISATIONS
            if organisation.on_list(day)
        )
    )


async def dependants_of_units(call: Call[DependantsOfUnits]) -> DependantGroups:
    """Count what goes on at units that are to end."""
    ids, tree = units_asked(call), units_of(call.runtime)
    bounds = dependants.bound_to_units(call.body.on)
    found = await call.runtime.read(groups, tree, ids, bounds)
    return DependantGroups(rows=tuple(found))


def _given(call: Call[Any]) -> Circumstances:
    return Circumstances.of(call.runtime, call.caller)


async def _stored(runtime: Runtime, kind: type[A], aggregate_id: UUID) -> A | None:
    def load() -> Aggregate | None:
        return project(None, runtime.log.events_of(aggregate_id))

    found = await runtime.in_thread(load)
    return found if isinstance(found, kind) else None


async def _ask(
    call: Call[Q],
    question: Question[Q],
    kind: CustodyKind,
    unit_id: UUID | None = None,
) -> bytes:
    tree, caller = units_of(call.runtime), call.caller
    if unit_id is None:
        paths = reach(tree, caller.unit_roots, kind)
    else:
        paths = list_area(tree, caller, unit_id, kind, "$.unit_id")
    return await call.runtime.read(question, call.body, paths, call.fields)


def _command(name: str, request: type[Any], handler: Callable[..., Any]) -> Verb[Any]:
    return Verb(name=name, request=request, handler=handler, scope=WRITE, command=True)


def _query(name: str, request: type[Any], handler: Callable[..., Any]) -> Verb[Any]:
    return Verb(name=name, request=request, handler=handler, scope=READ)


VERBS: Final = (
    _command("campaign.open", api.OpenCampaign, campaign_open),
    _command("session.hold", api.HoldSession, session_hold),
    _command("session.correct", api.CorrectSession, session_correct),
    _command("session.withdraw", api.WithdrawSession, session_withdraw),
    _command("model.launch", api.LaunchModel, model_launch),
    _command("model.end", api.EndModel, model_end),
    _command("model_point.open", api.OpenModelPoint, model_point_open),
    _command("model_point.close", api.CloseModelPoint, model_point_close),
    _query("campaigns.list", api.ListCampaigns, campaigns_list),
    _query("campaigns.get", api.GetMany, campaigns_get),
    _query("sessions.list", api.ListSessions, sessions_list),
    _query("sessions.get", api.GetMany, sessions_get),
    _query("models.list", api.ListModels, models_list),
    _query("models.get", api.GetMany, models_get),
    _query("model_points.list", api.ListModelPoints, model_points_list),
    _query("model_points.get", api.GetMany, model_points_get),
    _query("organisations.list", api.ListOrganisations, organisations_list),
    Verb(
        name=DEPENDANTS,
        request=DependantsOfUnits,
        handler=dependants_of_units,
        scope=PLANNERS,
    ),
)
