"""Is this file a harmless workbook? Answered before any parser of cells sees it.

Gives a copy with one sheet, made of nothing but parts that were unpacked and looked at
here, so that the reader behind it cannot meet anything else.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from services.registry.documents.workbook_parts import (
    Parts,
    SheetPart,
    custom_properties,
    rebuilt,
    sheets_of,
    single_sheet_parts,
)
from services.registry.domain import import_errors as errors

MAX_PARTS: Final = 500
MAX_PART_BYTES: Final = 64 * 1024 * 1024
MAX_TOTAL_BYTES: Final = 160 * 1024 * 1024
MAX_RATIO: Final = 200
# A full roster of 50,000 rows has fewer; the patterns below try at each of them.
MAX_MARKS: Final = 4_000_000
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 104  # up to CZ
SHEET_NAME: Final = "Danh sách"
TEMPLATE_PROPERTY: Final = "binhyen_template"

_SMALL: Final = 1024 * 1024
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_FLAG_ENCRYPTED: Final = 0x1
_REACHING_OUT: Final = (
    "xl/externallinks/",
    "xl/connections",
    "xl/querytables/",
    "xl/embeddings/",
    "xl/ctrlprops/",
    "xl/activex/",
)
_TYPES: Final = "[Content_Types].xml"
_BOMS_OF_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_ENCODING: Final = re.compile(rb"""^[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)""")
_DOCUMENT_TYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL_WITH_PLACE: Final = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["'][A-Z]""")
_FAR_DOWN: Final = re.compile(rb"""\br\s*=\s*["'][A-Za-z$]*(?:\d{6,}|[5-9]\d{4})["']""")
_FAR_RIGHT: Final = re.compile(
    rb"""\br\s*=\s*["'](?:[A-Za-z]{3,}|[D-Zd-z][A-Za-z])\d"""
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE_OR_FORMULA: Final = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]+)(\d+)|<(?:\w+:)?f[\s/>]"""
)


class SafeWorkbook(NamedTuple):
    """A copy with one sheet; which of its cells hold formulas (row, column from 0)."""

    content: bytes
    sheet: str
    formulas: frozenset[tuple[int, int]]
    template: str | None


def guarded(content: bytes) -> SafeWorkbook:
    """Look at a file from outside and copy what is needed of it.

    Raises the refusals of files, all of them before a cell is read.
    """
    _refuse_other_kinds(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(archive)
            sheet = _chosen(sheets_of(parts))
            needed = single_sheet_parts(parts, sheet)
            xml = parts.read(sheet.part)
            formulas = frozenset(_look_at_cells(xml))
            template = custom_properties(parts).get(TEMPLATE_PROPERTY)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError) as error:
        raise errors.WorkbookBroken from error
    except (ValueError, NotImplementedError, RuntimeError) as error:
        raise errors.WorkbookBroken from error
    return SafeWorkbook(rebuilt(needed, xml, sheet), sheet.name, formulas, template)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED in content
        raise errors.WorkbookEncrypted if encrypted else errors.WorkbookOfOldKind
    if not content.startswith(b"PK\x03\x04"):
        raise errors.NotAWorkbook
    # Before the directory is read: reading a million entries takes seconds.
    if content.count(_DIRECTORY_ENTRY) > MAX_PARTS:
        raise errors.TooManyParts(limit=MAX_PARTS)


def _parts(archive: zipfile.ZipFile) -> Parts:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    folded = [name.lower() for name in names]
    if len(set(folded)) != len(folded):
        raise errors.WorkbookBroken
    if any(info.flag_bits & _FLAG_ENCRYPTED for info in infos):
        raise errors.WorkbookEncrypted
    _refuse_bombs(infos)
    if _TYPES not in names or not any(name.startswith("xl/") for name in folded):
        raise errors.NotAWorkbook
    if any(name.endswith("vbaproject.bin") for name in folded):
        raise errors.WorkbookWithMacros
    if any(name.startswith(_REACHING_OUT) for name in folded):
        raise errors.WorkbookReachesOut
    parts = Parts(archive, _refuse_unsafe_xml)
    types = parts.read(_TYPES).lower()
    if b"macroenabled" in types:
        raise errors.WorkbookWithMacros
    if b"sheet.binary" in types:
        raise errors.WorkbookOfOldKind
    return parts


def _refuse_bombs(infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL_BYTES:
        raise errors.WorkbookExpandsTooFar(limit_bytes=MAX_TOTAL_BYTES)
    for info in infos:
        swollen = info.file_size > max(_SMALL, info.compress_size * MAX_RATIO)
        if swollen or info.file_size > MAX_PART_BYTES:
            raise errors.WorkbookExpandsTooFar(limit_bytes=MAX_PART_BYTES)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise errors.WorkbookBroken


def _refuse_unsafe_xml(xml: bytes) -> None:
    """Refuse what declares entities, and other encodings, which could hide one."""
    declared = _ENCODING.match(xml[:300])
    in_utf8 = declared is None or declared.group(1).lower() in {b"utf-8", b"us-ascii"}
    if xml.startswith(_BOMS_OF_UTF16) or b"\0" in xml[:64] or not in_utf8:
        raise errors.WorkbookBroken
    if _DOCUMENT_TYPE.search(xml):
        raise errors.DocumentTypeDeclared


def _chosen(sheets: list[SheetPart]) -> SheetPart:
    ours = [sheet for sheet in sheets if sheet.name.strip() == SHEET_NAME]
    visible = [sheet for sheet in sheets if sheet.visible]
    if not ours and not visible:
        raise errors.WorkbookBroken
    return (ours or visible)[0]


def _look_at_cells(xml: bytes) -> Iterator[tuple[int, int]]:
    """Refuse cells out of bounds or without a place; yield the places of formulas.

    The reader fills the whole rectangle up to the farthest cell, whatever the sheet
    says of its dimension.
    """
    if xml.count(b"<") > MAX_MARKS:
        raise errors.WorkbookExpandsTooFar(limit_bytes=MAX_PART_BYTES)
    if _FAR_DOWN.search(xml):
        raise errors.TooManyRows(limit=MAX_ROWS)
    if _FAR_RIGHT.search(xml):
        raise errors.TooManyColumns(limit=MAX_COLUMNS)
    placed = sum(1 for _ in _CELL_WITH_PLACE.finditer(xml))
    if placed != sum(1 for _ in _CELL.finditer(xml)):
        raise errors.WorkbookBroken
    if _FORMULA.search(xml):
        yield from _formulas(xml)


def _formulas(xml: bytes) -> Iterator[tuple[int, int]]:
    place = (0, 0)
    for found in _PLACE_OR_FORMULA.finditer(xml):
        if found.group(1) is None:
            yield place
        else:
            place = int(found.group(2)) - 1, column_number(found.group(1).decode())


def column_number(letters: str) -> int:
    """Return the place of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
