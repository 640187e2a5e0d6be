"""What may happen to somebody who serves in a force, until the service ends."""

from datetime import date

from services.registry.domain.decision import Posting
from services.registry.domain.force_types import ForceType
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.roster import Act
from services.registry.domain.values import Post


def change_post(
    force_unit: ForceUnit, act: Act, post: Post, force: ForceType, *, today: date
) -> None:
    """Give a member another post. Raises as `Roster.refuse_post` does."""
    force_unit.roster.refuse_post(act, post, force, today)
    _tell(
        force_unit,
        ForceUnit.MemberPostChanged,
        act,
        post=post.value,
        changed_on=act.on,
    )


def suspend(force_unit: ForceUnit, act: Act, *, today: date) -> None:
    """Let a member rest from duty. Raises as `Roster.refuse_suspension` does."""
    force_unit.roster.refuse_suspension(act, today)
    _tell(force_unit, ForceUnit.MemberSuspended, act, suspended_on=act.on)


def resume(force_unit: ForceUnit, act: Act, *, today: date) -> None:
    """End a suspension. Raises as `Roster.refuse_resumption` does."""
    force_unit.roster.refuse_resumption(act, today)
    _tell(force_unit, ForceUnit.MemberResumed, act, resumed_on=act.on)


def post_decision(
    force_unit: ForceUnit,
    number: str,
    decided_on: date,
    posting: Posting,
    *,
    today: date,
) -> None:
    """Complete a decision. Raises as `DecisionBook.refuse_posting` does."""
    force_unit.roster.decisions.refuse_posting(number, decided_on, posting, today)
    force_unit.trigger_event(
        ForceUnit.DecisionPosted,
        number=number,
        decided_on=decided_on,
        **posting._asdict(),
    )


def _tell(
    force_unit: ForceUnit, fact: type[ForceUnit.Event], act: Act, **told: object
) -> None:
    force_unit.trigger_event(
        fact,
        member_id=act.member_id,
        force_type=force_unit.force_type,
        unit_id=force_unit.unit_on(act.on),
        decision=act.decision,
        version=force_unit.roster[act.member_id].version + 1,
        **told,
    )
