"""The only code that sees who a person is: sealed under a key per person.

The records lie in mutable tables beside the events; destroying a key leaves every count
as it was and nothing to open. What people are matched by is kept as keyed digests.
"""

import hmac
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from hashlib import blake2b, sha256
from typing import Any, Final, Literal, NamedTuple, get_args
from uuid import UUID

import msgspec
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.dialects import postgresql as pg

from services.chassis.calls import CommandKey
from services.chassis.vault import (
    KekRing,
    SubjectKey,
    Vault,
    sealed_parts_table,
    vault_table,
)
from services.registry.domain.person_names import name_keys

RECORD: Final = "record"
# Before people had records, a name alone was sealed.
NAME: Final = "full_name"
EXTRA: Final = "person_vault"
# The one row of the vault that is no person: what marks of commands are made with.
MARKING: Final = UUID("b7a5b0c2-8f0e-4c57-9d6a-3d1f5e0c7a84")

SchoolLevel = Literal["primary", "lower_secondary", "upper_secondary", "higher"]
MatchKind = Literal[
    "citizen_id",
    "old_id",
    "marked_name",
    "name",
    "words",
    "ends",
    "birth",
    "words_and_birth",
    "ends_and_birth",
]
KINDS: Final[tuple[MatchKind, ...]] = get_args(MatchKind)
# By these somebody is found; the others only tell how alike two people are.
FINDING: Final[tuple[MatchKind, ...]] = (
    "citizen_id",
    "old_id",
    "words",
    "words_and_birth",
    "ends_and_birth",
)
# Of how digests are made; raise it, and the next start makes them all anew.
SCHEME: Final = 1
_DIGEST_BYTES: Final = 16
_AT_ONCE: Final = 500
_IDS: Final = pg.ARRAY(pg.UUID)


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
    """Declare the keyed digests by which the same person is found again: one row each.

    They are cut to 16 bytes and tell nothing without the standing key of the vault.
    """
    return sa.Table(
        "person_digests",
        metadata,
        sa.Column("person_id", pg.UUID, primary_key=True),
        sa.Column("scheme", sa.SmallInteger, nullable=False),
        *(sa.Column(kind, sa.LargeBinary) for kind in KINDS),
        *(
            sa.Index(
                f"person_digests_{kind}",
                kind,
                postgresql_where=sa.text(f"{kind} IS NOT NULL"),
            )
            for kind in FINDING
        ),
    )


