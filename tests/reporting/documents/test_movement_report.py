"""The official document: layout by Nghị định 30/2020, numbers as frozen."""

import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length

from services.contracts.reporting.api import (
    DocumentHead,
    FigureLine,
    Freshness,
    ReportAnswer,
    SourceFreshness,
    UnitFigures,
)
from services.reporting.documents.movement_report import CHAPTERS, movement_report
from services.reporting.domain.number_form import change_in_percent
from services.reporting.domain.periods import period_of
from services.reporting.indicators import INDICATORS as CATALOGUE
from services.reporting.read_models.period_answer import period_answer

INDICATORS = [one for one in CATALOGUE if one.in_movement_report]
NOW = datetime(2024, 1, 5, 7, 5, tzinfo=UTC)
VALUES = (12, 939, 55875, 1811, 527, 55, 60, 11, 218, 1131, 0, 0, 0, 0, 0, 0)
BEFORE = (10, 871, 48210, 1811, 0, 52, 66, 11, 219, 1150, 0, 0, 0, 0, 0, 0)


def line(number: int, *, comparable: bool = True) -> FigureLine:
    indicator = INDICATORS[number]
    value, before = VALUES[number], BEFORE[number]
    return FigureLine(
        indicator=indicator.code,
        name_vi=indicator.name_vi,
        name_en=indicator.name_en,
        unit_of_count=indicator.unit_of_count,
        kind=indicator.kind,
        value=value,
        same_period_last_year=before,
        change=value - before,
        change_percent=change_in_percent(value, before),
        comparable=comparable,
        not_comparable_because=None if comparable else "Xã Chia được chia.",
    )


def figures(name: str, *, broken: int | None = None) -> UnitFigures:
    return UnitFigures(
        unit_id=UUID(int=1),
        unit_code="06",
        unit_name=name,
        unit_type="Tỉnh",
        level="province",
        lines=[line(n, comparable=n != broken) for n in range(len(INDICATORS))],
    )


def report(broken: int | None = None) -> ReportAnswer:
    year = period_of("year", 2023)
    return ReportAnswer(
        report_id=UUID(int=2),
        unit_id=UUID(int=1),
        number=5,
        year=2024,
        number_and_symbol="05/BC-BCĐ",
        drafted_on=date(2024, 1, 5),
        drafted_by="officer",
        period=period_answer(year),
        same_period_last_year=period_answer(year.year_before()),
        geography="as_was",
        head=DocumentHead(
            issuing_body="Ban Chỉ đạo 138 tỉnh Bắc Kạn",
            parent_body="Ủy ban nhân dân tỉnh Bắc Kạn",
            symbol="BC-BCĐ",
            place="Bắc Kạn",
            signing_authority="TM. Ban Chỉ đạo",
            signer_title="Trưởng ban",
            recipients=["Bộ Công an (để báo cáo)"],
        ),
        unit=figures("Tỉnh Bắc Kạn", broken=broken),
        children=[figures("Thành phố Bắc Kạn"), figures("Huyện Ba Bể")],
        freshness=Freshness(
            sources=[
                SourceFreshness(
                    source="campaigns",
                    generation="g",
                    complete_to_position=1204,
                    head=1204,
                    caught_up=True,
                    event_time=NOW,
                    applied_at=NOW,
                )
            ],
            waiting_facts=0,
            answered_at=NOW,
        ),
        docx_path="",
    )


@pytest.fixture(scope="module")
def raw() -> bytes:
    return movement_report(report())


@pytest.fixture(scope="module")
def paper(raw: bytes) -> Document:
    return docx.Document(BytesIO(raw))


def mm(length: Length | None) -> float:
    """Give a length in tenths of a millimetre; the file counts in twips."""
    assert length is not None
    return float(round(length.mm, 1))


def texts(paper: Document) -> list[str]:
    return [paragraph.text for paragraph in paper.paragraphs]


def cells(paper: Document, table: int, row: int) -> list[str]:
    return [cell.text for cell in paper.tables[table].rows[row].cells]


