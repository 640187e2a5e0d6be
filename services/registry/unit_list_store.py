"""The signed files of monthly lists: kept for ever as they were signed, and their key.

Used by the use case that publishes a list and by the doors that give it.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Final

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.contracts.registry.unit_lists import UnitListKey

ALGORITHM: Final = "Ed25519"  # RFC 9864
EXTRA: Final = "unit_list_signer"
PURPOSE: Final = "unit_list_signing"


def declare_files(metadata: sa.MetaData) -> sa.Table:
    """Declare the files of `registry_write`: not derived, for a signature is for ever.

    Made anew by another version of the packing library, the bytes could differ.
    """
    return sa.Table(
        "unit_list_files",
        metadata,
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


FILES: Final = declare_files(sa.MetaData(schema="registry_write"))


class ListSigner:
    """Signs lists with a key derived from the vault's standing secret."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        raw = self._key.public_key().public_bytes_raw()
        self.public = UnitListKey(
            kty="OKP",
            crv="Ed25519",
            x=_text(raw),
            kid=_text(hashlib.sha256(raw).digest()[:9]),
            alg=ALGORITHM,
            use="sig",
        )

    def sign(self, content: bytes) -> str:
        """Return the detached signature of a file, base64url."""
        return _text(self._key.sign(content))


def keeping(month: str, content: bytes) -> Callable[[sa.Connection], None]:
    """Give the writing of a file, for the transaction of its fact."""
    return lambda conn: _keep(conn, month, content)


def _keep(conn: sa.Connection, month: str, content: bytes) -> None:
    conn.execute(sa.insert(FILES), [{"month": month, "content": content}])


def file_of(conn: sa.Connection, month: str) -> bytes | None:
    """Return the file of a month as it was signed."""
    wanted = sa.select(FILES.c.content).where(FILES.c.month == month)
    found = conn.execute(wanted).scalar_one_or_none()
    return None if found is None else bytes(found)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
