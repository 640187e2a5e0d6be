"""Commands about campaigns, sessions, models and points."""

from datetime import date
from typing import Annotated, Any

import strawberry

from gateway.questions import (
    CLOSE_POINT,
    CORRECT_SESSION,
    END_MODEL,
    HOLD_SESSION,
    LAUNCH_MODEL,
    OPEN_CAMPAIGN,
    OPEN_POINT,
    WITHDRAW_SESSION,
)
from gateway.schema.base import (
    Info,
    Root,
    argument,
    column,
    identity,
    optional_identity,
    output,
    resolved,
    taken,
)
from gateway.schema.campaigns import Campaign, Model, ModelPoint, Session
from gateway.schema.commands import UserError, carried_out, key_field
from gateway.schema.enums import (
    CorrectionReason,
    ModelField,
    SessionKind,
    WithdrawalReason,
)
from gateway.schema.references import UnitRef, unit_ref
from gateway.schema.related import related

_ERRORS = "Why the command was refused; empty when it was carried out."


async def _campaign(root: Root, info: Info) -> Any:
    return await related(info, "Campaign", root.get("campaign_id"))


async def _session(root: Root, info: Info) -> Any:
    return await related(info, "Session", root.get("session_id"))


async def _model(root: Root, info: Info) -> Any:
    return await related(info, "Model", root.get("model_id"))


async def _point(root: Root, info: Info) -> Any:
    return await related(info, "ModelPoint", root.get("point_id"))


@output
class CampaignPayload:
    """Answer to a command about a campaign."""

    campaign: Campaign | None = resolved(_campaign, "The campaign (đợt).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class SessionPayload:
    """Answer to a command about a session."""

    session: Session | None = resolved(_session, "The session as it counts now (buổi).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class ModelPayload:
    """Answer to a command about a model."""

    model: Model | None = resolved(_model, "The model (mô hình).")
    user_errors: list[UserError] = column(_ERRORS)


@output
class ModelPointPayload:
    """Answer to a command about a point of a model."""

    model_point: ModelPoint | None = resolved(_point, "The point (điểm mô hình).")
    user_errors: list[UserError] = column(_ERRORS)


@taken
class CampaignOpenInput:
    """A drive to open (phát động một đợt)."""

    unit: UnitRef = column("Unit of the drive (đơn vị).")
    name: str = column("Name (tên đợt).")
    starts_on: date = column("First day (từ ngày).")
    ends_on: date = column("Last day (đến hết ngày).")
    organiser: str = column("Code of the organisation (chủ trì).")
    idempotency_key: str | None = key_field()


@taken
class SessionHoldInput:
    """A session that took place (ghi nhận một buổi)."""

    unit: UnitRef = column("Where it was held (đơn vị).")
    held_on: date = column("Day, not in the future (ngày tổ chức).")
    kind: SessionKind = column("Kind (hình thức).")
    attendance: int = column("Attendances (lượt người dự).")
    organiser: str = column("Code of the organisation (đơn vị tổ chức).")
    campaign_id: strawberry.ID | None = strawberry.field(
        default=None, description="Drive it belongs to (đợt)."
    )
    venue: str | None = strawberry.field(
        default=None, description="Place, in words (địa điểm)."
    )
    idempotency_key: str | None = key_field()


@taken
class SessionCorrectInput:
    """The attendance as it should have been (đính chính)."""

    session_id: strawberry.ID = column("The session.")
    attendance: int = column("Right attendance (lượt người dự đúng).")
    reason: CorrectionReason = column("Why (lý do).")
    idempotency_key: str | None = key_field()


@taken
class SessionWithdrawInput:
    """A session that must not count (rút một buổi)."""

    session_id: strawberry.ID = column("The session.")
    reason: WithdrawalReason = column("Why (lý do).")
    idempotency_key: str | None = key_field()


@taken
class ModelLaunchInput:
    """A model to launch (ra mắt mô hình)."""

    unit: UnitRef = column("Unit that launches it (đơn vị).")
    name: str = column("Name (tên mô hình).")
    keeper: str = column("Code of the organisation that keeps it (đơn vị quản lý).")
    fields: list[ModelField] = column("One or more official fields (lĩnh vực).")
    launched_on: date = column("First day (ngày ra mắt).")
    idempotency_key: str | None = key_field()


@taken
class ModelEndInput:
    """A model to end (kết thúc mô hình)."""

    model_id: strawberry.ID = column("The model.")
    ended_on: date = column("First day without it (ngày kết thúc).")
    idempotency_key: str | None = key_field()


@taken
class ModelPointOpenInput:
    """A model taken up in an area (thành lập điểm mô hình)."""

    model_id: strawberry.ID = column("The model.")
    unit: UnitRef = column("Unit of the area (đơn vị).")
    opened_on: date = column("First day (ngày thành lập điểm).")
    area_name: str | None = strawberry.field(
        default=None, description="Area, in words (khu dân cư)."
    )
    idempotency_key: str | None = key_field()


@taken
class ModelPointCloseInput:
    """A point to close (thôi hoạt động điểm mô hình)."""

    model_point_id: strawberry.ID = column("The point.")
    closed_on: date = column("First day without it (ngày thôi).")
    idempotency_key: str | None = key_field()


async def campaign_open(
    info: Info,
    input: Annotated[CampaignOpenInput, argument("The drive.")],  # noqa: A002
) -> Any:
    """Answer Mutation.campaignOpen."""
    return await carried_out(
        info,
        OPEN_CAMPAIGN,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "name": input.name,
            "starts_on": input.starts_on,
            "ends_on": input.ends_on,
            "organiser": input.organiser,
        },
    )


async def session_hold(
    info: Info,
    input: Annotated[SessionHoldInput, argument("The session.")],  # noqa: A002
) -> Any:
    """Answer Mutation.sessionHold."""
    return await carried_out(
        info,
        HOLD_SESSION,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "held_on": input.held_on,
            "kind": input.kind.value,
            "attendance": input.attendance,
            "organiser": input.organiser,
            "campaign_id": optional_identity(
                input.campaign_id, "Campaign", "campaign_id"
            ),
            "venue": input.venue,
        },
    )


