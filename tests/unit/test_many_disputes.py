"""Many disputes: their combinations multiply, and past a bound that is said."""

from __future__ import annotations

import pytest

import contested


def scenario(tmp_path, disputes):
    names = [f"d{i}" for i in range(disputes)]
    lines = ["title: Many disputes", "as_of: 2026-08-22", "disputes:"]
    lines += [f"  {name}: {{title: T, sources: {{a: A, b: B, c: C}}}}" for name in names]
    lines.append("figures:")
    for name in names:
        lines += [f"  f{name}:", "    title: F", f"    dispute: {name}", "    claims:"]
        lines += [f"      {s}: {{value: {v}, because: judged}}" for s, v in (("a", 1), ("b", 2), ("c", 3))]
    total = " + ".join(f"f{name}" for name in names)
    lines += ["estimates:", f"  total: {{title: Total, formula: {total}}}"]
    path = tmp_path / "many.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return contested.load(path)


def test_243_combinations_are_pooled_exactly(tmp_path):
    """A sum of five fair three-sided dice less nothing: median 10, and P(total <= 5) = 3^-5."""
    total = scenario(tmp_path, 5).run()["total"]
    assert total.quantile(0.5) == 10
    assert total.cdf(5) == pytest.approx(3**-5, rel=1e-9)


def test_too_many_combinations_are_a_located_fault(tmp_path):
    with pytest.raises(
        contested.ScenarioError, match=r"many.yaml:\d+:\d+: estimates.total.formula: rests on 6,561"
    ):
        scenario(tmp_path, 8).run()
