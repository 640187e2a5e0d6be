"""The only code that sees who a person is: sealed under a key per person.

The records lie in mutable tables beside the events; destroying a key leaves every count
as it was and nothing to open. What people are matched by is kept as keyed digests.
"""

import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, Literal
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from services.chassis.calls import CommandKey
from services.chassis.text import fold
from services.chassis.vault import (
    KekRing,
    SubjectKey,
    Vault,
    sealed_parts_table,
    vault_table,
)

RECORD: Final = "record"
# Before people had records, a name alone was sealed.
NAME: Final = "full_name"
EXTRA: Final = "person_vault"
# The one row of the vault that is no person: what marks of commands are made with.
MARKING: Final = UUID("b7a5b0c2-8f0e-4c57-9d6a-3d1f5e0c7a84")

SchoolLevel = Literal["primary", "lower_secondary", "upper_secondary", "higher"]
MatchKind = Literal["citizen_id", "old_id", "name_and_birth", "name"]


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the registry knows of a person, and nothing else may be known.

    ``citizen_id`` has 12 digits, ``old_id`` 9 (before 2025). ``school_level`` serves
    the conditions of Luật 30/2023, Đ.13. Nothing about health, family, belief or views.
    """

    full_name: str
    birth_date: date | None = None
    citizen_id: str | None = None
    old_id: str | None = None
    phone: str | None = None
    school_level: SchoolLevel | None = None
    resident_since: date | None = None


def declare_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """Declare the keys and the sealed records of `registry_write`."""
    return vault_table(metadata), sealed_parts_table(metadata)


def declare_matches(metadata: sa.MetaData) -> sa.Table:
    """Declare the keyed digests by which the same person is found again."""
    return sa.Table(
        "person_matches",
        metadata,
        sa.Column("person_id", pg.UUID, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Index("person_matches_digest", "kind", "digest"),
    )


_METADATA: Final = sa.MetaData(schema="registry_write")
KEYS, PARTS = declare_tables(_METADATA)
MATCHES: Final = declare_matches(_METADATA)


class PersonVault:
    """Seals records before they are written, opens and destroys them."""

    def __init__(self, ring: KekRing) -> None:
        # The name of old: what was sealed under it has to open for ever.
        self._vault = Vault(ring, KEYS, "registry.member")
        self._standing: SubjectKey | None = None

    def prepare(self, conn: sa.Connection) -> None:
        """Load the standing secret, making it once for all replicas."""
        self._standing = self._vault.standing_key(conn, MARKING)

    def _secret(self, purpose: str) -> bytes:
        if self._standing is None:
            raise RuntimeError("prepare() was not called")
        return self._standing.derive(f"registry|{purpose}|v1")

    def derived(self, purpose: str) -> bytes:
        """Derive a key for a standing purpose of the registry; the same for ever."""
        return self._secret(purpose)

    def marked(self, key: CommandKey) -> CommandKey:
        """Bind a command to its words without a trace that confirms a guessed name.

        A plain hash of the body stays in the store after the person's key is destroyed.
        """
        secret = self._secret("fingerprint")
        return CommandKey(key.id, hmac.digest(secret, key.fingerprint, "sha256"))

    def matches(self, record: PersonRecord) -> dict[MatchKind, bytes]:
        """Return the keyed digests of what a person is recognised by."""
        name = fold(record.full_name)
        words: dict[MatchKind, str | None] = {
            "citizen_id": record.citizen_id,
            "old_id": record.old_id,
            "name_and_birth": f"{name}|{record.birth_date}"
            if record.birth_date
            else None,
            "name": name,
        }
        secret = self._secret("match")
        return {
            kind: hmac.digest(secret, f"{kind}|{text}".encode(), "sha256")
            for kind, text in words.items()
            if text
        }

    def keeping(
        self, people: Mapping[UUID, PersonRecord]
    ) -> Callable[[sa.Connection], None]:
        """Seal records of new people now; give their writing, for the transaction."""
        keys = {person_id: self._vault.new_key() for person_id in people}
        parts = [
            self._part(keys[person_id], person_id, record)
            for person_id, record in people.items()
        ]
        matches = self._match_rows(people)

        def keep(conn: sa.Connection) -> None:
            self._vault.insert_many(conn, keys)
            if parts:
                conn.execute(sa.insert(PARTS), parts)
                conn.execute(sa.insert(MATCHES), matches)

        return keep

    def replacing(
        self, person_id: UUID, record: PersonRecord
    ) -> Callable[[sa.Connection], None]:
        """Give the writing of a corrected record over the one that is there."""

        def replace(conn: sa.Connection) -> None:
            key = self._vault.key(conn, person_id)
            if key is None:
                return  # erased meanwhile: nothing comes back
            for table, column in ((PARTS, PARTS.c.subject_id),
                                  (MATCHES, MATCHES.c.person_id)):  # fmt: skip
                conn.execute(sa.delete(table).where(column == person_id))
            conn.execute(sa.insert(PARTS), [self._part(key, person_id, record)])
            conn.execute(sa.insert(MATCHES), self._match_rows({person_id: record}))

        return replace

    def _part(
        self, key: SubjectKey, person_id: UUID, record: PersonRecord
    ) -> dict[str, object]:
        text = msgspec.json.encode(record).decode()
        envelope = self._vault.seal(key, person_id, RECORD, text)
        return {"subject_id": person_id, "part": RECORD, "envelope": envelope}

    def _match_rows(
        self, people: Mapping[UUID, PersonRecord]
    ) -> list[dict[str, object]]:
        return [
            {"person_id": person_id, "kind": kind, "digest": digest}
            for person_id, record in people.items()
            for kind, digest in self.matches(record).items()
        ]

    def records(
        self, conn: sa.Connection, people: Iterable[UUID]
    ) -> dict[UUID, PersonRecord]:
        """Open the records that can still be opened."""
        keys = self._vault.keys(conn, people)
        rows = conn.execute(sa.select(PARTS).where(PARTS.c.subject_id.in_(list(keys))))
        found: dict[UUID, PersonRecord] = {}
        for row in rows:
            text = self._vault.open(
                keys[row.subject_id], row.subject_id, row.part, bytes(row.envelope)
            )
            if row.part == RECORD:
                found[row.subject_id] = msgspec.json.decode(text, type=PersonRecord)
            elif row.part == NAME:
                found.setdefault(row.subject_id, PersonRecord(full_name=text))
        return found

    def known_by(
        self, conn: sa.Connection, record: PersonRecord
    ) -> dict[UUID, set[MatchKind]]:
        """Return who shares a digest with the record, and which ones."""
        wanted = self.matches(record)
        rows = conn.execute(
            sa.select(MATCHES).where(
                sa.tuple_(MATCHES.c.kind, MATCHES.c.digest).in_(list(wanted.items()))
            )
        )
        found: dict[UUID, set[MatchKind]] = {}
        for row in rows:
            found.setdefault(row.person_id, set()).add(row.kind)
        return found

    def forget(self, conn: sa.Connection, person_id: UUID) -> bool:
        """Destroy a person's key, envelopes and digests; False when gone already."""
        conn.execute(sa.delete(PARTS).where(PARTS.c.subject_id == person_id))
        conn.execute(sa.delete(MATCHES).where(MATCHES.c.person_id == person_id))
        return self._vault.destroy(conn, person_id)
