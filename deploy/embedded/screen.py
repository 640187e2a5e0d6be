"""What a person at the terminal sees of the supervisor."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from deploy.embedded.child import Child
from deploy.embedded.run_file import Run


class Screen:
    """All words of the supervisor, in one place."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()

    def say(self, text: str) -> None:
        self._console.print(text, highlight=False)

    def warn(self, text: str) -> None:
        self._console.print(f"[yellow]{escape(text)}[/]", highlight=False)

    def progress(self) -> Progress:
        """Return the bar that fills while the processes become ready."""
        return Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=self._console,
        )

    def moved(self, children: Iterable[Child]) -> None:
        """Tell of ports that others sit on."""
        for child in children:
            if child.program.moved:
                name, port = child.program.name, child.program.port
                self.warn(f"Another program has the usual port: {name} is on {port}.")

    def failed(self, child: Child) -> None:
        """Show why a process does not stay up."""
        self._console.print(
            f"[red]{child.program.name} does not start.[/] The end of {child.log}:"
        )
        self._console.print(child.last_lines(), markup=False, highlight=False)

    def running(self, run: Run) -> None:
        """Show what runs where."""
        table = Table(title="Bình Yên is running", title_justify="left")
        for column in ("part", "address", "health and metrics", "process"):
            table.add_column(column)
        for name, server in (("PostgreSQL", run.postgres), ("NATS", run.nats)):
            at = server.url.rpartition("@")[2].removeprefix("nats://")
            table.add_row(name, at, "", str(server.pid or "given"))
        for name, process in run.processes.items():
            table.add_row(name, process.url, process.inner_url, str(process.pid))
        self._console.print(table)

    def next_steps(self, run: Run, logs: Path) -> None:
        """Say what to try now."""
        registry = run.processes["registry"].url
        self.say(
            f"""\
What to try next
  Load the province's year 2023     [bold]make demo[/]   (in a second terminal)
  Ask in the browser                [bold]{run.gateway_url}/graphiql[/]
  A caller's token for it           [bold]make -s token CALLER=officer[/]
                                    (or reviewer, agency, registrar, mttq)
  What a service's doors take       {registry}/openapi.json
  Logs                              {logs}
  Stop                              Ctrl-C here, or [bold]make down[/]"""
        )
