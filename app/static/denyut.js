// The pulse of a list: rows never move by themselves; a line tells that there is more, or that nothing is known now.
(() => {
  "use strict";
  const pulse = document.querySelector("[data-denyut]");
  if (!pulse) return;
  const lost = document.querySelector("[data-denyut-putus]");
  const [USUAL, LONGEST] = [20_000, 300_000];
  let [etag, known, pause, next] = ["", null, USUAL, 0];

  async function answered() {
    const answer = await fetch(pulse.dataset.denyut, { headers: etag ? { "If-None-Match": etag } : {} });
    if (answer.status === 304) return true;
    if (!answer.ok || answer.redirected) return false;
    etag = answer.headers.get("ETag") ?? "";
    const found = await answer.json();
    const shown = JSON.stringify(found);
    if (known !== null && known !== shown) pulse.hidden = false;
    known = shown;
    for (const one of document.querySelectorAll("[data-hitung]")) one.textContent = found.jumlah[one.dataset.hitung] ?? one.textContent;
    return true;
  }
  async function look() {
    window.clearTimeout(next);
    if (!document.hidden) {
      const well = await answered().catch(() => false);
      if (lost) lost.hidden = well;
      pause = well ? USUAL : Math.min(pause * 2, LONGEST);
    }
    next = window.setTimeout(look, pause);
  }
  const away = () => { if (lost) lost.hidden = false; };
  window.addEventListener("offline", away);
  window.addEventListener("online", look);
  look();
})();
