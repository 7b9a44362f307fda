/* What is amiss in how a page is laid out. Text must lie in the window or in a box that scrolls, and in no box that cuts
 * it off; boxes beside each other, and labels of one picture, must not overlap. Of each picture one drawing is shown, and
 * its letters can be read. */
() => {
  const SMALLEST = 9.5; // CSS pixels of a letter in a picture
  for (const each of document.querySelectorAll("details")) each.open = true;
  const faults = [];
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > edge) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const said = (element) => `${element.tagName}.${element.getAttribute("class") || ""} "${element.textContent.trim().slice(0, 40)}"`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen, .skip, .interactive-live");

  const scrolls = (element) => {
    for (let up = element; up; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!text.data.trim() || !shown(parent) || parent.closest("script, style, select, svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (!scrolls(parent) && (box.left < -0.5 || box.right > edge + 0.5)) faults.push(`outside: ${said(parent)}`);
      for (let up = parent; up !== document.body; up = up.parentElement) {
        if (!["hidden", "clip"].includes(getComputedStyle(up).overflowX)) continue;
        const own = up.getBoundingClientRect();
        if (box.right > own.right + 1 || box.bottom > own.bottom + 1) faults.push(`cut off: ${said(parent)}`);
      }
    }
  }

  const overlap = (a, b, slack) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;
  const laid = (element) => {
    const style = getComputedStyle(element);
    return shown(element) && style.display !== "inline" && !["absolute", "fixed", "sticky"].includes(style.position);
  };
  for (const parent of document.querySelectorAll("body, body *:not(svg, svg *)")) {
    const children = [...parent.children].filter(laid).map((child) => [child, child.getBoundingClientRect()]);
    for (let i = 1; i < children.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        if (overlap(children[i][1], children[j][1], 1)) faults.push(`overlap: ${said(children[j][0])} and ${said(children[i][0])}`);
      }
    }
  }

  for (const figure of document.querySelectorAll(".picture")) {
    const drawn = [...figure.querySelectorAll("svg")].filter((svg) => shown(svg) && svg.getBoundingClientRect().width > 0);
    if (shown(figure) && drawn.length !== 1) faults.push(`${figure.id}: ${drawn.length} drawings are shown`);
  }

  for (const svg of document.querySelectorAll(".picture svg, #interactive-chart svg")) {
    if (!shown(svg) || svg.getBoundingClientRect().width === 0) continue;
    const scale = svg.getScreenCTM().a;
    const own = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((label) => label.textContent.trim() && getComputedStyle(label).opacity !== "0");
    const labels = texts.map((label) => [label.textContent, label.getBoundingClientRect()]);
    const name = svg.closest("figure").id || "interactive";
    for (const label of texts) {
      const size = scale * parseFloat(getComputedStyle(label).fontSize);
      if (size < SMALLEST) faults.push(`${name}: "${label.textContent}" is ${size.toFixed(1)} px high`);
    }
    labels.forEach(([text, box], i) => {
      const beyond = Math.max(own.left - box.left, box.right - own.right, own.top - box.top, box.bottom - own.bottom);
      if (beyond > 2) faults.push(`${name}: outside its picture: "${text}"`);
      for (const [other, its] of labels.slice(0, i)) {
        if (text !== other && overlap(box, its, 0.3 * box.height)) faults.push(`${name}: "${other}" and "${text}" overlap`);
      }
    });
  }
  return faults;
}
