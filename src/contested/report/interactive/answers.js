"use strict";

/* What weights make of one estimate, or of one question: numbers, their text, and what is to be said. */
const Answers = (() => {
  const { dot, stratumWeights } = Arithmetic;
  const VANISHING = "is zero or negative with probability";

  /** An estimate with its laws unpacked. */
  function opened(estimate) {
    const laws = Object.entries(estimate.laws).map(([name, packed]) => [name, Arithmetic.law(packed)]);
    return { ...estimate, laws: Object.fromEntries(laws) };
  }

  /** Median and intervals of an estimate, or what stands in for them, and notes. */
  function ofEstimate(content, estimate, weights) {
    const own = stratumWeights(estimate, weights);
    const vanishing = dot(own, estimate.nonpositive);
    const estimable = vanishing <= content.estimable;
    const vanishes = `${VANISHING} ${Wording.probability(vanishing, 0)}`;
    const { all, inverse, given_positive: positive } = estimate.laws;
    const notes = [];
    if (!estimable) notes.push(`Not estimable as a ratio: its denominator ${vanishes}.`);
    else if (vanishing >= content.negligible) notes.push(`Its denominator ${vanishes}.`);
    const asked = estimable
      ? [{ law: all, label: estimate.disputes.length ? "all, as weighted" : "as stated", unit: estimate.unit }]
      : [
          { law: inverse, label: "the inverse", unit: estimate.inverseUnit },
          { law: positive, label: "only given a denominator above zero", unit: estimate.unit },
        ];
    const parts = asked.flatMap((part) => {
      if (part.law === null || !(dot(own, part.law.mass) > 0)) return [];
      const reason = refused(content, part.law, own);
      if (reason) notes.push(reason);
      const heading = estimable || !part.unit ? part.label : `${part.label} (${part.unit})`;
      return reason ? [] : [{ ...part, heading, ...summary(content, part.law, own) }];
    });
    return { estimable, parts, notes: [...new Set(notes)] };
  }

  function refused(content, law, weights) {
    const reason = content.rule === "linear" ? null : Arithmetic.refusal(law, weights);
    return reason && `Undefined under the ${content.rule} rule: ${reason}.`;
  }

  /** A law's median and intervals under some weights of its strata. */
  function summary(content, law, weights) {
    const pool = Arithmetic.pooled(law, content.rule, weights);
    const median = measured(content, pool, 0.5);
    const found = content.kind === "hdi" ? Densest.pieces(law, pool, content.levels) : [];
    const intervals = content.levels.map((level, i) => ({
      level,
      pieces: content.kind === "hdi" ? densest(content, law, found[i], i) : [equalTailed(content, pool, level)],
    }));
    return { pool, ...worded(median, intervals) };
  }

  /** The same with texts, which are those of one row. */
  function worded(median, intervals) {
    const ends = intervals.flatMap(({ pieces }, i) =>
      pieces.flatMap(({ low, high, reach }) => [low, high].map((value, j) => ({ value, reach: reach[j], set: i + 1 }))),
    );
    const [text, ...texts] = Wording.row([{ ...median, set: 0 }, ...ends]);
    for (const piece of intervals.flatMap(({ pieces }) => pieces)) {
      const both = texts.splice(0, 2);
      piece.ends = piece.low === piece.high ? [both[0]] : both;
    }
    return { median: { value: median.value, text }, intervals };
  }

  function measured(content, pool, p) {
    return { value: pool.quantile(p), reach: content.halfWidth * pool.quantileError(p) };
  }

  function equalTailed(content, pool, level) {
    const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((p) => measured(content, pool, p));
    return { low: low.value, high: high.value, reach: [low.reach, high.reach] };
  }

  /** By how much a piece's ends may be off was measured under the weights that the page opens with: it is taken
   * from the piece there that it overlaps most, or lies nearest to, as a share of its width. */
  function densest(content, law, found, index) {
    return found.map((own) => {
      const shared = ({ low, high }) => Math.min(high, own.high) - Math.max(low, own.low);
      const known = law.dense.errors[index].map((piece) => ({ ...piece, shared: shared(piece) }));
      const nearest = known.reduce((best, piece) => (piece.shared > best.shared ? piece : best), known[0]);
      const errors = nearest ? nearest.errors : [0, 0];
      return { ...own, reach: errors.map((share) => content.halfWidth * (share ?? NaN) * (own.high - own.low)) };
    });
  }

  /** A question's probability, with an upper limit where a denominator may vanish, as text, and why none. */
  function ofQuestion(content, estimates, question, weights) {
    const own = stratumWeights(question, weights);
    if (question.verdicts) return settled(content, question, own);
    const nonpositive = dot(own, question.nonpositive);
    const limited = nonpositive > content.estimable;
    const found = probability(content, estimates, question, own, limited, nonpositive);
    if (found.note) return { value: null, upper: null, text: Wording.NONE, note: found.note };
    const reach = content.halfWidth * found.error;
    const text = Wording.probability(found.value, reach);
    if (!limited) return { value: found.value, upper: null, text, note: null };
    const upper = Math.min(1, found.value + nonpositive);
    return {
      value: found.value,
      upper,
      text: `${text} to ${Wording.probability(upper, reach)}`,
      note: `A denominator in it ${VANISHING} ${Wording.probability(nonpositive, 0)}: the lower number counts ` +
        "only worlds where none is, the upper one adds all the others.",
    };
  }

  function probability(content, estimates, question, own, limited, nonpositive) {
    if (content.rule === "linear" || own.filter((weight) => weight > 0).length === 1) {
      question.shares ??= Arithmetic.unpacked(question.replicates, Float32Array);
      return Arithmetic.chance({ ...question, replicates: question.shares }, own, limited);
    }
    if (question.reading === null) {
      return { note: `No probability: the ${content.rule} rule pools each estimate by itself, and this asks more ` +
        "than how one estimate compares with numbers." };
    }
    const asked = estimates.find((estimate) => estimate.name === question.reading.estimate);
    const law = asked && asked.laws[limited ? "given_positive" : "all"];
    if (!law) return { note: "Its estimate has no room in this page." };
    const reason = refused(content, law, own);
    if (reason) return { note: reason };
    const read = Arithmetic.readChance(question.reading, Arithmetic.pooled(law, content.rule, own));
    const positive = limited ? 1 - nonpositive : 1;
    return { value: read.value * positive, error: read.error * positive };
  }

  /** A question that one-sided bounds decide, or leave open. */
  function settled(content, { verdicts }, weights) {
    const held = new Set(verdicts.filter((_, k) => weights[k] > 0));
    if (held.has(null) || (held.size > 1 && content.rule !== "linear")) {
      return { value: null, upper: null, text: "not settled", note: "A bound carries no distribution." };
    }
    const value = dot(weights, verdicts.map(Number));
    const sure = held.has(true) ? "yes, by the bounds" : "no, by the bounds";
    return { value, upper: null, text: held.size > 1 ? Wording.probability(value, 0) : sure, note: null };
  }

  return { opened, ofEstimate, ofQuestion };
})();