def test_paper_is_a4_with_the_decrees_margins(paper: Document) -> None:
    """210 by 297 mm; 20 above and below, 30 left, 15 right, in every section."""
    body = paper.sections[0]
    assert (210, 297) == (mm(body.page_width), mm(body.page_height))
    for section in paper.sections:
        assert (20, 20, 30, 15) == (
            mm(section.top_margin),
            mm(section.bottom_margin),
            mm(section.left_margin),
            mm(section.right_margin),
        )


def test_every_run_is_times_new_roman_of_eleven_to_fourteen_points(
    raw: bytes, paper: Document
) -> None:
    """No other font is named; body text has 14 points."""
    with zipfile.ZipFile(BytesIO(raw)) as parts:
        text = parts.read("word/document.xml").decode()
        styles = parts.read("word/styles.xml").decode()
    assert "rFonts" not in text
    normal = re.search(r'w:styleId="Normal">.*?</w:style>', styles, re.DOTALL)
    assert normal is not None
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="(.*?)"', normal[0])) == {
        "Times New Roman"
    }
    sizes = {
        run.font.size.pt
        for paragraph in paper.paragraphs
        for run in paragraph.runs
        if run.font.size is not None
    }
    assert sizes <= {12.0, 13.0, 14.0}


def test_head_names_the_nation_the_motto_and_the_issuing_body(paper: Document) -> None:
    """Two blocks without borders; number and date lines with leading zeros."""
    left, right = (cell.text.split("\n") for cell in paper.tables[0].rows[0].cells)

    assert "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN" == " ".join(left[:2])
    assert "BAN CHỈ ĐẠO 138 TỈNH BẮC KẠN" == " ".join(left[2:4])
    assert "Số: 05/BC-BCĐ" == left[-1]
    assert [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bắc Kạn, ngày 05 tháng 01 năm 2024",
    ] == right
    assert paper.tables[0].style is not None
    assert "Table Grid" != paper.tables[0].style.name


def test_rule_under_the_motto_is_a_paragraph_border(paper: Document) -> None:
    """Neither underlined text nor dashes."""
    motto = paper.tables[0].rows[0].cells[1].paragraphs[1]
    border = motto._p.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")

    assert border is not None
    assert "single" == border.get(qn("w:val"))
    assert all(not run.underline for run in motto.runs)
    assert all(run.bold for run in motto.runs)


def test_title_says_kind_and_subject(paper: Document) -> None:
    """BÁO CÁO and what it is about, bold and centred."""
    found = texts(paper)
    start = found.index("BÁO CÁO")

    assert [
        "Kết quả công tác xây dựng phong trào",
        "“Toàn dân bảo vệ an ninh Tổ quốc” năm 2023",
    ] == found[start + 1 : start + 3]
    for paragraph in paper.paragraphs[start : start + 3]:
        assert WD_ALIGN_PARAGRAPH.CENTER == paragraph.alignment
        assert all(run.bold for run in paragraph.runs)


def test_text_carries_the_frozen_numbers_in_vietnamese_form(paper: Document) -> None:
    """55.875, 29,1%, tăng and giảm; the year by its official days."""
    text = "\n".join(texts(paper))

    assert "từ ngày 15/12/2022 đến hết ngày 14/12/2023" in text
    assert "939 buổi, tăng 68 buổi (7,8%) so với cùng kỳ năm trước" in text
    assert "55.875 lượt, tăng 7.665 lượt (15,9%) so với cùng kỳ" in text
    assert "1.811 tin, bằng cùng kỳ năm trước" in text
    assert "527 tin, tăng 527 tin so với cùng kỳ năm trước" in text
    assert "Tỷ lệ tin có giá trị trên tin nhận: 29,1%" in text
    assert "Bình quân mỗi buổi: 59,5 lượt" in text
    assert "1.131 người, giảm 19 người (1,7%)" in text
    assert "(tại thời điểm 14/12/2023): 55 loại mô hình" in text
    assert text.rstrip().count("./.") == 1


