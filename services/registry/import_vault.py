"""What was uploaded, sealed under a key of its batch until its time is over.

Rows, plans and faults of an import lie here page by page and nowhere else; destroying
the key ends them all. Used by the use cases of imports.
"""

import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.vault import KekRing, SubjectKey, Vault, vault_table

T = TypeVar("T")

EXTRA: Final = "import_vault"
# The standing secret by which the same file is known again.
RECOGNISING: Final = UUID("5a0d4f4e-37c1-4a5e-9a2c-9e1b8f6d2c11")
LAYOUT, ROWS, PLAN, FAULTS = "layout", "rows", "plan", "faults"


def declare_parts(metadata: sa.MetaData) -> sa.Table:
    """Declare the sealed pages of imports in `registry_write`."""
    return sa.Table(
        "import_parts",
        metadata,
        sa.Column("batch_id", pg.UUID, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
    )


_METADATA: Final = sa.MetaData(schema="registry_write")
KEYS: Final = vault_table(_METADATA)
PARTS: Final = declare_parts(_METADATA)

Writing = Callable[[sa.Connection], None]


class ImportVault:
    """Seals pages before they are written, opens and destroys them."""

    def __init__(self, ring: KekRing) -> None:
        self._vault = Vault(ring, KEYS, "registry.import")
        self._standing: SubjectKey | None = None

    def prepare(self, conn: sa.Connection) -> None:
        """Load the standing secret, making it once for all replicas."""
        self._standing = self._vault.standing_key(conn, RECOGNISING)

    def digest(self, content: bytes) -> str:
        """Return what a file is known by, of which nobody can guess the content."""
        if self._standing is None:
            raise RuntimeError("prepare() was not called")
        secret = self._standing.derive("registry|import|v1")
        return hmac.digest(secret, content, "sha256").hex()

    def keeping(self, batch_id: UUID, parts: Mapping[str, list[Any]]) -> Writing:
        """Seal the first pages of a batch now; give their writing."""
        key = self._vault.new_key()
        rows = self._sealed(key, batch_id, parts)

        def keep(conn: sa.Connection) -> None:
            self._vault.insert(conn, batch_id, key)
            conn.execute(sa.insert(PARTS), rows)

        return keep

    def adding(
        self, key: SubjectKey, batch_id: UUID, parts: Mapping[str, list[Any]]
    ) -> Writing:
        """Seal further pages under the batch's key; give their writing."""
        rows = self._sealed(key, batch_id, parts)

        def add(conn: sa.Connection) -> None:
            if rows:
                conn.execute(sa.insert(PARTS), rows)

        return add

    def key(self, conn: sa.Connection, batch_id: UUID) -> SubjectKey | None:
        """Give the batch's key, or None when it was destroyed."""
        return self._vault.key(conn, batch_id)

    def pages(
        self,
        conn: sa.Connection,
        batch_id: UUID,
        part: str,
        shape: type[T],
        *,
        only: int | None = None,
    ) -> list[T] | None:
        """Open the pages of a part, or one of them; None when the key is gone."""
        key = self.key(conn, batch_id)
        if key is None:
            return None
        query = sa.select(PARTS.c.page, PARTS.c.envelope).where(
            PARTS.c.batch_id == batch_id, PARTS.c.part == part
        )
        if only is not None:
            query = query.where(PARTS.c.page == only)
        return [
            msgspec.json.decode(
                self._vault.open(key, batch_id, f"{part}:{row.page}", row.envelope),
                type=shape,
            )
            for row in conn.execute(query.order_by(PARTS.c.page))
        ]

    def destroying(self, batch_id: UUID) -> Writing:
        """Give the end of all pages of a batch."""

        def destroy(conn: sa.Connection) -> None:
            self._vault.destroy(conn, batch_id)
            conn.execute(sa.delete(PARTS).where(PARTS.c.batch_id == batch_id))

        return destroy

    def _sealed(
        self, key: SubjectKey, batch_id: UUID, parts: Mapping[str, list[Any]]
    ) -> list[dict[str, object]]:
        return [
            {
                "batch_id": batch_id,
                "part": part,
                "page": number,
                "envelope": self._vault.seal(
                    key,
                    batch_id,
                    f"{part}:{number}",
                    msgspec.json.encode(page).decode(),
                ),
            }
            for part, pages in parts.items()
            for number, page in enumerate(pages)
        ]
