"""The signed monthly list of all units: its file, its manifest, requests and answers.

Verbs: unit_lists.list unit_lists.manifest unit_lists.keys (queries); unit_list.publish
(command). The file itself goes by HTTP alone; docs/unit-lists.md tells how to read it.
"""

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec

from services.contracts.described import about, formed
from services.contracts.registry.api import Cursor, First, Request
from services.contracts.registry.events import Successor
from services.contracts.registry.units import Level

GZIP: Final = "application/gzip"
LIST_DOCUMENT: Final = "binhyen/unit-list/1"
MANIFEST_DOCUMENT: Final = "binhyen/unit-list-manifest/1"

Month = Annotated[str, formed(r"^20[0-9]{2}-(0[1-9]|1[0-2])$", "2026-12", 7)]


class UnitRowName(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit was called from a day until before another (None: open)."""

    since: date | None
    until: date | None
    unit_type: str
    name: str
    bare_name: str


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """One unit with its whole life, as its facts up to `version` tell it.

    The last of `names` is the label that a closed unit keeps. `valid_to` is the first
    day without the unit; a voided one has an empty life.
    """

    id: UUID
    version: int
    code: str
    level: Level
    parent_id: UUID | None
    path: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str | None
    names: tuple[UnitRowName, ...]
    successors: tuple[Successor, ...]


class UnitListHead(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a list; each further line is a UnitRow.

    Every fact recorded until `known_at` is in the list. `units.changes` behind
    `changes_after` brings all others, and where two were recorded at nearly the same
    moment also some of the list, with a version that the row has already.
    """

    document: str
    edition: str
    month: str
    known_at: datetime
    units: int
    facts: int
    changes_after: str


class UnitListView(msgspec.Struct, frozen=True, kw_only=True):
    """A published list: what it holds, and where its file and manifest are.

    A list is known by its month; `id` is the same.
    """

    id: str
    month: str
    known_at: datetime
    published_at: datetime
    edition: str
    units: int
    facts: int
    changes_after: str
    size_bytes: int
    sha256: str
    content_sha256: str
    key_id: str
    signature: str
    file_path: str
    manifest_path: str
    cursor: str | None = None


class UnitListManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a list: digests, and the Ed25519 signature over its file.

    `sha256` is that of the file, `content_sha256` of what it unpacks to; `signature` is
    base64url and covers the very bytes of the file, which name their month themselves.
    """

    document: str
    month: str
    known_at: datetime
    published_at: datetime
    edition: str
    units: int
    facts: int
    changes_after: str
    size_bytes: int
    sha256: str
    content_sha256: str
    algorithm: str
    key_id: str
    signature: str


class UnitListsList(Request, frozen=True):
    """Published lists, the newest month first."""

    first: First = 24
    after: Cursor | None = None


class UnitLists(msgspec.Struct, frozen=True, kw_only=True):
    """A page of published lists."""

    rows: tuple[UnitListView, ...]
    has_next: bool


class UnitListOf(Request, frozen=True):
    """The list of one month: its manifest, or its file."""

    month: Month


class PublishUnitList(Request, frozen=True):
    """Make the list of a month that has none, as the units were known at its start."""

    month: Annotated[Month, about("Month, as 2026-12 (tháng).")]


class UnitListPublished(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to PublishUnitList."""

    month: str
    sha256: str


class UnitListKeysGet(Request, frozen=True):
    """The keys that lists are verified with."""


class UnitListKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key as RFC 8037 writes it."""

    kty: str
    crv: str
    x: str
    kid: str
    alg: str
    use: str


class UnitListKeys(msgspec.Struct, frozen=True, kw_only=True):
    """A key set."""

    keys: tuple[UnitListKey, ...]
