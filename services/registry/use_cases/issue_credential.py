"""credential.issue: give a member a badge or certificate from the commune's book."""

from typing import Final
from uuid import UUID, uuid5

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.registry.credentials import CredentialRecorded, IssueCredential
from services.registry.domain.credential_book import (
    Credential,
    CredentialBook,
    CredentialKind,
)
from services.registry.domain.errors import MemberUnknown
from services.registry.read_models.served_members import ServedMember
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.own_members import own_member

_NAMESPACE: Final = UUID("4b2c0d7e-8a57-5d7c-9e26-6f0d3f5f1c11")


def issue_credential(
    command: IssueCredential, given: Circumstances, member: ServedMember | None
) -> Change[CredentialBook]:
    """Decide on a credential. A commune's first one opens its book."""
    if member is None:
        raise MemberUnknown(field="$.member_id", member_id=command.member_id)
    book_id = uuid5(_NAMESPACE, str(member.unit_id))
    credential_id = new_id()
    wanted = Credential(
        member.member_id,
        CredentialKind(command.kind),
        command.number or 0,
        command.issued_on,
    )

    def decide(
        found: CredentialBook | None,
    ) -> tuple[CredentialBook, CredentialRecorded]:
        own_member(given, member, command.member_id)
        book = found or CredentialBook.open(book_id, member.unit_id, member.unit_path)
        number = book.issue(credential_id, wanted, member.service, today=given.today)
        return book, CredentialRecorded(credential_id=credential_id, number=number)

    return Change(aggregate_type=CredentialBook, aggregate_id=book_id, decide=decide)
