"""session.correct: put the attendance of a session right."""

from services.campaigns.domain.errors import SessionNotFound
from services.campaigns.domain.session import Session
from services.campaigns.use_cases.circumstances import Circumstances
from services.chassis.commands import Change
from services.contracts.campaigns.api import CorrectSession, SessionRecorded


def correct_session(command: CorrectSession, given: Circumstances) -> Change[Session]:
    """Decide on the new attendance of a session of the caller's area."""

    def absent() -> SessionNotFound:
        return SessionNotFound(field="$.session_id", session_id=command.session_id)

    def decide(session: Session | None) -> tuple[Session, SessionRecorded]:
        if session is None:
            raise absent()
        given.require_mine(session.unit_id, "campaign", session.organiser, absent)
        session.correct(command.attendance, command.reason_code, given.author)
        reply = SessionRecorded(session_id=session.id, attendance=session.attendance)
        return session, reply

    return Change(
        aggregate_type=Session, aggregate_id=command.session_id, decide=decide
    )
