"""How Vietnamese official papers write numbers, shares, changes and days.

Used by the documents; APIs carry plain numbers. Source: Nghị định 30/2020/NĐ-CP,
Phụ lục I (leading zeros); CLDR vi-VN (55.875; 29,1%).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "–"
# From ten times on a share in per cent says nothing that the two numbers do not say.
TELLING_PERCENT_BELOW = 1000
_LEADING_ZERO_BELOW = 10
_LAST_MONTH_WITH_LEADING_ZERO = 2


def whole(number: int | None) -> str:
    """Thousands behind points: 55.875. Not applicable: a dash."""
    if number is None:
        return NOTHING
    return f"{number:,}".replace(",", ".")


def decimal(number: float | Decimal, digits: int = 1) -> str:
    """Decimals behind a comma: 1.234.567,5."""
    rounded = rounded_to(number, digits)
    return f"{rounded:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def percent(number: float | None) -> str:
    """One decimal and the sign without a space: 29,1%. Not applicable: a dash."""
    return NOTHING if number is None else f"{decimal(number)}%"


def signed(number: int | None) -> str:
    """Write a change with its sign; no change is a plain 0."""
    if number is None or number == 0:
        return whole(number)
    return f"{'+' if number > 0 else '-'}{whole(abs(number))}"


def signed_percent(number: float | None) -> str:
    """Write a change in per cent with its sign; a dash where a share tells nothing."""
    if number is None or number == 0:
        return percent(number)
    if abs(number) >= TELLING_PERCENT_BELOW:
        return NOTHING
    return f"{'+' if number > 0 else '-'}{percent(abs(number))}"


def change_phrase(change: int, share: float | None, unit_of_count: str) -> str:
    """Say a change as prose does: tăng 12 tin (2,3%) so với cùng kỳ năm trước."""
    if change == 0:
        return "bằng cùng kỳ năm trước"
    word = "tăng" if change > 0 else "giảm"
    amount = f"{word} {whole(abs(change))} {unit_of_count}"
    if share is not None and abs(share) < TELLING_PERCENT_BELOW:
        amount += f" ({percent(abs(share))})"
    return f"{amount} so với cùng kỳ năm trước"


def serial(number: int) -> str:
    """Write a document's number: below ten with a leading zero."""
    return f"{number:02d}"


def date_line(day: date) -> str:
    """Write a date as a document's date line: ngày 05 tháng 02 năm 2026.

    Days below ten and the months 1 and 2 take a leading zero.
    """
    days = f"0{day.day}" if day.day < _LEADING_ZERO_BELOW else f"{day.day}"
    month = (
        f"0{day.month}"
        if day.month <= _LAST_MONTH_WITH_LEADING_ZERO
        else f"{day.month}"
    )
    return f"ngày {days} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """Write a date in a table: 05/02/2026."""
    return f"{day:%d/%m/%Y}"


def rounded_to(number: float | Decimal, digits: int) -> Decimal:
    """Round half away from zero, as official tables do."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def change_in_percent(value: int, before: int) -> float | None:
    """100·(value-before)/before to one decimal; nothing to compare with gives None."""
    if before == 0:
        return None
    return float(rounded_to(Decimal(100 * (value - before)) / before, 1))
