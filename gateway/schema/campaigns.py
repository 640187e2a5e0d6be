"""Campaigns, sessions, models and their points, as agencies read them."""

from datetime import date
from typing import Annotated, Any, Final

import strawberry

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    FromDay,
    Info,
    InUnit,
    Node,
    OnDay,
    OnDayOrEver,
    ToDay,
    argument,
    column,
    identity,
    optional_identity,
    output,
    resolved,
)
from gateway.schema.connections import Connection, page
from gateway.schema.enums import ModelField, Origin, SessionKind
from gateway.schema.related import campaign_of, model_of, unit_of
from gateway.schema.scalars import Count
from services.contracts.campaigns.api import (
    ListCampaigns,
    ListModelPoints,
    ListModels,
    ListOrganisations,
    ListSessions,
)

CAMPAIGNS: Final = Question("campaigns", "campaigns.list", ListCampaigns)
SESSIONS: Final = Question("campaigns", "sessions.list", ListSessions)
MODELS: Final = Question("campaigns", "models.list", ListModels)
POINTS: Final = Question("campaigns", "model_points.list", ListModelPoints)
ORGANISATIONS: Final = Question("campaigns", "organisations.list", ListOrganisations)

LazyUnit = Annotated["Unit", strawberry.lazy("gateway.schema.units")]  # type: ignore[name-defined]  # noqa: F821 - resolved by Strawberry


@output
class Campaign(Node):
    """A drive of the movement (đợt phát động)."""

    unit: LazyUnit | None = resolved(unit_of, "Unit of the drive.", ["unit_id"])
    name: str = column("Name (tên đợt).")
    starts_on: date = column("First day (từ ngày).")
    ends_on: date = column("Last day (đến hết ngày).")
    organiser: str = column("Code of the organisation (chủ trì).")


@output
class Session(Node):
    """One session of outreach or mobilisation that took place (buổi tuyên truyền)."""

    campaign: Campaign | None = resolved(
        campaign_of, "Drive it belongs to, if any (đợt).", ["campaign_id"]
    )
    unit: LazyUnit | None = resolved(unit_of, "Where it was held.", ["unit_id"])
    held_on: date = column("Day (ngày tổ chức).")
    kind: SessionKind = column("Kind (hình thức).")
    attendance: Count = column("Attendances, not people (lượt người dự).")
    organiser: str = column("Code of the organisation (đơn vị tổ chức).")
    origin: Origin = column("By which door it was recorded (nguồn).")
    venue: str = column("Place, in words (địa điểm).")
    corrections: Count = column("How often it was corrected (số lần đính chính).")
    withdrawn: bool = column("Whether it does not count (đã rút).")


@output
class Model(Node):
    """A named model of self-management on security and order (mô hình)."""

    unit: LazyUnit | None = resolved(unit_of, "Unit that launched it.", ["unit_id"])
    name: str = column("Name (tên mô hình).")
    keeper: str = column("Code of the organisation that keeps it (đơn vị quản lý).")
    fields: list[ModelField] = column("Official fields (lĩnh vực).")
    launched_on: date = column("First day (ngày ra mắt).")
    ended_on: date | None = column("First day without (ngày kết thúc).")
    points: Count = column("Open points (số điểm đang hoạt động).")


@output
class ModelPoint(Node):
    """A model taken up in one area (điểm mô hình)."""

    model: Model | None = resolved(model_of, "The model (mô hình).", ["model_id"])
    unit: LazyUnit | None = resolved(unit_of, "Unit of the area.", ["unit_id"])
    keeper: str = column("Code of the organisation that keeps it (đơn vị quản lý).")
    area_name: str = column("Area, in words (khu dân cư).")
    opened_on: date = column("First day (ngày thành lập điểm).")
    closed_on: date | None = column("First day without (ngày thôi hoạt động).")


@output
class Organisation:
    """Who may organise sessions and keep models (tổ chức)."""

    code: str = column("Stable code.")
    name_vi: str = column("Vietnamese name (tên tổ chức).")
    member_of: str | None = column("Code of the organisation it belongs to.")
    valid_from: date | None = column("First day.")
    valid_to: date | None = column("First day without it.")


