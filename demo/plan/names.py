"""Invented people and things, named so that nobody takes them for real ones."""

from itertools import product

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """Return a whole number from 0 to 9999 in Vietnamese: 102 is một trăm linh hai."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _hundreds(rest)
    words = f"{_DIGITS[thousands]} nghìn"
    return f"{words} {_hundreds(rest, after_more=True)}" if rest else words


def _hundreds(number: int, *, after_more: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not after_more:
        return _tens(rest)
    words = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return words
    if rest < 10:
        return f"{words} linh {_DIGITS[rest]}"
    return f"{words} {_tens(rest)}"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    words = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not ones:
        return words
    if ones == 5:
        return f"{words} lăm"
    if ones == 1 and tens > 1:
        return f"{words} mốt"
    return f"{words} {_DIGITS[ones]}"


def person_name(number: int) -> str:
    """Return the name of an invented person: Người Thử Một Trăm Linh Hai."""
    return f"Người Thử {in_words(number).title()}"


_WHAT = (
    "Tổ tự quản về an ninh, trật tự",
    "Camera giám sát an ninh",
    "Tiếng kẻng an ninh",
    "Tiếng loa an ninh",
    "Tổ liên gia an toàn phòng cháy, chữa cháy",
    "Cổng trường an toàn giao thông",
    "Thắp sáng đường quê",
    "Dòng họ tự quản về an ninh, trật tự",
    "Địa bàn không có tội phạm ma túy",
    "Nhà trọ an toàn về an ninh, trật tự",
    "Nhóm Zalo tiếp nhận tin của quần chúng",
)
_WHERE = (
    "",
    " vùng cao",
    " khu vực chợ",
    " ở trường học",
    " ở khu dân cư mới",
    " dọc quốc lộ",
    " khu du lịch",
)


def model_names() -> list[str]:
    """Return distinct names of models, 77 of them."""
    return [f"{what}{where}" for where, what in product(_WHERE, _WHAT)]
