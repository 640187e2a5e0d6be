"""Bodies and parameters from outside: decoded strictly, refused without an echo.

Both doors of a service and the partner ingress use it.
"""

import json
import re
from typing import Any

import msgspec
from starlette.requests import Request

from services.chassis.body_reasons import reason_of
from services.chassis.errors import Invalid, TooLarge

JSON = "application/json"
_WHERE = re.compile(r" - at `(\$[\w.\[\]]*)`$")
# A name that may be shown: those of our shapes; others are the caller's own text.
_SHOWABLE = re.compile(r"[a-z_]{1,40}")


class BodyInvalid(Invalid):
    """The body is not JSON of the shape that the door describes."""

    code = "body.invalid"
    message_vi = "Nội dung gửi lên không đúng mẫu: {reason:vi}."
    message_en = "The body does not have the expected shape: {reason:en}."


class DuplicateName(Invalid):
    """A name stands twice in one JSON object or query, so that readers disagree."""

    code = "body.duplicate_name"
    message_vi = "Một tên trường xuất hiện hai lần trong cùng một đối tượng."
    message_en = "A name appears twice in the same object."


class BodyContradictsPath(Invalid):
    """The body names another record than the address does."""

    code = "body.contradicts_path"
    message_vi = "Nội dung gửi lên nêu khác với địa chỉ."
    message_en = "The body says something other than the address."


class BodyTooLarge(TooLarge):
    """The body is larger than the door takes."""

    code = "body.too_large"
    message_vi = "Nội dung gửi lên vượt quá {limit_bytes} byte."
    message_en = "The body is larger than {limit_bytes} bytes."


class BodyOfAnotherKind(Invalid):
    """The content type is not the one that the door takes."""

    code = "body.of_another_kind"
    message_vi = "Nội dung phải là {expected}."
    message_en = "The body has to be {expected}."


class BodyNotJson(Invalid):
    """The content type says something other than JSON."""

    code = "body.not_json"
    message_vi = "Nội dung phải là application/json."
    message_en = "The body has to be application/json."


async def read_body(request: Request, limit: int) -> bytes:
    """Read a JSON body of at most ``limit`` bytes. Raises BodyNotJson, BodyTooLarge."""
    if _content_type(request) != JSON:
        raise BodyNotJson(field="Content-Type")
    return await _received(request, limit)


async def read_upload(request: Request, media_type: str, limit: int) -> bytes:
    """Read a file of at most ``limit`` bytes as it is.

    Raises BodyOfAnotherKind, BodyTooLarge.
    """
    if _content_type(request) != media_type:
        raise BodyOfAnotherKind(field="Content-Type", expected=media_type)
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise BodyTooLarge(limit_bytes=limit)
    return await _received(request, limit)


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _received(request: Request, limit: int) -> bytes:
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

    Raises BodyInvalid, DuplicateName and BodyContradictsPath with the field's path.
    """
    try:
        decoded = _decoded(raw, shape, path_params)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise invalid_body(error) from None
    _require_each_name_once(raw)
    return decoded


def _decoded(
    raw: bytes, shape: type[msgspec.Struct], path_params: dict[str, Any] | None
) -> msgspec.Struct:
    if not path_params:
        decoded: msgspec.Struct = _decoder(shape).decode(raw)
        return decoded
    fields = msgspec.json.decode(raw, type=dict[str, Any]) if raw else {}
    for name, value in path_params.items():
        if fields.get(name, value) != value:
            raise BodyContradictsPath(field=f"$.{name}")
    return msgspec.convert({**fields, **path_params}, shape)


def decode_query(request: Request, shape: type[msgspec.Struct]) -> msgspec.Struct:
    """Decode path and query parameters. Raises BodyInvalid, DuplicateName."""
    values: dict[str, Any] = {}
    for name in request.query_params:
        found = request.query_params.getlist(name)
        if name in _list_fields(shape):
            values[name] = found
        elif len(found) == 1:
            values[name] = found[0]
        else:
            shown = name in shape.__struct_fields__
            raise DuplicateName(field=f"$.{name}" if shown else "$")
    try:
        return msgspec.convert({**values, **request.path_params}, shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid_body(error) from None


def invalid_body(error: Exception) -> BodyInvalid:
    """Refusal for a body that msgspec could not decode; echoes no value of it."""
    text = str(error)
    where = _WHERE.search(text)
    field = where.group(1) if where else "$"
    return BodyInvalid(field=field, reason=reason_of(error, _WHERE.sub("", text)))


def _require_each_name_once(raw: bytes) -> None:
    """Refuse what another reader of the same JSON might understand differently."""
    try:
        _ONCE.decode(raw.decode() or "{}")
    except _NameTwice:
        pairs = _PAIRS.decode(raw.decode())
        raise DuplicateName(field=_place_of_duplicate(pairs, "$")) from None
    except (ValueError, RecursionError):
        raise invalid_body(msgspec.DecodeError("JSON is malformed")) from None


class _NameTwice(Exception):
    pass


class _Pairs(list[tuple[str, Any]]):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise _NameTwice
    return names


def _place_of_duplicate(value: Any, path: str) -> str | None:
    inner: list[tuple[str, Any]] = []
    if isinstance(value, _Pairs):
        names = [name for name, _ in value]
        for name in names:
            if names.count(name) > 1:
                return f"{path}.{name}" if _SHOWABLE.fullmatch(name) else path
        inner = [(f"{path}.{name}", item) for name, item in value]
    elif isinstance(value, list):
        inner = [(f"{path}[{number}]", item) for number, item in enumerate(value)]
    found = (_place_of_duplicate(item, place) for place, item in inner)
    return next((place for place in found if place), None)


_ONCE = json.JSONDecoder(object_pairs_hook=_once)
_PAIRS = json.JSONDecoder(object_pairs_hook=_Pairs)
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
    if isinstance(kind, msgspec.inspect.Metadata):
        return _is_list(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return any(_is_list(option) for option in kind.types)
    return isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType)
