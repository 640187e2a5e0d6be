"""Files with malice are refused by name, in under a second, before a cell is read."""

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from services.chassis.errors import DomainError
from services.registry.documents.roster_sheet import read_roster
from services.registry.documents.workbook_guard import (
    MAX_PARTS,
    column_number,
    guarded,
)
from services.registry.domain import import_errors as errors
from tests.registry.excel.made_files import (
    altered,
    by_hand,
    roster,
    sheet,
    zipped,
)

# Under a second on an idle machine; the bound is there to catch what grows by squares.
PATIENCE = 4
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'


def hand_made(xml: bytes = sheet(CELL), **parts: bytes) -> bytes:
    named = {name.replace("__", "/"): part for name, part in parts.items()}
    return zipped({**by_hand(xml), **named})


def bomb() -> bytes:
    return hand_made(sheet(CELL) + b" " * 60_000_000)


def bomb_of_many_parts() -> bytes:
    parts = {f"xl/media/{n}.bin": b"\0" * 40_000_000 for n in range(5)}
    return zipped({**by_hand(sheet(CELL)), **parts})


def lying_about_its_size() -> bytes:
    """Say ten bytes of a part that unpacks to sixty million."""
    content = bytearray(bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    at = info.header_offset
    struct.pack_into("<I", content, at + 22, 10)
    name = content.rfind(b"xl/worksheets/sheet1.xml")
    struct.pack_into("<I", content, name - 46 + 24, 10)
    return bytes(content)


def directory_of_a_million() -> bytes:
    return b"PK\x03\x04" + b"PK\x01\x02" * 1_000_000


def twice_the_same_part() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in by_hand(sheet(CELL)).items():
            archive.writestr(name, part)
            archive.writestr(name.upper(), part)
    return made.getvalue()


def with_entity(part: str) -> bytes:
    parts = by_hand(sheet(CELL))
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    head = b"" if parts[part].startswith(b"<?xml") else b'<?xml version="1.0"?>'
    text = head + parts[part]
    end = text.index(b"?>") + 2
    parts[part] = text[:end] + entity + text[end:]
    return zipped(parts)


def in_utf16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []><worksheet/>'
    return hand_made(text.encode("utf-16"))


def billion_laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 60)
    )
    return hand_made(f"<!DOCTYPE x [{entities}]><worksheet>&l59;</worksheet>".encode())


