"""A service's doors as OpenAPI shows them: shapes come from the Structs themselves."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from services.chassis.bodies import JSON
from services.chassis.calls import Call, Outcome

Handler = Callable[[Call[Any]], Awaitable[Outcome | msgspec.Struct | bytes]]

_TEMPLATE = "#/components/schemas/{name}"
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The client's own id of the command; the same key answers the same.",
    "schema": {"type": "string", "format": "uuid"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One operation of a service as HTTP shows it."""

    method: str
    path: str
    request: type[msgspec.Struct]
    handler: Handler
    scope: str | None
    status: int = 200
    response: type[msgspec.Struct] | None = None
    media_type: str = JSON
    quiet: bool = False
    keyed: bool = True

    @property
    def name(self) -> str:
        """Name of the operation in logs, metrics and command fingerprints."""
        return self.handler.__name__

    @property
    def is_command(self) -> bool:
        """Whether the operation changes something and needs a key of the client."""
        return self.has_body and self.keyed

    @property
    def has_body(self) -> bool:
        """Whether its words come in a body."""
        return self.method != "GET"


def described(door: Door) -> dict[str, Any]:
    """OpenAPI of one operation: request body or parameters, answer, scope."""
    extra: dict[str, Any] = {}
    if door.has_body:
        content = {JSON: {"schema": _reference(door.request)}}
        extra["requestBody"] = {"required": True, "content": content}
        extra["parameters"] = [_IDEMPOTENCY_KEY] if door.keyed else []
    else:
        extra["parameters"] = _parameters(door)
    if door.response is not None:
        answer = {door.media_type: {"schema": _reference(door.response)}}
        extra["responses"] = {
            str(door.status): {"description": "Done", "content": answer}
        }
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


def _parameters(door: Door) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components(
        [door.request], ref_template=_TEMPLATE
    )
    schema = components[door.request.__name__]
    required = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "in": "path" if f"{{{name}}}" in door.path else "query",
            "required": name in required or f"{{{name}}}" in door.path,
            "schema": shape,
        }
        for name, shape in schema.get("properties", {}).items()
    ]
