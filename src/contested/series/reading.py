"""One file of a source to months: its form recognised, its rows checked, and what was assumed, said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contested.series.dated import Entry, entries
from contested.series.faults import Faults
from contested.series.kinds import KINDS, Form, Output
from contested.series.months import month_text
from contested.series.rules import Months, Source
from contested.series.table import Table, read_table

DECIMALS = 2  # of a person or a km²: as the finest source, and a year of months sums to the last person


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file gave.

    Attributes
    ----------
    columns : mapping of str to mapping of date to float
        By column and month (its first day), rounded to DECIMALS.
    said : tuple of str
        What was read, what was left out and what was assumed, a line each.
    """

    columns: Mapping[str, Mapping[date, float]]
    said: tuple[str, ...]


def read_kind(kind: str, path: Path) -> Reading:
    """Read a file of one of KINDS as months.

    Parameters
    ----------
    kind : str
    path : Path

    Raises
    ------
    SeriesError
        With a place in the file for everything that is wrong with it.
    """
    table = read_table(path)
    faults = Faults(table.file)
    form = _form(kind, table, faults)
    _check_says(table, form, faults)
    outputs = [output for output in form.outputs if not output.optional or _has_numbers(table, output)]
    numbers = tuple(dict.fromkeys(column for output in outputs for column in output.of))
    rows = entries(table, form.when, form.parse, numbers, faults)
    sources = {output.name: Source(table, faults) for output in outputs}
    months = {output.name: _months(output, rows, sources[output.name]) for output in outputs}
    faults.raise_if_any()
    _check_whole(months, faults)
    found = {name: _rounded(each) for name, each in months.items()}
    _check_ends(found, faults)
    assumed = {name: source.said for name, source in sources.items()}
    said = (f"{table.file}: {len(rows):,} rows, {rows[0].day} to {rows[-1].day}", *_said(months, assumed))
    return Reading(columns=found, said=(*said, *_turned(form, rows)))


def _form(kind: str, table: Table, faults: Faults) -> Form:
    """The form that a file is most like; its columns must all be there."""
    forms = KINDS[kind]
    form = max(forms, key=lambda form: form.likeness(table))
    wanted = ", or from ".join(", ".join(dict.fromkeys(form.needed)) for form in forms)
    table.refuse_without(form.needed, faults, f"{kind} is read from {wanted}")
    faults.raise_if_any()
    return form


def _check_says(table: Table, form: Form, faults: Faults) -> None:
    for column, value in form.says:
        index = table.columns.index(column)
        for row in table.rows:
            if (found := row.cells[index]) != value:
                message = f"must be '{value}' in every row (got '{found[:40]}'); take out the other rows"
                table.add_fault(faults, row, column, message)


def _has_numbers(table: Table, output: Output) -> bool:
    return all(
        column in table.columns and any(row.cells[table.columns.index(column)] for row in table.rows)
        for column in output.of
    )


def _months(output: Output, rows: Sequence[Entry], source: Source) -> Months:
    if any(all(row.numbers[column] is not None for column in output.of) for row in rows):
        return output.rule(rows, output.of, source)
    names = " and ".join(f"'{column}'" for column in output.of)
    source.faults.add(1, 1, "", f"no row holds a number under {names}, which {output.name} is made from")
    return Months({}, rows[0].day, rows[-1].day)


def _check_whole(months: Mapping[str, Months], faults: Faults) -> None:
    if not any(each.values for each in months.values()):
        first, last = min(each.first for each in months.values()), max(each.last for each in months.values())
        faults.add(1, 1, "", f"covers no month whole: it runs from {first} to {last}; give it more rows")
    faults.raise_if_any()


def _check_ends(found: Mapping[str, Mapping[date, float]], faults: Faults) -> None:
    """A month's interval must hold its estimate."""
    for name, values in found.items():
        lows, highs = found.get(f"{name}_low"), found.get(f"{name}_high")
        if lows is None or highs is None:
            continue
        for month, value in values.items():
            low, high = lows.get(month, value), highs.get(month, value)
            if not low <= value <= high:
                message = f"{month_text(month)}: {low:,g} to {high:,g} does not hold the estimate {value:,g}"
                faults.add(1, 1, name, f"{message}; correct the rows of that month")
    faults.raise_if_any()


def _said(months: Mapping[str, Months], assumed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What was read of each column, columns of which the same can be said together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, each in months.items():
        together.setdefault((_extent(each), *_partly(each), *assumed[name]), []).append(name)
    for lines, names in together.items():
        yield from (f"{', '.join(names)}: {line}" for line in lines)


def _extent(months: Months) -> str:
    whole = sorted(months.values)
    if len(whole) < 2:
        return f"1 month, {month_text(whole[0])}" if whole else "no month"
    return f"{len(whole):,} months, {month_text(whole[0])} to {month_text(whole[-1])}"


def _partly(months: Months) -> Iterator[str]:
    if months.left_out:
        partly = ", ".join(map(month_text, months.left_out))
        yield f"left out, being covered in part: {partly} (the file covers {months.first} to {months.last})"


def _turned(form: Form, rows: Iterable[Entry]) -> Iterator[str]:
    """Rows whose interval is stated the wrong way round; they are summed as they stand."""
    of = {output.name: output.of for output in form.outputs}
    for name in [name for name in of if f"{name}_low" in of and f"{name}_high" in of]:
        for row in rows:
            low, high = (row.numbers[of[f"{name}_{end}"][0]] for end in ("low", "high"))
            if low is not None and high is not None and low > high:
                stated = f"states {low:,g} as low and {high:,g} as high"
                yield f"{name}: the row of {row.day} {stated}; summed as stated"


def _rounded(months: Months) -> dict[date, float]:
    return {month: round(value, DECIMALS) + 0.0 for month, value in months.values.items()}  # + 0.0: no -0
