"""Numbers and units as siunitx sets them, digit for digit as they are printed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contested.report.latex_text import escaped
from contested.report.wording import NONE

_NUMBER = r"−?(?:0|[1-9]\d{0,2})(?:,\d{3})*(?:\.\d+)?"
_ALONE = re.compile(r"-?\d+(?:\.\d+)?")
# Not within a word, nor a number whose thousands nothing parts (2025), which siunitx would part.
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<low>{_NUMBER})(?P<low_share> %)?"
    rf"(?: to (?P<high>{_NUMBER})(?(low_share) %))?(?![\w]|[.,]\d)"
)
_POWERS = {"²": "Squared", "³": "Cubed"}
_LONGEST = 32  # letters of a command


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a document, by the words for them, each with a command of its own.

    Attributes
    ----------
    commands : mapping of str to str
        `people per km²` to `\\unitPeoplePerKmSquared`.
    """

    commands: Mapping[str, str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Units:
        """Name every unit."""
        commands: dict[str, str] = {}
        for text in filter(None, words):
            name = _command(text)
            while text not in commands and name in commands.values():
                name += "Again"
            commands.setdefault(text, name)
        return cls(commands)

    def declared(self) -> Iterator[str]:
        """What the preamble says of each."""
        return (
            rf"\DeclareSIUnit{{{name}}}{{\text{{{escaped(text)}}}}}" for text, name in self.commands.items()
        )

    def unit(self, words: str) -> str:
        """A unit by itself."""
        return rf"\unit{{{self.commands[words]}}}"

    def amount(self, text: str, words: str = "") -> str:
        """Numbers among words: each as `\\num`, `\\qty` or a range; the last has the unit, where given."""
        found, at, unit = "", 0, self.commands.get(words, "")
        for match in _AMOUNT.finditer(text):
            last = match.end() == len(text)
            found += escaped(text[at : match.start()]) + _set(match, unit if last else "")
            at, unit = match.end(), "" if last else unit
        return found + escaped(text[at:]) + (f"~{self.unit(words)}" if unit else "")


def _command(text: str) -> str:
    """A name of letters alone, as TeX has them."""
    spelled = "".join(_POWERS.get(character, character) for character in text)
    name = "".join(word[0].upper() + word[1:] for word in re.findall("[A-Za-z]+", spelled))
    return rf"\unit{name[:_LONGEST] or 'Other'}"


def _set(match: re.Match[str], unit: str) -> str:
    low, high, share = match.group("low", "high", "low_share")
    of = r"\percent" if share else unit
    numbers = f"{{{digits(low)}}}" if high is None else f"{{{digits(low)}}}{{{digits(high)}}}"
    command = "num" if not of else "qty"
    # A range of shares has its sign at both ends, as in `4 % to 91 %`; any other its unit once.
    option = "[range-units=single]" if high is not None and unit and not share else ""
    return rf"\{command}{'' if high is None else 'range'}{option}{numbers}{f'{{{of}}}' if of else ''}"


def digits(text: str) -> str:
    """A number as siunitx reads it: `1627`, `-1.2`."""
    return text.replace(",", "").replace("−", "-")


def table_format(texts: Iterable[str]) -> str | None:
    """The most digits before and after the point, `-4.1`; None unless all are numbers or dashes."""
    shown = [digits(text) for text in texts if text not in ("", NONE)]
    if not shown or not all(map(_ALONE.fullmatch, shown)):
        return None
    whole, _, parts = zip(*(text.lstrip("-").partition(".") for text in shown), strict=True)
    sign = "-" if any(text.startswith("-") for text in shown) else ""
    return f"{sign}{max(map(len, whole))}.{max(map(len, parts))}"
