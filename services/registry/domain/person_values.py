"""Closed lists about people: why a record is read, disputed, answered, erased."""

import enum
from typing import NamedTuple
from uuid import UUID


class ReadingPurpose(enum.StrEnum):
    """What somebody reads records of people for; no reading goes without one."""

    ROSTER = "roster"
    APPOINTMENT = "appointment"
    ENTITLEMENT = "entitlement"
    CONTACT = "contact"
    CORRECTION = "correction"
    DUPLICATE_CHECK = "duplicate_check"
    OWN_REQUEST = "own_request"
    INSPECTION = "inspection"


class ReadingKind(enum.StrEnum):
    """In which way records were read."""

    READ = "read"
    SEARCH = "search"
    EXPORT = "export"


class Shown(enum.StrEnum):
    """How much of the records was shown."""

    MASKED = "masked"
    FULL = "full"


class PlaceRead(NamedTuple):
    """The people of one unit whose records were read together."""

    unit_id: UUID
    unit_path: str
    person_ids: tuple[UUID, ...]


class DisputeChannel(enum.StrEnum):
    """How a person said that the record is wrong."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    VNEID = "vneid"


class DisputeOutcome(enum.StrEnum):
    """What the unit answered."""

    UPHELD = "upheld"
    REFUSED = "refused"


class DisputeReason(enum.StrEnum):
    """Why a dispute was answered so."""

    RECORD_WRONG = "record_wrong"
    RECORD_OUTDATED = "record_outdated"
    PAPERS_CONFIRM_RECORD = "papers_confirm_record"
    NO_EVIDENCE = "no_evidence"
    NOT_THIS_PERSON = "not_this_person"
    # Not chosen by anybody: what was wrong is gone with the record.
    RECORD_ERASED = "record_erased"


class ErasureGround(enum.StrEnum):
    """Why a person's record is destroyed."""

    OWN_REQUEST = "own_request"
    PURPOSE_ENDED = "purpose_ended"
    ENTERED_IN_ERROR = "entered_in_error"
    AUTHORITY_ORDER = "authority_order"


# A record may go while its person serves only where it should never have been there.
ERASABLE_WHILE_SERVING = frozenset(
    {ErasureGround.ENTERED_IN_ERROR, ErasureGround.AUTHORITY_ORDER}
)
UPHOLDING = frozenset({DisputeReason.RECORD_WRONG, DisputeReason.RECORD_OUTDATED})
