"""`contested report`: a scenario or a saved run in, a report that people read out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from contested.report.one_file import OneFile
    from contested.report.reported import Reported, Source

Format = Literal["html", "md", "tex"]
_STANDARD_OUTPUT = Path("-")


@click.command(
    name="report",
    epilog="""\b
Examples:
  contested report configs/isw-2025.yaml
  contested report configs/isw-2025.yaml -o early-2025.html --charts early-2025-charts
  contested report configs/isw-2025.yaml --format md -o - > early-2025.md

Exit codes: 0 done; 2 the input is at fault.""",
)
@click.argument("source", metavar="SCENARIO|RUN_DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Where to write it, or - for standard output; the scenario's name in the current directory where "
    "absent.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "md", "tex"]),
    default="html",
    show_default=True,
    help="A page for browsers; Markdown for a CMS; LaTeX tables.",
)
@click.option(
    "--charts",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write each chart as Vega-Lite (.vl.json), SVG and PNG in a new directory.",
)
@click.option("--force", is_flag=True, help="Let -o and --charts replace what was written before.")
def command(source: Path, output: Path | None, form: Format, charts: Path | None, force: bool) -> int:
    """Write a report on SCENARIO, as one HTML page that opens offline.

    It says what the model puts its weight on and what that hinges on, draws it, lets readers put their own
    weights on the sources, and cites every figure. RUN_DIR, which --out made, is run again with its settings,
    and what `contested track` saved over its window.
    """
    from contested.cli.ending import ended
    from contested.cli.progress import progress_bar
    from contested.errors import AccuracyWarning

    with ExitStack() as stack:
        watcher = stack.enter_context(progress_bar())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore", AccuracyWarning)  # said at the end, on standard error
        write = stack.enter_context(_page()) if form == "html" else partial(_written, form=form)
        from contested.report.reported import Source

        opened = Source.open(source)
        file = _file(opened, output, form, force=force)
        if charts is not None:
            _refuse_unfit(charts, force=force)
        reported = opened.reported(watcher.drawn)
        watcher.summarising()
        text = write(reported)
        if charts is not None:
            _write_charts(reported, charts, force=force)
    if file is None:
        _show(text)
    else:
        file.write(text)
        click.echo(f"written to {file.path}", err=True)
    if reported.warning:
        click.echo(reported.warning, err=True)
    return ended(reported.comparison.result, strict=False)


@contextmanager
def _page() -> Iterator[Callable[[Reported], str]]:
    """What writes the page; the process that draws begins with what takes long, before all else."""
    from contested.report.page.drawing import Drawing, order

    with Drawing() as drawing:
        vega = drawing.vega()

        def write(reported: Reported) -> str:
            shown = order(drawing, reported)
            from contested.report.page.page import page

            return page(reported, vega, shown)

        yield write


def _file(source: Source, output: Path | None, form: Format, *, force: bool) -> OneFile | None:
    """Where the report is to be written, found to be fit; None for standard output."""
    from contested.report.one_file import OneFile

    if output == _STANDARD_OUTPUT:
        return None
    path = output or Path(f"{source.study.file.stem}.{form}")
    file = OneFile(option="-o", path=path, force=force)
    file.refuse_unfit()
    return file


def _written(reported: Reported, *, form: Literal["md", "tex"]) -> str:
    briefing = reported.briefing()
    if form == "md":
        from contested.report.markdown import markdown

        return markdown(briefing)
    from contested.report.latex import latex

    return latex(briefing)


def _refuse_unfit(charts: Path, *, force: bool) -> None:
    """Refuse a directory that charts cannot be written to before anything is drawn."""
    from contested.report.charts.export import refuse_unfit

    refuse_unfit(charts, force=force)


def _write_charts(reported: Reported, directory: Path, *, force: bool) -> None:
    from contested.report.charts.export import write_charts

    write_charts(directory, reported.charts(), force=force)


def _show(text: str) -> None:
    from contested.cli.output import show_bytes

    show_bytes(text)
