"""Which decisions a force unit knows, which of them were posted, which are wanted."""

from datetime import date

from services.registry.domain.days import refuse_future
from services.registry.domain.decision import Decision, Posting
from services.registry.domain.member_law import law_on
from services.registry.domain.service_errors import (
    DecisionAlreadyPosted,
    DecisionRequired,
    DecisionUnknown,
    PostedBeforeDecided,
)


class DecisionBook(dict[tuple[str, date], date | None]):
    """Decisions by number and day, with the day of posting; None while one waits."""

    def wait_for(self, decision: Decision | None) -> None:
        """Take in a decision that is to be posted, unless it is known."""
        if decision is not None:
            self.setdefault((decision.number, decision.decided_on), None)

    def refuse_posting(
        self, number: str, decided_on: date, posting: Posting, today: date
    ) -> None:
        """Let a decision be posted once.

        Raises DecisionUnknown, DecisionAlreadyPosted, PostedBeforeDecided, DayInFuture.
        """
        if (number, decided_on) not in self:
            raise DecisionUnknown(field="$.number")
        already = self[number, decided_on]
        if already is not None:
            raise DecisionAlreadyPosted(posted_on=already)
        refuse_future(posting.posted_on, today, "$.posted_on")
        if posting.posted_on < decided_on:
            raise PostedBeforeDecided(field="$.posted_on", decided_on=decided_on)


def refuse_undecided(
    force_type: str, day: date, decision: Decision | None, today: date, field: str
) -> None:
    """Let a change pass that has the decision which the law of its day wants.

    Raises DecisionRequired, DayInFuture.
    """
    if decision is not None:
        refuse_future(decision.decided_on, today, f"{field}.decided_on")
        return
    law = law_on(force_type, day)
    if law is not None:
        raise DecisionRequired(field=field, since=law.in_force.first)
