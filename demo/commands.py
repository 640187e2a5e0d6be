"""How each planned record is told at its door: keys, bodies, documents.

Keys follow from the plan's name and the record's label, so that every run of the demo
sends the same commands. Used by demo.load.
"""

from typing import Any, Final
from uuid import UUID, uuid5

from demo.plan.records import (
    Plan,
    PlannedForce,
    PlannedModel,
    PlannedPoint,
    PlannedSession,
    PlannedTip,
)
from demo.province import Place
from services.contracts.campaigns.api import LaunchModel
from services.contracts.campaigns.partner import SessionHeld
from services.contracts.registry.force_units import EstablishForceUnit
from services.contracts.registry.members import EnrolMembers, NewMember
from services.contracts.registry.units import UnitRef
from services.contracts.tips.api import RecordTip

_NAMESPACE: Final = UUID("a3c61f0d-55c8-5a5e-9d0a-7a1f4a0c2e11")

OPEN_CAMPAIGN: Final = """
mutation ($input: CampaignOpenInput!) {
  campaignOpen(input: $input) { campaign { id } userErrors { code message field } }
}"""
HOLD_SESSION: Final = """
mutation ($input: SessionHoldInput!) {
  sessionHold(input: $input) { session { id } userErrors { code message field } }
}"""
CORRECT_SESSION: Final = """
mutation ($input: SessionCorrectInput!) {
  sessionCorrect(input: $input) {
    session { attendance } userErrors { code message field }
  }
}"""


def key(plan: Plan, kind: str, label: str) -> UUID:
    """Return the id of a command, the same in every run."""
    return uuid5(_NAMESPACE, f"{plan.name}/{kind}/{label}")


def unit(place: Place) -> UnitRef:
    """Return the reference to a place: its code on the day of the fact."""
    return UnitRef(code=place.code)


def establish(force: PlannedForce) -> EstablishForceUnit:
    """Return the command that sets a force up."""
    return EstablishForceUnit(
        force_type=force.force_type,
        unit=unit(force.place),
        established_on=force.established_on,
    )


def enrol(force: PlannedForce, force_unit_id: UUID) -> EnrolMembers:
    """Return the command that takes the whole roster in."""
    return EnrolMembers(
        force_unit_id=force_unit_id,
        members=[
            NewMember(full_name=who.name, post=who.post, enrolled_on=who.enrolled_on)
            for who in force.members
        ],
    )


def session_input(session: PlannedSession, campaign: str | None) -> dict[str, Any]:
    """Return the input of sessionHold; ``campaign`` is the id that the gateway gave."""
    return {
        "unit": {"code": session.place.code},
        "heldOn": session.held_on,
        "kind": session.kind.upper(),
        "attendance": session.first_recorded or session.attendance,
        "organiser": session.organiser,
        "venue": session.venue,
        "campaignId": campaign,
    }


def session_fact(session: PlannedSession) -> SessionHeld:
    """Return the fact that the Fatherland Front reports."""
    return SessionHeld(
        unit=unit(session.place),
        held_on=session.held_on,
        kind=session.kind,
        attendance=session.attendance,
        organiser=session.organiser,
        venue=session.venue,
    )


def session_body(session: PlannedSession) -> dict[str, Any]:
    """Return the body of campaigns' own door."""
    return {
        "unit": unit(session.place),
        "held_on": session.held_on,
        "kind": session.kind,
        "attendance": session.attendance,
        "organiser": session.organiser,
        "venue": session.venue,
    }


def launch(model: PlannedModel) -> LaunchModel:
    """Return the command that launches a model."""
    return LaunchModel(
        unit=unit(model.place),
        name=model.name,
        keeper=model.keeper,
        fields=model.fields,
        launched_on=model.launched_on,
    )


def open_point(point: PlannedPoint, model_id: str) -> dict[str, Any]:
    """Return the body that opens a point of a model."""
    return {
        "model_id": model_id,
        "unit": unit(point.place),
        "area_name": point.area_name,
        "opened_on": point.opened_on,
    }


def record(tip: PlannedTip) -> RecordTip:
    """Return the command by which an officer enters a tip of an earlier day."""
    return RecordTip(
        category=tip.category,
        unit=unit(tip.place),
        channel=tip.channel,
        received_on=tip.received_on,
        text=tip.text,
        contact=tip.contact,
        late_reason="paper_register",
    )


def triage(tip: PlannedTip) -> dict[str, Any]:
    """Return the body that sorts a tip."""
    return {
        "outcome": tip.outcome,
        "routed_to": tip.routed_to,
        "triaged_on": tip.triaged_on,
    }


def value(tip: PlannedTip) -> dict[str, Any]:
    """Return the body that rates a tip."""
    return {
        "valuable": tip.valuable,
        "reason_code": tip.reason,
        "valued_on": tip.valued_on,
    }