def test_body_is_justified_with_an_indented_first_line(paper: Document) -> None:
    """14 points, first line 1.27 cm, at least 6 points between paragraphs."""
    body = next(p for p in paper.paragraphs if "939 buổi" in p.text)

    assert WD_ALIGN_PARAGRAPH.JUSTIFY == body.alignment
    assert 12.7 == mm(body.paragraph_format.first_line_indent)
    assert body.paragraph_format.space_after is not None
    assert 6 <= body.paragraph_format.space_after.pt
    size = body.runs[0].font.size
    assert size is not None
    assert 14 == size.pt


def test_page_number_stands_centred_in_the_top_margin_but_not_on_page_one(
    paper: Document,
) -> None:
    """A PAGE field in the header; the first page has an empty header of its own."""
    for section in paper.sections:
        assert section.different_first_page_header_footer
        (number,) = section.header.paragraphs
        assert WD_ALIGN_PARAGRAPH.CENTER == number.alignment
        assert "PAGE" in number._p.xml
        assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_table_compares_with_the_year_before_under_a_repeated_header(
    paper: Document,
) -> None:
    """All lines of the catalogue: now, in the year before, and the change."""
    table = paper.tables[2]

    assert [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kỳ này",
        "Cùng kỳ năm trước",
        "Tăng, giảm",
        "Tỷ lệ",
    ] == cells(paper, 2, 0)
    assert 1 + len(INDICATORS) == len(table.rows)
    assert [
        "3",
        INDICATORS[2].name_vi,
        "lượt",
        "55.875",
        "48.210",
        "+7.665",
        "+15,9%",
    ] == cells(paper, 2, 3)
    assert ["527", "0", "+527", "–"] == cells(paper, 2, 5)[3:]
    assert ["60", "66", "-6", "-9,1%"] == cells(paper, 2, 7)[3:]
    for found in paper.tables[2:]:
        assert found.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(
            row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in found.rows
        )


def test_children_stand_in_a_landscape_appendix_above_the_total(
    paper: Document,
) -> None:
    """One row for each part, and the unit's own figures below them.

    As many columns as a page has room for.
    """
    assert 2 + 12 == len(paper.tables[3].columns)
    assert WD_ORIENT.LANDSCAPE == paper.sections[-1].orientation
    rows = [cells(paper, 3, n) for n in range(len(paper.tables[3].rows))]

    assert ["Thành phố Bắc Kạn", "Huyện Ba Bể", "Tổng số"] == [r[1] for r in rows[1:]]
    assert "55.875" == rows[-1][4]
    assert "Phụ lục II" in texts(paper)
    assert "(Kèm theo Báo cáo số 05/BC-BCĐ ngày 05 tháng 01 năm 2024)" in texts(paper)


def test_recipients_and_signature_stand_below_the_text(paper: Document) -> None:
    """The list ends with the archive; nobody's name is made up."""
    left, right = (cell.text for cell in paper.tables[1].rows[0].cells)

    assert ["Nơi nhận:", "- Bộ Công an (để báo cáo);", "- Lưu: VT."] == left.split("\n")
    assert ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"] == right.strip().split("\n")
    assert 4 <= right.count("\n")


def test_document_says_how_complete_its_figures_are(paper: Document) -> None:
    """When they were frozen, and up to which event of each source."""
    assert (
        "Số liệu chốt lúc 14 giờ 05 ngày 05/01/2024, đầy đủ: hoạt động phong trào đến "
        "sự kiện số 1.204." in texts(paper)
    )


def test_what_cannot_compare_says_so_in_text_and_table() -> None:
    """A broken series shows no change and names the reason."""
    paper = docx.Document(BytesIO(movement_report(report(broken=1))))
    text = "\n".join(texts(paper))

    assert "939 buổi; không so sánh được với cùng kỳ năm trước" in text
    assert ["939", "871", "–", "–"] == cells(paper, 2, 2)[3:]
    assert "Không so sánh được: Xã Chia được chia." in text


def test_every_indicator_has_its_chapter() -> None:
    """No line of the report is left out of the text."""
    told = [code for _, codes in CHAPTERS for code in codes]

    assert sorted(told) == sorted(indicator.code for indicator in INDICATORS)
