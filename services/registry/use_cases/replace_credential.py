"""credential.replace: let another credential follow one that is worn or lost."""

from uuid import UUID

from services.chassis.commands import Change
from services.chassis.ids import new_id
from services.contracts.registry.credentials import (
    CredentialRecorded,
    ReplaceCredential,
)
from services.registry.domain.credential_book import CredentialBook, Replacement
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.own_credentials import own_book


def replace_credential(
    command: ReplaceCredential, given: Circumstances, book_id: UUID
) -> Change[CredentialBook]:
    """Decide on an exchange (cấp đổi) or a reissue (cấp lại)."""
    new = new_id()

    def decide(
        found: CredentialBook | None,
    ) -> tuple[CredentialBook, CredentialRecorded]:
        book = own_book(given, found, command.credential_id)
        number = book.replace(
            command.credential_id,
            new,
            Replacement(command.how),
            command.number or 0,
            on=command.replaced_on,
            today=given.today,
        )
        return book, CredentialRecorded(credential_id=new, number=number)

    return Change(aggregate_type=CredentialBook, aggregate_id=book_id, decide=decide)
