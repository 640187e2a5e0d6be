"""Signed monthly lists of all units: which there are, and how each is verified.

The files go by HTTP, from the addresses told here; the gateway serves no files.
"""

from datetime import datetime
from typing import Any, Final

from gateway.questions import Question
from gateway.schema.base import (
    After,
    First,
    Info,
    column,
    output,
    resolved,
)
from gateway.schema.command_table import command, commands
from gateway.schema.connections import Connection, page
from gateway.schema.payloads import payload
from gateway.schema.scalars import Count
from services.contracts.registry import unit_lists as contracts

UNIT_LISTS: Final = Question("registry", "unit_lists.list", contracts.UnitListsList)


@output
class UnitList:
    """All units as known at the start of a month, signed (danh mục đơn vị đã ký)."""

    month: str = column("Month, as 2026-12 (tháng).")
    known_at: datetime = column("Its first moment in Vietnam: what was known then.")
    published_at: datetime = column("When it was signed (thời điểm ký).")
    edition: str = column("Edition of the imported register (bản danh mục).")
    units: Count = column("How many units of all times are in it (số đơn vị).")
    facts: Count = column("How many recorded facts made them (số sự kiện).")
    changes_after: str = column("Give it to unitChanges as `after` to go on from it.")
    size_bytes: Count = column("Size of the file (dung lượng).")
    sha256: str = column("SHA-256 of the file, hexadecimal.")
    content_sha256: str = column("SHA-256 of the unpacked lines, hexadecimal.")
    key_id: str = column("Which key signed it (mã khóa).")
    signature: str = column("Ed25519 over the bytes of the file, base64url (chữ ký).")
    file_path: str = column("Where the file is, JSON Lines in gzip (địa chỉ tệp).")
    manifest_path: str = column("Where its manifest is (địa chỉ bản kê).")


@payload
class UnitListPayload:
    """Answer to the making of a list."""

    month: str | None = column("Month of the list.")
    sha256: str | None = column("SHA-256 of its file, hexadecimal.")


async def unit_lists(info: Info, first: First, after: After = None) -> Any:
    """Answer Query.unitLists."""
    return await page(info, UNIT_LISTS, after, first=first)


@output
class UnitListQueries:
    """Questions about monthly lists, part of Query."""

    unit_lists: Connection[UnitList] | None = resolved(
        unit_lists, "Signed lists of all units, newest month first (danh mục đã ký)."
    )


@commands("registry")
class UnitListMutations:
    """Commands about monthly lists, part of Mutation."""

    unit_list_publish: UnitListPayload | None = command(
        "unit_list.publish",
        contracts.PublishUnitList,
        "Sign the list of a past month that has none (ký danh mục).",
    )