FILES: list[tuple[str, Callable[[], bytes], type[DomainError]]] = [
    ("nothing", lambda: b"", errors.NotAWorkbook),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, errors.NotAWorkbook),
    ("another archive", lambda: zipped({"a.txt": b"x"}), errors.NotAWorkbook),
    ("a broken archive", lambda: roster([])[:-40], errors.WorkbookBroken),
    (
        "old Excel",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        errors.WorkbookOfOldKind,
    ),
    (
        "a password",
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        ),
        errors.WorkbookEncrypted,
    ),
    (
        "macros",
        lambda: hand_made(xl__vbaProject_bin=b"x").replace(
            b"xl/vbaProject_bin", b"xl/vbaProject.bin"
        ),
        errors.WorkbookWithMacros,
    ),
    (
        "macros told by type alone",
        lambda: zipped(
            {
                **by_hand(sheet(CELL)),
                "[Content_Types].xml": b"<Types>application/vnd.ms-excel.sheet"
                b".macroEnabled.main+xml</Types>",
            }
        ),
        errors.WorkbookWithMacros,
    ),
    (
        "links to other files",
        lambda: hand_made(xl__externalLinks__externalLink1=b"<x/>"),
        errors.WorkbookReachesOut,
    ),
    (
        "a data connection",
        lambda: zipped({**by_hand(sheet(CELL)), "xl/connections.xml": b"<x/>"}),
        errors.WorkbookReachesOut,
    ),
    ("a bomb", bomb, errors.WorkbookExpandsTooFar),
    ("a bomb of many parts", bomb_of_many_parts, errors.WorkbookExpandsTooFar),
    ("a lie about its size", lying_about_its_size, errors.WorkbookBroken),
    ("a million parts", directory_of_a_million, errors.TooManyParts),
    ("the same part twice", twice_the_same_part, errors.WorkbookBroken),
    (
        "an entity in the sheet",
        lambda: with_entity("xl/worksheets/sheet1.xml"),
        errors.DocumentTypeDeclared,
    ),
    (
        "an entity in the workbook",
        lambda: with_entity("xl/workbook.xml"),
        errors.DocumentTypeDeclared,
    ),
    (
        "an entity in the relations",
        lambda: with_entity("xl/_rels/workbook.xml.rels"),
        errors.DocumentTypeDeclared,
    ),
    ("an entity hidden by UTF-16", in_utf16, errors.WorkbookBroken),
    ("entities of entities", billion_laughs, errors.DocumentTypeDeclared),
    (
        "a cell at the end of the world",
        lambda: hand_made(sheet('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')),
        errors.TooManyRows,
    ),
    (
        "a cell far to the right",
        lambda: hand_made(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
        errors.TooManyColumns,
    ),
    (
        "cells without a place",
        lambda: hand_made(sheet('<row r="1">' + "<c><v>1</v></c>" * 3 + "</row>")),
        errors.WorkbookBroken,
    ),
    (
        "no sheet",
        lambda: zipped(
            {
                k: v
                for k, v in by_hand(sheet(CELL)).items()
                if not k.endswith("sheet1.xml")
            }
        ),
        errors.WorkbookBroken,
    ),
    (
        "a sheet that leads out",
        lambda: zipped(
            {
                **by_hand(sheet(CELL)),
                "xl/_rels/workbook.xml.rels": b'<R><R Id="r1" Type="a/worksheet"'
                b' TargetMode="External" Target="http://example.org/"/></R>',
            }
        ),
        errors.WorkbookBroken,
    ),
]


@pytest.mark.parametrize(("make", "kind"), [f[1:] for f in FILES],
                         ids=[f[0] for f in FILES])  # fmt: skip
def test_what_is_no_harmless_workbook_is_refused(
    make: Callable[[], bytes], kind: type[DomainError]
) -> None:
    """Each with its own code; the time is that of the process, other work aside."""
    content = make()
    started = time.process_time()
    with pytest.raises(kind):
        guarded(content)
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    "piece", [b"<c ", b"<f", b"r = ", b'r="A', b"<a:", b"<aaaa", b'<c r="A1" ']
)
def test_patterns_are_not_slowed_down_by_a_tailored_sheet(piece: bytes) -> None:
    """A sheet full of half-written tags is looked through in one go."""
    xml = sheet("") + piece * (10_000_000 // len(piece))
    content = zipped(by_hand(xml), zipfile.ZIP_STORED)
    started = time.process_time()
    with pytest.raises(DomainError):
        read_roster(content)
    assert time.process_time() - started < PATIENCE


def test_the_dimension_is_not_believed() -> None:
    """A sheet that says it is huge, or tiny, is read by its cells."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 4)
    )
    for told in ("A1:XFD1048576", "A1", "nonsense"):
        safe = guarded(hand_made(sheet(rows, told)))
        assert frozenset() == safe.formulas


def test_formulas_are_found_where_they_stand() -> None:
    """Plain, shared and array formulas, with and without a prefix."""
    xml = sheet(
        '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2"><v>3</v></c></row>'
        '<row r="3"><c r="AA3"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    assert {(1, 1), (2, 26)} == guarded(hand_made(xml)).formulas


def test_only_the_chosen_sheet_reaches_the_reader() -> None:
    """Pictures, notes, printer settings and other sheets stay behind."""
    content = altered(roster([]), xl__media__image1_dot_png=b"picture")
    safe = guarded(content)
    with zipfile.ZipFile(io.BytesIO(safe.content)) as archive:
        names = set(archive.namelist())
    assert names <= {
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    }


def test_columns_are_numbered_as_in_excel() -> None:
    """A is the first, AA comes after Z."""
    assert [0, 25, 26, 103] == [column_number(one) for one in ("A", "Z", "AA", "CZ")]
    assert MAX_PARTS < 1_000
