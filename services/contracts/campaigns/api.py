"""What the doors of campaigns take and give, the same by HTTP and by NATS verb.

Commands carry a unit as ``{"code": ...}`` or ``{"id": ...}``; it is resolved on the
fact's own day. Lists page by keyset: ``first`` rows after the cursor ``after``.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.campaigns.events import ModelField, Origin, SessionKind
from services.contracts.described import about
from services.contracts.registry.units import UnitRef

MAX_ATTENDANCE = 100_000

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=200)]
Attendance = Annotated[int, Meta(ge=0, le=MAX_ATTENDANCE)]
Ids = Annotated[
    tuple[UUID, ...], Meta(max_length=100), about("Which ones, by their ids.")
]
Fields = Annotated[tuple[ModelField, ...], Meta(min_length=1, max_length=6)]
# Lists by name pack the name into the cursor.
Cursor = Annotated[
    str,
    Meta(min_length=1, max_length=2000),
    about("Cursor of the last row of the page before."),
]
First = Annotated[int, Meta(ge=1, le=100), about("How many rows, 1 to 100.")]

CorrectionReason = Literal["miscounted", "entered_wrongly", "reported_late"]
WithdrawalReason = Literal["not_held", "recorded_twice", "wrong_unit", "wrong_day"]


class OpenCampaign(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A drive of a unit, from its first to its last day."""

    unit: Annotated[UnitRef, about("Unit of the drive (đơn vị).")]
    name: Annotated[Title, about("Name (tên đợt).")]
    starts_on: Annotated[date, about("First day (từ ngày).")]
    ends_on: Annotated[date, about("Last day (đến hết ngày).")]
    organiser: Annotated[Code, about("Code of the organisation (chủ trì).")]


class HoldSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One session that took place."""

    unit: Annotated[UnitRef, about("Where it was held (đơn vị).")]
    held_on: Annotated[date, about("Day, not in the future (ngày tổ chức).")]
    kind: Annotated[SessionKind, about("Kind (hình thức).")]
    attendance: Annotated[Attendance, about("Attendances (lượt người dự).")]
    organiser: Annotated[Code, about("Code of the organisation (đơn vị tổ chức).")]
    campaign_id: Annotated[UUID | None, about("Drive it belongs to (đợt).")] = None
    venue: Annotated[Line, about("Place, in words (địa điểm).")] = ""


class CorrectSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The attendance as it should have been."""

    session_id: Annotated[UUID, about("The session.")]
    attendance: Annotated[Attendance, about("Right attendance (lượt người dự đúng).")]
    reason_code: Annotated[CorrectionReason, about("Why (lý do).")]


class WithdrawSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A session that must not count."""

    session_id: Annotated[UUID, about("The session.")]
    reason_code: Annotated[WithdrawalReason, about("Why (lý do).")]


class LaunchModel(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A named model of a unit, with its fields as a label."""

    unit: Annotated[UnitRef, about("Unit that launches it (đơn vị).")]
    name: Annotated[Title, about("Name (tên mô hình).")]
    keeper: Annotated[
        Code, about("Code of the organisation that keeps it (đơn vị quản lý).")
    ]
    fields: Annotated[Fields, about("One or more official fields (lĩnh vực).")]
    launched_on: Annotated[date, about("First day (ngày ra mắt).")]


class EndModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End a model; ``ended_on`` is the first day without it."""

    model_id: Annotated[UUID, about("The model.")]
    ended_on: Annotated[date, about("First day without it (ngày kết thúc).")]


class OpenModelPoint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The model taken up in an area of a unit."""

    model_id: Annotated[UUID, about("The model.")]
    unit: Annotated[UnitRef, about("Unit of the area (đơn vị).")]
    area_name: Annotated[Line, about("Area, in words (khu dân cư).")] = ""
    opened_on: Annotated[date, about("First day (ngày thành lập điểm).")]