async def session_correct(
    info: Info,
    input: Annotated[SessionCorrectInput, argument("The right figure.")],  # noqa: A002
) -> Any:
    """Answer Mutation.sessionCorrect."""
    return await carried_out(
        info,
        CORRECT_SESSION,
        input,
        lambda: {
            "session_id": identity(input.session_id, "Session", "session_id"),
            "attendance": input.attendance,
            "reason_code": input.reason.value,
        },
    )


async def session_withdraw(
    info: Info,
    input: Annotated[SessionWithdrawInput, argument("Which one, and why.")],  # noqa: A002
) -> Any:
    """Answer Mutation.sessionWithdraw."""
    return await carried_out(
        info,
        WITHDRAW_SESSION,
        input,
        lambda: {
            "session_id": identity(input.session_id, "Session", "session_id"),
            "reason_code": input.reason.value,
        },
    )


async def model_launch(
    info: Info,
    input: Annotated[ModelLaunchInput, argument("The model.")],  # noqa: A002
) -> Any:
    """Answer Mutation.modelLaunch."""
    return await carried_out(
        info,
        LAUNCH_MODEL,
        input,
        lambda: {
            "unit": unit_ref(input.unit),
            "name": input.name,
            "keeper": input.keeper,
            "fields": [field.value for field in input.fields],
            "launched_on": input.launched_on,
        },
    )


async def model_end(
    info: Info,
    input: Annotated[ModelEndInput, argument("Which one, and when.")],  # noqa: A002
) -> Any:
    """Answer Mutation.modelEnd."""
    return await carried_out(
        info,
        END_MODEL,
        input,
        lambda: {
            "model_id": identity(input.model_id, "Model", "model_id"),
            "ended_on": input.ended_on,
        },
    )


async def model_point_open(
    info: Info,
    input: Annotated[ModelPointOpenInput, argument("The point.")],  # noqa: A002
) -> Any:
    """Answer Mutation.modelPointOpen."""
    return await carried_out(
        info,
        OPEN_POINT,
        input,
        lambda: {
            "model_id": identity(input.model_id, "Model", "model_id"),
            "unit": unit_ref(input.unit),
            "area_name": input.area_name,
            "opened_on": input.opened_on,
        },
    )


async def model_point_close(
    info: Info,
    input: Annotated[ModelPointCloseInput, argument("Which one, and when.")],  # noqa: A002
) -> Any:
    """Answer Mutation.modelPointClose."""
    return await carried_out(
        info,
        CLOSE_POINT,
        input,
        lambda: {
            "point_id": identity(input.model_point_id, "ModelPoint", "model_point_id"),
            "closed_on": input.closed_on,
        },
    )
