"""The published figures stand in one file, and nowhere else."""

from pathlib import Path

import demo
from demo.published import Published
from services.reporting.indicators import BY_CODE

CODE = Path(demo.__file__).parent


def test_every_figure_is_one_that_reporting_counts(published: Published) -> None:
    """Each published figure goes by the code of an indicator, with its words."""
    assert set(published.figures) <= set(BY_CODE)
    assert 8 == len(published.figures)
    assert all(figure.quote for figure in published.figures.values())


def test_the_period_is_the_official_year(published: Published) -> None:
    """The year 2023 lasts from 15 December 2022 to 14 December 2023."""
    assert "2022-12-15" == published.first_day.isoformat()
    assert "2023-12-14" == published.last_day.isoformat()


def test_no_total_is_typed_into_the_code(published: Published) -> None:
    """The demo's own code holds none of the larger figures in any form."""
    told = {str(value) for value in published.values.values() if value > 100}
    told |= {f"{value:,}" for value in published.values.values() if value > 999}
    told |= {f"{value:_}" for value in published.values.values() if value > 999}

    found = {
        (path.name, figure)
        for path in CODE.rglob("*.py")
        for figure in told
        if figure in path.read_text()
    }

    assert set() == found
