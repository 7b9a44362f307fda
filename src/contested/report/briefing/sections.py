"""The sections of a briefing. All text is plain: no markup, one line, and safe to print."""

from __future__ import annotations

from dataclasses import dataclass

from contested.answers.grade import Kind
from contested.report.briefing.evidence import Citation
from contested.report.briefing.values import Answered, Chance, Number, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMedian:
    """The median if one takes the figures of certain sources: `“Western OSINT” with “DeepState”`.

    A source that has no weight is marked as such: `“DeepState” (no weight here)`. `glosses` has each source's
    title with what it is, in the scenario's own words, where there are any.
    """

    sources: str
    median: Number
    glosses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesOfEvidence:
    """How many independent lines of evidence stand behind the weights of one dispute.

    Attributes
    ----------
    dispute, title : str
        Its name in the scenario, and its title.
    number : Number
        Effective lines: `two`, `1.9`.
    shared : tuple of str
        Which sources are one line: `“Ukrainian-sourced” and “Skeptic-discounted” are one`.
    """

    dispute: str
    title: str
    number: Number
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The answer to the scenario's main estimate, to stand on the first screen.

    Attributes
    ----------
    sentence : str
        To be copied as it is: what, place, dates, what is counted, median, interval, why unlike things are
        divided, range over sources, lines of evidence, and up to when facts were used.
    statement : str
        The numbers alone: `The model puts 90 % on 54 to 190 people per km² (median 93; …).`
    estimate, title : str
        The estimate's name in the scenario, and its title.
    unit, spoken_unit : str
        `person/km²`, and as words: `people per km²`.
    counted_unit : str
        With whom it counts: `casualties (killed and wounded) per km²`.
    extent : str
        Place and dates where all figures share them; else empty, and `meanings` have each figure's own.
    meanings : tuple of str
        What each figure counts or measures.
    answer : Answered
        As weighted.
    least, most : SourceMedian or None
        The lowest and highest median, if one takes one source of each dispute or another; None where no
        source is in dispute, or there are no medians.
    hinge : str
        What to say before these two, without a colon: that the answer hinges on whom one believes, or by how
        little that moves it; empty where there are none.
    weighting : str
        `weighting “lines”`.
    weights : tuple of str
        `Whose count: Ukrainian-sourced 25 %, …`, of each dispute that it depends on.
    lines : tuple of LinesOfEvidence
        Of each dispute that it depends on.
    as_of : str
        The day up to which facts might be used: `22 August 2026`.
    last_fact : str
        The date of the latest fact that was used; empty where the scenario uses none.
    apart : Chance or None
        What the probability of the first question that has one comes to if a source may be right on one
        figure and wrong on another; None where that is the same in print, or no choice.
    """

    sentence: str
    statement: str
    estimate: str
    title: str
    unit: str
    spoken_unit: str
    counted_unit: str
    extent: str
    meanings: tuple[str, ...]
    answer: Answered
    least: SourceMedian | None
    most: SourceMedian | None
    hinge: str
    weighting: str
    weights: tuple[str, ...]
    lines: tuple[LinesOfEvidence, ...]
    as_of: str
    last_fact: str
    apart: Chance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a published ratio divides, or divides by.

    Attributes
    ----------
    text : str
        As the register writes it: `isw-toll-2025-jan-apr`.
    number : str
        What it comes to, and of what: `160,600 casualties (killed and wounded)`.
    whose : str
        Whose figure it is, and whom that passes on.
    cited : tuple of Citation
        The entries in it.
    """

    text: str
    number: str
    whose: str
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """A published ratio worked out from its parts.

    Attributes
    ----------
    published : tuple of Citation
        Where it was printed: all that divide the same parts.
    equation : str
        `160,600 casualties / 1,627 km² = 98.71 casualties per km²`.
    value : float
        The quotient, unrounded, in `unit`.
    unit : str
        As words.
    above, below : Part
    verdict : str
        Who printed what, and how that stands to it, as sentences.
    """

    published: tuple[Citation, ...]
    equation: str
    value: float
    unit: str
    above: Part
    below: Part
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """Unlike things that stand side by side: all that differs of one claim, and of each month or quarter.

    Attributes
    ----------
    subject : str
        What sets them side by side, by its title.
    path : str
        Its place in the scenario.
    difference : str
        What differs.
    because : str
        Why it serves all the same, as the scenario says; empty where the difference is only noted.
    """

    subject: str
    path: str
    difference: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChance:
    """What is said of a question if one takes the figures of certain sources.

    Attributes
    ----------
    sources : str
        `“A”, or “B” with “C”`; empty where it is alike whichever one takes.
    text : str
        `94 %`, `yes, by the bounds`, `left open by the bounds`.
    """

    sources: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One question, graded by what holds whomever one believes.

    Attributes
    ----------
    question, title, formula : str
        Its name in the scenario, its title, its formula as written.
    kind : Kind
        The grade's name.
    grade : str
        The grade in its fixed words.
    paragraph : str
        To be printed as it is.
    chance : Chance or None
        Under the scenario's own weighting; None where there is none: see `reason`.
    reason : str
        Why there is no probability; else empty.
    yardstick : str
        The word of the UK's probability yardstick for it, always to stand beside the number; empty where
        it is not to be used: see `unsaid`.
    unsaid : str
        Why there is no such word, as a sentence; empty where there is one.
    lower : str
        Why the grade is lower than the probability sounds, as a sentence; empty where it is not.
    by_source : tuple of SourceChance
        Over the combinations of listed sources: those that give the least and the greatest probability, in
        that order, or what bounds say for each; one where all are alike, none where none is in dispute.
    ends : (float, float) or None
        The least and the greatest probability over those combinations, unrounded; None of bounds, which
        carry none.
    """

    question: str
    title: str
    formula: str
    kind: Kind
    grade: str
    paragraph: str
    chance: Chance | None
    reason: str
    yardstick: str
    unsaid: str
    lower: str
    by_source: tuple[SourceChance, ...]
    ends: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """A ratio of two periods' ratios, taken apart into its numerators' and its denominators' pace.

    Attributes
    ----------
    estimate, title : str
        Of the ratio of ratios.
    sentences : tuple of str
        What it comes to, in words.
    table : Table
        A row each for the numerator per day, the denominator per day and their quotient; a column for each
        of the two periods and one for the first over the second.
    aside : bool
        Whether it is of another estimate along time than the headline's, which a page may fold away.
    """

    estimate: str
    title: str
    sentences: tuple[str, ...]
    table: Table
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Width:
    """Where the width of one estimate comes from.

    Attributes
    ----------
    sentences : tuple of str
        How much of the variance is between sources, or why it is not divided.
    table : Table or None
        A row for each dispute and input, the largest share first; None where the variance is not divided.
    """

    estimate: str
    title: str
    sentences: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """What one question hangs on.

    Attributes
    ----------
    flips : tuple of str
        What would take it to even chances, as sentences: weights, ways between weightings, inputs.
    findings : tuple of str
        What to find out next, the most useful first, with how far the chance of a wrong answer would fall.
    """

    question: str
    title: str
    flips: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph under a heading of its own."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What it takes to get the same numbers again.

    Attributes
    ----------
    file : str
        The scenario's file name.
    scenario : str
        Its text, as it is in the file: the one text here with line breaks, and not made safe to print.
    command : str
        What runs it again, exactly.
    facts : tuple of (str, str)
        Label and value: version, seed, worlds, tolerance, hashes and so on.
    converged : bool
    precision : str
        The Monte Carlo error, in a sentence.
    """

    file: str
    scenario: str
    command: str
    facts: tuple[tuple[str, str], ...]
    converged: bool
    precision: str
