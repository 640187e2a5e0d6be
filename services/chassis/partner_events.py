"""A partner's message, from raw bytes to a checked event, or the refusal that it gets.

Pure; the partner door calls it. Nothing that the partner wrote is echoed in a refusal.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta

from services.chassis.bodies import BodyInvalid, BodyTooLarge, decode_body
from services.chassis.calls import CommandKey
from services.chassis.errors import Invalid
from services.chassis.text import normalise

MAX_DEPTH = 32
_NAMESPACE = UUID("6f3b5a52-0d0c-4f57-9d1c-6f1b7f0a2f11")
_STRINGS_AND_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class EventTypeUnknown(Invalid):
    """The partner's event has a type that is not agreed."""

    code = "ingress.type_unknown"
    message_vi = "Loại sự kiện không có trong thoả thuận kết nối."
    message_en = "The event's type is not part of the agreement."


class EventTooDeep(Invalid):
    """The JSON is nested deeper than any agreed event."""

    code = "ingress.too_deep"
    message_vi = "Nội dung lồng nhau quá {limit} tầng."
    message_en = "The content is nested deeper than {limit} levels."


class PartnerEvent(NamedTuple):
    """One valid event of a partner, on its way to become a command.

    ``data`` is an instance of the type listed in ``Ingress.types``, its texts cleaned.
    ``key`` makes the command run once however often the event comes.
    """

    partner: str
    event_id: str
    type: str
    time: datetime | None
    data: Any
    key: CommandKey
    correlation_id: str


class _Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    specversion: Literal["1.0"]
    id: UUID
    source: Annotated[str, Meta(min_length=1, max_length=200)]
    type: Annotated[str, Meta(min_length=1, max_length=100)]
    time: Annotated[datetime, Meta(tz=True)] | None = None
    subject: Annotated[str, Meta(max_length=200)] | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    data: msgspec.Raw


class _Named(msgspec.Struct):
    id: UUID


def command_id(partner: str, event_id: str) -> UUID:
    """Id of the command that a partner's event stands for, the same for ever."""
    return uuid5(_NAMESPACE, f"{partner}\0{event_id}")


def told_event_id(raw: bytes) -> str | None:
    """Return the id in a message that may be wrong in every other way."""
    try:
        return str(msgspec.json.decode(raw, type=_Named).id)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def checked_event(
    raw: bytes,
    partner: str,
    types: Mapping[str, type[msgspec.Struct]],
    *,
    max_bytes: int,
    correlation_id: str,
) -> PartnerEvent:
    """Decode and check a message.

    Raises BodyTooLarge, EventTooDeep, DuplicateName, BodyInvalid, EventTypeUnknown,
    ForbiddenCharacter.
    """
    if len(raw) > max_bytes:
        raise BodyTooLarge(limit_bytes=max_bytes)
    _check_depth(raw)
    envelope = decode_body(raw, _Envelope)
    assert isinstance(envelope, _Envelope)  # noqa: S101 - what decode_body was asked for
    shape = types.get(envelope.type)
    if shape is None:
        raise EventTypeUnknown(field="$.type")
    data = normalise(_data(bytes(envelope.data), shape), "$.data")
    event_id = str(envelope.id)
    return PartnerEvent(
        partner,
        event_id,
        envelope.type,
        envelope.time,
        data,
        CommandKey(command_id(partner, event_id), _fingerprint(envelope.type, data)),
        correlation_id,
    )


def _data(raw: bytes, shape: type[msgspec.Struct]) -> msgspec.Struct:
    try:
        return decode_body(raw, shape)
    except BodyInvalid as refusal:
        inner = (refusal.field or "$").removeprefix("$")
        raise BodyInvalid(field=f"$.data{inner}", **refusal.params) from None


def _fingerprint(event_type: str, data: msgspec.Struct) -> bytes:
    """Digest of what the event says, however the partner wrote it down."""
    canonical = msgspec.json.encode(data, order="sorted")
    return hashlib.sha256(event_type.encode() + b"\0" + canonical).digest()


def _check_depth(raw: bytes) -> None:
    depth = 0
    for found in _STRINGS_AND_BRACKETS.finditer(raw):
        sign = found.group()
        if sign in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise EventTooDeep(limit=MAX_DEPTH)
        elif sign in b"]}":
            depth -= 1