def declare_certificates(metadata: sa.MetaData) -> sa.Table:
    """Declare the certificates of erasure; they outlive what they speak of."""
    return sa.Table(
        "erasure_certificates",
        metadata,
        sa.Column("id", pg.UUID, primary_key=True),
        sa.Column("person_id", pg.UUID, nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )


class Destroyed(NamedTuple):
    """What an erasure destroyed: how much, and the digest of the sealed records."""

    keys: int
    records: int
    digests: int
    sha256: str


_METADATA: Final = sa.MetaData(schema="registry_write")
KEYS, PARTS = declare_tables(_METADATA)
MATCHES: Final = declare_matches(_METADATA)
CERTIFICATES: Final = declare_certificates(_METADATA)
_INSERT_PARTS: Final = (
    f"INSERT INTO {PARTS.fullname} (subject_id, part, envelope)"
    " SELECT * FROM unnest(%b::uuid[], %b::text[], %b::bytea[])"
)
_INSERT_MATCHES: Final = (
    f"INSERT INTO {MATCHES.fullname} (person_id, scheme, {', '.join(KINDS)})"
    f" SELECT * FROM unnest(%b::uuid[], %b::int2[]{', %b::bytea[]' * len(KINDS)})"
)


class PersonVault:
    """Seals records before they are written, opens and destroys them."""

    def __init__(self, ring: KekRing) -> None:
        # The name of old: what was sealed under it has to open for ever.
        self._vault = Vault(ring, KEYS, "registry.member")
        self._standing: SubjectKey | None = None
        self._matching = b""

    def prepare(self, conn: sa.Connection) -> None:
        """Load the standing secret, making it once for all replicas."""
        self._standing = self._vault.standing_key(conn, MARKING)
        self._matching = self._secret("match")

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

    def matches(
        self, record: PersonRecord, only: Collection[MatchKind] = KINDS
    ) -> dict[MatchKind, bytes]:
        """Return the keyed digests of what a person is recognised by."""
        if not self._matching:
            raise RuntimeError("prepare() was not called")
        name, birth = name_keys(record.full_name), record.birth_date
        words: dict[MatchKind, str | None] = {
            "citizen_id": record.citizen_id,
            "old_id": record.old_id,
            "marked_name": name.marked,
            "name": name.plain,
            "words": name.words,
            "ends": name.ends,
            "birth": str(birth) if birth else None,
            "words_and_birth": f"{name.words}|{birth}" if birth else None,
            "ends_and_birth": f"{name.ends}|{birth}" if birth and name.ends else None,
        }
        return {
            kind: blake2b(
                f"{kind}|{text}".encode(), digest_size=_DIGEST_BYTES, key=self._matching
            ).digest()
            for kind, text in words.items()
            if text and kind in only
        }

    def keeping(
        self, people: Mapping[UUID, PersonRecord]
    ) -> Callable[[sa.Connection], None]:
        """Seal records of new people now; give their writing, for the transaction."""
        keys = {person_id: self._vault.new_key() for person_id in people}
        parts = self._parts(keys, people)
        matches = self._match_columns(people)

        def keep(conn: sa.Connection) -> None:
            if people:
                self._vault.insert_many(conn, keys)
                conn.exec_driver_sql(_INSERT_PARTS, parts)
                conn.exec_driver_sql(_INSERT_MATCHES, matches)

        return keep

    def replacing(
        self, person_id: UUID, record: PersonRecord
    ) -> Callable[[sa.Connection], None]:
        """Give the writing of a corrected record over the one that is there."""

        def replace(conn: sa.Connection) -> None:
            key = self._vault.key(conn, person_id)
            if key is None:
                return  # erased meanwhile: nothing comes back
            conn.execute(sa.delete(PARTS).where(PARTS.c.subject_id == person_id))
            parts = self._parts({person_id: key}, {person_id: record})
            conn.exec_driver_sql(_INSERT_PARTS, parts)
            self._match_anew(conn, {person_id: record})

        return replace

    def refresh(self, conn: sa.Connection) -> int:
        """Make digests for people who have none, or old ones; 0 when all are there."""
        due = (
            sa.select(PARTS.c.subject_id)
            .join(KEYS, KEYS.c.subject_id == PARTS.c.subject_id)
            .outerjoin(MATCHES, MATCHES.c.person_id == PARTS.c.subject_id)
            .where(MATCHES.c.scheme.is_distinct_from(SCHEME))
            .limit(_AT_ONCE)
            .with_for_update(of=PARTS, skip_locked=True)
        )
        found = self.records(conn, conn.execute(due).scalars())
        self._match_anew(conn, found)
        return len(found)

    def _match_anew(
        self, conn: sa.Connection, people: Mapping[UUID, PersonRecord]
    ) -> None:
        if people:
            conn.execute(sa.delete(MATCHES).where(MATCHES.c.person_id.in_(people)))
            conn.exec_driver_sql(_INSERT_MATCHES, self._match_columns(people))

    def _parts(
        self, keys: Mapping[UUID, SubjectKey], people: Mapping[UUID, PersonRecord]
    ) -> tuple[list[Any], ...]:
        envelopes = [
            self._vault.seal(
                keys[person_id], person_id, RECORD, msgspec.json.encode(record).decode()
            )
            for person_id, record in people.items()
        ]
        return list(people), [RECORD] * len(people), envelopes

    def _match_columns(
        self, people: Mapping[UUID, PersonRecord]
    ) -> tuple[list[Any], ...]:
        found = [self.matches(record) for record in people.values()]
        columns = ([one.get(kind) for one in found] for kind in KINDS)
        return list(people), [SCHEME] * len(people), *columns

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
        """Return who shares a number or the name with the record, and what is equal."""
        wanted = self.matches(record)
        ways = [MATCHES.c[kind] == wanted[kind] for kind in FINDING if kind in wanted]
        rows = conn.execute(sa.select(MATCHES).where(sa.or_(*ways)))
        return {
            row.person_id: {
                kind
                for kind, digest in wanted.items()
                if getattr(row, kind) is not None
                and bytes(getattr(row, kind)) == digest
            }
            for row in rows
        }

    def forget(self, conn: sa.Connection, person_id: UUID) -> bool:
        """Destroy a person's key, envelopes and digests; False when gone already."""
        return self.destroy(conn, (person_id,)).keys > 0

    def destroy(self, conn: sa.Connection, people: Iterable[UUID]) -> Destroyed:
        """Destroy keys, envelopes and digests of people; tell how much that was."""
        ids = list(people)
        envelopes = [
            bytes(row.envelope)
            for row in conn.execute(
                sa.delete(PARTS)
                .where(PARTS.c.subject_id == sa.any_(sa.literal(ids, _IDS)))
                .returning(PARTS.c.envelope)
            )
        ]
        mine = MATCHES.c.person_id == sa.any_(sa.literal(ids, _IDS))
        digests = conn.execute(sa.delete(MATCHES).where(mine))
        seen = sha256(b"".join(sorted(envelopes)))
        return Destroyed(
            keys=self._vault.destroy_many(conn, ids),
            records=len(envelopes),
            digests=digests.rowcount,
            sha256=seen.hexdigest(),
        )

    @property
    def public_key(self) -> bytes:
        """The Ed25519 key that certificates of erasure are checked with."""
        return self._signer().public_key().public_bytes_raw()

    def keep_certificate(
        self, conn: sa.Connection, certificate_id: UUID, person_id: UUID, text: bytes
    ) -> None:
        """Sign what an erasure destroyed and store it, in its own transaction."""
        row = {
            "id": certificate_id,
            "person_id": person_id,
            "document": text,
            "signature": self._signer().sign(text),
        }
        conn.execute(sa.insert(CERTIFICATES), [row])

    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._secret("certificate"))


def certificate(
    conn: sa.Connection, certificate_id: UUID
) -> tuple[UUID, bytes, bytes] | None:
    """Return whom a certificate is about, its text and its signature."""
    row = conn.execute(
        sa.select(CERTIFICATES).where(CERTIFICATES.c.id == certificate_id)
    ).one_or_none()
    if row is None:
        return None
    return row.person_id, bytes(row.document), bytes(row.signature)
