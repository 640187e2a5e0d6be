"""The only code that sees the names of members: sealed under a key per person.

The names lie in two mutable tables beside the events; destroying a key leaves every
count as it was and no name to open.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.vault import KekRing, Vault, sealed_parts_table, vault_table

NAME: Final = "full_name"
EXTRA: Final = "member_vault"


def declare_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """Declare the keys and the sealed names of `registry_write`."""
    return vault_table(metadata), sealed_parts_table(metadata)


KEYS, PARTS = declare_tables(sa.MetaData(schema="registry_write"))


class MemberVault:
    """Seals names before they are written, opens and destroys them."""

    def __init__(self, ring: KekRing) -> None:
        self._vault = Vault(ring, KEYS, "registry.member")

    def keeping(
        self, people: Sequence[tuple[UUID, str]]
    ) -> Callable[[sa.Connection], None]:
        """Seal the names now; give their writing, for the command's transaction."""
        keys = {member_id: self._vault.new_key() for member_id, _ in people}
        parts = [
            {
                "subject_id": member_id,
                "part": NAME,
                "envelope": self._vault.seal(keys[member_id], member_id, NAME, name),
            }
            for member_id, name in people
        ]

        def keep(conn: sa.Connection) -> None:
            for member_id, key in keys.items():
                self._vault.insert(conn, member_id, key)
            conn.execute(sa.insert(PARTS), parts)

        return keep

    def names(self, conn: sa.Connection, members: Iterable[UUID]) -> dict[UUID, str]:
        """Open the names that can still be opened."""
        keys = self._vault.keys(conn, members)
        rows = conn.execute(
            sa.select(PARTS).where(
                PARTS.c.subject_id.in_(list(keys)), PARTS.c.part == NAME
            )
        )
        return {
            row.subject_id: self._vault.open(
                keys[row.subject_id], row.subject_id, NAME, bytes(row.envelope)
            )
            for row in rows
        }

    def forget(self, conn: sa.Connection, member_id: UUID) -> bool:
        """Destroy a person's key and envelopes; False when they were gone already."""
        conn.execute(sa.delete(PARTS).where(PARTS.c.subject_id == member_id))
        return self._vault.destroy(conn, member_id)
