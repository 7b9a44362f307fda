"""Every reference case of the engine's topics is tested, or listed with the reason why not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from reference.not_applicable import REASONS

# Those of the validation cases that concern `run`, `compare` and `certify`; SCORE and BIG await theirs.
CASES = {
    "DIST": (1, 3, 5, 7, 8, 10, 12, 13, 14, 16, 18, 19),
    "DEP": (1, 3, 4, 6, 8, 10),
    "PROP": (1, 2, 4, 5, 8, 10, 11, 13, 14),
    "RNG": (1, 2),
    "SAMP": (1, 2),
    "ERR": (1, 3, 4, 6, 7, 9),
    "INT": (1, 3, 5, 6),
    "RATIO": (1, 2, 4, 5, 7),
    "REW": (1,),
    "POOL": (1, 3, 5, 7, 8, 9, 12),
    "IMP": (1, 2, 4),
    "SENS": (1, 2, 4, 5, 7, 9),
    "VOI": (1, 2),
}


def _tested() -> set[str]:
    """The cases that the tests of this folder are named after."""
    names = [
        node.name
        for file in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    found = [re.match(r"test_([a-z]+)_(\d\d)_", name) for name in names]
    return {f"{match[1].upper()}-{match[2]}" for match in found if match}


def test_every_case_is_tested_or_listed_and_none_is_both() -> None:
    cases = {f"{topic}-{number:02}" for topic, numbers in CASES.items() for number in numbers}
    assert _tested() | set(REASONS) == cases
    assert not _tested() & set(REASONS)


def test_every_reason_says_something() -> None:
    assert all(len(reason) > 40 for reason in REASONS.values())
