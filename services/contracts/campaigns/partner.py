"""What MTTQ publishes into NATS, as ``events.<type>`` on its own account.

Each message is a structured CloudEvent 1.0 in JSON with exactly these attributes:

    specversion      "1.0"
    id               a UUID that the partner makes once per fact and repeats on a retry
    source           a URI of the partner's system, at most 200 characters
    type             vn.mttq.session.held.v1 or vn.mttq.model_point.opened.v1
    time             when the message was made, RFC 3339 with an offset
    datacontenttype  "application/json"
    data             SessionHeld or ModelPointOpened below

Sending the same id with the same data again changes nothing and is answered as the
first time; the same id with other data is refused. The answer comes on
``answers.accepted`` {"event_id", "reply"} or ``answers.rejected`` {"event_id", "code",
"message_vi", "message_en", "errors": [{"code", "field"}]}. A unit is named by its code
on the fact's day, days are YYYY-MM-DD, unknown fields are refused.
"""

from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta

from services.contracts.campaigns.api import Attendance, Code, Line, Title
from services.contracts.campaigns.events import SessionKind
from services.contracts.registry.units import UnitRef

D = TypeVar("D")

SESSION_HELD = "vn.mttq.session.held.v1"
MODEL_POINT_OPENED = "vn.mttq.model_point.opened.v1"


class PartnerEvent(
    msgspec.Struct, Generic[D], frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The envelope around a partner's fact."""

    specversion: Literal["1.0"]
    id: UUID
    source: Annotated[str, Meta(min_length=1, max_length=200)]
    type: Annotated[str, Meta(max_length=100)]
    time: Annotated[datetime, Meta(tz=True)]
    datacontenttype: Literal["application/json"] = "application/json"
    data: D


class SessionHeld(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """vn.mttq.session.held.v1: a session held by MTTQ or one of its members."""

    unit: UnitRef
    held_on: date
    kind: SessionKind
    attendance: Attendance
    organiser: Code
    venue: Line = ""


class ModelPointOpened(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """vn.mttq.model_point.opened.v1: a model of MTTQ was taken up in an area.

    The model is named as it was launched: by its owner unit, keeper and name.
    """

    model_unit: UnitRef
    model_name: Title
    keeper: Code
    unit: UnitRef
    area_name: Line = ""
    opened_on: date


FACTS: dict[str, type[msgspec.Struct]] = {
    SESSION_HELD: SessionHeld,
    MODEL_POINT_OPENED: ModelPointOpened,
}
