"""Where a selection round stands, who applied, and what may come next."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.registry.domain.days import refuse_future
from services.registry.domain.selection_errors import (
    ApplicationOutOfTurn,
    ApplicationUnknown,
    AppliedAlready,
    NobodyToList,
    NotWhoPassed,
    OutsideReceipt,
    PlacesTaken,
    PlanContradictsItself,
    RoundFull,
    SelectionStepOutOfTurn,
    SelectionStepTooEarly,
    VotesIncomplete,
)
from services.registry.domain.selection_values import (
    Application,
    ApplicationState,
    Assigned,
    Plan,
    Result,
    RoundState,
)
from services.registry.domain.values import Post

# So many are shown and voted on at once; no round of a team comes near.
MOST_APPLICATIONS: Final = 200
_BEFORE_LIST: Final = frozenset(
    {ApplicationState.INCOMPLETE, ApplicationState.COMPLETE}
)
_BEFORE_VOTE: Final = frozenset(
    {RoundState.APPROVED, RoundState.OPEN, RoundState.CLOSED, RoundState.LIST_POSTED}
)
_OVER: Final = frozenset({RoundState.DECIDED, RoundState.CANCELLED})


class RoundBook:
    """The state of a round; its `refuse_` methods hold the rules of every step."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.state = RoundState.PLANNED
        self.last_on = plan.planned_on
        self.applications: dict[UUID, Application] = {}

    def places(self) -> int:
        """Return how many are left to be voted in beside those proposed directly."""
        taken = sum(
            one.direct and one.state is not ApplicationState.WITHDRAWN
            for one in self.applications.values()
        )
        return self.plan.needed - taken

    def at(self, state: ApplicationState) -> list[UUID]:
        """Return the applications that have come so far."""
        return [one for one, it in self.applications.items() if it.state is state]

    def submitted(self) -> dict[UUID, Application]:
        """Return those who were submitted and have not stepped back."""
        return {
            one: it
            for one, it in self.applications.items()
            if it.state is ApplicationState.PASSED and it.post is not None
        }

    def to_list(self) -> list[UUID]:
        """Return whom the list names. Raises NobodyToList."""
        listed = self.at(ApplicationState.COMPLETE)
        if not listed and not self.at(ApplicationState.PASSED):
            raise NobodyToList
        return listed

    def refuse_step(
        self, wanted: RoundState, on: date, today: date, field: str
    ) -> None:
        """Let a step follow the one before it, on its day or later.

        Raises SelectionStepOutOfTurn, DayInFuture, SelectionStepTooEarly.
        """
        self._refuse_state(wanted)
        refuse_future(on, today, field)
        earliest = self.last_on
        if wanted is RoundState.OPEN:
            earliest = max(earliest, self.plan.receive_until)
        if on < earliest:
            raise SelectionStepTooEarly(field=field, day=earliest)

    def refuse_receipt(self, person_id: UUID, on: date, today: date) -> None:
        """Let a dossier come in the days of the plan.

        Raises SelectionStepOutOfTurn, DayInFuture, OutsideReceipt, AppliedAlready,
        RoundFull.
        """
        self._refuse_state(RoundState.OPEN)
        refuse_future(on, today, "$.received_on")
        first, last = self.plan.receive_from, self.plan.receive_until
        if not first <= on <= last:
            raise OutsideReceipt(field="$.received_on", first=first, last=last)
        self._refuse_second(person_id)

    def refuse_check(self, application_id: UUID, on: date, today: date) -> None:
        """Let a dossier be looked at until its list is made, a direct one to the end.

        Raises ApplicationUnknown, ApplicationOutOfTurn, SelectionStepOutOfTurn,
        DayInFuture.
        """
        application = self._application(application_id)
        self._refuse_over()
        direct = application.direct and application.state is ApplicationState.PASSED
        if not direct and application.state not in _BEFORE_LIST:
            raise ApplicationOutOfTurn(state=application.state.value)
        refuse_future(on, today, "$.checked_on")

    def refuse_withdrawal(self, application_id: UUID, on: date, today: date) -> None:
        """Let somebody step back once, before the decision.

        Raises ApplicationUnknown, ApplicationOutOfTurn, SelectionStepOutOfTurn,
        DayInFuture.
        """
        application = self._application(application_id)
        self._refuse_over()
        if application.state is ApplicationState.WITHDRAWN:
            raise ApplicationOutOfTurn(state=application.state.value)
        refuse_future(on, today, "$.withdrawn_on")

    def refuse_direct(self, person_id: UUID, on: date, today: date) -> None:
        """Let somebody be proposed without a vote while there is a place, before it.

        Raises SelectionStepOutOfTurn, DayInFuture, AppliedAlready, PlacesTaken,
        RoundFull.
        """
        if self.state not in _BEFORE_VOTE:
            self._refuse_state(RoundState.OPEN)
        refuse_future(on, today, "$.proposed_on")
        self._refuse_second(person_id)
        if self.places() == 0:
            raise PlacesTaken(field="$.member_id", needed=self.plan.needed)

    def refuse_votes(self, votes: Mapping[UUID, int]) -> None:
        """Let a vote pass on everybody who is listed. Raises VotesIncomplete."""
        listed = self.at(ApplicationState.LISTED)
        if set(votes) != set(listed):
            raise VotesIncomplete(field="$.votes", listed=len(listed))

    def refuse_posts(self, posts: Mapping[UUID, Post]) -> None:
        """Let those be submitted who passed. Raises NotWhoPassed."""
        passed = self.at(ApplicationState.PASSED)
        if not passed or set(posts) != set(passed):
            raise NotWhoPassed(field="$.posts", passed=len(passed))

    def refuse_cancelling(self, on: date, today: date) -> None:
        """Let a round end before its decision.

        Raises SelectionStepOutOfTurn, DayInFuture, SelectionStepTooEarly.
        """
        self._refuse_over()
        refuse_future(on, today, "$.cancelled_on")
        if on < self.last_on:
            raise SelectionStepTooEarly(field="$.cancelled_on", day=self.last_on)

    def step(self, state: RoundState, on: date) -> None:
        """Take a step."""
        self.state = state
        self.last_on = on

    def move(self, ids: Iterable[UUID], state: ApplicationState) -> None:
        """Bring applications to a state."""
        for one in ids:
            self.applications[one] = self.applications[one]._replace(state=state)

    def vote(self, results: Iterable[Result]) -> None:
        """Take in what the votes meant."""
        passed, not_passed = ApplicationState.PASSED, ApplicationState.NOT_PASSED
        for one in results:
            self.move((one.application_id,), passed if one.passed else not_passed)

    def assign(self, assigned: Iterable[Assigned]) -> None:
        """Take in for which posts people are submitted."""
        for one, post in assigned:
            self.applications[one] = self.applications[one]._replace(post=Post(post))

    def _application(self, application_id: UUID) -> Application:
        found = self.applications.get(application_id)
        if found is None:
            raise ApplicationUnknown(
                field="$.application_id", application_id=application_id
            )
        return found

    def _refuse_state(self, wanted: RoundState) -> None:
        if self.state is not wanted:
            raise SelectionStepOutOfTurn(state=self.state.value, wanted=wanted.value)

    def _refuse_over(self) -> None:
        if self.state in _OVER:
            wanted = RoundState.SUBMITTED.value
            raise SelectionStepOutOfTurn(state=self.state.value, wanted=wanted)

    def _refuse_second(self, person_id: UUID) -> None:
        if len(self.applications) == MOST_APPLICATIONS:
            raise RoundFull(most=MOST_APPLICATIONS)
        for one in self.applications.values():
            withdrawn = one.state is ApplicationState.WITHDRAWN
            if one.person_id == person_id and not withdrawn:
                raise AppliedAlready(field="$.person_id")


def refuse_plan(plan: Plan, today: date) -> None:
    """Let a plan pass that can be kept. Raises DayInFuture, PlanContradictsItself."""
    refuse_future(plan.planned_on, today, "$.planned_on")
    days = (plan.planned_on, plan.receive_from, plan.receive_until, plan.meeting_on)
    if list(days) != sorted(days) or plan.receive_until == plan.meeting_on:
        raise PlanContradictsItself(field="$.meeting_on")
