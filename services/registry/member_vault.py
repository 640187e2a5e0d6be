"""The only code that sees the names of members: sealed under a key per person.

The names lie in two mutable tables beside the events; destroying a key leaves every
count as it was and no name to open.
"""

import hmac
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from services.chassis.calls import CommandKey
from services.chassis.vault import (
    KekRing,
    SubjectKey,
    Vault,
    sealed_parts_table,
    vault_table,
)

NAME: Final = "full_name"
EXTRA: Final = "member_vault"
# The one row of the vault that is no person: what marks of commands are made with.
MARKING: Final = UUID("b7a5b0c2-8f0e-4c57-9d6a-3d1f5e0c7a84")


def declare_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """Declare the keys and the sealed names of `registry_write`."""
    return vault_table(metadata), sealed_parts_table(metadata)


KEYS, PARTS = declare_tables(sa.MetaData(schema="registry_write"))


class MemberVault:
    """Seals names before they are written, opens and destroys them."""

    def __init__(self, ring: KekRing) -> None:
        self._vault = Vault(ring, KEYS, "registry.member")
        self._marking: SubjectKey | None = None

    def prepare(self, conn: sa.Connection) -> None:
        """Load the secret of marks, making it once for all replicas."""
        self._marking = self._vault.standing_key(conn, MARKING)

    def marked(self, key: CommandKey) -> CommandKey:
        """Bind a command to its words without a trace that confirms a guessed name.

        A plain hash of the body stays in the store after the name's key is destroyed.
        """
        if self._marking is None:
            raise RuntimeError("prepare() was not called")
        secret = self._marking.derive("registry|fingerprint|v1")
        return CommandKey(key.id, hmac.digest(secret, key.fingerprint, "sha256"))

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
