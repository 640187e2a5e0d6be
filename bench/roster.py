"""A roster of 20,000 rows from an Excel workbook, end to end."""

import io
import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.error import HTTPError
from uuid import uuid4

import psycopg
import xlsxwriter

from bench.house import House
from bench.measure import Row, least_row
from services.contracts.registry.imports import XLSX
from services.registry.documents.roster_columns import COLUMNS

ROWS: Final = 20_000
_TEAM_OF: Final = 25
_PATIENCE_S: Final = 180.0
# Names that cannot be mistaken for real ones; the numbers tell people apart.
_WORDS: Final = (
    "Không", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín",
)  # fmt: skip
_FIRST_DAY: Final = datetime(2025, 8, 1)  # noqa: DTZ001 - a day of Excel has no zone
_BIRTH: Final = datetime(1985, 3, 15)  # noqa: DTZ001 - as above


def measure(house: House, port: int) -> Iterator[Row]:
    """Upload a workbook of valid rows and wait until the last one is applied."""
    content = workbook(_communes(house))
    started = time.perf_counter()
    address = f"http://127.0.0.1:{port}/v1/imports"
    told = _ask(house, f"{address}?unit_code=19", content)
    while True:
        batch = _ask(house, f"{address}/by-id?ids={told['batch_id']}")["rows"][0]
        if batch["ended_at"] is not None:
            break
        assert time.perf_counter() - started < _PATIENCE_S, batch
        time.sleep(0.05)
    spent = time.perf_counter() - started
    assert (batch["state"], batch["members"]) == ("applied", ROWS), (
        batch,
        _ask(house, f"{address}/{told['batch_id']}/faults?first=1"),
    )
    what = f"A roster of {ROWS:,} rows from Excel, upload to last row applied"
    yield least_row(what, "rows/s", ROWS / spent, 2_000)


def workbook(communes: list[str]) -> bytes:
    """Write a roster as an officer's own program would."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, [column.heading for column in COLUMNS])
    for number in range(ROWS):
        team, place = divmod(number, _TEAM_OF)
        cells: dict[str, Any] = {
            "unit": communes[team % len(communes)],
            "force_type": "Đội dân phòng",
            "team_name": f"Đội {team}",
            "full_name": f"Người Thử {_WORDS[number % 10]} {_WORDS[number // 10 % 10]}",
            "birth_date": _BIRTH,
            "citizen_id": f"019{number:09d}",
            "post": "Đội trưởng" if place == 0 else "Đội viên",
            "first_day": _FIRST_DAY,
        }
        for at, column in enumerate(COLUMNS):
            cell = cells.get(column.key)
            if isinstance(cell, datetime):
                sheet.write_datetime(number + 1, at, cell, day)
            elif cell is not None:
                sheet.write_string(number + 1, at, cell)
    book.close()
    return made.getvalue()


def _communes(house: House) -> list[str]:
    with psycopg.connect(house.run.postgres.url) as connection:
        rows = connection.execute(
            "SELECT code FROM registry_read.unit_directory WHERE level = 'commune'"
            " AND path LIKE 'VN.19-2025.%%' AND valid_to IS NULL ORDER BY code"
        ).fetchall()
    return [row[0] for row in rows]


def _ask(house: House, address: str, content: bytes | None = None) -> Any:
    headers = {"Authorization": f"Bearer {house.token}"}
    if content is not None:
        headers |= {"Content-Type": XLSX, "Idempotency-Key": str(uuid4())}
    request = urllib.request.Request(address, content, headers)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            return json.loads(answer.read())
    except HTTPError as error:
        raise AssertionError(error.read()) from error
