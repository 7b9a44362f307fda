"use strict";

/* Numbers only: packed laws, weights of strata, quantiles and probabilities of a pool, with their error.
 * Nothing here touches the page. */
const Arithmetic = (() => {
  const ROUNDING = 1e-12; // on F >= p: sums of weights are exact only to rounding
  const NEAR = 0.01; // of probability, to either side of a quantile, over which its density is measured

  /** Bytes of base64 text as an array of numbers. */
  function unpacked(text, kind) {
    const bytes = atob(text);
    const raw = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i += 1) raw[i] = bytes.charCodeAt(i);
    return new kind(raw.buffer);
  }

  const wholes = ([bytes, text]) => unpacked(text, bytes === 2 ? Uint16Array : Uint32Array);

  /** A law with each stratum's ranks, counted from 1, and the draws there; see `Grids.to_dict`. */
  function law(packed) {
    if (packed === null) return null;
    const steps = unpacked(packed.steps, Uint16Array);
    const values = unpacked(packed.values, Float32Array);
    let start = 0;
    const strata = packed.knots.map((count, k) => {
      const ranks = new Float64Array(count);
      for (let i = 0, rank = 0; i < count; i += 1) ranks[i] = rank += steps[start + i];
      start += count;
      return { size: packed.draws[k], ranks, values: values.subarray(start - count, start) };
    });
    return {
      ...packed,
      strata,
      deviations: unpacked(packed.deviations, Int8Array),
      places: unpacked(packed.places, Float32Array),
      heights: unpacked(packed.heights, Uint16Array),
      dense: packed.dense && { ...packed.dense, ...dense(packed.dense) },
    };
  }

  /** Places, densities there, and shares of a stratum's draws up to each place and below it; see `Heights.dense`. */
  function dense({ places: packed, heights, smooth, ranks, ties }) {
    const places = unpacked(packed, Float32Array);
    const [steps, along, tied] = [ranks, ...ties].map(wholes);
    const stratum = (i) => Math.floor(i / places.length);
    const upto = new Float64Array(steps.length);
    for (let i = 0, rank = 0; i < steps.length; i += 1) {
      rank = i % places.length ? rank + steps[i] : steps[i];
      upto[i] = rank / (smooth[stratum(i)] || 1);
    }
    const below = Float64Array.from(upto);
    for (let j = 0, at = 0; j < along.length; j += 1) {
      at += along[j];
      below[at] -= tied[j] / smooth[stratum(at)];
    }
    return { places, heights: unpacked(heights, Float32Array), upto, below };
  }

  /** Weights divided by their sum; null where that is not above zero, or one is below zero or not finite. */
  function shares(weights) {
    const most = Math.max(...weights); // whose sum may be too large to be a number
    if (!(most > 0) || !weights.every((weight) => weight >= 0 && Number.isFinite(weight))) return null;
    const sum = weights.reduce((total, weight) => total + weight / most, 0);
    return weights.map((weight) => weight / most / sum);
  }

  /** The weight of each stratum: the product of its sources', the last dispute's fastest. */
  function stratumWeights(quantity, weights) {
    let found = [1];
    quantity.disputes.forEach((dispute, i) => {
      const own = quantity.sources[i].map((source) => weights[dispute][source]);
      found = found.flatMap((weight) => own.map((share) => weight * share));
    });
    return found;
  }

  const dot = (a, b) => a.reduce((total, x, i) => total + x * b[i], 0);

  /** How many of rising numbers are at most x. */
  function upTo(numbers, x) {
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** F(x) of one stratum: linear between knots, a step between neighbouring draws. */
  function cdfAlone({ size, ranks, values }, x) {
    const next = upTo(values, x);
    if (next === 0) return 0;
    if (next === ranks.length) return 1;
    const [a, b] = [ranks[next - 1], ranks[next]];
    if (b - a === 1) return a / size;
    return (a + ((b - a) * (x - values[next - 1])) / (values[next] - values[next - 1])) / size;
  }

  /** The smallest x with F(x) >= p of one stratum. */
  function quantileAlone({ size, ranks, values }, p) {
    const rank = (p - ROUNDING) * size;
    const last = Math.min(upTo(ranks, rank), ranks.length - 1);
    if (last === 0) return values[0];
    const [a, b] = [ranks[last - 1], ranks[last]];
    if (rank <= a) return values[last - 1];
    if (b - a === 1) return values[last];
    return values[last - 1] + ((values[last] - values[last - 1]) * (rank - a)) / (b - a);
  }

  /** Why a rule gives no law under some weights of strata; null where it gives one. */
  function refusal(law, weights) {
    if (weights.filter((weight) => weight > 0).length < 2) return null;
    const found = law.refusals.find(([stratum]) => weights[stratum] > 0);
    return found === undefined ? null : found[1];
  }

  /** The smallest number between two for which a rising test holds; it holds for the greater. */
  function search(low, high, holds) {
    if (holds(low)) return low;
    for (;;) {
      const middle = low + (high - low) / 2;
      if (!(low < middle && middle < high)) return high;
      if (holds(middle)) high = middle;
      else low = middle;
    }
  }

  /** The pool of a law's strata under some weights: cdf, quantile, and the error of either. */
  function pooled(law, rule, weights) {
    const used = law.strata.flatMap((_, k) => (weights[k] * law.mass[k] > 0 ? [k] : []));
    if (rule === "linear" || used.length === 1) return mixture(law, used, weights);
    return average(law, used, weights, rule === "log-quantile");
  }

  function mixture(law, used, weights) {
    const share = shares(used.map((k) => weights[k] * law.mass[k]));
    const strata = used.map((k) => law.strata[k]);
    const least = Math.min(...strata.map(({ values }) => values[0]));
    const most = Math.max(...strata.map(({ values }) => values[values.length - 1]));
    const cdf = (x) => strata.reduce((total, own, i) => total + share[i] * cdfAlone(own, x), 0);
    const quantile = (p) => search(least, most, (x) => cdf(x) >= p - ROUNDING);
    const drift = (x, replicate) =>
      used.reduce((total, k, i) => {
        return total + share[i] * deviation(law, k, replicate, cdfAlone(law.strata[k], x));
      }, 0);
    const cdfError = (x) => sectioned(law, (replicate) => drift(x, replicate));
    const quantileError = (p) => cdfError(quantile(p)) * sparsity(quantile, p);
    return { cdf, quantile, cdfError, quantileError, used, share, least, most };
  }

  function average(law, used, weights, logarithmic) {
    const share = used.map((k) => weights[k]);
    const [into, back] = logarithmic ? [Math.log, Math.exp] : [(x) => x, (x) => x];
    const alone = (p) => used.map((k) => quantileAlone(law.strata[k], p));
    const quantile = (p) => back(dot(share, alone(p).map(into)));
    const cdf = (x) => (quantile(0) > x ? 0 : quantile(1) <= x ? 1 : search(0, 1, (p) => quantile(p) > x));
    const quantileError = (p) => {
      const scale = used.map((k) => {
        const own = (level) => into(quantileAlone(law.strata[k], level));
        return sparsity(own, p) * (logarithmic ? quantile(p) : 1);
      });
      return sectioned(law, (replicate) =>
        used.reduce((sum, k, i) => sum + share[i] * scale[i] * deviation(law, k, replicate, p), 0),
      );
    };
    const cdfError = (x) => {
      const p = Math.min(Math.max(cdf(x), ROUNDING), 1 - ROUNDING);
      const spread = sparsity(quantile, p);
      return spread > 0 ? quantileError(p) / spread : 0;
    };
    return { cdf, quantile, cdfError, quantileError, used, share, least: quantile(0), most: quantile(1) };
  }

  /** dQ/dp, measured over a little probability to either side. */
  function sparsity(quantile, p) {
    const reach = Math.min(NEAR, p / 2, (1 - p) / 2);
    return (quantile(p + reach) - quantile(p - reach)) / (2 * reach);
  }

  /** By how much a replicate's share of a stratum's draws up to a level differs from that of all. */
  function deviation(law, stratum, replicate, level) {
    const levels = law.grid;
    const next = Math.min(Math.max(upTo(levels, level), 1), levels.length - 1);
    const start = (stratum * law.replicates + replicate) * levels.length + next;
    const [a, b] = [law.deviations[start - 1], law.deviations[start]];
    return law.deviation * (a + ((b - a) * (level - levels[next - 1])) / (levels[next] - levels[next - 1]));
  }

  /** The standard error by sectioning, of what each replicate differs by from all. */
  function sectioned(law, difference) {
    let squares = 0;
    for (let replicate = 0; replicate < law.replicates; replicate += 1) squares += difference(replicate) ** 2;
    return Math.sqrt(squares / (law.replicates - 1) / law.replicates);
  }

  /** P(a question is true) by its shares of worlds, with its error; of a limited one, and denominators > 0. */
  function chance(question, weights, limited) {
    const value = dot(weights, limited ? question.true_and_positive : question.true);
    const [count, size] = [question.replicates.length / 2, weights.length];
    const start = limited ? count : 0;
    let squares = 0;
    for (let row = 0; row < count; row += size) {
      let own = 0;
      for (let k = 0; k < size; k += 1) own += weights[k] * question.replicates[start + row + k];
      squares += (own - value) ** 2;
    }
    const replicates = count / size;
    return { value, error: Math.sqrt(squares / (replicates - 1) / replicates) };
  }

  /** The same read from the law of one estimate: the values between which cuts make the question true. */
  function readChance({ cuts, true: holds }, pool) {
    let [value, before] = [0, 0];
    cuts.forEach((cut, i) => {
      const below = pool.cdf(cut - (Math.abs(cut) * Number.EPSILON || Number.MIN_VALUE));
      const at = pool.cdf(cut);
      value += (below - before) * holds[2 * i] + (at - below) * holds[2 * i + 1];
      before = at;
    });
    value += (1 - before) * holds[2 * cuts.length];
    return { value, error: Math.hypot(...cuts.map((cut) => pool.cdfError(cut))) };
  }

  return { unpacked, law, shares, stratumWeights, dot, upTo, cdfAlone, quantileAlone, refusal, search, pooled,
    chance, readChance, ROUNDING };
})();
