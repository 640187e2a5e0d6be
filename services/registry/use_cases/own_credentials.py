"""Is the book in which a credential stands the caller's? Asked by its changes."""

from uuid import UUID

from services.registry.domain.care_errors import CredentialUnknown
from services.registry.domain.credential_book import CredentialBook
from services.registry.use_cases.circumstances import Circumstances


def own_book(
    given: Circumstances, book: CredentialBook | None, credential_id: UUID
) -> CredentialBook:
    """Return the book if its commune lies in the caller's area, or if it keeps it.

    What lies elsewhere looks absent. Raises CredentialUnknown.
    """
    if book is None or not given.reaches(book.unit_id, "credential"):
        raise CredentialUnknown(field="$.credential_id", credential_id=credential_id)
    return book