class CloseModelPoint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Close a point of a model; ``closed_on`` is the first day without it."""

    point_id: Annotated[UUID, about("The point.")]
    closed_on: Annotated[date, about("First day without it (ngày thôi).")]


class CampaignOpened(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to campaign.open."""

    campaign_id: UUID


class SessionRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to session.hold, session.correct and session.withdraw."""

    session_id: UUID
    attendance: int
    withdrawn: bool = False


class ModelRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to model.launch and model.end."""

    model_id: UUID


class ModelPointRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to model_point.open and model_point.close."""

    point_id: UUID


class GetMany(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """*.get: rows by id; an id that is absent or out of scope gives no row."""

    ids: Ids


class ListCampaigns(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Drives of a subtree that touch the days, newest first."""

    unit_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListSessions(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Sessions of a subtree, latest day first; both days count.

    ``campaign_ids`` keeps the sessions of those drives. Withdrawn ones are left out
    unless asked for.
    """

    unit_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    campaign_ids: Ids = ()
    kind: SessionKind | None = None
    organiser: Code | None = None
    with_withdrawn: bool = False
    first: First = 20
    after: Cursor | None = None


class ListModels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Models of a subtree by name; ``on`` keeps those of that day."""

    unit_id: UUID | None = None
    keeper: Code | None = None
    on: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListModelPoints(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Points of a subtree or of models, by day of opening."""

    unit_id: UUID | None = None
    model_ids: Ids = ()
    on: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListOrganisations(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """Who may organise or keep, on a day (today by default)."""

    on: date | None = None


class CampaignRow(msgspec.Struct, frozen=True, kw_only=True):
    """A drive as lists show it."""

    id: UUID
    unit_id: UUID
    name: str
    starts_on: date
    ends_on: date
    organiser: str
    cursor: str


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session as lists show it, with the attendance that counts today."""

    id: UUID
    campaign_id: UUID | None
    unit_id: UUID
    held_on: date
    kind: SessionKind
    attendance: int
    organiser: str
    origin: Origin
    venue: str
    corrections: int
    withdrawn: bool
    cursor: str


class ModelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A model as lists show it; ``points`` counts the open ones."""

    id: UUID
    unit_id: UUID
    name: str
    keeper: str
    fields: tuple[ModelField, ...]
    launched_on: date
    ended_on: date | None
    points: int
    cursor: str


class ModelPointRow(msgspec.Struct, frozen=True, kw_only=True):
    """A point as lists show it."""

    id: UUID
    model_id: UUID
    keeper: str
    unit_id: UUID
    area_name: str
    opened_on: date
    closed_on: date | None
    cursor: str


class OrganisationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation that may organise sessions and keep models."""

    code: str
    name_vi: str
    member_of: str | None
    valid_from: date | None
    valid_to: date | None


class CampaignPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of drives; with a field mask a row has the asked columns only."""

    rows: tuple[CampaignRow, ...]
    has_next: bool


class CampaignRows(msgspec.Struct, frozen=True, kw_only=True):
    """The drives that were asked for by id."""

    rows: tuple[CampaignRow, ...]


class SessionPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of sessions; with a field mask a row has the asked columns only."""

    rows: tuple[SessionRow, ...]
    has_next: bool


class SessionRows(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions that were asked for by id."""

    rows: tuple[SessionRow, ...]


class ModelPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of models; with a field mask a row has the asked columns only."""

    rows: tuple[ModelRow, ...]
    has_next: bool


class ModelRows(msgspec.Struct, frozen=True, kw_only=True):
    """The models that were asked for by id."""

    rows: tuple[ModelRow, ...]


class ModelPointPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of points; with a field mask a row has the asked columns only."""

    rows: tuple[ModelPointRow, ...]
    has_next: bool


class ModelPointRows(msgspec.Struct, frozen=True, kw_only=True):
    """The points that were asked for by id."""

    rows: tuple[ModelPointRow, ...]


class OrganisationRows(msgspec.Struct, frozen=True, kw_only=True):
    """The organisations of a day."""

    rows: tuple[OrganisationRow, ...]
