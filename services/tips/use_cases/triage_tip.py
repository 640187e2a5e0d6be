"""Sort a received tip."""

from datetime import date

from services.chassis.commands import Change
from services.contracts.tips.api import TipMoved, TriageTip
from services.tips.domain.tip import Tip
from services.tips.domain.values import TriageOutcome
from services.tips.use_cases.officer import Officer


def triage_tip(command: TriageTip, officer: Officer, *, today: date) -> Change[Tip]:
    """Sort the tip on the day given, or today."""

    def decide(found: Tip | None) -> tuple[Tip, TipMoved]:
        tip = officer.own(found)
        tip.triage(
            TriageOutcome(command.outcome),
            command.routed_to,
            on=command.triaged_on or today,
            by=officer.subject,
            today=today,
        )
        return tip, TipMoved(tip_id=tip.id, state=tip.state.value)

    return Change(aggregate_type=Tip, aggregate_id=command.tip_id, decide=decide)
