"""What MTTQ publishes into NATS, as ``events.<type>`` on its own account.

Each message is a structured CloudEvent 1.0 in JSON of at most 256 KiB (a larger one is
refused; beyond 512 KiB NATS closes the connection), with these attributes and no other:

    specversion      "1.0"
    id               a UUID that the partner makes once per fact and repeats on a retry
    source           a URI of the partner's system, at most 200 characters
    type             vn.mttq.session.held.v1 or vn.mttq.model_point.opened.v1
    time             optional: when the message was made, RFC 3339 with an offset
    subject          optional, not looked at
    datacontenttype  "application/json", which may be left out
    data             SessionHeld or ModelPointOpened below

The answer of JetStream to the publication says that the event is kept. What came of it
is told on ``answers.accepted`` {"event_id", "code", "reply", "correlation_id"} or on
``answers.rejected`` {"event_id", "code", "field", "message_vi", "message_en", "errors",
"correlation_id"}; an answer may come twice. Sending the same id with the same data
again changes nothing and is answered as the first time; the same id with other data is
refused (commands.key_reused). A unit is named by its code on the fact's day, days are
YYYY-MM-DD, unknown fields are refused.
"""

from datetime import date
from typing import Final

import msgspec

from services.contracts.campaigns.api import Attendance, Code, Line, Title
from services.contracts.campaigns.events import SessionKind
from services.contracts.registry.units import UnitRef

SESSION_HELD: Final = "vn.mttq.session.held.v1"
MODEL_POINT_OPENED: Final = "vn.mttq.model_point.opened.v1"


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


FACTS: Final[dict[str, type[msgspec.Struct]]] = {
    SESSION_HELD: SessionHeld,
    MODEL_POINT_OPENED: ModelPointOpened,
}
