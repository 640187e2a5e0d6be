"""Until when does a proposed cessation wait for its next step? For the chase list."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.event_store import RecordedEvent
from services.registry.domain.cessation import Cessation, Membership, cessation_of
from services.registry.domain.deadline_kinds import DeadlineKind
from services.registry.domain.force_unit import ForceUnit
from services.registry.domain.working_days import Deadline
from services.registry.read_models.deadlines import DeadlineBook, Due

_REPORT, _DECISION = DeadlineKind.CESSATION_REPORT, DeadlineKind.CESSATION_DECISION


class CessationClocksReadModel:
    """Opens and closes the deadlines of proposals."""

    name = "cessation_clocks"

    def apply(self, conn: sa.Connection, recorded: Sequence[RecordedEvent]) -> None:
        """Take in the events of one transaction."""
        book = DeadlineBook()
        for item in recorded:
            match item.event:
                case Cessation.Proposed() | Cessation.ProposedAgain() as fact:
                    _proposed(book, item.aggregate_id, fact)
                case Cessation.Reported() as fact:
                    _reported(book, item.aggregate_id, fact)
                case Cessation.Decided(decided_on=day):
                    book.done(_DECISION, item.aggregate_id, day)
                case Cessation.Dropped():
                    _drop(book, item.aggregate_id)
                # The force ended, or somebody died: nothing is left to decide.
                case ForceUnit.MemberCeased(member_id=who, decision=None):
                    _drop(book, cessation_of(who))
        book.write(conn)


def _proposed(
    book: DeadlineBook, case: UUID, fact: Cessation.Proposed | Cessation.ProposedAgain
) -> None:
    if fact.report_within is not None:
        due_on = Deadline(fact.proposed_on, fact.report_within).due_on
        book.open(_due(_REPORT, case, fact.about, due_on))


def _reported(book: DeadlineBook, case: UUID, fact: Cessation.Reported) -> None:
    book.done(_REPORT, case, fact.reported_on)
    due_on = Deadline(fact.reported_on, fact.decide_within).due_on
    book.open(_due(_DECISION, case, fact.about, due_on))


def _due(kind: DeadlineKind, case: UUID, about: Membership, due_on: date) -> Due:
    return Due(kind, case, about.unit_id, about.unit_path, due_on, about.force_unit_id)


def _drop(book: DeadlineBook, case: UUID) -> None:
    book.drop(_REPORT, case)
    book.drop(_DECISION, case)
