"""Cooke's classical model (topic POOL), as its worked example was published."""

from __future__ import annotations

import math

import pytest

from contested.language.performance import classical_model

PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)
ASSESSMENTS = {  # expert -> seed -> quantiles
    "Ex1": (
        (5, 12, 25, 35, 50),
        (2, 7, 10, 11, 12),
        (5, 8, 10, 15, 20),
        (10, 25, 40, 50, 60),
        (20, 35, 50, 60, 75),
        (1, 1.1, 1.25, 1.4, 1.8),
        (1, 1.2, 1.3, 1.4, 1.5),
        (0.5, 0.75, 1, 1.1, 1.25),
        (0.8, 1, 1.5, 1.6, 1.8),
        (40, 45, 55, 60, 65),
    ),
    "Ex2": (
        (1, 5, 10, 15, 25),
        (5, 10, 15, 20, 25),
        (1, 3, 5, 7, 10),
        (50, 60, 85, 90, 100),
        (10, 20, 30, 50, 60),
        (1, 1.1, 1.11, 1.14, 1.2),
        (1, 1.1, 1.2, 1.3, 1.5),
        (0.33, 0.4, 0.5, 0.67, 1),
        (1, 1.5, 2, 2.5, 3),
        (25, 30, 50, 60, 75),
    ),
    "Ex3": (
        (2, 4, 6, 8, 10),
        (8, 17, 25, 38, 40),
        (4, 7, 11, 14, 16),
        (10, 25, 35, 45, 55),
        (15, 27, 30, 40, 45),
        (0.3, 0.4, 0.5, 1.5, 2),
        (0.75, 0.8, 1, 1.35, 2),
        (0.5, 0.6, 0.75, 0.85, 1),
        (1.03, 1.1, 1.15, 1.35, 1.5),
        (20, 45, 60, 75, 80),
    ),
    "Ex4": (
        (1, 11, 15, 100, 200),
        (3, 15, 25, 30, 37),
        (3, 5, 7, 10, 15),
        (30, 50, 75, 82, 90),
        (20, 30, 35, 42, 48),
        (0.8, 1, 1.3, 1.4, 1.5),
        (0.7, 1, 1.1, 1.3, 1.4),
        (0.5, 0.6, 0.7, 1, 1.1),
        (0.98, 1.1, 1.2, 1.3, 1.5),
        (45, 50, 60, 70, 85),
    ),
    "Ex5": (
        (500, 550, 600, 750, 1000),
        (0, 25, 50, 75, 100),
        (6, 7, 8, 9, 11),
        (0, 25, 50, 75, 100),
        (27, 29, 33, 34, 35),
        (0.75, 0.813, 0.875, 0.938, 1),
        (1, 1.1, 1.25, 1.3, 1.5),
        (0.6, 0.667, 0.733, 0.8, 0.867),
        (1, 1.25, 1.5, 1.75, 2),
        (40, 45, 50, 55, 60),
    ),
    "Ex6": (
        (1, 2.3, 2.8, 3.1, 3.4),
        (0, 2, 4, 7, 10),
        (3, 13, 17, 19, 20),
        (50, 60, 73, 80, 90),
        (15, 23, 32, 41, 45),
        (0.75, 0.83, 0.9, 1.3, 2),
        (0.87, 0.97, 1, 1.1, 1.3),
        (0.64, 0.71, 0.8, 0.914, 1.067),
        (0.67, 0.85, 1, 1.2, 1.5),
        (19, 20, 21, 23, 26),
    ),
    "Ex7": (
        (1, 4, 7, 10, 15),
        (0, 10, 20, 30, 100),
        (4, 5, 7, 9, 10),
        (1, 85, 90, 95, 100),
        (20, 22, 32, 36, 40),
        (0.5, 0.75, 1, 1.25, 1.5),
        (1.1, 1.2, 1.3, 1.4, 1.5),
        (0.5, 0.7, 0.8, 0.9, 1),
        (1, 1.2, 1.4, 1.6, 1.8),
        (15, 20, 25, 30, 50),
    ),
}
OUTCOMES = (13.11, 77.3, 7, 74.28, 34, 1.26, 1.2, 0.777, 1.83, 21.3)
EXPECTED = {  # expert: counts, calibration, information, weight, normalised weight
    "Ex1": ((1, 3, 2, 1, 0, 3), 0.0369819455366, 0.929125205133, 0.0343608577329, 0.0234383669549),
    "Ex2": ((1, 0, 3, 3, 1, 2), 0.17157524531, 1.00267878331, 0.172034858214, 0.117349111806),
    "Ex3": ((0, 2, 0, 4, 0, 4), 0.00105313737987, 0.99686650277, 0.00104983737681, 0.00071611930854),
    "Ex4": ((1, 0, 5, 2, 0, 2), 0.0236580266947, 0.81844926621, 0.0193628945883, 0.0132078958039),
    "Ex5": ((2, 1, 1, 3, 2, 1), 0.439945635802, 0.896438838726, 0.394384354861, 0.269019047846),
    "Ex6": ((0, 1, 1, 4, 1, 3), 0.0779600432525, 1.46840903808, 0.114477232121, 0.0780876715965),
    "Ex7": ((0, 2, 3, 1, 3, 1), 0.68758686569, 1.06217706742, 0.730339000595, 0.498181786684),
}


def test_pool_12_performance_weights_of_the_tobacco_case() -> None:
    """POOL-12: seven experts, ten seeds, five quantiles; 1e-6 relative, 5e-7 of the published weights.

    Cooke (1991) Experts in Uncertainty; Colson & Cooke (2017) RESS 163:109; numbers as published in the
    example notebook of Anduryl (Rongen, 't Hart, Leontaris & Morales Nápoles, SoftwareX 2020).
    """
    found = classical_model(ASSESSMENTS, OUTCOMES, PROBABILITIES, overshoot=0.1, cutoff=0.0)
    total = math.fsum(performance.weight for performance in found.values())
    assert list(found) == list(EXPECTED)
    for expert, (counts, calibration, information, weight, normalised) in EXPECTED.items():
        performance = found[expert]
        assert performance.counts == counts
        for number, published in (
            (performance.calibration, calibration),
            (performance.information, information),
            (performance.weight, weight),
            (performance.weight / total, normalised),
        ):
            assert number == pytest.approx(published, rel=1e-6, abs=0), expert
            assert number == pytest.approx(published, rel=0, abs=5e-7), expert
