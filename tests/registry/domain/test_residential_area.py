"""What a residential area and its commune's book let happen."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import uuid4

import pytest

from services.chassis.errors import DomainError
from services.registry.domain import residential_area_errors as errors
from services.registry.domain.area_book import AreaBook
from services.registry.domain.area_kinds import CATEGORIES, KINDS
from services.registry.domain.errors import DayInFuture
from services.registry.domain.residential_area import (
    AreaHeir,
    AreaPlace,
    AreaTitle,
    ResidentialArea,
)
from tests.support.scenario import refused, scenario

TODAY: Final = date(2024, 1, 15)
BEGUN: Final = date(2020, 1, 1)
COMMUNE: Final = AreaPlace(uuid4(), "VN.06-0.058-0.01840-0", "commune")
OTHER: Final = AreaHeir(uuid4(), whole=True)
Step = Callable[[ResidentialArea], object]


def an_area() -> ResidentialArea:
    return ResidentialArea.register(
        uuid4(), COMMUNE, AreaTitle(1, "thon", "Nà Làng"), on=BEGUN, decision=None
    )


def rename(name: str, *, on: date) -> Step:
    return lambda area: area.rename(name, on=on, decision=None, today=TODAY)


def retype(kind: str, *, on: date) -> Step:
    return lambda area: area.retype(kind, on=on, decision=None, today=TODAY)


def end(*heirs: AreaHeir, on: date) -> Step:
    return lambda area: area.end(heirs, on=on, decision=None, today=TODAY)


def give(category: str, *, on: date) -> Step:
    return lambda area: area.give_category(category, on=on, decision=None, today=TODAY)


def lift(category: str, *, on: date) -> Step:
    return lambda area: area.lift_category(category, on=on, decision=None, today=TODAY)


def count(*, on: date) -> Step:
    return lambda area: area.report_figures(
        households=120, people=480, on=on, today=TODAY
    )


def test_an_area_keeps_the_commune_of_its_first_day() -> None:
    """Place and number are those of the commune's book."""
    area = an_area()
    assert (COMMUNE.unit_id, COMMUNE.path) == (area.unit_id, area.unit_path)
    (fact,) = area.collect_events()
    assert isinstance(fact, ResidentialArea.Registered)
    assert (1, "thon", "Nà Làng") == (fact.number, fact.kind, fact.name)


def test_only_communes_have_areas() -> None:
    """A province has none of its own."""
    province = COMMUNE._replace(level="province")
    title = AreaTitle(1, "thon", "1")
    refused(
        errors.UnitHasNoAreas,
        "$.unit",
        lambda: ResidentialArea.register(
            uuid4(), province, title, on=BEGUN, decision=None
        ),
    )


def test_a_kind_that_no_law_knows_is_refused() -> None:
    """Kinds are reference data, and each names its source and its mark."""
    scenario(an_area()).when(retype("hamlet", on=date(2022, 1, 1))).then_refused(
        errors.AreaKindUnknown, "$.kind"
    )
    words = [*KINDS.values(), *CATEGORIES.values()]
    assert all(word.source and word.mark in "VRSG?" for word in words)
    assert {"thon", "to_dan_pho"} == {word.group for word in KINDS.values()}


def test_name_and_kind_change_by_day() -> None:
    """Each fact carries the whole title, and the id stays."""
    area = an_area()
    scenario(area).when(rename("Nà Sang", on=date(2021, 1, 1))).then(
        ResidentialArea.Renamed, kind="thon", name="Nà Sang"
    )
    scenario(area).when(retype("to_dan_pho", on=date(2022, 1, 1))).then(
        ResidentialArea.Retyped, kind="to_dan_pho", name="Nà Sang"
    )


