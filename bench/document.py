"""How the figures are shown: a table on the screen, docs/benchmarks.md for readers."""

from pathlib import Path
from typing import Final, NamedTuple

from rich.table import Table

from bench.measure import Row
from services.chassis.clock import local_today

DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
FINDINGS: Final = Path(__file__).with_name("findings.md")
_HEAD: Final = """\
Written by `make bench`; do not edit. Each figure of ours stands beside a raw limit that
was taken in turn with it in the same run (medians): ratios may be compared between
machines, absolute figures may not. The last part is `bench/findings.md`."""
_COLUMNS: Final = ("What", "Raw limit", "Ours", "Ratio", "Goal", "Met")


class Part(NamedTuple):
    """The rows of one bench and what they are held against."""

    name: str
    raw_limit: str
    rows: list[Row]


class Measured(NamedTuple):
    """One run of the bench."""

    machine: dict[str, str]
    command: str
    seconds: float
    parts: list[Part]

    @property
    def rows(self) -> list[Row]:
        """All lines, in the order of measuring."""
        return [row for part in self.parts for row in part.rows]


def cells(row: Row) -> tuple[str, str, str, str, str, str]:
    """Return a row as it is shown."""
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    met = {True: "yes", False: "**no**", None: "–"}[row.met]
    return row.what, row.raw, row.ours, ratio, row.goal, met


def table(measured: Measured) -> Table:
    """Return the table for a screen."""
    shown = Table(*_COLUMNS, title="Goals of speed")
    for row in measured.rows:
        *rest, met = cells(row)
        colour = {True: "green", False: "red", None: "dim"}[row.met]
        shown.add_row(*rest, f"[{colour}]{met.strip('*')}[/]")
    return shown


def document(measured: Measured) -> str:
    """Return the document for readers."""
    lines = [
        "# Benchmarks",
        "",
        _HEAD,
        "",
        f"- Date: {local_today().isoformat()}",
        f"- Command: `{measured.command}`, {measured.seconds / 60:.1f} minutes",
        *(f"- {name}: {value}" for name, value in measured.machine.items()),
        "",
        _line(_COLUMNS),
        _line(["---"] * len(_COLUMNS)),
        *(_line(cells(row)) for row in measured.rows),
        "",
        _verdict(measured.rows),
        "",
        "## What the raw limits are",
        "",
        *(f"- **{part.name}**: {part.raw_limit}." for part in measured.parts),
        "",
        FINDINGS.read_text().strip(),
        "",
    ]
    return "\n".join(lines)


def _line(entries: "list[str] | tuple[str, ...]") -> str:
    return f"| {' | '.join(entries)} |"


def _verdict(rows: list[Row]) -> str:
    missed = [row.what for row in rows if row.met is False]
    if not missed:
        return "All goals are met."
    return "Goals missed: " + "; ".join(missed) + "."
