"""Colours: one for a source, apart for every eye, legible on light and dark."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import contested
from contested.report.charts.theme import FONT, PALETTE, SENTINELS, SHADE, SourceColours
from sample_scenarios import BESIDE_NONE, RANGES, written

# Machado, Oliveira & Fernandes 2009, table 1, severity 1.0; on linear RGB.
DEFICIENT = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ],
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    """sRGB to linear RGB (IEC 61966-2-1)."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Linear RGB to OKLab (Ottosson 2020)."""
    lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(np.clip(lms @ rgb, 0, None))


def contrast(one: str, other: str) -> float:
    """WCAG 2's ratio of relative luminances."""
    bright, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", PALETTE)
def test_a_sources_colour_stands_out_from_white_and_from_near_black(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3
    assert contrast(colour, "#121212") >= 3


@pytest.mark.parametrize("eye", DEFICIENT)
def test_colours_are_apart_for_every_eye(eye: str) -> None:
    """0.02 is about the least difference that is noticed."""
    seen = [oklab(np.clip(np.asarray(DEFICIENT[eye]) @ linear(colour), 0, 1)) for colour in PALETTE]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 0.08


def test_what_a_page_may_override_is_no_sources_colour() -> None:
    assert len({*PALETTE, *SENTINELS}) == len(PALETTE) + len(SENTINELS)


def test_colours_go_by_the_scenarios_order(tmp_path: Path) -> None:
    colours = SourceColours(contested.load(written(tmp_path, RANGES)).study)
    assert colours.scale["domain"][:4] == ["toll.kyiv", "toll.osint", "map.isw", "map.deepstate"]
    assert colours.scale["range"][:4] == list(PALETTE[:4])
    assert len(colours.scale["domain"]) == len(colours.scale["range"])


def test_a_source_of_two_disputes_has_one_colour(tmp_path: Path) -> None:
    text = RANGES.replace("deepstate: DeepState", "deepstate: OSINT")
    colours = SourceColours(contested.load(written(tmp_path, text)).study)
    assert colours.of("map", "deepstate") == colours.of("toll", "osint") == PALETTE[1]
    assert colours.of("map", "isw") == PALETTE[2]


def test_the_truth_that_nobody_listed_has_no_colour_of_its_own(tmp_path: Path) -> None:
    colours = SourceColours(contested.load(written(tmp_path, BESIDE_NONE)).study)
    assert colours.of("toll", "none_of_these") == SHADE


def test_more_sources_than_colours_are_given_them_in_turn(tmp_path: Path) -> None:
    names = [f"s{index}" for index in range(len(PALETTE) + 2)]
    claims = ", ".join(f"{name}: {{value: 1, because: judged}}" for name in names)
    text = (
        "title: Many\nas_of: 2026-01-01\n"
        f"disputes: {{d: {{title: D, sources: {{{', '.join(f'{n}: Title {n}' for n in names)}}}}}}}\n"
        f"figures: {{f: {{title: F, dispute: d, claims: {{{claims}}}}}}}\n"
        "estimates: {e: {title: E, formula: f}}\n"
    )
    colours = SourceColours(contested.load(written(tmp_path, text)).study)
    assert colours.of("d", names[-1]) == PALETTE[1]


def test_a_page_sets_labels_in_the_faces_that_they_have_room_for() -> None:
    style = files("contested.report.page").joinpath("page.css").read_text(encoding="utf-8")
    assert f".picture svg text, .interactive svg text {{ font-family: {FONT}; }}" in style