@pytest.mark.parametrize(
    ("step", "refusal", "field"),
    [
        (rename("B", on=BEGUN), errors.AreaChangeOutOfOrder, "$.effective_on"),
        (rename("B", on=date(2024, 1, 16)), DayInFuture, "$.effective_on"),
        (rename("Nà Làng", on=date(2022, 1, 1)), errors.AreaUnchanged, "$.name"),
        (retype("thon", on=date(2022, 1, 1)), errors.AreaUnchanged, "$.kind"),
        (end(on=BEGUN), errors.AreaChangeOutOfOrder, "$.ended_on"),
        (count(on=date(2019, 12, 31)), errors.OutsideAreaLife, "$.counted_on"),
        (count(on=date(2024, 1, 16)), DayInFuture, "$.counted_on"),
        (
            give("border", on=date(2019, 1, 1)),
            errors.OutsideAreaLife,
            "$.effective_on",
        ),
        (
            give("nice", on=date(2022, 1, 1)),
            errors.AreaCategoryUnknown,
            "$.category",
        ),
        (
            lift("border", on=date(2022, 1, 1)),
            errors.AreaCategoryNotHeld,
            "$.category",
        ),
    ],
)
def test_what_a_day_or_a_word_forbids(
    step: Step, refusal: type[DomainError], field: str
) -> None:
    """Life, order, today and the reference tables bound every change."""
    scenario(an_area()).when(step).then_refused(refusal, field)


def test_an_area_ends_once_and_not_into_itself() -> None:
    """After its end it changes no more; late figures of its life are taken."""
    area = an_area()
    itself = AreaHeir(area.id, whole=True)
    scenario(area).when(end(itself, on=date(2022, 1, 1))).then_refused(
        errors.AreaIsOwnHeir, "$.heirs"
    )
    scenario(area).when(end(OTHER, on=date(2022, 1, 1))).then(
        ResidentialArea.Ended, heirs=[OTHER]
    )
    scenario(area).when(rename("B", on=date(2023, 1, 1))).then_refused(errors.AreaEnded)
    scenario(area).when(count(on=date(2021, 12, 31))).then(
        ResidentialArea.FiguresReported
    )
    scenario(area).when(count(on=date(2022, 1, 1))).then_refused(
        errors.OutsideAreaLife, "$.counted_on"
    )


def test_a_category_is_given_lifted_and_given_again() -> None:
    """It is held once at a time, and never begins inside an earlier time."""
    area = an_area()
    scenario(area).given(give("border", on=date(2021, 1, 1))).when(
        give("border", on=date(2022, 1, 1))
    ).then_refused(errors.AreaUnchanged, "$.category")
    scenario(area).when(lift("border", on=date(2022, 6, 1))).then(
        ResidentialArea.CategoryLifted
    )
    scenario(area).when(give("border", on=date(2022, 1, 1))).then_refused(
        errors.AreaChangeOutOfOrder, "$.effective_on"
    )
    scenario(area).when(give("border", on=date(2022, 6, 1))).then(
        ResidentialArea.CategoryGiven
    )


def test_the_book_gives_a_number_once() -> None:
    """A number stays taken when its area has ended; the title becomes free."""
    book = AreaBook.open(uuid4(), COMMUNE.unit_id)
    first, second, third = uuid4(), uuid4(), uuid4()
    assert (1, 2) == (book.enter(first, "thon 1"), book.enter(second, "thon 2"))
    scenario(book).when(lambda b: b.enter(third, "Thon  1")).then_refused(
        errors.AreaTitleTaken, "$.name"
    )
    scenario(book).when(lambda b: b.retitle(second, "thon 1")).then_refused(
        errors.AreaTitleTaken, "$.name"
    )
    book.strike(first)
    assert 3 == book.enter(third, "thon 1")


def test_tones_tell_titles_apart() -> None:
    """Nà Mã and Nà Má are two places."""
    book = AreaBook.open(uuid4(), COMMUNE.unit_id)
    assert (1, 2) == (
        book.enter(uuid4(), "ban Nà Mã"),
        book.enter(uuid4(), "ban Nà Má"),
    )
