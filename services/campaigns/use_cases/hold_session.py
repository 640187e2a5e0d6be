"""session.hold: record a session that took place, from a colleague or from MTTQ."""

from uuid import UUID

from services.campaigns.domain.campaign import Campaign
from services.campaigns.domain.errors import CampaignNotFound, OutsideCampaign
from services.campaigns.domain.session import Session, SessionFacts
from services.campaigns.domain.values import require_recordable_day
from services.campaigns.use_cases.circumstances import Circumstances
from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.campaigns.api import HoldSession, SessionRecorded
from services.unit_directory.tree import Unit


def hold_session(
    command: HoldSession, given: Circumstances, campaign: Campaign | None = None
) -> Change[Session]:
    """Decide on a session; ``campaign`` is the one that the command names."""
    # Before the unit: no unit is known to be in force on a day to come.
    require_recordable_day(command.held_on, given.today, "$.held_on")
    given.acts_for(command.organiser, "$.organiser")
    unit = given.unit_of_fact(command.unit, command.held_on)
    if command.campaign_id is not None:
        _require_inside(command.campaign_id, campaign, command, unit, given)
    facts = SessionFacts(
        session_id=new_id(),
        campaign_id=command.campaign_id,
        unit_id=unit.id,
        unit_path=unit.path,
        held_on=command.held_on,
        kind=command.kind,
        attendance=command.attendance,
        organiser=command.organiser,
        origin=given.origin.value,
        venue=command.venue,
        recorded_by=given.author,
    )

    def decide(_: Session | None) -> tuple[Session, SessionRecorded]:
        session = Session.hold(facts, given.today)
        reply = SessionRecorded(session_id=session.id, attendance=session.attendance)
        return session, reply

    return Change(
        aggregate_type=Session,
        aggregate_id=facts.session_id,
        decide=decide,
        is_new=True,
    )


def _require_inside(
    campaign_id: UUID,
    campaign: Campaign | None,
    command: HoldSession,
    unit: Unit,
    given: Circumstances,
) -> None:
    if campaign is None or not given.reaches(campaign.unit_id, "campaign"):
        raise CampaignNotFound(field="$.campaign_id", campaign_id=campaign_id)
    if not campaign.covers_day(command.held_on):
        raise OutsideCampaign(field="$.held_on", campaign_id=campaign_id)
    if not given.goes_on_in(campaign.unit_id, unit.id, "campaign"):
        raise OutsideCampaign(field="$.unit", campaign_id=campaign_id)
