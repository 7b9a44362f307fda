"""The briefing's numbers are the comparison's own, and its words say what they are of."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import contested
from briefed import coarsely, sampled, texts
from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.errors import ContestedError
from contested.language.scopes import NotApplicable
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.values import Row, Table
from contested.report.plain import plain
from contested.report.wording import share
from sample_scenarios import BOUNDS, EXACT, HUMPS, RANGES, REGISTER, VANISHING, written

ISW = Path(__file__).parents[2] / "configs" / "isw-2025.yaml"

# As RANGES, with a third dispute that doubles all or nothing.
THREE = (
    RANGES.replace(
        "weightings:", "  zone: {title: Whose zone, sources: {wide: Wide, narrow: Narrow}}\nweightings:"
    )
    .replace(
        "figures:",
        """\
figures:
  factor:
    title: Factor
    dispute: zone
    claims: {wide: {value: 1, because: judged}, narrow: {value: 2, because: judged}}""",
    )
    .replace("casualties / area", "factor * casualties / area")
)
UNCONVERGED = RANGES.replace("{tolerance: 0.02}", "{tolerance: 0.000001, max_draws: 1024}")


@cache
def isw() -> tuple[Comparison, Briefing]:
    comparison = coarsely(ISW)
    return comparison, Briefing.of(comparison)


def row(table: Table, key: str) -> Row:
    return next(each for each in table.rows if each.key == key)


class TestHeadline:
    def test_the_numbers_are_the_answers(self) -> None:
        comparison, briefing = isw()
        answer, headline = comparison.result.estimates["per_km2_2025"], briefing.headline
        assert isinstance(answer, Answer) and answer.summary is not None
        assert headline.answer.median is not None
        assert headline.answer.median.value == answer.summary.median
        ends = [(each.low, each.high) for each in headline.answer.intervals]
        assert ends == [(each.low, each.high) for each in answer.summary.intervals]
        assert headline.spoken_unit == "casualties per km²"

    def test_the_range_is_over_single_sources(self) -> None:
        comparison, briefing = isw()
        answer, headline = comparison.result.estimates["per_km2_2025"], briefing.headline
        assert isinstance(answer, Answer) and headline.least is not None and headline.most is not None
        alone = [
            replace(
                answer,
                weights={
                    **answer.weights,
                    "toll": {name: float(name == toll) for name in answer.weights["toll"]},
                    "territory": {name: float(name == area) for name in answer.weights["territory"]},
                },
            ).quantile(0.5)
            for toll in answer.weights["toll"]
            for area in answer.weights["territory"]
        ]
        assert headline.least.median.value == min(alone)
        assert headline.most.median.value == max(alone)
        assert headline.most.sources == "“Western OSINT” with “DeepState”"

    def test_it_says_what_evidence_there_is(self) -> None:
        headline = isw()[1].headline
        assert [(each.dispute, each.number.value) for each in headline.lines] == [
            ("toll", pytest.approx(2)), ("territory", pytest.approx(2)),
        ]  # fmt: skip
        assert headline.lines[0].shared == ("“Ukrainian-sourced” and “Skeptic-discounted” are one",)
        assert (headline.as_of, headline.last_fact) == ("22 August 2026", "22 August 2026")
        assert headline.sentence.endswith("known by 22 August 2026, the day of the last fact used.")
        assert "90 % of the model's weight lies between" in headline.sentence

    def test_it_says_whom_it_counts(self) -> None:
        assert isw()[1].headline.counted_unit == "casualties (killed and wounded) per km²"

    def test_what_a_source_is_stands_beside_it(self) -> None:
        headline = isw()[1].headline
        assert headline.most is not None
        found = dict(headline.most.glosses)
        assert list(found) == ["Western OSINT", "DeepState"]
        assert found["Western OSINT"].startswith("independent count of killed or missing, times one plus")

    def test_a_source_without_a_reason_is_told_by_its_claim_or_by_who_published_it(
        self, tmp_path: Path
    ) -> None:
        text = EXACT.replace("{title: Skeptics, because: half of it is thought invented}", "Skeptics")
        text = text.replace("{formula: kyiv * 0.5}", "{formula: kyiv * 0.5, because: a half is left}")
        headline = sampled(tmp_path, text)[1].headline
        assert headline.least is not None and headline.most is not None
        assert headline.least.glosses == (("Skeptics", "a half is left"),)
        assert headline.most.glosses == (("Kyiv", "figures of General Staff"),)

    def test_the_first_question_if_sources_may_err_on_one_figure_alone(self) -> None:
        comparison, briefing = isw()
        apart = comparison.scopes["per_figure"]
        assert not isinstance(apart, NotApplicable) and briefing.headline.apart is not None
        found = apart.questions["dearer"]
        assert isinstance(found, Probability) and briefing.headline.apart.value == found.value

    def test_without_a_dispute_there_is_no_range(self, tmp_path: Path) -> None:
        _, briefing = sampled(tmp_path, BOUNDS)
        assert briefing.headline.least is None and briefing.headline.lines == ()
        assert briefing.headline.answer.bound is not None
        assert briefing.headline.answer.text == "at least 33"
        assert briefing.headline.last_fact == ""

    def test_what_stands_in_for_a_ratio(self, tmp_path: Path) -> None:
        _, briefing = sampled(tmp_path, VANISHING)
        answer = briefing.headline.answer
        assert answer.median is None and answer.text == "–"
        assert answer.reason.startswith("It is not estimable as a ratio")
        assert [each.title for each in answer.instead] == [
            "the inverse",
            "only given a denominator above zero",
        ]
        assert answer.instead[0].unit == "km² per 1000 people"
        assert briefing.headline.least is None  # one source gives no ratio, so there is no range of them
        assert "not estimable" in briefing.forest.groups[0].rows[0].notes[0]

    def test_pieces_are_told_apart(self, tmp_path: Path) -> None:
        _, briefing = sampled(tmp_path, HUMPS)
        widest = briefing.headline.answer.widest
        assert widest is not None and len(widest.pieces) == 2
        assert widest.text == "8.0 to 12 or 27 to 33"


class TestArithmetic:
    def test_it_is_found_from_what_the_register_divides(self) -> None:
        first, *others = isw()[1].arithmetic
        assert first.equation == "160,600 casualties / 1,627 km² = 98.71 casualties per km²"
        assert first.above.number == "160,600 casualties (killed and wounded)"
        assert first.below.number == "1,627 km² (net change of controlled area)"
        assert first.value == pytest.approx(160_600 / 1_627)
        assert first.above.whose == "Institute for the Study of War, passing on General Staff of Ukraine"
        assert first.below.whose == "Institute for the Study of War"
        assert [each.id for each in first.published] == [
            "claim-wion-per-km2-2025", "claim-push-per-km2-2025",
        ]  # fmt: skip
        assert first.published[0].states == "99 people per km²"
        assert first.verdict.startswith(
            "WION and unnamed outlet printed 99 casualties per km², 0.2907 (0.29 %) more"
        )
        assert "even where every digit counts" in first.verdict
        # The toll of late 2024 is not used itself, but passes on one that is. Two printed it, one of them
        # without a ², and it is worked out once for both.
        (late,) = others
        assert late.equation == "174,935 casualties / 2,949 km² = 59.32 casualties per km²"
        assert [each.id for each in late.published] == ["claim-wion-per-km-2024", "claim-push-per-km2-2024"]
        assert late.verdict.startswith(
            "WION printed 59 casualties per km. Its unit is not that of its parts divided. It fits if the "
            "ratio is read per km². Unnamed outlet printed 59 casualties per km², 0.3201 (0.54 %) less than "
        )
        assert "outside" not in late.verdict

    def test_ratios_of_other_facts_are_left_out(self, tmp_path: Path) -> None:
        ratios = """\
