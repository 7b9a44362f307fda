"use strict";

/* What the page does besides its sliders: it unpacks their scripts, copies texts and opens everything for print. */
(() => {
  const root = document.documentElement;

  function copies(button) {
    const source = document.getElementById(button.dataset.copies);
    const text = button.textContent;
    button.addEventListener("click", async () => {
      button.textContent = (await copied(source)) ? "Copied" : "Selected: copy it with the keyboard";
      window.setTimeout(() => { button.textContent = text; }, 2000);
    });
  }

  /** Puts an element's text on the clipboard; where that is not allowed, selects it. */
  async function copied(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      window.getSelection().selectAllChildren(element);
      return document.execCommand("copy");
    }
  }

  /** Runs the packed scripts; where they cannot run, the page is as it is without. */
  async function unpack(packed) {
    const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.body.append(script);
    if (document.getElementById("interactive").hidden) throw new Error("the sliders did not start");
    if (window.location.hash.includes("=")) document.getElementById("weights").scrollIntoView();
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });

  for (const button of document.querySelectorAll("[data-copies]")) copies(button);
  const packed = document.getElementById("packed");
  if (packed) unpack(packed).catch(() => root.classList.remove("moving"));
})();
