// The inbox: what stands beside the list is the task of the chosen row.
(() => {
  "use strict";
  const pane = () => document.getElementById("pratinjau");
  const ENOUGH = 150; // milliseconds on a row before it is asked for: whoever runs down the list asks for none between
  let [timer, asked] = [0, null];

  document.addEventListener("baris", (event) => {
    window.clearTimeout(timer);
    asked?.abort();
    for (const one of document.querySelectorAll("[data-baris] [data-kerjakan]")) {
      one.classList.toggle("utama", event.target.contains(one));
    }
    if (!pane()) return;
    const here = pane().dataset.tugas === event.target.dataset.tugas;
    pane().ariaBusy = here ? "false" : "true";
    if (!here) timer = window.setTimeout(show, ENOUGH, event.target);
  });

  async function show(row) {
    asked = new AbortController();
    try {
      const answer = await fetch(row.querySelector("[data-tuju]").href, { signal: asked.signal });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("pratinjau");
      const meant = answer.ok && found?.dataset.tugas === row.dataset.tugas;
      put(meant ? found : null);
    } catch (fault) {
      if (fault.name !== "AbortError") put(null);
    }
  }
  // Rather nothing beside the list than another task.
  function put(found) {
    pane().hidden = !found;
    if (!found) return;
    found.classList.remove("diminta");
    pane().replaceWith(document.adoptNode(found));
    document.dispatchEvent(new CustomEvent("pratinjau"));
  }
})();
