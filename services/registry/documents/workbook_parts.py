"""The parts of an Office file: where its sheets lie, and a fresh file from a few parts.

The guard unpacks through this and nothing else does.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr

from defusedxml.ElementTree import ParseError, fromstring

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_PROPERTIES: Final = "docProps/custom.xml"
_BASE: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_BASE}/spreadsheetml/2006/main"
_OFFICE: Final = f"{_BASE}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_BASE}/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SheetPart(NamedTuple):
    """A worksheet and the part that holds it."""

    name: str
    part: str
    visible: bool
    since_1904: bool


class Parts:
    """The parts of a file by name; each is checked when it is unpacked."""

    def __init__(
        self, archive: zipfile.ZipFile, check: Callable[[bytes], None]
    ) -> None:
        self._archive = archive
        self._check = check
        self._names = {name.lower(): name for name in archive.namelist()}

    def has(self, name: str) -> bool:
        """Tell whether there is such a part, whatever its case."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """Unpack a part. Raises KeyError, zipfile.BadZipFile, and what checks raise.

        The archive's word on its size is a bound: what follows is not unpacked.
        """
        content = self._archive.read(self._names[name.lower()])
        self._check(content)
        return content


def sheets_of(parts: Parts) -> list[SheetPart]:
    """Return the worksheets in their order. Raises ValueError for broken parts."""
    try:
        workbook = fromstring(parts.read(_WORKBOOK), forbid_dtd=True)
        relations = fromstring(parts.read(_RELATIONS), forbid_dtd=True)
    except ParseError as error:
        raise ValueError("a part is no XML") from error
    targets = {
        one.get("Id"): posixpath.normpath(
            posixpath.join("xl", str(one.get("Target", "")))
        ).lstrip("/")
        for one in relations
        if str(one.get("Type")).endswith("/worksheet")
        and one.get("TargetMode") != "External"
    }
    since_1904 = any(
        element.get("date1904") in {"1", "true"}
        for element in workbook.iter()
        if element.tag.endswith("}workbookPr")
    )
    found = []
    for element in workbook.iter():
        if element.tag.endswith("}sheet"):
            wanted = next((v for k, v in element.items() if k.endswith("}id")), None)
            if wanted in targets and parts.has(targets[wanted]):
                visible = element.get("state", "visible") == "visible"
                name = str(element.get("name"))
                found.append(SheetPart(name, targets[wanted], visible, since_1904))
    return found


def custom_properties(parts: Parts) -> dict[str, str]:
    """Return the texts that a program left about the file."""
    if not parts.has(_PROPERTIES):
        return {}
    try:
        properties = fromstring(parts.read(_PROPERTIES), forbid_dtd=True)
    except ParseError as error:
        raise ValueError("a part is no XML") from error
    return {
        str(one.get("name")): "".join(value.text or "" for value in one)
        for one in properties
    }


def single_sheet_parts(parts: Parts, sheet: SheetPart) -> dict[str, bytes]:
    """Unpack what a reader needs beside the sheet itself: texts and formats."""
    del sheet
    shared = ("xl/sharedStrings.xml", "xl/styles.xml")
    return {name: parts.read(name) for name in shared if parts.has(name)}


def rebuilt(shared: dict[str, bytes], xml: bytes, sheet: SheetPart) -> bytes:
    """Make a file of one sheet, not compressed, whose every other part is ours."""
    kinds = {"worksheets/sheet1.xml": "worksheet"}
    for name in shared:
        kinds[name.removeprefix("xl/")] = name.removeprefix("xl/").removesuffix(".xml")
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in {"workbook.xml": "sheet.main", **kinds}.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{part}"/>'
        for number, (part, kind) in enumerate(kinds.items(), 1)
    )
    since = ' date1904="1"' if sheet.since_1904 else ""
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package'
        f'.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        _WORKBOOK: f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<workbookPr{since}/><sheets><sheet name={quoteattr(sheet.name)}"
        ' sheetId="1" r:id="rId1"/></sheets></workbook>',
        _RELATIONS: f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, text in texts.items():
            archive.writestr(name, _HEAD + text)
        for name, content in {**shared, "xl/worksheets/sheet1.xml": xml}.items():
            archive.writestr(name, content)
    return made.getvalue()
