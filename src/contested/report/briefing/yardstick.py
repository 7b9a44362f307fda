"""The words of the UK's probability yardstick, its gaps closed, and when none of them may be used."""

from __future__ import annotations

from contested.answers.findings import Findings
from contested.answers.grade import EVEN
from contested.answers.graded import Grade

# The ranges of the Professional Head of Intelligence Assessment leave gaps (5 to 10 %, 20 to 25 %, …), since
# judgements are never so fine. A computed probability may fall into one, so each gap is cut in its middle.
BANDS = (
    (0.075, "remote chance"),
    (0.225, "highly unlikely"),
    (0.375, "unlikely"),
    (0.525, "realistic possibility"),
    (0.775, "likely or probable"),
    (0.925, "highly likely"),
    (1.0, "almost certain"),
)


def yardstick(probability: float) -> str:
    """The yardstick's words for a probability; on a limit, those of the higher band."""
    return next((words for limit, words in BANDS if probability < limit), BANDS[-1][1])


def why_unsaid(findings: Findings, grade: Grade) -> str:
    """Why no word of the yardstick may stand beside a question's probability; empty where one may."""
    if findings.bounded:
        return "Bounds carry no probability, so no word of the yardstick is used."
    if findings.default.chance is None:
        return "There is no probability to put a word to."
    if findings.default.nonpositive is not None:
        return "A denominator may vanish, so there are two limits, and no one word for both."
    if grade.kind == "not_graded":
        return "It is not graded, so no word of the yardstick is used."
    chances = [chance.value for chance in findings.chances.values()]
    if min(chances) < EVEN < max(chances):
        return "Sources fall on both sides of a half, so no word of the yardstick is used."
    return ""
