"""A progress line on a terminal: rows by table, as they are read or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from exchange.format import TABLES


@contextmanager
def rows_read(console: Console) -> Iterator[Callable[[str, int], None]]:
    """A function of (table, rows) that moves the table's line; silent where nobody watches."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,} 行"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as lines:
        tasks: dict[str, TaskID] = {}

        def advance(stem: str, rows: int) -> None:
            if stem not in tasks:
                for task in tasks.values():
                    lines.stop_task(task)
                tasks[stem] = lines.add_task(TABLES[stem].sheet, total=None)
            lines.advance(tasks[stem], rows)

        yield advance
