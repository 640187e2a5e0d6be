"""Which facts about tips leave the service: an id, a unit, days and closed codes."""

from typing import cast

from services.chassis.event_store import RecordedEvent
from services.contracts.envelope import PublicEvent
from services.contracts.tips.events import (
    Category,
    Channel,
    TipReceivedV1,
    TipTriagedV1,
    TipValuedV1,
    TriageOutcome,
)
from services.tips.domain.tip import Tip

# Who read a text, and that a key was destroyed, is nobody's business outside.
PRIVATE = (Tip.ContentRead, Tip.Erased)


def publish(recorded: RecordedEvent) -> PublicEvent | None:
    """Give the contract of a recorded event, or None for a private one."""
    event, tip_id = recorded.event, recorded.aggregate_id
    match event:
        case Tip.Received():
            return TipReceivedV1(
                tip_id=tip_id,
                unit_id=event.unit_id,
                received_on=event.received_on,
                category=cast("Category", event.category),
                channel=cast("Channel", event.channel),
            )
        case Tip.Triaged():
            return TipTriagedV1(
                tip_id=tip_id,
                unit_id=event.unit_id,
                triaged_on=event.triaged_on,
                received_on=event.received_on,
                outcome=cast("TriageOutcome", event.outcome),
            )
        case Tip.Valued():
            return TipValuedV1(
                tip_id=tip_id,
                unit_id=event.unit_id,
                valued_on=event.valued_on,
                received_on=event.received_on,
                valuable=event.valuable,
            )
    if isinstance(event, PRIVATE):
        return None
    raise TypeError(f"{recorded.topic} is neither public nor private")
