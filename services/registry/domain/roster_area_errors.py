"""Every refusal about the residential areas that a roster in Excel names.

Which of several areas in one cell is meant, is told by its place there, from 1.
"""

from services.chassis.errors import Conflict, Invalid


class AreaNotFound(Invalid):
    """No area of the row's commune is called so, or has this number."""

    code = "registry.import.area_not_found"
    message_vi = "Khu dân cư thứ {place} trong ô: đơn vị không có vào ngày {on}."
    message_en = "Area {place} of the cell: the unit has none such on {on}."


class AreaToChoose(Invalid):
    """Several areas of the commune may be meant, or none quite."""

    code = "registry.import.area_to_choose"
    message_vi = (
        "Khu dân cư thứ {place} trong ô có thể là: {candidates}; hãy ghi như vậy."
    )
    message_en = "Area {place} of the cell may mean: {candidates}; write it so."


class AreasContradict(Conflict):
    """Two rows of one team say different areas, or different days."""

    code = "registry.import.areas_contradict"
    message_vi = (
        "Dòng {other_row} ghi khu dân cư hoặc ngày khác cho cùng lực lượng này."
    )
    message_en = "Row {other_row} says other areas, or another day, of the same force."


class AreasMissing(Invalid):
    """A day without areas says nothing."""

    code = "registry.import.areas_missing"
    message_vi = "Có ngày phụ trách nhưng không ghi khu dân cư."
    message_en = "There is a day from which areas are covered, but no area."


class TooManyAreas(Invalid):
    """A team covers a few areas."""

    code = "registry.import.too_many_areas"
    message_vi = "Ô ghi quá nhiều khu dân cư (tối đa {limit})."
    message_en = "The cell names too many areas (at most {limit})."


class AreasChangedMeanwhile(Conflict):
    """The register changed between check and application: the areas do not fit."""

    code = "registry.import.areas_changed_meanwhile"
    message_vi = "Dữ liệu đã thay đổi sau khi kiểm tra nên khu dân cư không được ghi."
    message_en = "The register changed after the check: the areas were left out."
