"""A service's doors as OpenAPI shows them: shapes come from the Structs themselves."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from services.chassis.bodies import JSON
from services.chassis.calls import Call, Outcome, Scope

Handler = Callable[[Call[Any]], Awaitable[Outcome | msgspec.Struct | bytes]]

PROBLEM = "application/problem+json"
_TEMPLATE = "#/components/schemas/{name}"
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The client's own id of the command; the same key answers the same.",
    "schema": {"type": "string", "format": "uuid"},
}
_PROBLEM = {
    "type": "object",
    "required": ["status", "code", "message_vi", "message_en", "correlation_id"],
    "properties": {
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "message_vi": {"type": "string"},
        "message_en": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
        "correlation_id": {"type": "string"},
    },
}
_FILE = {"type": "string", "format": "binary"}
_REFUSED = {
    "description": "Refused: docs/refusals.md lists the codes.",
    "content": {PROBLEM: {"schema": _PROBLEM}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One operation of a service as HTTP shows it."""

    method: str
    path: str
    request: type[msgspec.Struct]
    handler: Handler
    scope: Scope
    status: int = 200
    response: type[msgspec.Struct] | None = None
    media_type: str = JSON
    quiet: bool = False
    keyed: bool = True
    takes: str = JSON

    @property
    def name(self) -> str:
        """Name of the operation in logs, metrics and command fingerprints."""
        return self.handler.__name__

    @property
    def is_command(self) -> bool:
        """Whether the operation changes something and needs a key of the client."""
        return self.has_body and self.keyed

    @property
    def is_upload(self) -> bool:
        """Whether its body is a file; its words come in the address then."""
        return self.takes != JSON

    @property
    def has_body(self) -> bool:
        """Whether its words come in a body."""
        return self.method != "GET"


def described(door: Door) -> dict[str, Any]:
    """OpenAPI of one operation: request body or parameters, answer, scope."""
    extra: dict[str, Any] = {}
    parameters = _parameters(door)
    if door.has_body:
        shape = _FILE if door.is_upload else _body(door)
        content = {door.takes: {"schema": shape}}
        extra["requestBody"] = {"required": True, "content": content}
        if not door.is_upload:
            parameters = [one for one in parameters if one["in"] == "path"]
        parameters += [_IDEMPOTENCY_KEY] if door.keyed else []
    extra["parameters"] = parameters
    answer = {"schema": _reference(door.response)} if door.response else {}
    done = {"description": "Done", "content": {door.media_type: answer}}
    extra["responses"] = {str(door.status): done, "default": _REFUSED}
    if door.scope is not None:
        extra["x-scope"] = door.scope
    return extra


def components_of(doors: Sequence[Door]) -> dict[str, Any]:
    """Schemas of all shapes that the doors take and give, by name."""
    shapes = [
        shape
        for door in doors
        for shape in (door.request, door.response)
        if shape is not None
    ]
    _, components = msgspec.json.schema_components(shapes, ref_template=_TEMPLATE)
    return components


def _reference(shape: type[msgspec.Struct]) -> dict[str, Any]:
    (reference,), _ = msgspec.json.schema_components([shape], ref_template=_TEMPLATE)
    return reference


def _body(door: Door) -> dict[str, Any]:
    """Return the shape of the body: what the address tells need not stand in it."""
    in_path = _names_in_path(door)
    if not in_path:
        return _reference(door.request)
    _, components = msgspec.json.schema_components(
        [door.request], ref_template=_TEMPLATE
    )
    schema = components[door.request.__name__]
    required = [name for name in schema.get("required", ()) if name not in in_path]
    return {**schema, "required": required}


def _names_in_path(door: Door) -> set[str]:
    return {
        name for name in door.request.__struct_fields__ if f"{{{name}}}" in door.path
    }


def _parameters(door: Door) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components(
        [door.request], ref_template=_TEMPLATE
    )
    schema = components[door.request.__name__]
    required = set(schema.get("required", ()))
    in_path = _names_in_path(door)
    return [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in required or name in in_path,
            **_meaning(shape),
            "schema": shape,
        }
        for name, shape in schema.get("properties", {}).items()
    ]


def _meaning(shape: dict[str, Any]) -> dict[str, str]:
    """Return what a parameter means, where its contract says it."""
    for told in (shape, *shape.get("anyOf", ())):
        if "description" in told:
            return {"description": told["description"]}
    return {}
