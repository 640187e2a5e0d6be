"""Bodies and parameters from outside: decoded strictly, refused without an echo.

Both doors of a service and the partner ingress use it.
"""

import re
from typing import Any

import msgspec
from starlette.requests import Request

from services.chassis.errors import Invalid, TooLarge

JSON = "application/json"
_WHERE = re.compile(r" - at `(\$[\w.\[\]]*)`$")
_QUOTED = re.compile(r"'[^']*'")
# The name of an unknown field is the caller's text as much as a value is.
_UNKNOWN_FIELD = re.compile(r"(unknown field) `.*`", re.DOTALL)


class BodyInvalid(Invalid):
    """The body is not JSON of the shape that the door describes."""

    code = "body.invalid"
    message_vi = "Nội dung gửi lên không đúng mẫu: {reason}."
    message_en = "The body does not have the expected shape: {reason}."


class BodyTooLarge(TooLarge):
    """The body is larger than the door takes."""

    code = "body.too_large"
    message_vi = "Nội dung gửi lên vượt quá {limit_bytes} byte."
    message_en = "The body is larger than {limit_bytes} bytes."


class BodyNotJson(Invalid):
    """The content type says something other than JSON."""

    code = "body.not_json"
    message_vi = "Nội dung phải là application/json."
    message_en = "The body has to be application/json."


async def read_body(request: Request, limit: int) -> bytes:
    """Read a JSON body of at most ``limit`` bytes. Raises BodyNotJson, BodyTooLarge."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if content_type.lower() != JSON:
        raise BodyNotJson(field="Content-Type")
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit:
            raise BodyTooLarge(limit_bytes=limit)
    return bytes(received)


def decode_body(
    raw: bytes,
    shape: type[msgspec.Struct],
    path_params: dict[str, Any] | None = None,
) -> msgspec.Struct:
    """Decode a JSON body, with the path's parameters as further fields.

    Raises BodyInvalid with the path of the field.
    """
    try:
        if not path_params:
            decoded: msgspec.Struct = _decoder(shape).decode(raw)
            return decoded
        fields = msgspec.json.decode(raw, type=dict[str, Any]) if raw else {}
        return msgspec.convert({**fields, **path_params}, shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise invalid_body(error) from None


def decode_query(request: Request, shape: type[msgspec.Struct]) -> msgspec.Struct:
    """Decode path and query parameters. Raises BodyInvalid."""
    values: dict[str, Any] = dict(request.path_params)
    for name in request.query_params:
        found = request.query_params.getlist(name)
        values[name] = found if name in _list_fields(shape) else found[-1]
    try:
        return msgspec.convert(values, shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid_body(error) from None


def invalid_body(error: Exception) -> BodyInvalid:
    """Refusal for a body that msgspec could not decode; echoes no value of it."""
    text = str(error)
    where = _WHERE.search(text)
    reason = _UNKNOWN_FIELD.sub(r"\1", _QUOTED.sub("…", _WHERE.sub("", text)))
    return BodyInvalid(field=where.group(1) if where else "$", reason=reason)


_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def _decoder(shape: type[msgspec.Struct]) -> msgspec.json.Decoder[Any]:
    found = _decoders.get(shape)
    if found is None:
        found = _decoders[shape] = msgspec.json.Decoder(shape)
    return found


def _list_fields(shape: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(
        field.name
        for field in msgspec.inspect.type_info(shape).fields  # type: ignore[attr-defined]
        if _is_list(field.type)
    )


def _is_list(kind: msgspec.inspect.Type) -> bool:
    if isinstance(kind, msgspec.inspect.UnionType):
        return any(_is_list(option) for option in kind.types)
    return isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType)