Organiser = Annotated[str | None, argument("Code of an organisation.")]


async def campaigns(
    info: Info,
    first: First,
    after: After = None,
    unit_id: InUnit = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
) -> Any:
    """Answer Query.campaigns."""
    return await page(
        info,
        CAMPAIGNS,
        after,
        first=first,
        unit_id=optional_identity(unit_id, "Unit", "unitId"),
        from_day=from_day,
        to_day=to_day,
    )


@strawberry.input(description="Which sessions are wanted (bộ lọc buổi tuyên truyền).")
class SessionFilter:
    """Which sessions are wanted."""

    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Unit whose whole subtree is meant."
    )
    from_day: date | None = strawberry.field(
        default=None, description="First day that counts (từ ngày)."
    )
    to_day: date | None = strawberry.field(
        default=None, description="Last day that counts (đến hết ngày)."
    )
    campaign_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Keep the sessions of these drives (đợt)."
    )
    kind: SessionKind | None = strawberry.field(
        default=None, description="Keep one kind (hình thức)."
    )
    organiser: str | None = strawberry.field(
        default=None, description="Keep one organisation's (đơn vị tổ chức)."
    )
    with_withdrawn: bool = strawberry.field(
        default=False, description="Show sessions that do not count, too (đã rút)."
    )


async def sessions(
    info: Info,
    first: First,
    after: After = None,
    filter: Annotated[SessionFilter | None, argument("Which ones.")] = None,  # noqa: A002
) -> Any:
    """Answer Query.sessions."""
    chosen = filter or SessionFilter()
    return await page(
        info,
        SESSIONS,
        after,
        first=first,
        unit_id=optional_identity(chosen.unit_id, "Unit", "filter.unitId"),
        from_day=chosen.from_day,
        to_day=chosen.to_day,
        campaign_ids=[
            identity(one, "Campaign", "filter.campaignIds")
            for one in chosen.campaign_ids or ()
        ]
        or None,
        kind=chosen.kind.value if chosen.kind else None,
        organiser=chosen.organiser,
        with_withdrawn=chosen.with_withdrawn or None,
    )


async def models(
    info: Info,
    first: First,
    after: After = None,
    unit_id: InUnit = None,
    keeper: Organiser = None,
    on: OnDayOrEver = None,
) -> Any:
    """Answer Query.models."""
    return await page(
        info,
        MODELS,
        after,
        first=first,
        unit_id=optional_identity(unit_id, "Unit", "unitId"),
        keeper=keeper,
        on=on,
    )


async def model_points(
    info: Info,
    first: First,
    after: After = None,
    unit_id: InUnit = None,
    model_ids: Annotated[
        list[strawberry.ID] | None, argument("Keep the points of these models.")
    ] = None,
    on: OnDayOrEver = None,
) -> Any:
    """Answer Query.modelPoints."""
    return await page(
        info,
        POINTS,
        after,
        first=first,
        unit_id=optional_identity(unit_id, "Unit", "unitId"),
        model_ids=[identity(one, "Model", "modelIds") for one in model_ids or ()]
        or None,
        on=on,
    )


async def organisations(info: Info, on: OnDay = None) -> Any:
    """Answer Query.organisations."""
    return (await info.context.ask(ORGANISATIONS, {"on": on}))["rows"]


@output
class CampaignQueries:
    """Questions about the movement, part of Query."""

    campaigns: Connection[Campaign] | None = resolved(
        campaigns,
        "Drives of the movement, newest first (đợt phát động).",
    )
    sessions: Connection[Session] | None = resolved(
        sessions, "Sessions, latest day first (buổi tuyên truyền)."
    )
    models: Connection[Model] | None = resolved(models, "Models by name (mô hình).")
    model_points: Connection[ModelPoint] | None = resolved(
        model_points,
        "Points of models by day of opening (điểm mô hình).",
    )
    organisations: list[Organisation] | None = resolved(
        organisations, "Who may organise and keep, on a day (tổ chức)."
    )
