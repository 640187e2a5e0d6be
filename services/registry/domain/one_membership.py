"""Which services of one person stand in each other's way? The rule; the guard asks it.

Forces that the reference calls exclusive are served one at a time, but for those that
the law lets go together; nobody serves twice at a time in the same force unit.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain.force_types import FORCE_TYPES
from services.registry.domain.member_law import go_together
from services.registry.domain.person_errors import PersonServesTwice, PersonStillServes
from services.registry.domain.person_values import ERASABLE_WHILE_SERVING, ErasureGround


class HeldService(NamedTuple):
    """One service of a person, borne by it or by one merged into it."""

    member_id: UUID
    force_unit_id: UUID
    force_type: str
    first: date
    end: date | None

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.end is None

    def excludes(self, other: "HeldService") -> bool:
        """Tell whether the same person cannot have both."""
        return self._meets(other) and (
            self.force_unit_id == other.force_unit_id
            or not may_serve_both(self.force_type, other.force_type)
        )

    def _meets(self, other: "HeldService") -> bool:
        return (self.end is None or other.first < self.end) and (
            other.end is None or self.first < other.end
        )


def may_serve_both(one: str, other: str) -> bool:
    """Tell whether a person may serve in forces of two categories at a time."""
    exclusive = FORCE_TYPES[one].exclusive and FORCE_TYPES[other].exclusive
    return not exclusive or go_together(one, other)


def in_the_way_of(
    new: HeldService, services: Iterable[HeldService]
) -> HeldService | None:
    """Return another service of the person that a new one cannot stand beside."""
    return next(
        (
            one
            for one in services
            if one.member_id != new.member_id and one.excludes(new)
        ),
        None,
    )


def refuse_two_running(services: Iterable[HeldService], field: str) -> None:
    """Let two people be one who serve where one may. Raises PersonServesTwice."""
    running = [one for one in services if one.is_running]
    twice = set(_places_of(running))
    if twice:
        raise PersonServesTwice(field=field, force_unit_ids=sorted(twice))


def refuse_erasing_who_serves(
    ground: ErasureGround, services: Iterable[HeldService]
) -> None:
    """Let a record go that nobody needs. Raises PersonStillServes."""
    serving = {one.force_unit_id for one in services if one.is_running}
    if serving and ground not in ERASABLE_WHILE_SERVING:
        raise PersonStillServes(
            field="$.ground", force_unit_ids=sorted(serving), ground=ground.value
        )


def _places_of(running: list[HeldService]) -> Iterator[UUID]:
    for one in running:
        if in_the_way_of(one, running) is not None:
            yield one.force_unit_id
