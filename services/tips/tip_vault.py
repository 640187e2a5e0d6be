"""The only code that sees keys: seals and opens tips, knows a sender by his code.

Used by the use cases and handlers of the service; everything in its tables is mutable,
so that erasing a tip leaves nothing to open and nothing to find.
"""

import hashlib
import hmac
import secrets
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.dialects.postgresql import insert

from services.chassis.calls import CommandKey
from services.chassis.vault import KekRing, SubjectKey, Vault, vault_table
from services.contracts.tips.api import CODE_CHARACTERS
from services.tips.domain.values import Sealed

CONTENT: Final = "content"
SOURCE: Final = "source"
# The one row of the vault that is no tip: the secret from which the identities of a
# submission are derived. Losing it only means that an old key submits anew.
INTAKE: Final = UUID("5c1a7f0e-0d8b-4a3e-9a57-7d2f8c0b6e41")
# Crockford's letters: no I, L, O, U, so that a code survives being read aloud.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans("OIL", "011", " -")
_BITS: Final = 130


class Submission(NamedTuple):
    """What one idempotency key stands for; derived, and kept nowhere together.

    The command id is no key that the client knows, so the store alone links no sender
    to a tip; without the client's random key not even the intake secret does.
    """

    tip_id: UUID
    command_id: UUID
    tracking_code: str


class VaultTables(NamedTuple):
    """The mutable tables of the service."""

    vault: sa.Table
    tracking: sa.Table
    register: sa.Table
    register_counter: sa.Table


def declare_tables(metadata: sa.MetaData) -> VaultTables:
    """Declare what tips keeps beside its events (in `tips_write`)."""
    return VaultTables(
        vault_table(metadata),
        sa.Table(
            "tracking",
            metadata,
            sa.Column("lock", sa.LargeBinary, primary_key=True),
            sa.Column("tip_id", sa.Uuid, nullable=False, index=True),
        ),
        sa.Table(
            "register",
            metadata,
            sa.Column("tip_id", sa.Uuid, primary_key=True),
            sa.Column("unit_id", sa.Uuid, nullable=False),
            sa.Column("year", sa.SmallInteger, nullable=False),
            sa.Column("number", sa.Integer, nullable=False),
            sa.UniqueConstraint("unit_id", "year", "number", name="register_once"),
        ),
        sa.Table(
            "register_counter",
            metadata,
            sa.Column("unit_id", sa.Uuid, primary_key=True),
            sa.Column("year", sa.SmallInteger, primary_key=True),
            sa.Column("last", sa.Integer, nullable=False),
        ),
    )


def lock_of(tracking_code: str) -> bytes:
    """Give what the server keeps of a code, also for one that cannot exist.

    A malformed code gives a random lock, so that the answer takes the same way.
    """
    code = tracking_code.upper().translate(_LOOKALIKES)
    if len(code) != CODE_CHARACTERS or not set(code) <= set(_ALPHABET):
        return secrets.token_bytes(32)
    auth = HKDF(SHA256(), 32, None, b"tips|auth|v1").derive(code.encode())
    return hashlib.sha256(auth).digest()


class TipVault:
    """Keys, tracking locks and register numbers of tips."""

    def __init__(self, ring: KekRing) -> None:
        self.tables = declare_tables(sa.MetaData(schema="tips_write"))
        self.keys = Vault(ring, self.tables.vault, "tip")
        self._intake: SubjectKey | None = None

    def prepare(self, conn: sa.Connection) -> None:
        """Load the intake secret, making it once for all replicas."""
        self._intake = self.keys.standing_key(conn, INTAKE)

    def submission(self, client_key: UUID, caller: str) -> Submission:
        """Give the identities that a client's key stands for, the same every time."""
        if self._intake is None:
            raise RuntimeError("prepare() was not called")
        origin = f"{caller}|{client_key.hex}"
        derive = self._intake.derive
        code = derive(f"tips|code|v1|{origin}", 17)
        return Submission(
            UUID(bytes=derive(f"tips|tip|v1|{origin}", 16), version=4),
            UUID(bytes=derive(f"tips|command|v1|{origin}", 16), version=4),
            _spelled(int.from_bytes(code, "big") >> (len(code) * 8 - _BITS)),
        )

    @staticmethod
    def command_key(submission: Submission, key: SubjectKey, body: bytes) -> CommandKey:
        """Give the command's identity; its fingerprint dies with the key of the tip.

        A plain hash of the body would let a thief of the store confirm a guessed text.
        """
        mark = hmac.digest(key.derive("fingerprint"), body, "sha256")
        return CommandKey(submission.command_id, mark)

    def seal(
        self, key: SubjectKey, tip_id: UUID, text: str, contact: str | None
    ) -> Sealed:
        """Give the two envelopes of a tip, each bound to the tip and its part."""
        seal = self.keys.seal
        return Sealed(
            content=seal(key, tip_id, CONTENT, text),
            source=seal(key, tip_id, SOURCE, contact) if contact else None,
        )

    def open_content(
        self, conn: sa.Connection, tip_id: UUID, envelope: bytes
    ) -> str | None:
        """Give the text, or None when the key is destroyed."""
        key = self.keys.key(conn, tip_id)
        return key and self.keys.open(key, tip_id, CONTENT, envelope)

    def track(self, conn: sa.Connection, tip_id: UUID, tracking_code: str) -> None:
        """Let the code find the tip."""
        row = {"lock": lock_of(tracking_code), "tip_id": tip_id}
        conn.execute(sa.insert(self.tables.tracking).values(**row))

    def erase(self, conn: sa.Connection, tip_id: UUID) -> None:
        """Destroy the key and the way from a code to the tip."""
        tracking = self.tables.tracking
        self.keys.destroy(conn, tip_id)
        conn.execute(sa.delete(tracking).where(tracking.c.tip_id == tip_id))

    def enter(
        self, conn: sa.Connection, tip_id: UUID, unit_id: UUID, day: date
    ) -> None:
        """Give the tip the next number of its unit and year.

        A rolled-back transaction gives its number back, so the register has no holes.
        """
        counter = self.tables.register_counter
        place = {"unit_id": unit_id, "year": day.year}
        number = conn.execute(
            insert(counter)
            .values(**place, last=1)
            .on_conflict_do_update(
                index_elements=["unit_id", "year"], set_={"last": counter.c.last + 1}
            )
            .returning(counter.c.last)
        ).scalar_one()
        entry = sa.insert(self.tables.register)
        conn.execute(entry.values(tip_id=tip_id, number=number, **place))

    def entry(self, conn: sa.Connection, tip_id: UUID) -> tuple[int, int]:
        """Give year and number of a tip in the register of its unit."""
        register = self.tables.register
        row = conn.execute(
            sa.select(register.c.year, register.c.number).where(
                register.c.tip_id == tip_id
            )
        ).one()
        return row.year, row.number


def _spelled(value: int) -> str:
    letters = []
    for _ in range(CODE_CHARACTERS):
        value, rest = divmod(value, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return "".join(reversed(letters))
