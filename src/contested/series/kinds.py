"""The sources that can be read, each in the forms in which its files come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from contested.series.cells import parse_day, parse_month, parse_week
from contested.series.rules import Level, Rule, counted, monthly, weekly
from contested.series.table import Table


@dataclass(frozen=True, slots=True)
class Output:
    """A column of months, and the columns of the file whose sum it is made from."""

    name: str
    of: tuple[str, ...]
    rule: Rule
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form in which a source's files come."""

    when: tuple[str, ...]
    parse: Callable[..., date]
    outputs: tuple[Output, ...]
    says: tuple[tuple[str, str], ...] = ()  # columns that tell files of like form apart, and what they say

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a file has not this form."""
        needed = (column for output in self.outputs if not output.optional for column in output.of)
        return tuple(dict.fromkeys((*self.when, *needed, *(column for column, _ in self.says))))

    def likeness(self, table: Table) -> int:
        """How many of the needed columns a table has, and cells of its first row that say what they must."""
        first = dict(zip(table.columns, table.rows[0].cells, strict=True))
        return sum(column in first for column in self.needed) + sum(
            first.get(column) == value for column, value in self.says
        )


def _cumulative(name: str, column: str, *, kind: str | None = None) -> Form:
    says = () if kind is None else (("type", kind), ("country", "russia"))
    return Form(when=("date",), parse=parse_day, outputs=(Output(name, (column,), counted),), says=says)


def _area(column: str) -> Form:
    level = Level(carried=False)
    return Form(when=("date",), parse=parse_day, outputs=(Output("deepstate", (column,), level),))


def _weeks(when: tuple[str, ...], parse: Callable[..., date]) -> Form:
    ends = {"dead": "", "dead_low": "Low", "dead_high": "High"}
    outputs = (Output(name, (f"EDAssembled{end}",), weekly) for name, end in ends.items())
    return Form(when=when, parse=parse, outputs=tuple(outputs))


_CONTROL, _CLAIMED = "assessed_control_plus_advances_km2", "russian_claimed_km2"
_KURSK = "kursk_russian_advances_km2"

KINDS: Mapping[str, tuple[Form, ...]] = {
    "general-staff": tuple(_cumulative("general_staff", each) for each in ("personnel_cum", "personnel")),
    "deepstate": (_area("area_km2"), _area("occupied_total_km2")),
    "isw-layers": (
        Form(
            when=("date",),
            parse=parse_day,
            outputs=(
                Output("isw", (_CONTROL,), Level(carried=True)),
                Output("isw_with_claimed", (_CONTROL, _CLAIMED), Level(carried=True)),
                Output("isw_kursk", (_KURSK,), Level(carried=True, since_drawn=True), optional=True),
            ),
        ),
    ),
    "mediazona": (_weeks(("week_start",), parse_day), _weeks(("Year", "Week"), parse_week)),
    "economist": (
        _cumulative("economist", "estimate", kind="casualties"),
        _cumulative("economist_dead", "estimate", kind="deaths"),
        Form(when=("month",), parse=parse_month, outputs=(Output("uk_mod", ("casualties",), monthly),)),
    ),
}
