"""What may be asked and ordered about people; the roots of the schema take it in."""

from gateway.schema import people as queries
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
