"""credential.revoke: take a credential back, which also closes its recovery."""

from uuid import UUID

from services.chassis.commands import Change
from services.contracts.registry.credentials import CredentialRecorded, RevokeCredential
from services.registry.domain.credential_book import CredentialBook, RevocationGround
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.own_credentials import own_book


def revoke_credential(
    command: RevokeCredential, given: Circumstances, book_id: UUID
) -> Change[CredentialBook]:
    """Decide on the end of a credential (thu hồi)."""

    def decide(
        found: CredentialBook | None,
    ) -> tuple[CredentialBook, CredentialRecorded]:
        book = own_book(given, found, command.credential_id)
        book.revoke(
            command.credential_id,
            RevocationGround(command.ground),
            on=command.revoked_on,
            today=given.today,
        )
        return book, CredentialRecorded(credential_id=command.credential_id)

    return Change(aggregate_type=CredentialBook, aggregate_id=book_id, decide=decide)
