"""How a page, a paragraph and a table of an official paper look; used by the papers.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I. Nothing here knows what a paper says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
BODY_POINTS: Final = 14.0
WIDTH_MM: Final = 210.0
HEIGHT_MM: Final = 297.0
TOP_MM = BOTTOM_MM = 20.0
LEFT_MM: Final = 30.0
RIGHT_MM: Final = 15.0
FIRST_LINE_MM: Final = 12.7

_NAMES: Final = 1  # the column that is read, not compared
_NARROW: Final = frozenset(" .,:;-'()/iíìĩịỉjlIÍÌĨỊỈtfr")

Align = Literal["left", "centre", "right", "justify"]
_ALIGNMENT: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one paragraph looks; sizes in points."""

    size: float = BODY_POINTS
    bold: bool = False
    italic: bool = False
    align: Align = "justify"
    first_line_mm: float = 0.0
    before: float = 0.0
    after: float = 6.0
    line_spacing: float = 1.0
    keep_with_next: bool = False


BODY: Final = Look(first_line_mm=FIRST_LINE_MM, line_spacing=1.1)
HEADING: Final = replace(BODY, bold=True, keep_with_next=True, before=6.0)
CENTRED: Final = Look(align="centre", after=0.0)
CELL: Final = Look(size=13, align="left", after=2.0, before=2.0)
NOTE: Final = Look(size=12, italic=True, after=3.0)


def new_paper(title: str, author: str) -> Document:
    """Return an empty A4 paper with the decree's margins, font and page numbers."""
    paper = docx.Document()
    style: Any = paper.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(BODY_POINTS)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    paper.core_properties.title = title
    paper.core_properties.author = author
    paper.core_properties.language = "vi-VN"
    _lay_out(paper.sections[0])
    _number_pages(paper.sections[0])
    return paper


def new_section(paper: Document, *, landscape: bool) -> Section:
    """Begin an appendix on a new page with page numbers of its own."""
    section: Section = paper.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, landscape=landscape)
    _number_pages(section)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)  # noqa: SLF001 - python-docx has no door to it
    return section


def _lay_out(section: Section, *, landscape: bool = False) -> None:
    width, height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width = height if landscape else width
    section.page_height = width if landscape else height
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = Mm(10)
    section.footer_distance = Mm(10)


def _number_pages(section: Section) -> None:
    """Put the page number into the middle of the top margin, but not on page 1."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 - python-docx knows no fields


def write(paragraph: Paragraph, text: str, look: Look) -> Paragraph:
    """Give a paragraph its text and its look."""
    layout = paragraph.paragraph_format
    paragraph.alignment = _ALIGNMENT[look.align]
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line_spacing
    layout.keep_with_next = look.keep_with_next
    if look.first_line_mm:
        layout.first_line_indent = Mm(look.first_line_mm)
    if text:
        run = paragraph.add_run(text)
        run.font.size = Pt(look.size)
        run.bold, run.italic = look.bold, look.italic
    return paragraph


def add(paper: Document, text: str, look: Look = BODY) -> Paragraph:
    """Append a paragraph to the paper."""
    return write(paper.add_paragraph(), text, look)


def rule_below(paragraph: Paragraph, width_mm: float, within_mm: float) -> None:
    """Draw a solid rule under a centred paragraph, ``width_mm`` long.

    It is a paragraph border, as the decree wants it, never underlining or dashes.
    """
    indent = Mm(max(0.0, (within_mm - width_mm) / 2))
    paragraph.paragraph_format.left_indent = indent
    paragraph.paragraph_format.right_indent = indent
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1")):
        bottom.set(qn(f"w:{name}"), value)
    bottom.set(qn("w:color"), "000000")
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no door to borders
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def thin_rule(cell: _Cell, width_mm: float, within_mm: float) -> None:
    """Append a centred rule of its own to a cell, close under the text before it."""
    paragraph = write(cell.add_paragraph(), "", replace(CENTRED, size=2))
    paragraph.paragraph_format.line_spacing = Pt(3)
    rule_below(paragraph, width_mm, within_mm)


def columns_without_borders(paper: Document, widths_mm: Sequence[float]) -> list[_Cell]:
    """Append side-by-side blocks (a table without borders) and return its cells."""
    table = paper.add_table(rows=1, cols=len(widths_mm))
    _fix_columns(table, widths_mm)
    return list(table.rows[0].cells)


def grid(
    paper: Document,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    size: float = 13,
    total_last: bool = False,
) -> Table:
    """Append a ruled table whose header row is repeated on each page.

    The second column holds names, the others numbers; ``total_last`` sets the last row
    in bold.
    """
    table: Table = paper.add_table(rows=0, cols=len(widths_mm))
    table.style = "Table Grid"
    head = replace(CELL, size=size, bold=True, align="centre")
    _fill(table, header, [head] * len(header))
    _repeat_as_header(table)
    for number, row in enumerate(rows, start=1):
        look = replace(CELL, size=size, bold=total_last and number == len(rows))
        looks = [
            replace(look, align="left" if column == _NAMES else "centre")
            for column in range(len(row))
        ]
        _fill(table, row, looks)
    _fix_columns(table, widths_mm)
    return table


def _fill(table: Table, texts: Sequence[str], looks: Sequence[Look]) -> None:
    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no door to row splitting
    properties.append(OxmlElement("w:cantSplit"))
    for cell, text, look in zip(row.cells, texts, looks, strict=True):
        cell.vertical_alignment = 1
        write(cell.paragraphs[0], text, look)


def _repeat_as_header(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - no door to it
    properties.append(OxmlElement("w:tblHeader"))


def _fix_columns(table: Table, widths_mm: Sequence[float]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def text_width_mm(section: Section) -> float:
    """Width between the margins of a section."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return float(Emu((width or 0) - (left or 0) - (right or 0)).mm)


def add_dotted_line(paper: Document) -> None:
    """Append an empty line of dots from margin to margin, to be written on."""
    paragraph = add(paper, "\t", Look(align="left"))
    width = Mm(text_width_mm(paper.sections[0]))
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def line_width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how long a line is in Times New Roman, to size the rules under it."""
    em = sum(_em(letter) for letter in text) * (1.04 if bold else 1.0)
    return float(em * size * 25.4 / 72)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.30
    return 0.71 if letter.isupper() else 0.50
