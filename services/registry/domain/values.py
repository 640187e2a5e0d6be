"""Words of the registry that several aggregates use."""

import enum
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Period(NamedTuple):
    """Days from `first` until before `end`; None is open."""

    first: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Tell whether the day lies inside."""
        started = self.first is None or self.first <= day
        return started and (self.end is None or day < self.end)


class Place(NamedTuple):
    """The administrative unit of a force unit, as it is on the day of the fact."""

    unit_id: UUID
    path: str
    unit_type: str
    life: Period


class Heir(NamedTuple):
    """A unit that took over the whole or a part of an abolished one."""

    unit_id: UUID
    whole: bool
    kind: str


class Post(enum.StrEnum):
    """Posts that every force has under some name."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class EnrolmentFault(enum.StrEnum):
    """Why an enrolment was taken back as if it had never been."""

    ENTERED_WRONGLY = "entered_wrongly"
    ENTERED_TWICE = "entered_twice"


class Ground(enum.StrEnum):
    """Why a person's service ended; the first four are those of Luật 30/2023, Đ.17."""

    OWN_REQUEST = "own_request"
    HEALTH = "health"
    BREACH = "breach"
    MEASURE = "measure"
    DEATH = "death"
    LAW = "law"
