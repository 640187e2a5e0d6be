"""How a former force goes over into the one that the law put in its place.

A selection, not a copy: who is chosen serves on elsewhere, the others cease by law.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain import errors, force_endings
from services.registry.domain.force_errors import (
    ConsolidatedOnAnotherDay,
    NothingComesAfter,
    PostNotTakenOver,
)
from services.registry.domain.force_types import ForceType, Successor
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.values import Ground


class Outcome(NamedTuple):
    """How many of a former force were chosen, ceased without it, and stay in it."""

    selected: int
    ceased: int
    remained: int


def successor_of(force: ForceType, on: date, field: str) -> Successor:
    """Return what took a force's place on this very day.

    Raises NothingComesAfter, ConsolidatedOnAnotherDay.
    """
    if force.successor is None:
        raise NothingComesAfter(field=field, force_type=force.code)
    if on != force.successor.on:
        raise ConsolidatedOnAnotherDay(
            field="$.on", force_type=force.code, day=force.successor.on
        )
    return force.successor


def refuse_choice(
    former: ForceUnit, force: ForceType, member_id: UUID, on: date, field: str
) -> None:
    """Let somebody be chosen who serves, in a post that the law took over.

    Raises NothingComesAfter, ConsolidatedOnAnotherDay, MemberUnknown,
    MemberAlreadyCeased, PostNotTakenOver.
    """
    service = former.roster.get(member_id)
    if service is None:
        raise errors.MemberUnknown(field=field, member_id=member_id)
    if service.ceased_on is not None:
        raise errors.MemberAlreadyCeased(field=field, ceased_on=service.ceased_on)
    if not successor_of(force, on, field).may_take(service.post):
        raise PostNotTakenOver(
            field=field, force_type=force.code, post=service.post.value
        )


def consolidate(
    former: ForceUnit,
    force: ForceType,
    chosen: Collection[UUID],
    teams: Collection[UUID],
    *,
    on: date,
    today: date,
) -> Outcome:
    """Let the chosen go; end the force with all others where the law ended it.

    A force that the law left in being goes on with those who were not chosen. Raises
    as `refuse_choice` does, ForceUnitDisbanded, DayInFuture, DisbandedBeforeItsFacts.
    """
    successor_of(force, on, "$.force_unit_ids")
    if force.in_force.end is None:
        former.refuse_disbanded()
        for member_id in chosen:
            force_endings.cease(
                former, member_id, on=on, ground=Ground.LAW, today=today
            )
        return Outcome(len(chosen), 0, serving_in(former))
    ended = force_endings.end_services(former, on=on, today=today, field="$.on")
    former.trigger_event(
        ForceUnit.Consolidated,
        force_type=former.force_type,
        consolidated_on=on,
        into=list(teams),
        selected=len(chosen),
        ceased=ended - len(chosen),
        **former.homes.of_fact(on),
    )
    return Outcome(len(chosen), ended - len(chosen), 0)


def serving_in(force_unit: ForceUnit) -> int:
    """Count those whose service has not ended."""
    return sum(s.ceased_on is None for s in force_unit.roster.values())
