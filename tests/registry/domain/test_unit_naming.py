"""Own names and full names of units, as resolutions give them."""

import pytest

from services.registry.domain.unit_errors import UnitNameDiffers, UnitNameWithKind
from services.registry.domain.unit_naming import refuse_kind_in_name, refuse_other_name
from services.registry.reference.snapshot import read_snapshot


def test_every_name_of_the_register_passes() -> None:
    """Quan Sơn, Xa Dung, Phương Liệt and Tĩnh Túc begin with no kind of unit."""
    for unit in read_snapshot().units:
        names = [(unit.name, unit.bare_name)]
        names += [(change.name, change.bare_name) for change in unit.changes]
        for name, bare in names:
            refuse_kind_in_name(bare, "$.bare_name")
            if unit.key.level != "country":
                refuse_other_name(name, bare, "$.name")


@pytest.mark.parametrize(
    ("bare", "kind"),
    [
        ("Phường Lộc Ninh", "phuong"),
        ("  xã  Lộc Ninh", "xa"),
        ("THỊ TRẤN Lộc Ninh", "thi_tran"),
        ("Phu\u031bo\u031b\u0300ng Lộc Ninh", "phuong"),  # letters and marks apart
        ("P. Lộc Ninh", "phuong"),
        ("TP.Huế", "thanh_pho"),
        ("Đặc khu", "dac_khu"),
    ],
)
def test_an_own_name_begins_with_no_kind(bare: str, kind: str) -> None:
    """Written out or short; the refusal tells which."""
    with pytest.raises(UnitNameWithKind) as refused:
        refuse_kind_in_name(bare, "$.bare_name")
    assert {"unit_type": kind} == refused.value.params


@pytest.mark.parametrize("name", ["Xã", "Lộc Ninh", "Xã Lộc", "Xã XãLộc Ninh"])
def test_a_full_name_is_a_kind_and_the_own_name(name: str) -> None:
    """Nothing less, nothing between."""
    with pytest.raises(UnitNameDiffers):
        refuse_other_name(name, "Lộc Ninh", "$.name")
