"""Rate an accepted tip, by somebody who had no part in it before."""

from datetime import date

from services.chassis.commands import Change
from services.contracts.tips.api import TipMoved, ValueTip
from services.tips.domain.tip import Tip
from services.tips.use_cases.officer import Officer


def value_tip(command: ValueTip, officer: Officer, *, today: date) -> Change[Tip]:
    """Rate the tip on the day given, or today."""

    def decide(found: Tip | None) -> tuple[Tip, TipMoved]:
        tip = officer.own(found)
        tip.value(
            valuable=command.valuable,
            reason_code=command.reason_code,
            on=command.valued_on or today,
            by=officer.subject,
            today=today,
        )
        return tip, TipMoved(tip_id=tip.id, state=tip.state.value)

    return Change(aggregate_type=Tip, aggregate_id=command.tip_id, decide=decide)
