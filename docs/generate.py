"""Writes the documents that are made from the code: `make docs`; a test compares them.

docs/events.md, docs/indicators.md, docs/refusals.md, docs/settings.md,
docs/asyncapi.json, and the shapes of all public events for the snapshots.
"""

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import msgspec  # noqa: E402

import services  # noqa: E402
from services.chassis.errors import DomainError  # noqa: E402
from services.chassis.http import application  # noqa: E402
from services.chassis.mapper import EventMapper  # noqa: E402
from services.chassis.settings import Settings  # noqa: E402
from services.contracts.envelope import CloudEvent, PublicEvent, subject_of  # noqa: E402
from services.reporting.indicators import INDICATORS  # noqa: E402

SERVICES = ("registry", "campaigns", "tips", "reporting")
GUARDED = {"shapes", "stored"}
_NOTICE = "<!-- Written by `make docs`; do not edit. -->\n"


def import_everything() -> None:
    """Import every module of the services, so that every class of theirs is known."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if ".migrations." not in module.name and not module.name.endswith("build"):
            importlib.import_module(module.name)


def public_events(service: str) -> tuple[type[PublicEvent], ...]:
    """Return the public events of one service, in their documented order."""
    contract = importlib.import_module(f"services.contracts.{service}.events")
    events: tuple[type[PublicEvent], ...] = contract.PUBLIC_EVENTS
    return events


def refusals() -> list[type[DomainError]]:
    """Return every refusal with a code, by code."""
    found = {
        refusal
        for refusal in _subclasses(DomainError)
        if not refusal.is_kind and refusal.__module__.startswith("services.")
    }
    return sorted(found, key=lambda refusal: refusal.code)


def _subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


def shape_of(event: type[PublicEvent]) -> dict[str, Any]:
    """Return the JSON schema of an event's data."""
    return msgspec.json.schema(event)


def events_page() -> str:
    """List every public event with its subject and fields."""
    lines = [
        _NOTICE,
        "# Public events\n",
        (
            "Structured CloudEvents 1.0 on NATS JetStream; `<p>` is the partition"
            " (crc32 of the aggregate's id, modulo 8). Fields are only ever added.\n"
        ),
    ]
    for service in SERVICES:
        lines.append(f"\n## {service} · stream `EV_{service.upper()}`\n")
        lines.append("| Type | Subject | Meaning | Fields |\n|---|---|---|---|")
        for event in public_events(service):
            subject = subject_of(service, 0, event.TYPE).replace(".0.", ".<p>.", 1)
            meaning = (event.__doc__ or "").partition("\n")[0]
            fields = ", ".join(f"`{name}`" for name in event.__struct_fields__)
            lines.append(f"| `{event.TYPE}` | `{subject}` | {meaning} | {fields} |")
    return "\n".join(lines) + "\n"


