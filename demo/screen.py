"""What a person at the terminal sees of the demo: bars, the table, what to try next."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from demo.comparison import Line
from demo.figures import Source, Year
from demo.published import Published
from deploy.embedded.run_file import Run

_ANOTHER_LOAD = ("key_reused", "already", "exists", "taken")
_MATCHED, _MISSED = "[green]✓[/]", "[bold red]✗[/]"


class Screen:
    """All words of the demo, in one place; listens to the load."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._bars: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
        )

    # --- while the load runs (demo.telling.Listener) ---

    def expect(self, kind: str, total: int) -> None:
        """Show an empty bar for a kind of record that will come."""
        if total:
            self._bars[kind] = self._progress.add_task(kind, total=total)

    def done(self, kind: str, count: int = 1) -> None:
        """Let a bar grow."""
        self._progress.advance(self._bars[kind], count)

    def door_fell(self, door: str, why: str) -> None:
        """Tell that a door does not answer."""
        self._warn(f"{door} does not answer ({why}); trying again with the same keys")

    def door_rose(self, door: str, seconds: float) -> None:
        """Tell that it answers again."""
        self.say(f"[green]{escape(door)} answers again[/] after {seconds:.1f} s")

    @contextmanager
    def bars(self) -> Iterator[None]:
        """Keep the bars on the screen while the block runs."""
        with self._progress:
            yield

    @contextmanager
    def waiting(self, text: str) -> Iterator[Any]:
        """Show that something is under way."""
        with self._console.status(text) as status:
            yield status

    # --- before and after ---

    def say(self, text: str) -> None:
        """Print a line with markup."""
        self._console.print(text, highlight=False)

    def failed(self, errors: Iterable[BaseException]) -> None:
        """Show why the load stopped, a few reasons of many."""
        reasons = list(dict.fromkeys(str(error) for error in errors))
        for reason in reasons[:3]:
            self._console.print(f"[red]{escape(reason)}[/]", highlight=False)
        if any(word in reason for reason in reasons for word in _ANOTHER_LOAD):
            self.say(
                "This state holds something else already:"
                " [bold]make clean-state[/] begins anew."
            )

    def loaded(self, records: int, seconds: float) -> None:
        """Say how much was sent."""
        self.say(f"{_number(records)} records sent in {seconds:.1f} s.")

    def caught_up(self, sources: Iterable[Source]) -> None:
        """Say up to which event the figures are complete."""
        told = ", ".join(f"{s.source} {s.complete_to_position}" for s in sources)
        self.say(f"Reporting has counted every event up to: {told}.")

    def table(self, published: Published, year: Year, lines: Iterable[Line]) -> None:
        """Show the year beside the published figures."""
        first, last = published.first_day, published.last_day
        table = Table(
            title=f"{year.province}, năm {published.year}"
            f" ({first:%d/%m/%Y}–{last:%d/%m/%Y})",
            caption=f"Published: {published.source}.",
            title_justify="left",
            caption_justify="left",
        )
        table.add_column("Chỉ tiêu")
        table.add_column("published", justify="right")
        table.add_column("counted", justify="right")
        table.add_column("")
        table.add_column(f"in today's {year.successor}", justify="right")
        table.add_column("")
        for line in lines:
            table.add_row(*_cells(line))
        self._console.print(table)

    def verdict(self, lines: Iterable[Line], *, matched: bool) -> None:
        """Say whether all is as published."""
        told = [line for line in lines if line.published is not None]
        if matched:
            self.say(f"[bold green]All {len(told)} published figures are matched.[/]")
        else:
            self.say("[bold red]Not every published figure is matched.[/]")
        self.say(
            "Lines marked – were not published: how many tips came in all and which"
            " drives were opened is a choice of the demo."
        )

    def report(self, path: Path) -> None:
        """Say where the document is."""
        self.say(f"The official report: [bold]{escape(str(path))}[/]")
        self.say(
            "Its column for the year before holds only the few records that lie just"
            " outside the period on purpose: that year was not loaded."
        )

    def next_steps(self, run: Run, *, ours: bool) -> None:
        """Say what to try now."""
        stop = "Ctrl-C here" if ours else "as you started it, or [bold]make down[/]"
        self.say(
            f"""\
What to try next
  Ask in the browser            [bold]{run.gateway_url}/graphql[/]
  A caller's token for it       [bold]make -s token CALLER=officer[/]
                                (or reviewer, agency, mttq)
  A question to begin with      {{ unit(code: "19") {{ name figures(period: {{year:\
 2023}}, geography: RESTATED) {{ lines {{ nameVi value }} }} }} }}
  The same load again           [bold]make demo[/]   (changes nothing)
  Stop                          {stop}"""
        )

    def _warn(self, text: str) -> None:
        self._console.print(f"[yellow]{escape(text)}[/]", highlight=False)


def _cells(line: Line) -> tuple[str, ...]:
    counted = line.counted
    marks = {None: "–", True: _MATCHED, False: _MISSED}
    return (
        escape(f"{counted.name} ({counted.unit_of_count})"),
        _number(line.published),
        _number(counted.then),
        marks[line.is_matched],
        _number(counted.today),
        _MATCHED if line.is_inside_today else _MISSED,
    )


def _number(value: int | None) -> str:
    """Write a figure as Vietnamese readers do: 55.875."""
    return "" if value is None else f"{value:,}".replace(",", ".")
