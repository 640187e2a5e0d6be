"""Words of a selection round: its steps, applications, papers and votes."""

import enum
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.registry.domain.conditions import BackgroundCheck
from services.registry.domain.values import Post


class RoundState(enum.StrEnum):
    """The last step of a round that was taken."""

    PLANNED = "planned"
    APPROVED = "approved"
    OPEN = "open"
    CLOSED = "closed"
    LIST_POSTED = "list_posted"
    COUNCIL_MET = "council_met"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class ApplicationState(enum.StrEnum):
    """How far an application has come."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    LISTED = "listed"
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    RECOGNISED = "recognised"
    WITHDRAWN = "withdrawn"


class DossierPart(enum.StrEnum):
    """What a dossier consists of (Thông tư 14/2024): one set, no fee."""

    APPLICATION = "application"
    CURRICULUM_VITAE = "curriculum_vitae"
    HEALTH_CERTIFICATE = "health_certificate"
    EDUCATION_PROOF = "education_proof"


class RoundCancelReason(enum.StrEnum):
    """Why a round came to nothing."""

    NO_APPLICANTS = "no_applicants"
    PLAN_CHANGED = "plan_changed"
    ENTERED_IN_ERROR = "entered_in_error"


class Plan(NamedTuple):
    """How many are wanted, when dossiers are taken, when the council should meet."""

    needed: int
    receive_from: date
    receive_until: date
    meeting_on: date
    planned_on: date


class Dossier(NamedTuple):
    """What of a dossier is missing, and what decides on the conditions; no content."""

    missing: tuple[str, ...] = ()
    health_certified_on: date | None = None
    background: BackgroundCheck | None = None
    area: str = "ordinary"
    over_age_allowed: bool = False


class Result(NamedTuple):
    """What the council's vote meant for one application."""

    application_id: UUID
    votes: int
    passed: bool


class Assigned(NamedTuple):
    """The post for which somebody who passed is submitted."""

    application_id: UUID
    post: str


class Recognised(NamedTuple):
    """The membership that came of an application."""

    application_id: UUID
    member_id: UUID


class Application(NamedTuple):
    """One person's way through a round."""

    person_id: UUID
    state: ApplicationState
    dossier: Dossier
    direct: bool = False
    post: Post | None = None

    @classmethod
    def with_dossier(cls, person_id: UUID, dossier: Dossier) -> "Application":
        """Return an application as it comes in, whole or not."""
        return cls(person_id, _state_of(dossier), dossier)

    def checked(self, dossier: Dossier) -> "Application":
        """Return it with what is in the dossier now; a direct proposal stays one."""
        state = self.state if self.direct else _state_of(dossier)
        return self._replace(state=state, dossier=dossier)


def _state_of(dossier: Dossier) -> ApplicationState:
    if dossier.missing:
        return ApplicationState.INCOMPLETE
    return ApplicationState.COMPLETE