def indicators_page() -> str:
    """List every indicator with what it counts and where the rule comes from."""
    lines = [
        _NOTICE,
        "# Indicators\n",
        "| Code | Name | Tên | Unit | Kind | Counts | On | Events | Source |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in INDICATORS:
        events = ", ".join(f"`{wire_type}`" for wire_type in one.event_types)
        lines.append(
            f"| `{one.code}` | {one.name_en} | {one.name_vi} | {one.unit_of_count}"
            f" | {one.kind} | {one.numerator} | {one.counted_on} | {events}"
            f" | {one.legal_source} |"
        )
    return "\n".join(lines) + "\n"


def refusals_page() -> str:
    """List every refusal with its code, status and both messages."""
    lines = [
        _NOTICE,
        "# Refusals\n",
        "Stable codes, the same at every door.\n",
        "| Code | Kind | Status | English | Tiếng Việt |\n|---|---|---|---|---|",
    ]
    lines.extend(
        f"| `{one.code}` | {one.kind.value} | {one.status} | {one.message_en}"
        f" | {one.message_vi} |"
        for one in (refusal.__new__(refusal) for refusal in refusals())
    )
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """List every setting of a process."""
    lines = [
        _NOTICE,
        "# Settings\n",
        "Environment of every process; `make up` and the compose file set them.\n",
        "| Variable | Default | Meaning |\n|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "required" if field.is_required() else field.get_default()
        if isinstance(default, frozenset):
            default = ",".join(sorted(default))
        shown = "" if default is None else f"`{default}`"
        meaning = field.description or ""
        lines.append(f"| `BINHYEN_{name.upper()}` | {shown} | {meaning} |")
    return "\n".join(lines) + "\n"


def asyncapi() -> dict[str, Any]:
    """Describe all streams as an AsyncAPI 3 document."""
    document: dict[str, Any] = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Bình Yên events",
            "version": "1",
            "description": "Facts that the services publish; CloudEvents 1.0 JSON.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {},
        "operations": {},
        "components": {"messages": {}, "schemas": {}},
    }
    (_, envelope) = msgspec.json.schema_components(
        [CloudEvent], ref_template="#/components/schemas/{name}"
    )
    document["components"]["schemas"].update(envelope)
    for service in SERVICES:
        for event in public_events(service):
            _describe(document, service, event)
    return document


def _describe(document: dict[str, Any], service: str, event: type[PublicEvent]) -> None:
    template = "#/components/schemas/{name}"
    _, shapes = msgspec.json.schema_components([event], ref_template=template)
    name = event.__name__
    schemas = document["components"]["schemas"]
    schemas.update(shapes)
    address = subject_of(service, 0, event.TYPE).replace(".0.", ".{partition}.", 1)
    document["components"]["messages"][name] = {
        "name": event.TYPE,
        "summary": (event.__doc__ or "").partition("\n")[0],
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/CloudEvent"},
                {"properties": {"data": {"$ref": template.format(name=name)}}},
            ]
        },
    }
    document["channels"][event.TYPE] = {
        "address": address,
        "parameters": {"partition": {"description": "0 to 7"}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
    }
    document["operations"][f"publish {event.TYPE}"] = {
        "action": "send",
        "channel": {"$ref": f"#/channels/{event.TYPE}"},
    }


def breaks(old: str, new: str) -> str | None:
    """Say how a new shape would break a reader of the old one, or None.

    Fields may be added with a default; nothing may vanish or change its type.
    """
    before, after = (_fields_of(json.loads(shape)) for shape in (old, new))
    for name, schema in before.items():
        if name not in after:
            return f"{name} is gone"
        if after[name] != schema:
            return f"{name} has another type"
    return None


def _fields_of(shape: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{kind}.{name}": schema
        for kind, definition in shape.get("$defs", {}).items()
        for name, schema in definition.get("properties", {}).items()
    }


def as_json(document: dict[str, Any]) -> str:
    """Write a document in a form whose lines can be compared."""
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def documents() -> dict[Path, str]:
    """Return every generated document by its path."""
    import_everything()
    pages = {
        ROOT / "docs" / "events.md": events_page(),
        ROOT / "docs" / "indicators.md": indicators_page(),
        ROOT / "docs" / "refusals.md": refusals_page(),
        ROOT / "docs" / "settings.md": settings_page(),
        ROOT / "docs" / "asyncapi.json": as_json(asyncapi()),
    }
    for service in SERVICES:
        pages[ROOT / "docs" / "openapi" / f"{service}.json"] = as_json(openapi(service))
        for event in public_events(service):
            path = ROOT / "tests" / "contracts" / "shapes" / f"{event.TYPE}.json"
            pages[path] = as_json(shape_of(event))
        for topic, shape in stored_shapes(service).items():
            path = ROOT / "tests" / "contracts" / "stored" / f"{topic}.json"
            pages[path] = as_json(shape)
    return pages


def openapi(service: str) -> dict[str, Any]:
    """Return the OpenAPI document of a service, made without starting it."""
    wiring = importlib.import_module(f"services.{service}.wiring")
    definition = wiring.definition()
    return application(definition.name, definition.routers).openapi()


def stored_shapes(service: str) -> dict[str, dict[str, Any]]:
    """Return the shape of every event that a service stores, by topic."""
    wiring = importlib.import_module(f"services.{service}.wiring")
    mapper = EventMapper(wiring.definition().aggregates)
    return {topic: mapper.stored_shape(topic) for topic in sorted(mapper.topics)}


def main() -> None:
    """Write every document that changed, and say which."""
    for path, content in documents().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.read_text("utf-8") if path.exists() else content
        if path.parent.name in GUARDED and (broken := breaks(written, content)):
            sys.exit(f"{path.name} breaks its readers: {broken}; publish a version 2")
        if not path.exists() or written != content:
            path.write_text(content, "utf-8")
            print(path.relative_to(ROOT))  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
