"""One demo against a running platform: plan, load, wait, compare, report.

Called by the command line and by the end-to-end test.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from demo.comparison import Line, compare
from demo.doors import Doors
from demo.figures import Source, Year, read_year, until_caught_up
from demo.load import Loader, expected
from demo.partner import PartnerDoor
from demo.patience import Patience
from demo.plan.making import make_plan
from demo.plan.totals import Totals
from demo.published import Published
from demo.report import write_report
from demo.telling import Listener
from demo.units import read_province
from deploy.embedded.issuer import Issuer
from deploy.embedded.run_file import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did: how many records, how long, how far each service came."""

    records: int
    seconds: float
    positions: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the platform answers after it has counted everything."""

    sources: list[Source]
    year: Year
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo of one published year; a share makes the load smaller."""

    run: Run
    issuer: Issuer
    published: Published
    share: float = 1.0

    @property
    def totals(self) -> Totals:
        """The sums to be spread."""
        return Totals.of(self.published, self.share)

    async def load(self, listener: Listener) -> Loaded:
        """Send the plan. Raises Refused, GaveUp, also in exception groups."""
        patience = Patience(listener)
        async with (
            Doors(self.run, self.issuer, patience) as doors,
            PartnerDoor(self.run, patience) as partner,
        ):
            province = await read_province(doors, self.published)
            plan = make_plan(province, self.totals)
            loader = Loader(plan, doors, partner, listener)
            begun = time.monotonic()
            await loader.run()
            return Loaded(
                records=sum(expected(plan).values()),
                seconds=time.monotonic() - begun,
                positions=dict(loader.positions),
            )

    async def count(self, loaded: Loaded, listener: Listener) -> Counts:
        """Wait until all is counted and compare. Raises Refused, GaveUp."""
        async with Doors(self.run, self.issuer, Patience(listener)) as doors:
            sources = await until_caught_up(doors, loaded.positions)
            year = await read_year(doors, self.published)
        lines = compare(year.counted, self.totals.figures())
        return Counts(sources=sources, year=year, lines=lines)

    async def report(self, year: Year, folder: Path, listener: Listener) -> Path:
        """Write the official report. Raises Refused, GaveUp."""
        async with Doors(self.run, self.issuer, Patience(listener)) as doors:
            return await write_report(doors, self.published, year, folder)
