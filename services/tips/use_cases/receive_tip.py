"""Take a tip in, from the open door or from an officer; sealed before it is decided."""

from dataclasses import dataclass
from datetime import date

import msgspec
import sqlalchemy as sa

from services.chassis.commands import Change
from services.chassis.vault import SubjectKey
from services.tips.domain.errors import TextEmpty, TipAlreadyReceived
from services.tips.domain.tip import Tip, check_category
from services.tips.domain.values import Intake
from services.tips.tip_vault import Submission, TipVault


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTip:
    """A tip on its way in; the repr leaves the words out."""

    submission: Submission
    key: SubjectKey
    intake: Intake
    text: str
    contact: str | None
    unit_code: str

    def __repr__(self) -> str:
        return f"NewTip({self.submission.tip_id})"


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """Stored reply: nothing that leads from the command to a tip or its sender."""

    received_on: date
    unit_code: str


def receive_tip(new: NewTip, vault: TipVault, *, today: date) -> Change[Tip]:
    """Keep key, code and number in the transaction of the event.

    Raises TextEmpty; the decision raises what `Tip.receive` raises.
    """
    if not new.text:
        raise TextEmpty(field="$.text")
    check_category(new.intake.category)
    tip_id = new.submission.tip_id
    sealed = vault.seal(new.key, tip_id, new.text, new.contact)
    reply = Taken(received_on=new.intake.received_on, unit_code=new.unit_code)

    def decide(tip: Tip | None) -> tuple[Tip, Taken]:
        if tip is not None:
            raise TipAlreadyReceived
        return Tip.receive(tip_id, new.intake, sealed, today=today), reply

    def also(conn: sa.Connection) -> None:
        vault.keys.insert(conn, tip_id, new.key)
        vault.enter(conn, tip_id, new.intake.unit_id, new.intake.received_on)
        if not new.intake.received_by:
            vault.track(conn, tip_id, new.submission.tracking_code)

    return Change(aggregate_type=Tip, aggregate_id=tip_id, decide=decide, also=also)
