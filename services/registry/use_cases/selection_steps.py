"""Steps of a selection round that are one act on it: approve, open, close and so on.

selection.approve open close post_list hold_council submit cancel, and what happens to
applications: check withdraw.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry import selection as api
from services.registry.domain.decision import Posting
from services.registry.domain.selection_errors import SelectionRoundUnknown
from services.registry.domain.selection_round import SelectionRound
from services.registry.domain.selection_values import RoundCancelReason, RoundState
from services.registry.domain.values import Post
from services.registry.domain.working_days import Deadline
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.papers import decision_in, dossier_in


def approve_selection(
    command: api.ApproveSelection, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on the approval of the plan."""
    decision = decision_in(command.decision)
    return _step(
        command.round_id, given, lambda one: one.approve(decision, today=given.today)
    )


def open_selection(
    command: api.OpenSelection, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on the posting of the plan."""
    posting = Posting(command.place, command.posted_on)
    return _step(
        command.round_id, given, lambda one: one.open(posting, today=given.today)
    )


def check_application(
    command: api.CheckApplication, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on what is in a dossier."""
    return _step(
        command.round_id,
        given,
        lambda one: one.check(
            command.application_id,
            dossier_in(command.dossier),
            on=command.checked_on,
            today=given.today,
        ),
        application_id=command.application_id,
    )


def withdraw_application(
    command: api.WithdrawApplication, given: Circumstances
) -> Change[SelectionRound]:
    """Decide that somebody steps back."""
    return _step(
        command.round_id,
        given,
        lambda one: one.withdraw(
            command.application_id, on=command.withdrawn_on, today=given.today
        ),
        application_id=command.application_id,
    )


def close_selection(
    command: api.CloseSelection, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on the end of the receipt."""
    return _step(
        command.round_id,
        given,
        lambda one: one.close(on=command.closed_on, today=given.today),
    )


def post_selection_list(
    command: api.PostList, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on the list of applicants."""
    posting = Posting(command.place, command.posted_on)
    return _step(
        command.round_id, given, lambda one: one.post_list(posting, today=given.today)
    )


def hold_council(
    command: api.HoldCouncil, given: Circumstances
) -> Change[SelectionRound]:
    """Decide what the votes mean; the working days to submit begin."""
    votes = {vote.application_id: vote.votes for vote in command.votes}
    tie = command.tie
    return _step(
        command.round_id,
        given,
        lambda one: one.hold_council(
            votes,
            command.present,
            (tie.chosen, decision_in(tie.decision)) if tie else ((), None),
            on=command.met_on,
            today=given.today,
        ),
    )


def submit_selection(
    command: api.SubmitSelection, given: Circumstances
) -> Change[SelectionRound]:
    """Decide on what goes to the chairman, whose working days begin."""
    posts = {paper.application_id: Post(paper.post) for paper in command.posts}
    return _step(
        command.round_id,
        given,
        lambda one: one.submit(posts, on=command.submitted_on, today=given.today),
    )


def cancel_selection(
    command: api.CancelSelection, given: Circumstances
) -> Change[SelectionRound]:
    """Decide that a round comes to nothing."""
    reason = RoundCancelReason(command.reason)
    return _step(
        command.round_id,
        given,
        lambda one: one.cancel(reason, on=command.cancelled_on, today=given.today),
    )


def round_of(found: object, round_id: UUID, given: Circumstances) -> SelectionRound:
    """Return a round of the caller's area. Raises SelectionRoundUnknown."""
    if not isinstance(found, SelectionRound) or not given.reaches(
        found.unit_id, "selection_round"
    ):
        raise SelectionRoundUnknown(field="$.round_id", round_id=round_id)
    return found


def _step(
    round_id: UUID,
    given: Circumstances,
    act: Callable[[SelectionRound], None],
    application_id: UUID | None = None,
) -> Change[SelectionRound]:
    def decide(
        found: SelectionRound | None,
    ) -> tuple[SelectionRound, api.SelectionMoved]:
        one = round_of(found, round_id, given)
        act(one)
        reply = api.SelectionMoved(
            round_id=round_id,
            state=one.book.state.value,
            due_on=_due(one),
            application_id=application_id,
        )
        return one, reply

    return Change(aggregate_type=SelectionRound, aggregate_id=round_id, decide=decide)


def _due(one: SelectionRound) -> date | None:
    days = {
        RoundState.COUNCIL_MET: one.submit_within,
        RoundState.SUBMITTED: one.recognise_within,
    }.get(one.book.state)
    return None if days is None else Deadline(one.book.last_on, days).due_on
