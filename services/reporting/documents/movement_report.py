"""The report on the movement as an official paper, from a report's frozen figures.

Every number in the text is a frozen line, so text and tables cannot differ. What the
figures do not support is left for the drafter, never made up. Served by the DOCX route.
"""

from dataclasses import replace
from io import BytesIO
from typing import Final

from docx.document import Document

from services.chassis.clock import LOCAL_ZONE
from services.contracts.reporting.api import (
    FigureLine,
    PeriodAnswer,
    ReportAnswer,
    UnitFigures,
)
from services.reporting.documents.official_head import (
    add_appendix_title,
    add_head,
    add_signature,
    add_title,
)
from services.reporting.documents.page import (
    HEADING,
    NOTE,
    add,
    add_dotted_line,
    grid,
    new_paper,
    new_section,
)
from services.reporting.domain.number_form import (
    NOTHING,
    change_phrase,
    decimal,
    percent,
    short_date,
    signed,
    signed_percent,
    whole,
)

CHAPTERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "Công tác tuyên truyền, vận động, phát động phong trào",
        ("campaigns_opened", "sessions_held", "session_attendances"),
    ),
    (
        "Kết quả vận động quần chúng cung cấp tin",
        ("tips_received", "valuable_tips"),
    ),
    (
        "Xây dựng, duy trì các mô hình",
        ("police_model_types", "mttq_model_points"),
    ),
    (
        "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
        (
            "neighbourhood_guard_boards",
            "neighbourhood_guard_members",
            "part_time_commune_police",
            "security_order_teams",
            "security_order_members",
            "security_order_team_quota",
            "security_order_member_quota",
            "training_courses",
            "training_certified",
        ),
    ),
)
# A landscape page has room for twelve columns that can be read.
_NOT_BY_UNIT: Final = {
    "security_order_team_quota",
    "security_order_member_quota",
    "training_courses",
    "training_certified",
}
_SOURCES: Final = {
    "registry": "sổ bộ đơn vị, lực lượng",
    "campaigns": "hoạt động phong trào",
    "tips": "tiếp nhận tin",
}
_LINES_TABLE_MM: Final = (10.0, 52.0, 22.0, 20.0, 22.0, 19.0, 20.0)
_LINES_HEADER: Final = (
    "TT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kỳ này",
    "Cùng kỳ năm trước",
    "Tăng, giảm",
    "Tỷ lệ",
)
_CHILDREN_WIDTH_MM: Final = 252.0
_LINES_TO_WRITE_ON: Final = 4


def movement_report(report: ReportAnswer) -> bytes:
    """Return the DOCX of a drafted report."""
    name = report.period.name_vi
    title = f"Báo cáo kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc {name}"
    paper = new_paper(title, report.head.issuing_body)
    add_head(paper, report.head, report.number_and_symbol, report.drafted_on)
    add_title(
        paper,
        "Báo cáo",
        (
            "Kết quả công tác xây dựng phong trào",
            f"“Toàn dân bảo vệ an ninh Tổ quốc” {name}",
        ),
    )
    _add_scope(paper, report)
    _add_results(paper, report)
    _add_open_parts(paper)
    add_signature(paper, report.head)
    _add_table_of_lines(paper, report)
    if report.children:
        _add_table_of_children(paper, report)
    buffer = BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _in_a_sentence(name: str) -> str:
    """Write a unit's name inside a sentence: tỉnh Bắc Kạn."""
    return name[:1].lower() + name[1:]


def _days(period: PeriodAnswer) -> str:
    first, last = short_date(period.first_day), short_date(period.last_day)
    return f"từ ngày {first} đến hết ngày {last}"


def _add_scope(paper: Document, report: ReportAnswer) -> None:
    geography = (
        "theo địa giới hành chính tại thời điểm phát sinh"
        if report.geography == "as_was"
        else "quy đổi theo địa giới hành chính hiện nay"
    )
    add(
        paper,
        f"Báo cáo tổng hợp số liệu của {_in_a_sentence(report.unit.unit_name)} "
        f"{_days(report.period)}; cùng kỳ năm trước "
        f"{_days(report.same_period_last_year)}; số liệu {geography}. Chi tiết tại các "
        "phụ lục kèm theo.",
    )


def _add_results(paper: Document, report: ReportAnswer) -> None:
    lines = {line.indicator: line for line in report.unit.lines}
    add(paper, "I. KẾT QUẢ THỰC HIỆN", HEADING)
    number = 0
    for title, codes in CHAPTERS:
        chapter = [lines[code] for code in codes if code in lines]
        if not chapter:
            continue
        number += 1
        add(paper, f"{number}. {title}", HEADING)
        for line in chapter:
            add(paper, f"- {_sentence(line, report.period)}")
        for derived in _derived(lines, codes):
            add(paper, f"- {derived}")


def _sentence(line: FigureLine, period: PeriodAnswer) -> str:
    if line.value is None:
        return f"{line.name_vi}: không có số liệu trong kỳ."
    at = (
        f" (tại thời điểm {short_date(period.last_day)})"
        if line.kind == "stock"
        else ""
    )
    amount = f"{line.name_vi}{at}: {whole(line.value)} {line.unit_of_count}"
    if not line.comparable or line.change is None:
        return f"{amount}; không so sánh được với cùng kỳ năm trước."
    phrase = change_phrase(line.change, line.change_percent, line.unit_of_count)
    return f"{amount}, {phrase}."