ours: {value: 99, unit: person/km², publisher: A, title: B, date: 2025-05-03, ratio_of: [gs-total, isw-area]}
later: {value: 99, unit: person/km², publisher: A, title: B, date: 2026-09-01, ratio_of: [gs-total, isw-area]}
half: {value: 99, unit: person/km², publisher: A, title: B, date: 2025-05-03, ratio_of: [gs-total, 1627 km²]}
"""
        file = written(tmp_path, EXACT)
        (tmp_path / "register.yaml").write_text(REGISTER + ratios, encoding="utf-8")
        (found,) = Briefing.of(contested.load(file).compare()).arithmetic
        assert [each.id for each in found.published] == ["ours"]

    def test_what_the_register_divides_itself_is_not_put_in_anyones_mouth(self, tmp_path: Path) -> None:
        ratio = """\
ours: {value: 99, unit: person/km², publisher: X, title: B, date: 2025-05-03, ratio_of: [gs-total, isw-area]}
"""
        file = written(tmp_path, EXACT)
        for publisher, said in (
            ("General Staff and ISW", "The register, dividing the two, has 99 people per km²"),
            ("ISW", "ISW printed 99 people per km²"),
        ):
            text = REGISTER + ratio.replace("X", publisher)
            (tmp_path / "register.yaml").write_text(text, encoding="utf-8")
            (found,) = Briefing.of(contested.load(file).compare()).arithmetic
            assert found.verdict.startswith(said)

    def test_a_register_that_changed_is_refused(self, tmp_path: Path) -> None:
        comparison = contested.load(written(tmp_path, EXACT)).compare()
        (tmp_path / "register.yaml").write_text(REGISTER.replace("160600", "160700"), encoding="utf-8")
        with pytest.raises(ContestedError, match=r"register\.yaml changed while it ran"):
            Briefing.of(comparison)

    def test_a_scenario_that_changed_is_refused(self, tmp_path: Path) -> None:
        file = written(tmp_path, EXACT)
        comparison = contested.load(file).compare()
        file.write_text(EXACT.replace("seed: 7", "seed: 8"), encoding="utf-8")
        with pytest.raises(ContestedError, match=r"sample\.yaml changed while it ran"):
            Briefing.of(comparison)


class TestTables:
    def test_the_grid_takes_a_source_of_each(self) -> None:
        comparison, briefing = isw()
        table = briefing.grid
        assert table is not None and table.columns[-1] == "DeepState"
        assert [each.key for each in table.rows] == [
            "source:toll.ukrainian", "source:toll.skeptic", "source:toll.osint",
        ]  # fmt: skip
        both = {"toll": {"osint": 1, "others": 0}, "territory": {"deepstate": 1, "others": 0}}
        answer = comparison.result.under(both).estimates["per_km2_2025"]
        assert isinstance(answer, Answer)
        found = answer.interval(0.9)
        assert row(table, "source:toll.osint").cells[-1].values == (
            answer.quantile(0.5),
            found.low,
            found.high,
        )

    def test_one_dispute_has_no_grid(self, tmp_path: Path) -> None:
        assert sampled(tmp_path, EXACT)[1].grid is None

    def test_of_three_disputes_the_two_that_matter_most(self, tmp_path: Path) -> None:
        comparison, briefing = sampled(tmp_path, THREE)
        answer = comparison.result.estimates["per_km2"]
        assert isinstance(answer, Answer) and answer.disagreement_share is not None
        shares = {name: share.value for name, share in answer.disagreement_share.items() if name != "all"}
        table, least = briefing.grid, min(shares, key=lambda name: shares[name])
        assert table is not None and least != "zone"
        assert f"“{comparison.study.disputes[least].title}” is as weighted." in table.notes[0]
        assert "Whose zone" in table.title

    def test_the_forest_has_every_assumption(self) -> None:
        comparison, briefing = isw()
        keys = [each.key for each in briefing.forest.rows]
        assert len(keys) == len(set(keys))
        own = comparison.study.disputes
        assert {f"weighting:{name}" for name in comparison.weightings} <= set(keys)
        assert {f"source:{d}.{s}" for d in ("toll", "territory") for s in own[d].sources} <= set(keys)
        assert {f"without:{d}.{s}" for d in ("toll", "territory") for s in own[d].sources} <= set(keys)
        assert not any("ukraine_map" in key for key in keys)  # the headline does not hang on it
        doubt = comparison.weightings["doubt_kyiv"].estimates["per_km2_2025"]
        without = comparison.leave_out["toll"]["osint"].estimates["per_km2_2025"]
        for key, answer in (("weighting:doubt_kyiv", doubt), ("without:toll.osint", without)):
            assert isinstance(answer, Answer) and answer.summary is not None
            widest = answer.summary.intervals[-1]
            median, *_, last = row(briefing.forest, key).cells
            assert (*median.values, *last.values) == (answer.summary.median, widest.low, widest.high)

    def test_all_estimates_and_questions_are_there(self) -> None:
        comparison, briefing = isw()
        assert [each.key for each in briefing.estimates.rows] == [
            f"estimate:{name}" for name in comparison.study.estimates
        ]
        assert briefing.probabilities is not None
        dearer = row(briefing.probabilities, "question:dearer")
        ends = comparison.sets["all"].questions["dearer"]
        assert dearer.cells[2].values == ends
        unlike = row(briefing.estimates, "estimate:ukraine_per_km2_2025").notes[-1]
        assert unlike.startswith("Unlike things side by side: the toll holds Kursk's losses too")

    def test_no_questions_no_table(self, tmp_path: Path) -> None:
        _, briefing = sampled(tmp_path, EXACT.partition("questions:")[0])
        assert briefing.probabilities is None and briefing.verdicts == () and briefing.hinges == ()
        assert "Grades" not in {each.title for each in briefing.method}


class TestWidthAndHinges:
    def test_the_width_is_the_drivers(self) -> None:
        comparison, briefing = isw()
        first = briefing.width[0]
        assert [each.estimate for each in briefing.width] == ["per_km2_2025", "rise", "ukraine_rise"]
        shares = comparison.explained["per_km2_2025"].shapley
        assert first.table is not None
        values = [each.cells[0].values[0] for each in first.table.rows]
        assert values == sorted((share.value for share in shares.values()), reverse=True)
        assert briefing.width[1].table is not None
        between, shared = (share(value) for value in _shares(comparison, "per_km2_2025"))
        assert first.sentences[0].startswith(
            f"Of the variance of the logarithm, {between} is between sources"
        )
        assert between != shared
        assert first.sentences[1].startswith(
            f"The {between} would go if one knew whom to believe and nothing else. Shared out among single "
            f"things, {shared} falls to whom one believes"
        )
        together = next(briefing.width[1].table.rows)
        assert together.label == "all else in the figures of “Whose count of killed and wounded”"

    def test_shares_that_add_up_need_no_word(self) -> None:
        comparison, briefing = isw()
        between, shared = _shares(comparison, "ukraine_rise")
        assert abs(between - shared) < 0.02
        assert not any("Shared out" in text for text in briefing.width[2].sentences)

    def test_no_width_says_why(self, tmp_path: Path) -> None:
        (only,) = sampled(tmp_path, BOUNDS)[1].width
        assert only.table is None
        assert only.sentences == (
            "Its variance is not divided, because it is a bound, which has no distribution.",
        )

    def test_what_a_question_hangs_on(self) -> None:
        comparison, briefing = isw()
        hinge = next(each for each in briefing.hinges if each.question == "isw_headline")
        at = comparison.break_even["isw_headline"]
        assert at is not None
        root = at["toll"]["skeptic"].at[0].roots[0]
        assert any(f"“Skeptic-discounted” has {100 * root:.0f} %" in each for each in hinge.flips)
        found, _, gain = hinge.findings[0].partition(": ")
        assert found == "“Whose count of killed and wounded”"
        assert re.fullmatch(r"the chance of a wrong answer would fall by 1\d percentage points", gain)
        assert any(
            each.endswith("all else as stated (stated: 1, times or divided by up to 1.28, holding 90 %).")
            for each in hinge.flips
        )


def _shares(comparison: Comparison, estimate: str) -> tuple[float, float]:
    """What of the variance is between sources, and what is shared out to disputes."""
    found = comparison.explained[estimate]
    assert found.between is not None
    shared = sum(own.value for name, own in found.shapley.items() if name in comparison.study.disputes)
    return found.between.value, shared


class TestEvidence:
    def test_every_claim_with_its_distribution_and_ground(self) -> None:
        comparison, briefing = isw()
        page = next(each for each in briefing.figures if each.name == "casualties_2025")
        assert (page.unit, page.measures) == ("people", "killed and wounded")
        assert page.extent == "Ukraine and Kursk oblast, 1 January to 30 April 2025"
        skeptic = page.claims[1]
        assert (skeptic.title, skeptic.relays) == ("Skeptic-discounted", "Ukrainian-sourced")
        assert skeptic.statement == "computed: ukrainian * discount"
        assert skeptic.shape == "computed from others"
        alone = comparison.result.figures["casualties_2025"].by_source["toll"]["skeptic"]
        assert [each.value for each in skeptic.quantiles] == [
            alone.quantile(level) for level in (0.05, 0.25, 0.5, 0.75, 0.95)
        ]
        pooled = comparison.result.figures["casualties_2025"]
        assert page.pooled[2].value == pooled.quantile(0.5)
        osint = page.claims[2]
        assert [each.id for each in osint.cited] == ["deaths-2025-jan-apr"]
        assert any(text.startswith("Unlike things side by side") for text in osint.remarks)

    def test_every_input_as_it_was_read(self) -> None:
        _, briefing = isw()
        found = {each.name: each for each in briefing.inputs}
        discount = found["discount"].said
        assert discount.statement == "0.4 to 0.9, holding 90 %, never outside 0 to 1"
        assert [each.value for each in discount.quantiles[::4]] == pytest.approx([0.4, 0.9])
        assert {each.id for each in discount.cited} == {"discount-straightnews", "discount-trump"}
        assert discount.judged.startswith("the discounts argued with a number")
        assert found["drift"].said.remarks == ("Drawn afresh for each figure that uses it.",)
        assert found["drift"].said.statement == "1, times or divided by up to 1.28, holding 90 %"
        days = found["days_2024"].said
        assert days.statement == "122 days" and {each.text for each in days.quantiles} == {"122"}

    def test_all_facts_are_cited(self) -> None:
        comparison, briefing = isw()
        used = {each.fact.id for each in comparison.result.assumptions.cited}
        assert {each.id for each in briefing.cited} == used
        publishers = [each.publisher.casefold() for each in briefing.cited]
        assert publishers == sorted(publishers)

    def test_mismatches_in_full_those_that_are_owned_first(self) -> None:
        comparison, briefing = isw()
        owned = [bool(each.because) for each in briefing.mismatches]
        assert owned == sorted(owned, reverse=True) and any(owned)
        assert briefing.mismatches[0].subject == "“Casualties per km² gained in Ukraine alone, Jan–Apr 2025”"
        assert briefing.mismatches[2].subject == "“Russian casualties, Jan–Apr 2025” by “Ukrainian-sourced”"
        for mismatch in comparison.study.mismatches:
            (entry,) = [each for each in briefing.mismatches if each.path == mismatch.path]
            assert mismatch.difference in entry.difference
        assert len(briefing.mismatches) == 10 < len(comparison.study.mismatches)  # maps differ in two things
        method = {passage.title: passage.text for passage in briefing.method}
        assert any("in 10 places, all of them listed; 2 are owned" in text for text in method.values())
        assert "would change by 5 percentage points or more" in method["Grades"]


class TestProvenance:
    def test_it_can_be_run_again(self, tmp_path: Path) -> None:
        comparison, briefing = sampled(tmp_path, EXACT)
        found = briefing.provenance
        assert found.scenario == EXACT and found.file == "sample.yaml"
        assert found.command == "contested report sample.yaml"
        assert dict(found.facts)["Scenario (SHA-256)"] == comparison.study.scenario_sha256
        assert dict(found.facts)["Seed"] == "7" and found.converged
        assert Briefing.of(comparison, command="contested report runs/a").provenance.command.endswith(
            "runs/a"
        )

    def test_what_has_not_converged_says_so(self, tmp_path: Path) -> None:
        _, briefing = sampled(tmp_path, UNCONVERGED)
        assert not briefing.provenance.converged
        assert briefing.provenance.precision.startswith("NOT CONVERGED")
        assert all(each.kind == "not_graded" and not each.yardstick for each in briefing.verdicts)


def test_hostile_titles_are_carried_as_they_are(tmp_path: Path) -> None:
    wild = r"""<script>alert("1")</script> & \textbf{x} $x_1^2$ % # | * _y_ `z` שלום 👩‍🚀 '=1+1'"""
    quoted = "'" + wild.replace("'", "''") + "'"
    text = EXACT.replace("title: Whose count", f"title: {quoted}").replace(
        "title: Area gained\n", f"title: {quoted}\n"
    )
    _, briefing = sampled(tmp_path, text)
    assert f"line of evidence on “{plain(wild)}”, with what" in briefing.headline.sentence
    assert briefing.headline.lines[0].title == plain(wild)
    assert briefing.figures[1].title == plain(wild)


def test_control_characters_are_shown_as_such(tmp_path: Path) -> None:
    text = EXACT.replace("title: Whose count", 'title: "Whose\\u202ecount"')
    _, briefing = sampled(tmp_path, text)
    assert briefing.headline.lines[0].title == "Whose�count"
    assert all(each.isprintable() for _, each in texts(briefing))
