"""The published language and the domain say the same words."""

import msgspec
import pytest
from eventsourcing.domain import AggregateEvent
from eventsourcing.utils import get_topic

from services.campaigns.domain import values
from services.campaigns.publishing import PRIVATE, PUBLIC
from services.campaigns.wiring import definition
from services.chassis.mapper import EventMapper
from services.contracts.campaigns import api, events, partner
from services.contracts.envelope import PublicEvent, wire_type


@pytest.mark.parametrize(
    ("literal", "closed_list"),
    [
        (events.SessionKind, values.SessionKind),
        (events.Origin, values.Origin),
        (events.ModelField, values.ModelField),
        (api.CorrectionReason, values.CorrectionReason),
        (api.WithdrawalReason, values.WithdrawalReason),
    ],
)
def test_contract_and_domain_list_the_same_values(
    literal: object, closed_list: type[values.SessionKind]
) -> None:
    """What the door lets in is what the domain knows, and the other way round."""
    assert {str(value) for value in closed_list} == set(literal.__args__)  # type: ignore[attr-defined]


def test_bounds_of_the_contract_are_those_of_the_domain() -> None:
    """A caller learns from the schema what the rule is."""
    schema = msgspec.json.schema(api.HoldSession)["$defs"]["HoldSession"]
    assert values.ATTENDANCE_LIMIT == schema["properties"]["attendance"]["maximum"]


def test_every_stored_event_is_published_or_private() -> None:
    """A new event cannot be forgotten in publishing."""
    stored = EventMapper(definition().aggregates).topics
    assert stored == {get_topic(kind) for kind in {*PUBLIC, *PRIVATE}}


@pytest.mark.parametrize("kind", PUBLIC)
def test_public_name_is_the_stored_topic_with_a_version(
    kind: type[AggregateEvent],
) -> None:
    """One word finds the whole flow of an event."""
    contract, own_id = PUBLIC[kind]
    assert contract.TYPE == wire_type(get_topic(kind))
    assert own_id in contract.__struct_fields__


@pytest.mark.parametrize("contract", events.PUBLIC_EVENTS)
def test_public_events_name_no_person_and_no_place_below_the_unit(
    contract: type[PublicEvent],
) -> None:
    """Who recorded it, the venue and the area's name stay inside."""
    private = {"recorded_by", "venue", "area_name", "unit_path"}
    assert set() == private & set(contract.__struct_fields__)
    assert "unit_id" in contract.__struct_fields__


@pytest.mark.parametrize("shape", partner.FACTS.values())
def test_partner_shapes_refuse_unknown_fields(shape: type[msgspec.Struct]) -> None:
    """A partner's slip is told, not swallowed."""
    assert shape.__struct_config__.forbid_unknown_fields
