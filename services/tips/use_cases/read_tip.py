"""Record who reads the text of a tip and what for; only then is it opened."""

from datetime import date

from services.chassis.commands import Change
from services.contracts.tips.api import RevealTip
from services.tips.domain.tip import Tip
from services.tips.use_cases.officer import Officer


def read_tip(command: RevealTip, officer: Officer, *, today: date) -> Change[Tip]:
    """Leave the trace; the reply holds nothing, as it is stored in clear."""

    def decide(found: Tip | None) -> tuple[Tip, dict[str, str]]:
        tip = officer.own(found)
        tip.read_content(purpose=command.purpose, on=today, by=officer.subject)
        return tip, {}

    return Change(aggregate_type=Tip, aggregate_id=command.tip_id, decide=decide)
