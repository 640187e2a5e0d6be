"""Documents that are made from the code are true for this commit."""

import importlib
import json
from types import ModuleType

from tests.architecture.conftest import ROOT


def test_generated_documents_are_current(generator: ModuleType) -> None:
    """`make docs` would change nothing."""
    stale = [
        str(path.relative_to(ROOT))
        for path, content in generator.documents().items()
        if not path.exists() or path.read_text("utf-8") != content
    ]
    assert stale == []


def test_no_shape_outlives_its_event(generator: ModuleType) -> None:
    """Every snapshot belongs to an event that exists: events are never removed."""
    known = {path for path in generator.documents() if path.suffix == ".json"}
    kept = {
        path
        for folder in ("shapes", "stored")
        for path in (ROOT / "tests" / "contracts" / folder).glob("*.json")
    }
    assert kept - known == set()


def test_a_breaking_change_of_shape_is_named(generator: ModuleType) -> None:
    """The guard sees a field that vanishes and one that changes its type."""
    old = {"$defs": {"E": {"properties": {"a": {"type": "integer"}, "b": {}}}}}
    gone = {"$defs": {"E": {"properties": {"a": {"type": "integer"}}}}}
    other = {"$defs": {"E": {"properties": {"a": {"type": "string"}, "b": {}}}}}
    more = {
        "$defs": {"E": {"properties": {**old["$defs"]["E"]["properties"], "c": {}}}}
    }
    as_text = json.dumps
    assert generator.breaks(as_text(old), as_text(gone)) == "E.b is gone"
    assert generator.breaks(as_text(old), as_text(other)) == "E.a has another type"
    assert generator.breaks(as_text(old), as_text(more)) is None


def test_every_published_event_is_documented(generator: ModuleType) -> None:
    """What a service publishes is what its contract lists and the documents show."""
    for service in generator.SERVICES:
        wiring = importlib.import_module(f"services.{service}.wiring")
        shown = {event.TYPE for event in generator.public_events(service)}
        spoken = wiring.definition().catalogue
        assert {one for one in spoken if one.startswith(f"{service}.")} == shown


def test_wire_names_follow_from_topics(generator: ModuleType) -> None:
    """A public event is named after the stored topic that it publishes."""
    for service in generator.SERVICES:
        topics = set(generator.stored_shapes(service))
        for event in generator.public_events(service):
            topic = event.TYPE.removesuffix(".v1")
            assert topic in topics, event.TYPE
