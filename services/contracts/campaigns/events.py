"""Public facts of the movement; reporting, the gateway and partners read them.

``unit_id`` is always the unit's version that was in force on the fact's own day.
``organiser`` and ``keeper`` are codes of the dated list that organisations.list gives.
"""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from services.contracts.envelope import PublicEvent

SessionKind = Literal["outreach", "mobilisation", "festival"]
Origin = Literal["own", "mttq"]
ModelField = Literal[
    "phong_chong_toi_pham",
    "quan_ly_doi_tuong",
    "trat_tu_an_toan_giao_thong",
    "ton_giao",
    "dan_toc",
    "phong_chay_chua_chay",
]


class CampaignOpenedV1(PublicEvent, frozen=True, kw_only=True):
    """A drive of the movement (đợt phát động) was opened; both days belong to it."""

    TYPE: ClassVar[str] = "campaigns.campaign.opened.v1"

    campaign_id: UUID
    unit_id: UUID
    name: str
    starts_on: date
    ends_on: date
    organiser: str


class SessionHeldV1(PublicEvent, frozen=True, kw_only=True):
    """One session (buổi) was held; ``attendance`` counts attendances, not people."""

    TYPE: ClassVar[str] = "campaigns.session.held.v1"

    session_id: UUID
    campaign_id: UUID | None
    unit_id: UUID
    held_on: date
    kind: SessionKind
    attendance: int
    organiser: str
    origin: Origin


class SessionCorrectedV1(PublicEvent, frozen=True, kw_only=True):
    """The attendance of a session was corrected; both figures travel."""

    TYPE: ClassVar[str] = "campaigns.session.corrected.v1"

    session_id: UUID
    unit_id: UUID
    held_on: date
    attendance_before: int
    attendance_after: int
    reason_code: str


class SessionWithdrawnV1(PublicEvent, frozen=True, kw_only=True):
    """A session does not count any more; ``attendance`` is what it counted last."""

    TYPE: ClassVar[str] = "campaigns.session.withdrawn.v1"

    session_id: UUID
    unit_id: UUID
    held_on: date
    attendance: int


class ModelLaunchedV1(PublicEvent, frozen=True, kw_only=True):
    """A model (mô hình) operates from this day; counted once by name per owner."""

    TYPE: ClassVar[str] = "campaigns.model.launched.v1"

    model_id: UUID
    unit_id: UUID
    name: str
    keeper: str
    fields: tuple[ModelField, ...]
    launched_on: date


class ModelEndedV1(PublicEvent, frozen=True, kw_only=True):
    """A model stopped; ``ended_on`` is the first day without it."""

    TYPE: ClassVar[str] = "campaigns.model.ended.v1"

    model_id: UUID
    unit_id: UUID
    keeper: str
    ended_on: date


class ModelPointOpenedV1(PublicEvent, frozen=True, kw_only=True):
    """A model was taken up in one more area (điểm); ``unit_id`` is the area's unit."""

    TYPE: ClassVar[str] = "campaigns.model_point.opened.v1"

    point_id: UUID
    model_id: UUID
    keeper: str
    unit_id: UUID
    opened_on: date


class ModelPointClosedV1(PublicEvent, frozen=True, kw_only=True):
    """A point stopped; ``closed_on`` is the first day without it."""

    TYPE: ClassVar[str] = "campaigns.model_point.closed.v1"

    point_id: UUID
    model_id: UUID
    keeper: str
    unit_id: UUID
    closed_on: date


PUBLIC_EVENTS: tuple[type[PublicEvent], ...] = (
    CampaignOpenedV1,
    SessionHeldV1,
    SessionCorrectedV1,
    SessionWithdrawnV1,
    ModelLaunchedV1,
    ModelEndedV1,
    ModelPointOpenedV1,
    ModelPointClosedV1,
)
