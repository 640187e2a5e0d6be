"""campaign.open: plan a drive of a unit."""

from services.campaigns.domain.campaign import Campaign, CampaignFacts
from services.campaigns.use_cases.circumstances import Circumstances
from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.campaigns.api import CampaignOpened, OpenCampaign


def open_campaign(command: OpenCampaign, given: Circumstances) -> Change[Campaign]:
    """Decide on a new campaign of the caller's area."""
    given.acts_for(command.organiser, "$.organiser")
    unit = given.unit_of_fact(command.unit, command.starts_on)
    facts = CampaignFacts(
        campaign_id=new_id(),
        unit_id=unit.id,
        unit_path=unit.path,
        name=command.name,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        organiser=command.organiser,
        recorded_by=given.author,
    )

    def decide(_: Campaign | None) -> tuple[Campaign, CampaignOpened]:
        campaign = Campaign.open(facts, given.today)
        return campaign, CampaignOpened(campaign_id=campaign.id)

    return Change(
        aggregate_type=Campaign,
        aggregate_id=facts.campaign_id,
        decide=decide,
        is_new=True,
    )
