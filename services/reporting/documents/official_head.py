"""The blocks around a paper's text: heads, number, date, title, recipients, signature.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; used by every paper of this service.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell

from services.contracts.reporting.api import DocumentHead
from services.reporting.documents.page import (
    CENTRED,
    Look,
    add,
    columns_without_borders,
    line_width_mm,
    rule_below,
    text_width_mm,
    thin_rule,
    write,
)
from services.reporting.domain.number_form import date_line

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
# The nation's name must stay on one line: 96 mm hold it at 12 points, bold.
_HEAD_COLUMNS_MM: Final = (68.0, 97.0)
_SIGNATURE_COLUMNS_MM: Final = (82.5, 82.5)
_BLANK_LINES_FOR_SIGNING: Final = 4
_RULE_SHARE: Final = 0.4  # the decree asks for a third to a half of the line above
_CELL_PADDING_MM: Final = 3.8
_MOTTO_MM: Final = 60.0  # the motto's length in Times New Roman, 13 points, bold
_UNIT_WORDS: Final = frozenset(
    {"tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường", "đặc"}
)

_SMALL: Final = replace(CENTRED, size=12)
_BOLD_13: Final = replace(CENTRED, size=13, bold=True)
_TITLE: Final = replace(CENTRED, size=14, bold=True)


def add_head(
    paper: Document, head: DocumentHead, number_and_symbol: str, day: date
) -> None:
    """Nation and motto on the right, the issuing body on the left, then the date."""
    left, right = columns_without_borders(paper, _HEAD_COLUMNS_MM)
    _issuing_block(left, head, number_and_symbol)
    within = _HEAD_COLUMNS_MM[1] - _CELL_PADDING_MM
    write(right.paragraphs[0], NATION, replace(_SMALL, bold=True))
    motto = write(right.add_paragraph(), MOTTO, _BOLD_13)
    rule_below(motto, _MOTTO_MM, within)
    dated = f"{head.place}, {date_line(day)}"
    write(
        right.add_paragraph(),
        dated,
        replace(CENTRED, size=13, italic=True, before=10),
    )


def _issuing_block(cell: _Cell, head: DocumentHead, number_and_symbol: str) -> None:
    within = _HEAD_COLUMNS_MM[0] - _CELL_PADDING_MM
    lines = [(line, _SMALL) for line in _lines(head.parent_body, within)]
    strong = replace(_SMALL, bold=True)
    issuing = _lines(head.issuing_body, within)
    lines += [(line, strong) for line in issuing]
    for number, (line, look) in enumerate(lines):
        write(cell.add_paragraph() if number else cell.paragraphs[0], line, look)
    width = max(line_width_mm(line, 12, bold=True) for line in issuing)
    thin_rule(cell, min(width, within) * _RULE_SHARE, within)
    numbered = replace(CENTRED, size=13, before=4)
    write(cell.add_paragraph(), f"Số: {number_and_symbol}", numbered)


def _lines(body: str, within_mm: float) -> list[str]:
    """Break a body's name before the kind of its unit when one line is too short."""
    whole = body.upper()
    words = body.split()
    breaks = [n for n, word in enumerate(words) if n and word.lower() in _UNIT_WORDS]
    if not breaks or line_width_mm(whole, 12, bold=True) <= within_mm:
        return [whole]
    return [
        " ".join(words[: breaks[0]]).upper(),
        " ".join(words[breaks[0] :]).upper(),
    ]


def add_title(paper: Document, kind: str, about: Sequence[str]) -> None:
    """Kind of paper in upper case, what it is about, and the rule below."""
    add(paper, kind.upper(), replace(_TITLE, before=18))
    for line in about[:-1]:
        add(paper, line, _TITLE)
    add(paper, about[-1], _TITLE)
    rule = add(paper, "", replace(CENTRED, size=2, after=12))
    rule.paragraph_format.line_spacing = Pt(3)
    longest = max(line_width_mm(line, 14, bold=True) for line in about)
    within = text_width_mm(paper.sections[0])
    rule_below(rule, min(longest, within) * _RULE_SHARE, within)


def add_signature(paper: Document, head: DocumentHead) -> None:
    """Recipients on the left; authority, title and room to sign on the right."""
    add(paper, "", replace(CENTRED, size=6))
    left, right = columns_without_borders(paper, _SIGNATURE_COLUMNS_MM)
    recipient = Look(size=11, align="left", after=0)
    write(
        left.paragraphs[0],
        "Nơi nhận:",
        replace(recipient, size=12, bold=True, italic=True),
    )
    for name in head.recipients:
        write(left.add_paragraph(), f"- {name.rstrip(';.')};", recipient)
    write(left.add_paragraph(), "- Lưu: VT.", recipient)
    authority = head.signing_authority.upper()
    write(right.paragraphs[0], authority, replace(_TITLE, keep_with_next=True))
    title = replace(_TITLE, keep_with_next=True)
    write(right.add_paragraph(), head.signer_title.upper(), title)
    for _ in range(_BLANK_LINES_FOR_SIGNING):
        write(right.add_paragraph(), "", title)


def add_appendix_title(
    paper: Document, number: str, title: str, number_and_symbol: str, day: date
) -> None:
    """Head of an appendix, with the paper to which it belongs."""
    add(paper, f"Phụ lục {number}", _TITLE)
    add(paper, title.upper(), _TITLE)
    belongs = f"(Kèm theo Báo cáo số {number_and_symbol} {date_line(day)})"
    add(paper, belongs, replace(CENTRED, size=13, italic=True, after=10))
