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
from services.contracts.registry.units import UnitRef

MAX_ATTENDANCE = 100_000

Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=200)]
Attendance = Annotated[int, Meta(ge=0, le=MAX_ATTENDANCE)]
Ids = Annotated[tuple[UUID, ...], Meta(max_length=100)]
Fields = Annotated[tuple[ModelField, ...], Meta(min_length=1, max_length=6)]
# Lists by name pack the name into the cursor.
Cursor = Annotated[str, Meta(min_length=1, max_length=2000)]
First = Annotated[int, Meta(ge=1, le=100)]

CorrectionReason = Literal["miscounted", "entered_wrongly", "reported_late"]
WithdrawalReason = Literal["not_held", "recorded_twice", "wrong_unit", "wrong_day"]


class OpenCampaign(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """campaign.open: a drive of a unit, from its first to its last day."""

    unit: UnitRef
    name: Title
    starts_on: date
    ends_on: date
    organiser: Code


class HoldSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """session.hold: one session that took place."""

    unit: UnitRef
    held_on: date
    kind: SessionKind
    attendance: Attendance
    organiser: Code
    campaign_id: UUID | None = None
    venue: Line = ""


class CorrectSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """session.correct: the attendance as it should have been."""

    session_id: UUID
    attendance: Attendance
    reason_code: CorrectionReason


class WithdrawSession(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """session.withdraw: a session that must not count."""

    session_id: UUID
    reason_code: WithdrawalReason


class LaunchModel(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """model.launch: a named model of a unit, with its fields as a label."""

    unit: UnitRef
    name: Title
    keeper: Code
    fields: Fields
    launched_on: date


class EndModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """model.end: ``ended_on`` is the first day without the model."""

    model_id: UUID
    ended_on: date


class OpenModelPoint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """model_point.open: the model taken up in an area of a unit."""

    model_id: UUID
    unit: UnitRef
    area_name: Line = ""
    opened_on: date


class CloseModelPoint(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """model_point.close: ``closed_on`` is the first day without the point."""

    point_id: UUID
    closed_on: date


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
    """campaigns.list: drives of a subtree that touch the days, newest first."""

    unit_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListSessions(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """sessions.list: sessions of a subtree, latest day first; both days count.

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
    """models.list: models of a subtree by name; ``on`` keeps those of that day."""

    unit_id: UUID | None = None
    keeper: Code | None = None
    on: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListModelPoints(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """model_points.list: points of a subtree or of models, by day of opening."""

    unit_id: UUID | None = None
    model_ids: Ids = ()
    on: date | None = None
    first: First = 20
    after: Cursor | None = None


class ListOrganisations(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """organisations.list: who may organise or keep, on a day (today by default)."""

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
