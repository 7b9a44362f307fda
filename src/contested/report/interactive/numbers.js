"use strict";

/* The numbers under the picture: tables of rounded text, with the unrounded value beside each. */
const Numbers = (() => {
  const { made } = Controls;
  const STARTS = "\u2066\u2067\u2068", END = "\u2069"; // of isolates, in which names stand that run the other way
  const ROOM = 70; // letters of a question's title beside the sliders

  function value(text, number) {
    const found = made("span", { textContent: text });
    found.dataset.value = String(number);
    return found;
  }

  /** The estimate's median and intervals, a row for each law that stands for it. */
  function estimate(table, content, answer, sources) {
    const kind = content.kind === "hdi" ? "HDI" : "interval";
    const heads = ["median", ...content.levelNames.map((level) => `${level} ${kind}`)];
    const rows = answer.parts.map((part) =>
      made("tr", {}, [
        made("th", { scope: "row", textContent: part.heading }),
        made("td", {}, [value(part.median.text, part.median.value)]),
        ...part.intervals.map(({ pieces }) => made("td", {}, pieces.flatMap((own, i) => ends(own, i, pieces, sources)))),
      ]),
    );
    table.tHead.replaceChildren(
      made("tr", {}, [made("td"), ...heads.map((text) => made("th", { scope: "col", textContent: text }))]),
    );
    table.tBodies[0].replaceChildren(...rows);
    table.hidden = rows.length === 0;
  }

  /** `54 to 190`; of several pieces also what each holds, and whose it mostly is. */
  function ends({ low, high, ends: texts, mass, stratum }, index, pieces, sources) {
    const found = texts.length === 1 ? [value(texts[0], low)] : [value(texts[0], low), " to ", value(texts[1], high)];
    if (pieces.length === 1) return found;
    const aside = ` (${Wording.probability(mass, 0)}, most of it ${sources(stratum)})`;
    return [...(index ? [made("br")] : []), ...found, aside];
  }

  /** The questions' probabilities, with notes beneath their titles. */
  function questions(table, found) {
    table.hidden = found.length === 0;
    table.tBodies[0].replaceChildren(
      ...found.map(({ question, answer }) => {
        const cell = made("td", { textContent: answer.text });
        if (answer.value !== null) cell.dataset.value = String(answer.value);
        if (answer.upper !== null) cell.dataset.upper = String(answer.upper);
        cell.dataset.question = question.name;
        const title = made("th", { scope: "row" }, [made("span", { textContent: question.title, dir: "auto" })]);
        if (answer.note) title.append(made("small", { textContent: answer.note }));
        return made("tr", {}, [title, cell]);
      }),
    );
  }

  /** In short what stays in sight beside the sliders: the estimate, and the first question's probability. */
  function sticky(element, content, { parts, notes }, first) {
    const told = parts.slice(0, 1).map(({ label, unit, median, intervals }) => {
      const { pieces } = intervals[intervals.length - 1];
      const ends = pieces.map((own) => own.ends.join(" to ")).join(" or ");
      const name = content.levelNames[intervals.length - 1];
      return `${notes.length ? `${label}: ` : ""}median ${median.text}${unit ? ` ${unit}` : ""} · ${name}: ${ends}`;
    });
    const asked = first ? [`${first.answer.text} · ${shortened(first.question.title)}`] : [];
    const lines = [...(told.length ? told : notes), ...asked];
    element.replaceChildren(...lines.map((text) => made("span", { textContent: text })));
  }

  /** A title that may be long, to stand where there is little room; whole it is in the table. */
  function shortened(title) {
    const letters = [...title];
    return letters.length > ROOM ? isolatesEnded(`${letters.slice(0, ROOM - 1).join("")}…`) : title;
  }

  /** A title that was cut, so that none of its isolates reaches beyond it. */
  function isolatesEnded(title) {
    const open = [...title].reduce((depth, letter) => depth + STARTS.includes(letter) - (letter === END), 0);
    return title + END.repeat(open);
  }

  return { estimate, questions, sticky };
})();
