"""Who can open what: one key per subject, wrapped, in a mutable table.

A service seals personal text under the key of its subject (a tip, a person) before
anything is written; deleting the one row of that key shreds every copy of the text.
"""

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    Column,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
    func,
    select,
    update,
)
from sqlalchemy.engine import Connection

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
ENVELOPE_VERSION: Final = 1
KEY_GENERATION: Final = 1
SMALLEST_PADDED: Final = 256
_LENGTH_BYTES: Final = 4
_HEADER_BYTES: Final = 2
_HIGHEST_KEK: Final = 32_767
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class VaultClosed(Exception):
    """The key file is missing, open to others, or does not fit the stored keys."""


class EnvelopeBroken(Exception):
    """The envelope was altered, moved to another subject, or the key is another."""


class SubjectKey(NamedTuple):
    """The random key of one subject; its repr never shows the key."""

    generation: int
    material: bytes

    def __repr__(self) -> str:
        return f"SubjectKey(generation={self.generation}, material=<hidden>)"

    def derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """Give a key for another purpose, of which nothing leads back to this one."""
        return HKDF(SHA256(), length, None, purpose.encode()).derive(self.material)


class KekRing:
    """The key-encryption keys by number; the highest wraps, all of them unwrap."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise VaultClosed("The ring needs at least one key of 32 bytes.")
        if not all(0 < number <= _HIGHEST_KEK for number in keys):
            raise VaultClosed("Keys are numbered from 1.")
        self._keys = dict(keys)
        self.current = max(keys)

    @classmethod
    def from_file(cls, path: Path) -> "KekRing":
        """Read lines `<number> <base64 of 32 bytes>`; refuse a file others can read."""
        try:
            mode = path.stat().st_mode
            lines = path.read_text("ascii").split("\n")
        except (OSError, UnicodeError) as error:
            raise VaultClosed(f"The key file {path} cannot be read.") from error
        if mode & _OTHERS or mode & stat.S_IXUSR:
            raise VaultClosed(f"The key file {path} must have mode 0400 or 0600.")
        return cls(dict(_read_line(line) for line in lines if line.strip()))

    def wrap(self, material: bytes, aad: str) -> tuple[int, bytes]:
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = f"{aad}|kek{self.current}".encode()
        cipher = AESGCM(self._keys[self.current])
        return self.current, nonce + cipher.encrypt(nonce, material, bound)

    def unwrap(self, number: int, wrapped: bytes, aad: str) -> bytes:
        kek = self._keys.get(number)
        if kek is None:
            raise VaultClosed(f"Key {number} is not in the key file.")
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return AESGCM(kek).decrypt(nonce, sealed, f"{aad}|kek{number}".encode())
        except InvalidTag as error:
            raise VaultClosed(f"Key {number} does not open a stored key.") from error


def _read_line(line: str) -> tuple[int, bytes]:
    number, _, encoded = line.strip().partition(" ")
    try:
        return int(number), base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise VaultClosed("A line of the key file is malformed.") from error


def add_kek(path: Path) -> int:
    """Append a fresh key (making the file, mode 0600, if missing); give its number.

    Rotation: add a key, restart, run `Vault.rewrap`, then drop the old line.
    """
    old = path.read_text("ascii") if path.exists() else ""
    numbers = [_read_line(line)[0] for line in old.split("\n") if line.strip()]
    number = max(numbers, default=0) + 1
    line = f"{number} {base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(old + line)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return number


def vault_table(metadata: MetaData) -> Table:
    """Declare the table of wrapped keys in the write schema of a service."""
    return Table(
        "vault",
        metadata,
        Column("subject_id", Uuid, primary_key=True),
        Column("generation", SmallInteger, nullable=False),
        Column("kek", SmallInteger, nullable=False),
        Column("wrapped", LargeBinary, nullable=False),
    )


def sealed_parts_table(metadata: MetaData) -> Table:
    """Declare a table of envelopes, for text that no event may hold even sealed."""
    return Table(
        "sealed_parts",
        metadata,
        Column("subject_id", Uuid, primary_key=True),
        Column("part", String(32), primary_key=True),
        Column("envelope", LargeBinary, nullable=False),
    )


def padded_length(length: int) -> int:
    """Give the Padmé size of a length: at most 12 % more, O(log log n) bits leak."""
    if length <= SMALLEST_PADDED:
        return SMALLEST_PADDED
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


class Vault:
    """The keys of one kind of subject; every call joins the caller's transaction."""

    def __init__(self, ring: KekRing, table: Table, kind: str) -> None:
        self._ring = ring
        self._table = table
        self._kind = kind
        # Arrays: a roster's keys in one round trip.
        self._delete = (
            f"DELETE FROM {table.fullname} WHERE subject_id = ANY(%b::uuid[])"
        )
        self._insert = (
            f"INSERT INTO {table.fullname} (subject_id, generation, kek, wrapped)"
            " SELECT * FROM unnest(%b::uuid[], %b::int2[], %b::int2[], %b::bytea[])"
        )

    @staticmethod
    def new_key() -> SubjectKey:
        """Make a key in memory, so that sealing needs no connection."""
        return SubjectKey(KEY_GENERATION, secrets.token_bytes(KEY_BYTES))

    def insert(self, conn: Connection, subject_id: UUID, key: SubjectKey) -> None:
        """Store a key made before the transaction (from `Change.also`)."""
        self.insert_many(conn, {subject_id: key})

    def insert_many(self, conn: Connection, keys: Mapping[UUID, SubjectKey]) -> None:
        """Store keys made before the transaction, in one statement."""
        if not keys:
            return
        wrapped = [
            self._ring.wrap(key.material, self._row_aad(subject_id, key.generation))
            for subject_id, key in keys.items()
        ]
        columns = (
            list(keys),
            [key.generation for key in keys.values()],
            [kek for kek, _ in wrapped],
            [material for _, material in wrapped],
        )
        conn.exec_driver_sql(self._insert, columns)

    def keeping(
        self, subject_id: UUID, key: SubjectKey
    ) -> Callable[[Connection], None]:
        """Give `insert` as a function of the connection alone."""
        return lambda conn: self.insert(conn, subject_id, key)

    def create(self, conn: Connection, subject_id: UUID) -> SubjectKey:
        key = self.new_key()
        self.insert(conn, subject_id, key)
        return key

    def standing_key(self, conn: Connection, subject_id: UUID) -> SubjectKey:
        """Give the key of a fixed subject, made once for all replicas."""
        lock_name = f"vault:{self._table.fullname}:{subject_id}"
        conn.execute(select(func.pg_advisory_xact_lock(func.hashtext(lock_name))))
        return self.key(conn, subject_id) or self.create(conn, subject_id)

    def keys(
        self, conn: Connection, subject_ids: Iterable[UUID]
    ) -> dict[UUID, SubjectKey]:
        """Give the keys that still exist; a destroyed one is simply not there."""
        table = self._table
        rows = conn.execute(
            select(table).where(table.c.subject_id.in_(list(subject_ids)))
        )
        return {
            row.subject_id: SubjectKey(
                row.generation,
                self._ring.unwrap(
                    row.kek,
                    bytes(row.wrapped),
                    self._row_aad(row.subject_id, row.generation),
                ),
            )
            for row in rows
        }

    def key(self, conn: Connection, subject_id: UUID) -> SubjectKey | None:
        return self.keys(conn, (subject_id,)).get(subject_id)

    def destroy(self, conn: Connection, subject_id: UUID) -> bool:
        """Delete the key; False when it was gone already."""
        return self.destroy_many(conn, (subject_id,)) > 0

    def destroy_many(self, conn: Connection, subject_ids: Iterable[UUID]) -> int:
        """Delete keys by one statement; returns how many were still there."""
        gone = conn.exec_driver_sql(self._delete, (list(subject_ids),))
        return gone.rowcount

    def rewrap(self, conn: Connection, limit: int = 500) -> int:
        """Wrap keys of older key-encryption keys anew; 0 means that none is left."""
        table = self._table
        rows = conn.execute(
            select(table)
            .where(table.c.kek != self._ring.current)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            aad = self._row_aad(row.subject_id, row.generation)
            material = self._ring.unwrap(row.kek, bytes(row.wrapped), aad)
            kek, wrapped = self._ring.wrap(material, aad)
            conn.execute(
                update(table)
                .where(table.c.subject_id == row.subject_id)
                .values(kek=kek, wrapped=wrapped)
            )
        return len(rows)

    def seal(self, key: SubjectKey, subject_id: UUID, part: str, text: str) -> bytes:
        """Give version byte, key generation, nonce, ciphertext of the padded text."""
        plain = text.encode()
        framed = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
        framed = framed.ljust(padded_length(len(framed)), b"\0")
        nonce = secrets.token_bytes(NONCE_BYTES)
        header = bytes((ENVELOPE_VERSION, key.generation))
        sealed = AESGCM(key.material).encrypt(
            nonce, framed, self._part_aad(subject_id, part)
        )
        return header + nonce + sealed

    def open(
        self, key: SubjectKey, subject_id: UUID, part: str, envelope: bytes
    ) -> str:
        """Give the text; raises EnvelopeBroken for a wrong key, subject or part."""
        start = _HEADER_BYTES + NONCE_BYTES
        if tuple(envelope[:_HEADER_BYTES]) != (ENVELOPE_VERSION, key.generation):
            raise EnvelopeBroken("The envelope has another version or key.")
        try:
            framed = AESGCM(key.material).decrypt(
                envelope[_HEADER_BYTES:start],
                envelope[start:],
                self._part_aad(subject_id, part),
            )
        except (InvalidTag, ValueError) as error:
            raise EnvelopeBroken("The envelope does not open.") from error
        length = int.from_bytes(framed[:_LENGTH_BYTES], "big")
        return framed[_LENGTH_BYTES : _LENGTH_BYTES + length].decode()

    def _part_aad(self, subject_id: UUID, part: str) -> bytes:
        return f"{self._kind}|v{ENVELOPE_VERSION}|{subject_id}|{part}".encode()

    def _row_aad(self, subject_id: UUID, generation: int) -> str:
        return f"{self._kind}|key{generation}|{subject_id}"
