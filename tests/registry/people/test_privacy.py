"""What others hear of people: nothing; what is written down of them: ids and codes."""

from typing import Any

import pytest

from services.chassis.mapper import EventMapper
from services.registry.domain.person import Person
from services.registry.domain.person_reading import PersonReading
from services.registry.publishing import PUBLIC
from services.registry.verbs import people as verbs

EVENTS = [
    event
    for aggregate in (Person, PersonReading)
    for event in vars(aggregate).values()
    if isinstance(event, type)
    and (topic := getattr(event, "TOPIC", "")).count(".") == 2
    and not topic.endswith(".event")
]


def test_no_event_about_people_is_published() -> None:
    """No stream, and so no other service, holds a fact about a person's record."""
    assert len(EVENTS) > 10
    assert set(EVENTS) & set(PUBLIC) == set()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.TOPIC)
def test_events_about_people_hold_ids_days_and_codes(event: Any) -> None:
    """Texts in them are codes of closed lists, or the account that acted."""
    mapper = EventMapper((Person, PersonReading))
    shape = mapper.stored_shape(event.TOPIC)
    (fields,) = [one["properties"] for one in shape["$defs"].values()
                 if "timestamp" in one.get("properties", {})]  # fmt: skip
    texts = {name for name, kind in fields.items() if kind == {"type": "string"}}
    assert texts <= {
        "timestamp", "kind", "purpose", "shown", "reader", "channel", "filed_by",
        "outcome",
        "reason", "answered_by", "corrected_by", "ground", "erased_by", "absorbed_by",
        "merged_by", "released_by", "parted_by", "told_by", "unit_path",
    }  # fmt: skip


def test_reading_is_closed_by_right_inside_the_verb() -> None:
    """The bus asks for the roster's right; who may see people is decided behind it."""
    scopes = {verb.name: verb.scope for verb in verbs.VERBS}
    assert "registry:read" == scopes["people.read"] == scopes["people.search"]
    assert "people:audit" == scopes["people.reads"] == scopes["people.unusual_reads"]
