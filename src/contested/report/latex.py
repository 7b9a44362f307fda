"""A briefing as LaTeX: a document of its own, its numbers and units set by siunitx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contested.report.briefing.briefing import Briefing
from contested.report.latex_numbers import Units
from contested.report.latex_table import latex_table
from contested.report.latex_text import escaped, strong
from contested.report.outline import Outline
from contested.report.outline.blocks import (
    Amount,
    Block,
    Heading,
    Line,
    Linked,
    Listing,
    Paragraph,
    Run,
    Strong,
    Tabled,
    Text,
    Verbatim,
    row_notes,
)
from contested.report.plain import printable

# Latin Modern has no Cyrillic, Hebrew or Arabic and no emoji, and TeX leaves out in silence what a font
# does not have. So others stand in where they are installed, and what none has is told when compiling.
_PREAMBLE = r"""
% Compile with LuaLaTeX (`lualatex FILE`), which alone sets every script in its direction.
% Tables can be taken out: each is whole from \begingroup to \endgroup, given this preamble.
\documentclass[a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{fontspec}
\usepackage[english,bidi=basic]{babel}
% Names that run against the sentence, each apart from what is around it.
\babelprovide{hebrew}
\newcommand{\leftwards}[1]{\foreignlanguage{hebrew}{#1}}
\newcommand{\rightwards}[1]{\symbol{"200E}#1\symbol{"200E}}
\usepackage{amsmath,array,booktabs,longtable,siunitx}
% Fonts for what Latin Modern does not have; name your own, if a character is missing.
\newcommand{\fallbacks}{}
\newcommand{\fallback}[2]{\IfFontExistsTF{#1}{\edef\fallbacks{\fallbacks"#1:#2",}}{}}
\fallback{DejaVu Serif}{}
\fallback{DejaVu Sans}{mode=node;script=arab;}
\fallback{Noto Sans CJK SC}{}
\fallback{Noto Color Emoji}{mode=harf;}
\directlua{luaotfload.add_fallback("scripts", {\fallbacks})}
\setmainfont{lmroman10-regular.otf}[BoldFont=lmroman10-bold.otf,Ligatures=TeXOff,
  RawFeature={fallback=scripts}]
\setmonofont{lmmono10-regular.otf}[RawFeature={fallback=scripts}]
\tracinglostchars=2
\sisetup{group-digits=integer,group-minimum-digits=4,group-separator={,},range-phrase={ to },
  mode=text,reset-text-series=false,reset-text-shape=false,quantity-product={~}}
\setlength{\LTcapwidth}{\textwidth}
\newenvironment{points}{\begin{itemize}\setlength{\itemsep}{2pt}\setlength{\parskip}{0pt}}{\end{itemize}}
\newcommand{\sourceline}[2]{\par\noindent\hangindent=#1\relax\hangafter=1\hspace*{#1}#2\strut}
\emergencystretch=4em
\hbadness=10000
\raggedbottom
""".strip()

_LEVELS = {2: "section", 3: "subsection"}


def latex(briefing: Briefing) -> str:
    """All of a briefing, as a document that LuaLaTeX compiles.

    Returns
    -------
    str
        Lines that end with `\\n`. No text of the scenario is obeyed by TeX, whatever it holds.
    """
    outline = Outline.of(briefing)
    units = Units.of(_units(outline.blocks))
    parts = (
        _PREAMBLE,
        *units.declared(),
        rf"\title{{{escaped(outline.title)}}}",
        r"\author{}",
        rf"\date{{{escaped(briefing.headline.as_of)}}}",
        r"\begin{document}",
        r"\maketitle",
        *(part for block in outline.blocks for part in _written(block, units)),
        r"\end{document}",
    )
    return "\n".join(parts) + "\n"


def _units(blocks: Iterable[Block]) -> Iterator[str]:
    """All units that numbers are set with."""
    for block in blocks:
        match block:
            case Tabled(table=table):
                yield table.unit
            case Paragraph(line=line):
                yield from _units_in(line)
            case Listing(lines=lines):
                for line in lines:
                    yield from _units_in(line)


def _units_in(line: Line) -> Iterator[str]:
    return (run.unit for run in line if isinstance(run, Amount))


def _written(block: Block, units: Units) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield rf"\{_LEVELS[level]}*{{{escaped(text)}}}"
        case Paragraph(line=line):
            yield f"{_runs(line, units)}\n"
        case Listing(lines=lines):
            yield _list(lines, units)
        case Tabled(table=table):
            yield latex_table(table, units)
            yield from (_list(notes, units) for notes in [row_notes(table)] if notes)
            yield from (f"{escaped(note)}\n" for note in table.notes)
        case Verbatim(text=text):
            yield _source(text)


def _list(lines: Iterable[Line], units: Units) -> str:
    items = (rf"\item {_runs(line, units)}" for line in lines)
    return "\n".join((r"\begin{points}", *items, r"\end{points}"))


def _runs(line: Line, units: Units) -> str:
    return "".join(_run(run, units) for run in line)


def _run(run: Run, units: Units) -> str:
    match run:
        case Text(text=text):
            return escaped(text)
        case Strong(text=text):
            return strong(text)
        case Amount(text=text, unit=unit):
            return units.amount(text, unit)
        case Linked(text=text, address=address):
            return rf"{escaped(text)} (\texttt{{{escaped(address)}}})"


def _source(text: str) -> str:
    """Lines as they stand in a file, each with its indent; safe to print."""
    return "\n".join(
        (
            r"\begingroup\ttfamily\footnotesize\raggedright",
            *map(_source_line, text.splitlines()),
            r"\par\endgroup",
        )
    )


def _source_line(text: str) -> str:
    said = printable(text)
    words = said.lstrip(" ")
    return rf"\sourceline{{{(len(said) - len(words)) / 2:g}em}}{{{escaped(words)}}}"
