"use strict";

/* What the reader moves: a slider for each source, a button for each named weighting. Texts come from files that
 * others wrote, and are set as text alone. */
const Controls = (() => {
  const MOST = 100; // a slider's weight; only their proportions count

  function made(kind, properties = {}, children = []) {
    const element = document.createElement(kind);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** One button for each named weighting; `choose` is told its name. */
  function buttons(parent, content, choose) {
    const made_ = Object.keys(content.weightings).map((name) => {
      const button = made("button", { type: "button", textContent: name, "aria-pressed": "false" });
      button.dataset.weighting = name;
      button.addEventListener("click", () => choose(name));
      return button;
    });
    parent.replaceChildren(...made_);
  }

  /** A select whose options are pairs of a value and its text; `choose` is told the value. */
  function select(element, options, choose) {
    element.replaceChildren(...options.map(([value, text]) => made("option", { value, textContent: text })));
    element.addEventListener("change", () => choose(element.value));
  }

  /** A group of sliders for each dispute; `choose` is told the dispute and all its sliders' weights. */
  function sliders(parent, content, choose) {
    parent.replaceChildren(
      ...Object.entries(content.disputes).map(([dispute, { title, sources, unlisted }]) => {
        const aside = made("span", { className: "interactive-aside" });
        const group = made("fieldset", {}, [made("legend", { textContent: title }), aside]);
        group.dataset.dispute = dispute;
        for (const [source, own] of Object.entries(sources)) {
          if (own.listed) group.append(slider(dispute, source, own, () => choose(dispute, positions(group))));
        }
        if (unlisted > 0) {
          const text = `${Wording.share(unlisted)} stays with none of these, whatever the weights.`;
          group.append(made("p", { className: "interactive-aside", textContent: text }));
        }
        return group;
      }),
    );
  }

  function slider(dispute, source, { title, colour }, moved) {
    const id = `interactive-${dispute}-${source}`;
    const swatch = made("span", { className: "interactive-swatch", "aria-hidden": "true" });
    swatch.style.backgroundColor = colour;
    const name = made("span", { className: "interactive-title", textContent: title, dir: "auto" });
    const label = made("label", { htmlFor: id }, [swatch, name]);
    const input = made("input", { type: "range", id, min: "0", max: String(MOST), step: "1" });
    Object.assign(input.dataset, { dispute, source });
    input.addEventListener("input", () => {
      input.dataset.position = input.value;
      moved();
    });
    return made("div", { className: "interactive-slider" }, [label, input, made("span", { className: "interactive-share" })]);
  }

  /** Where the sliders of a group stand, which is not always on one of the steps that a slider takes. */
  function positions(group) {
    const inputs = [...group.querySelectorAll("input")];
    return Object.fromEntries(inputs.map((input) => [input.dataset.source, Number(input.dataset.position)]));
  }

  /** Moves the sliders to some weights, but for those that the reader moves. */
  function place(parent, content, weights, moving) {
    for (const group of parent.querySelectorAll("fieldset")) {
      const { unlisted } = content.disputes[group.dataset.dispute];
      for (const input of group.querySelectorAll("input")) {
        const share = weights[input.dataset.dispute][input.dataset.source];
        if (group.dataset.dispute !== moving) {
          input.dataset.position = String(State.perCent(share, unlisted));
          input.value = input.dataset.position;
        }
        const text = Wording.share(share);
        input.setAttribute("aria-valuetext", `${text} of the weight`);
        input.dataset.weight = String(share);
        input.nextElementSibling.textContent = text;
      }
    }
  }

  /** Says which disputes do not enter an estimate, and which weighting is chosen. */
  function mark(sliders, buttons, { disputes }, weighting) {
    for (const group of sliders.querySelectorAll("fieldset")) {
      const enters = disputes.includes(group.dataset.dispute);
      group.classList.toggle("interactive-idle", !enters);
      group.querySelector(".interactive-aside").textContent = enters ? "" : "does not enter this estimate";
    }
    for (const button of buttons.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.weighting === weighting));
    }
  }

  /** A named weighting in words, of the disputes that enter an estimate; nothing of weights of the reader's own. */
  function inWords(element, content, { disputes }, { weighting, weights }) {
    const entering = Object.entries(content.disputes).filter(([dispute]) => disputes.includes(dispute));
    const said = entering.map(([dispute, { title, sources }]) => {
      const weighty = Object.keys(sources).filter((source) => weights[dispute][source] > 0);
      const shares = weighty.map((source) => `${sources[source].title} ${Wording.share(weights[dispute][source])}`);
      return `${title}: ${shares.join(", ")}`;
    });
    element.hidden = weighting === null || said.length === 0;
    element.textContent = element.hidden ? "" : `“${weighting}” – ${said.join("; ")}.`;
  }

  return { made, buttons, select, sliders, place, mark, inWords };
})();
