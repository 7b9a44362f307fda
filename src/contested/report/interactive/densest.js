"use strict";

/* Sets of highest density of a pool, as engine/intervals.py and engine/regions.py define them: {f >= c}, one
 * interval for each mode, with c such that their masses, read from the draws, sum to the level. */
const Densest = (() => {
  const { search, cdfAlone } = Arithmetic;
  const DIP = 0.1; // a dip by less than this share of the lower peak parts nothing
  const SURE = 4; // nor one where the estimates, so many standard errors wide each, overlap
  const SLIVER = 0.001; // mass below which a region is left out
  const ATOM = 0.01; // mass beyond which a single value is an atom
  const SAME = 1e-6; // relative distance of values that differ by single precision alone
  const ROUNDING = 1e-12;
  const ERROR = 25 / 36; // variance of the cubic's slope over that of so many draws in its kernel

  /** The pieces of each level's set under a pool: low, high, mass and the stratum that gives most of it. */
  function pieces(law, pool, levels) {
    const [atoms, loose] = atomsOf(law, pool);
    const held = (x) => atoms.reduce((rest, atom) => rest - (atom.low <= x ? atom.mass : 0), pool.cdf(x));
    const rest = 1 - atoms.reduce((sum, atom) => sum + atom.mass, 0);
    const modes = rest > ROUNDING ? modesOf(law, pool, loose) : null;
    return levels.map((level) => {
      const taken = [];
      let sum = 0;
      for (const atom of atoms) {
        if (level - sum > ROUNDING) {
          taken.push(atom);
          sum += atom.mass;
        }
      }
      const found = modes && level - sum > ROUNDING ? regions(modes, pool, held, level - sum) : [];
      return joined([...taken, ...found]).map((piece) => ({ ...piece, stratum: dominant(law, pool, piece) }));
    });
  }

  /** Values that hold over 1 % of the pool, or all of a stratum, the weightiest first; and those that hold less. */
  function atomsOf(law, pool) {
    const found = [];
    pool.used.forEach((k, i) => {
      for (const [value, mass] of law.atoms[k]) {
        const same = found.find((atom) => Math.abs(atom.low - value) <= SAME * Math.abs(value));
        const atom = same ?? { low: value, high: value, mass: 0, whole: false };
        if (!same) found.push(atom);
        atom.mass += pool.share[i] * mass;
        atom.whole ||= mass === 1;
      }
    });
    const kept = found.filter((atom) => atom.whole || atom.mass > ATOM);
    return [kept.sort((a, b) => b.mass - a.mass || a.low - b.low), found.filter((atom) => !kept.includes(atom))];
  }

  function modesOf(law, pool, loose) {
    const { places, density, error } = heights(law, pool);
    const [below, upto] = ["below", "upto"].map((side) => masses(law, pool, law.dense[side], loose));
    const edges = [0, ...valleys(density, error), places.length - 1];
    const basins = edges.slice(1).map((last, i) => basin(edges[i], last, density, below, upto));
    const reached = new Float64Array(basins.flatMap(({ rise, fall }) => [...rise, ...fall])).sort();
    return { basins, reached: reached.filter((height, i) => i === 0 || height > reached[i - 1]) };
  }

  /** The pool's mass up to the places, or below them, by its strata's shares of draws there: that of no atoms. */
  function masses(law, pool, shares, loose) {
    const { places } = law.dense;
    const found = Float64Array.from(places, (x) => loose.reduce((sum, atom) => sum + (atom.low <= x ? atom.mass : 0), 0));
    pool.used.forEach((k, i) => {
      const smooth = law.atoms[k].reduce((rest, [, mass]) => rest - mass, 1);
      for (let j = 0; j < places.length; j += 1) found[j] += pool.share[i] * smooth * shares[k * places.length + j];
    });
    return found;
  }

  /** The pool's density at the places, and its error were the draws independent. */
  function heights(law, pool) {
    const { places, heights: own, bandwidths } = law.dense;
    const density = new Float64Array(places.length);
    const variance = new Float64Array(places.length);
    pool.used.forEach((k, i) => {
      const [width, logarithmic] = bandwidths[k];
      for (let j = 0; j < places.length; j += 1) {
        const f = own[k * places.length + j];
        density[j] += pool.share[i] * f;
        const kernel = width * (logarithmic ? places[j] : 1) * law.strata[k].size;
        if (f > 0) variance[j] += (pool.share[i] ** 2 * ERROR * f) / kernel;
      }
    });
    return { places, density, error: variance.map(Math.sqrt) };
  }

  /** What lies between two valleys: the greatest density from either edge so far, and the mass left of there. */
  function basin(first, last, density, before, upto) {
    const [rise, fall, below, above] = [[], [], [], []];
    for (let j = first, most = 0; j <= last; j += 1) {
      rise.push((most = Math.max(most, density[j])));
      below.push(before[j]);
    }
    for (let j = last, most = 0; j >= first; j -= 1) {
      fall.push((most = Math.max(most, density[j])));
      above.push(upto[j]);
    }
    return { first, last, rise, fall, below, above };
  }

  /** Masses below the start and up to the end of where a basin's density reaches a threshold. */
  function span({ rise, fall, below, above }, threshold) {
    const peak = rise[rise.length - 1];
    if (threshold > peak) return Array(2).fill(below[rise.indexOf(peak)]);
    return [crossing(rise, below, threshold), crossing(fall, above, threshold)];
  }

  /** The first of rising numbers that is no less than a threshold, the last of which is not. */
  function reaching(risen, threshold) {
    let [low, high] = [0, risen.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (risen[middle] >= threshold) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The mass where a density that has risen so far crosses a threshold, between two places linearly. */
  function crossing(risen, held, threshold) {
    const j = reaching(risen, threshold);
    if (j === 0) return held[0];
    const step = (threshold - risen[j - 1]) / (risen[j] - risen[j - 1]);
    return held[j - 1] + step * (held[j] - held[j - 1]);
  }

  function regions({ basins, reached }, pool, held, mass) {
    const found = [];
    for (const [below, upto, share] of spans(basins, reached, mass)) {
      const region = { low: drawn(pool, held, below + ROUNDING), high: drawn(pool, held, upto - ROUNDING), mass: share };
      const before = found[found.length - 1];
      if (before && region.low <= before.high) Object.assign(before, { high: region.high, mass: before.mass + share });
      else found.push(region);
    }
    return found;
  }

  const drawn = (pool, held, mass) => search(pool.least, pool.most, (x) => held(x) >= mass);
  const sum = (found) => found.reduce((total, [low, high]) => total + high - low, 0);

  function spans(basins, reached, mass) {
    const [low, high] = thresholds(basins, reached, mass);
    const [wide, narrow] = [low, high].map((threshold) => basins.map((own) => span(own, threshold)));
    const [most, least] = [sum(wide), sum(narrow)];
    const step = most > least ? (most - mass) / (most - least) : 0;
    const between = wide.map(([a, b], i) => [a + step * (narrow[i][0] - a), b + step * (narrow[i][1] - b)]);
    const runs = [];
    basins.forEach((own, k) => {
      const before = basins[k - 1];
      if (before && before.last === own.first && before.fall[0] >= low) runs[runs.length - 1].push(k);
      else runs.push([k]);
    });
    const held = runs.map((run) => sum(run.map((k) => between[k])));
    const kept = runs.filter((_, i) => held[i] >= Math.min(SLIVER, Math.max(...held)));
    const rest = kept.flat().map((k) => basins[k]);
    if (rest.length < basins.length && sum(rest.map((own) => span(own, 0))) >= mass) {
      return spans(rest, reached, mass);
    }
    return runs.flatMap((run, i) =>
      held[i] > 2 * ROUNDING ? [[between[run[0]][0], between[run[run.length - 1]][1], held[i]]] : [],
    );
  }

  /** Two thresholds: what reaches the lower one holds the mass or more, what reaches the higher one less. */
  function thresholds(basins, reached, mass) {
    const less = (threshold) => sum(basins.map((own) => span(own, threshold))) < mass;
    let [low, high] = [1, reached.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(reached[middle])) high = middle;
      else low = middle + 1;
    }
    const height = reached[low - 1];
    const above = height * (1 + Number.EPSILON);
    return less(above) || low === reached.length ? [height, above] : [above, reached[low]];
  }

  /** The lowest places between modes that are told apart beyond doubt. */
  function valleys(density, error) {
    const found = [];
    let [peak, valley] = [0, -1]; // where the density is surely highest, and since then surely lowest
    const least = (j) => density[j] - SURE * error[j];
    const most = (j) => density[j] + SURE * error[j];
    for (let j = 0; j < density.length; j += 1) {
      if (valley < 0) {
        if (least(j) > least(peak)) peak = j;
        else if (most(j) < least(peak) && density[j] < (1 - DIP) * density[peak]) valley = j;
      } else if (most(j) < most(valley)) {
        valley = j;
      } else if (least(j) > most(valley) && density[valley] < (1 - DIP) * density[j]) {
        found.push(valley);
        [peak, valley] = [j, -1];
      }
    }
    return found;
  }

  /** Pieces in rising order, those that overlap or touch as one. */
  function joined(found) {
    const whole = [];
    for (const piece of found.sort((a, b) => a.low - b.low || a.high - b.high)) {
      const before = whole[whole.length - 1];
      if (before && piece.low <= before.high) {
        Object.assign(before, { high: Math.max(before.high, piece.high), mass: before.mass + piece.mass });
      } else whole.push({ low: piece.low, high: piece.high, mass: piece.mass });
    }
    return whole;
  }

  /** The stratum that gives most of a piece. */
  function dominant(law, pool, { low, high }) {
    const below = low - SAME * Math.abs(low);
    const given = pool.used.map(
      (k, i) => pool.share[i] * (cdfAlone(law.strata[k], high) - cdfAlone(law.strata[k], below)),
    );
    return pool.used[given.indexOf(Math.max(...given))];
  }

  return { pieces };
})();