def _derived(lines: dict[str, FigureLine], codes: tuple[str, ...]) -> list[str]:
    """Ratios, always computed anew from their two parts."""
    found = []
    if "session_attendances" in codes:
        mean = _ratio(lines, "session_attendances", "sessions_held")
        if mean is not None:
            found.append(f"Bình quân mỗi buổi: {decimal(mean)} lượt.")
    if "valuable_tips" in codes:
        share = _ratio(lines, "valuable_tips", "tips_received")
        if share is not None:
            found.append(f"Tỷ lệ tin có giá trị trên tin nhận: {percent(100 * share)}.")
    return found


def _ratio(lines: dict[str, FigureLine], over: str, under: str) -> float | None:
    numerator, denominator = lines.get(over), lines.get(under)
    if numerator is None or denominator is None:
        return None
    if numerator.value is None or not denominator.value:
        return None
    return numerator.value / denominator.value


def _add_open_parts(paper: Document) -> None:
    """Leave room for the judgement that no figure can give."""
    add(paper, "II. NHẬN XÉT, ĐÁNH GIÁ VÀ PHƯƠNG HƯỚNG", HEADING)
    for _ in range(_LINES_TO_WRITE_ON):
        add_dotted_line(paper)
    add(
        paper,
        "Trên đây là báo cáo kết quả công tác xây dựng phong trào “Toàn dân bảo vệ "
        "an ninh Tổ quốc”./.",
    )


def _add_table_of_lines(paper: Document, report: ReportAnswer) -> None:
    new_section(paper, landscape=False)
    add_appendix_title(
        paper,
        "I",
        f"Số liệu kết quả phong trào {report.period.name_vi}",
        report.number_and_symbol,
        report.drafted_on,
    )
    rows = [_row(n, line) for n, line in enumerate(report.unit.lines, start=1)]
    grid(paper, _LINES_HEADER, rows, _LINES_TABLE_MM, size=12)
    _add_notes(paper, report)


def _row(number: int, line: FigureLine) -> tuple[str, ...]:
    compared = line.comparable and line.change is not None
    return (
        f"{number}",
        line.name_vi,
        line.unit_of_count,
        whole(line.value),
        whole(line.same_period_last_year),
        signed(line.change) if compared else NOTHING,
        signed_percent(line.change_percent) if compared else NOTHING,
    )


def _add_notes(paper: Document, report: ReportAnswer) -> None:
    end = short_date(report.period.last_day)
    numbered = enumerate(report.unit.lines, start=1)
    stocks = ", ".join(f"{n}" for n, line in numbered if line.kind == "stock")
    add(
        paper,
        f"Ghi chú: chỉ tiêu số {stocks} là số tại thời điểm cuối kỳ ({end}); các chỉ "
        f"tiêu khác là số phát sinh trong kỳ. Dấu “{NOTHING}”: không có cơ sở so sánh "
        "hoặc không áp dụng; tỷ lệ từ 1.000% trở lên không ghi.",
        replace(NOTE, before=6),
    )
    for reason in sorted(
        {
            line.not_comparable_because
            for line in report.unit.lines
            if line.not_comparable_because is not None
        }
    ):
        add(paper, f"Không so sánh được: {reason}", NOTE)
    add(paper, _freshness(report), NOTE)


def _freshness(report: ReportAnswer) -> str:
    moment = report.freshness.answered_at.astimezone(LOCAL_ZONE)
    day = short_date(moment.date())
    parts = [
        f"{_SOURCES.get(source.source, source.source)} đến sự kiện số "
        f"{whole(source.complete_to_position)}"
        for source in report.freshness.sources
    ]
    waiting = report.freshness.waiting_facts
    held = f"; {whole(waiting)} sự kiện còn chờ xác định đơn vị" if waiting else ""
    return (
        f"Số liệu chốt lúc {moment:%H} giờ {moment:%M} ngày {day}, đầy đủ: "
        f"{'; '.join(parts)}{held}."
    )


def _add_table_of_children(paper: Document, report: ReportAnswer) -> None:
    new_section(paper, landscape=True)
    add_appendix_title(
        paper,
        "II",
        f"Số liệu theo đơn vị trực thuộc {report.period.name_vi}",
        report.number_and_symbol,
        report.drafted_on,
    )
    lines = _by_unit(report.unit)
    each = (_CHILDREN_WIDTH_MM - 10 - 44) / max(1, len(lines))
    header = ["TT", "Đơn vị", *(line.name_vi for line in lines)]
    rows = [
        [f"{number}", child.unit_name, *_values(child)]
        for number, child in enumerate(report.children, start=1)
    ]
    rows.append(["", "Tổng số", *_values(report.unit)])
    grid(
        paper,
        header,
        rows,
        [10, 44, *([each] * len(lines))],
        size=11,
        total_last=True,
    )


def _values(unit: UnitFigures) -> list[str]:
    return [whole(line.value) for line in _by_unit(unit)]


def _by_unit(unit: UnitFigures) -> list[FigureLine]:
    return [line for line in unit.lines if line.indicator not in _NOT_BY_UNIT]
