"""Is the book in which a credential stands the caller's? Asked by its changes."""

from uuid import UUID

from services.registry.domain.care_errors import CredentialUnknown
from services.registry.domain.credential_book import CredentialBook
from services.registry.use_cases.circumstances import Circumstances
from services.registry.use_cases.own_members import covers


def own_book(
    given: Circumstances, book: CredentialBook | None, credential_id: UUID
) -> CredentialBook:
    """Return the book if its commune lies in the caller's area.

    What lies elsewhere looks absent. Raises CredentialUnknown.
    """
    if book is None or not covers(given, book.unit_id):
        raise CredentialUnknown(field="$.credential_id", credential_id=credential_id)
    return book
