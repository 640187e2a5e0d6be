"""Destroy the key of a tip, in the transaction of the event that says so."""

from datetime import date

import sqlalchemy as sa

from services.chassis.commands import Change
from services.contracts.tips.api import EraseTip, TipMoved
from services.tips.domain.tip import Tip
from services.tips.tip_vault import TipVault
from services.tips.use_cases.officer import Officer


def erase_tip(
    command: EraseTip, officer: Officer, vault: TipVault, *, today: date
) -> Change[Tip]:
    """Erase what the tip says; every figure stays."""

    def decide(found: Tip | None) -> tuple[Tip, TipMoved]:
        tip = officer.own(found)
        tip.erase(reason_code=command.reason_code, on=today, by=officer.subject)
        return tip, TipMoved(tip_id=tip.id, state=tip.state.value)

    def also(conn: sa.Connection) -> None:
        vault.erase(conn, command.tip_id)

    return Change(
        aggregate_type=Tip, aggregate_id=command.tip_id, decide=decide, also=also
    )
