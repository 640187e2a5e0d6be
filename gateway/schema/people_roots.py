"""What may be asked and ordered about people; the roots of the schema take it in."""

from gateway.schema import people as queries
from gateway.schema import people_mutations as commands
from gateway.schema.base import output, resolved
from gateway.schema.connections import Connection


@output
class PeopleQueries:
    """Questions about people, each answered as far as the caller may see."""

    people: list[queries.Person | None] | None = resolved(
        queries.people, "People by their ids, for a purpose (hồ sơ cá nhân)."
    )
    people_reads: Connection[queries.PersonReading] | None = resolved(
        queries.people_reads, "Who read records of people (ai đã xem hồ sơ)."
    )
    people_unusual_reads: list[queries.ReaderWeek] | None = resolved(
        queries.people_unusual_reads, "Readers who stand out in a week (bất thường)."
    )
    people_disputes: Connection[queries.Dispute] | None = resolved(
        queries.people_disputes, "Who says that a record is wrong (đề nghị)."
    )
    duplicates: Connection[queries.Duplicate] | None = resolved(
        queries.duplicates, "Pairs that may be one person (nghi trùng)."
    )
    erasure_certificate: queries.ErasureCertificate | None = resolved(
        queries.erasure_certificate, "What an erasure destroyed, signed."
    )


@output
class PeopleMutations:
    """Commands about people; looking for somebody is one, for it leaves a trace."""

    people_search: commands.PeopleSearchPayload | None = resolved(
        commands.people_search, "Look for people; it is recorded (tìm người)."
    )
    person_correct: commands.PersonPayload | None = resolved(
        commands.person_correct, "Correct a record (chỉnh sửa hồ sơ)."
    )
    person_dispute: commands.PersonPayload | None = resolved(
        commands.person_dispute, "Take in that a record is wrong (đề nghị)."
    )
    person_answer_dispute: commands.PersonPayload | None = resolved(
        commands.person_answer_dispute, "Answer a dispute (trả lời)."
    )
    person_erase: commands.PersonPayload | None = resolved(
        commands.person_erase, "Destroy a record; counts stay (xóa dữ liệu)."
    )
    person_merge: commands.PeoplePairPayload | None = resolved(
        commands.person_merge, "Take two people for one (gộp)."
    )
    person_unmerge: commands.PeoplePairPayload | None = resolved(
        commands.person_unmerge, "Let them be two again (tách)."
    )
    duplicate_dismiss: commands.PeoplePairPayload | None = resolved(
        commands.duplicate_dismiss, "They are not the same (không trùng)."
    )
