"""What was stated, by whom and on what ground, as a briefing has it."""

from __future__ import annotations

from dataclasses import dataclass

from contested.report.briefing.values import Number

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # of the quantiles of every distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Something that was published.

    Attributes
    ----------
    id : str
        Its id in the register.
    states : str
        The number: `160,600 people`, `25,000 to 40,000 people, holding 95 %`.
    measures, extent : str
        What it counts, and place and dates; may be empty.
    relays : str
        Whom it passes on; empty where nobody is named.
    url : str
        Its address as the register has it; empty where it has none. Only http and https addresses are
        fit for a link.
    """

    id: str
    publisher: str
    title: str
    date: str
    states: str
    measures: str = ""
    extent: str = ""
    relays: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement: what it says, on what ground, and the distribution that it was read as.

    Attributes
    ----------
    key : str
        Its place in the scenario: `figures.area_2025.claims.isw`, `inputs.gs_error`.
    title : str
        Of the source, or of the input.
    statement : str
        In words: `0.40 to 0.90, within 0 and 1`, `computed: gs_2025_jan_apr * gs_error * drift`.
    shape : str
        `lognormal`, `beta`, `exact`, `computed from others`, `bound`.
    quantiles : tuple of Number
        At 5, 25, 50, 75 and 95 %, in the unit of the figure or input; empty where there is no distribution.
    judged : str
        The reason for it; empty where it is only cited.
    cited : tuple of Citation
        What it rests on that was published.
    relays : str
        The source that it passes on; empty where it passes nobody on.
    remarks : tuple of str
        Sentences: what was converted, read from a table, set beside unlike things; the source's own reason.
    """

    key: str
    title: str
    statement: str
    shape: str
    quantiles: tuple[Number, ...]
    judged: str
    cited: tuple[Citation, ...]
    relays: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePage:
    """One figure: what each source says of it.

    Attributes
    ----------
    name, title : str
    unit : str
        As words: `people`.
    measures, extent, dispute : str
        What it counts, place and dates, whose dispute it is in; may be empty.
    pooled : tuple of Number
        Quantiles of all sources as weighted, at 5, 25, 50, 75 and 95 %; empty where nobody disputes it or
        there is no distribution.
    claims : tuple of Said
        In the scenario's order.
    """

    name: str
    title: str
    unit: str
    measures: str
    extent: str
    dispute: str
    pooled: tuple[Number, ...]
    claims: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputPage:
    """One uncertain quantity that claims are computed from; `unit` as words, empty where it has none."""

    name: str
    unit: str
    said: Said
