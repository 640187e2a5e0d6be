"""Commands about campaigns, sessions, models and points."""

from gateway.schema.campaigns import Campaign, Model, ModelPoint, Session
from gateway.schema.command_table import command, commands
from gateway.schema.payloads import object_of, payload
from services.contracts.campaigns import api as campaigns


@payload
class CampaignPayload:
    """Answer to a command about a campaign."""

    campaign: Campaign | None = object_of(
        "Campaign", "campaign_id", "The campaign (đợt)."
    )


@payload
class SessionPayload:
    """Answer to a command about a session."""

    session: Session | None = object_of(
        "Session", "session_id", "The session as it counts now (buổi)."
    )


@payload
class ModelPayload:
    """Answer to a command about a model."""

    model: Model | None = object_of("Model", "model_id", "The model (mô hình).")


@payload
class ModelPointPayload:
    """Answer to a command about a point of a model."""

    model_point: ModelPoint | None = object_of(
        "ModelPoint", "point_id", "The point (điểm mô hình)."
    )


@commands("campaigns")
class CampaignMutations:
    """Commands about the movement, part of Mutation."""

    campaign_open: CampaignPayload | None = command(
        "campaign.open", campaigns.OpenCampaign, "Open a drive (phát động một đợt)."
    )
    session_hold: SessionPayload | None = command(
        "session.hold", campaigns.HoldSession, "Record a session (ghi nhận một buổi)."
    )
    session_correct: SessionPayload | None = command(
        "session.correct",
        campaigns.CorrectSession,
        "Correct an attendance (đính chính).",
    )
    session_withdraw: SessionPayload | None = command(
        "session.withdraw",
        campaigns.WithdrawSession,
        "Withdraw a session (rút một buổi).",
    )
    model_launch: ModelPayload | None = command(
        "model.launch", campaigns.LaunchModel, "Launch a model (ra mắt mô hình)."
    )
    model_end: ModelPayload | None = command(
        "model.end", campaigns.EndModel, "End a model (kết thúc mô hình)."
    )
    model_point_open: ModelPointPayload | None = command(
        "model_point.open",
        campaigns.OpenModelPoint,
        "Open a point (thành lập điểm mô hình).",
    )
    model_point_close: ModelPointPayload | None = command(
        "model_point.close",
        campaigns.CloseModelPoint,
        "Close a point (thôi hoạt động điểm).",
    )
