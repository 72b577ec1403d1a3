// Drafts of a task: kept a moment after the last key, tried again until they are; nothing is sent into a dead network.
(() => {
  "use strict";
  const [QUIET, LONGEST, GAP] = [2_500, 10_000, 3_000]; // after the last key; while somebody types on; between two savings
  const [FIRST, LAST] = [3_000, 60_000]; // between tries, doubled each time
  const [PATIENCE, WHOLE] = [8_000, 60_000]; // how long an answer may take; what a leaving page may send, in letters
  const $ = (wanted, inside = document) => inside.querySelector(wanted);

  /** The JSON of an answer and its status; raises when the office did not answer. */
  async function asked(address, given = {}) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" }, ...given });
    if ([429, 500, 502, 503, 504].includes(answer.status)) throw new Error(`${answer.status}`);
    const json = (answer.headers.get("Content-Type") ?? "").includes("json");
    return { status: answer.status, found: json ? await answer.json() : {} };
  }

  function drafts(form) {
    const lines = document.querySelectorAll("[data-rancangan-kata]");
    const [box, notice] = [$("[data-rancangan-lain]", form), $("[data-kiriman]", form)];
    const window_ = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    const kept = { changed: false, since: 0, last: 0, failed: false, pause: FIRST, number: 0 };
    let [timer, under, held, again, allowed, checking, leaving] = [0, null, null, false, false, false, false];
    const ours = () => Boolean(form.dataset.rancangan); // a visit's form sends its drafts itself
    const torn = () => Boolean($("[data-dua-rancangan]", box));
    const say = (text) => lines.forEach((line) => (line.textContent = text));
    // Seen, not spoken: who listens is told of what is kept and of what is not, not of every pause.
    const wait = () => lines.forEach((line) => line.ariaHidden && (line.textContent = form.dataset.menunggu));

    function typed() {
      const sent = new FormData(form);
      for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name);
      sent.set("aksi", "simpan");
      sent.set("jendela", `${window_}:${(kept.number += 1)}`);
      return sent;
    }
    function later(wait) {
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, wait));
    }
    function change() {
      if (!ours()) return;
      if (!kept.changed) kept.since = Date.now();
      kept.changed = true;
      if (torn()) return;
      if (!kept.failed) wait();
      const due = Math.min(Date.now() + QUIET, kept.since + LONGEST);
      if (!kept.failed) later(Math.max(due, kept.last + GAP) - Date.now());
    }

    /** Keep what is typed now; whoever calls meanwhile waits for the same saving.  "kept" | "torn" | "refused" | "away" */
    function save() {
      clearTimeout(timer);
      if (!ours() || !kept.changed) return Promise.resolve("kept");
      if (torn()) return Promise.resolve("torn");
      return (under ??= sent().finally(() => (under = null)));
    }
    async function sent() {
      [kept.changed, kept.last] = [false, Date.now()];
      try {
        const { status, found } = await asked(form.dataset.rancangan, { method: "POST", body: typed() });
        Object.assign(kept, { failed: false, pause: FIRST });
        return answered(status, found);
      } catch {
        Object.assign(kept, { changed: true, failed: true });
        say(form.dataset.gagal);
        if (!held) note(form.dataset.gagal, "dekat");
        later(kept.pause);
        kept.pause = Math.min(kept.pause * 2, LAST);
        return "away";
      }
    }
    function answered(status, found) {
      answering();
      if (status === 200 && found.versi) {
        form.elements.versi_rancangan.value = found.versi;
        say(found.kata);
        if (kept.changed) [wait(), later(GAP)];
        return "kept";
      }
      kept.changed = true; // it is not saved, and only somebody who reads why can change that
      say(found.kata || form.dataset.gagal);
      if (!found.lain) return "refused";
      box.innerHTML = found.lain;
      note(found.kata, "dekat");
      return "torn";
    }

    // --- leaving: what is not kept yet goes with the page; who would lose something is asked
    function go() {
      if (!ours() || !kept.changed || torn() || leaving || allowed) return;
      kept.changed = false;
      const wrong = () => (kept.changed = true);
      const last = fetch(form.dataset.rancangan, { method: "POST", body: typed(), keepalive: true, headers: { Accept: "application/json" } });
      under = last.then(async (answer) => answered(answer.status, await answer.json())).catch(wrong).finally(() => (under = null));
    }
    const size = () => [...new FormData(form)].reduce((sum, [name, value]) => sum + name.length + 3 * (value.length ?? 0) + 120, 0);
    const risky = () => torn() || kept.failed || held || !navigator.onLine || size() > WHOLE;
    window.addEventListener("beforeunload", (event) => {
      if (ours() && !leaving && !allowed && (kept.changed || under) && risky()) event.preventDefault();
    });
    window.addEventListener("pagehide", go);
    window.addEventListener("pageshow", () => ([allowed, checking, leaving] = [false, false, false]));
    document.addEventListener("visibilitychange", () => (document.hidden ? go() : kept.failed && save()));
    window.addEventListener("online", () => {
      kept.pause = FIRST;
      save();
    });

    // --- sending: first what is typed is kept, so that a network that dies under the press takes nothing with it
    async function answers() {
      if (under) await under;
      if (kept.changed || torn()) return save();
      return asked("/healthz").then(() => "kept", () => "away");
    }
    function hold(button) {
      held = button;
      kept.changed = true; // tried again until the office answers
      if (!kept.failed) {
        kept.failed = true;
        later(kept.pause);
      }
      note(form.dataset.tertahan.replace("%s", button?.textContent.trim() ?? ""), "lewat");
    }
    /** The office is there again: what was pressed meanwhile is for its person to press once more. */
    function answering() {
      if (held) note(form.dataset.kembali.replace("%s", held.textContent.trim()), "aman");
      else if (!again) notice.hidden = true;
      [again, held] = [again || Boolean(held), null];
    }
    function note(text, level) {
      const told = $("[data-kata]", notice);
      if (told.textContent !== text || notice.hidden) told.textContent = text;
      [notice.hidden, notice.className] = [false, `lapangan-keadaan kabar ${level}`];
      $("[data-lihat-dua]", notice).hidden = !torn();
    }
    const look = () => $("[data-dua-rancangan]", box).focus();
    $("[data-lihat-dua]", notice)?.addEventListener("click", look);
    document.addEventListener("submit", async (event) => {
      if (event.target !== form || event.defaultPrevented || !ours() || allowed) return;
      event.preventDefault();
      const button = event.submitter;
      if (button?.dataset.pakaiIni) return mine(button.dataset.pakaiIni);
      if (checking) return;
      checking = true;
      form.ariaBusy = "true";
      const found = await answers();
      checking = false;
      form.removeAttribute("aria-busy");
      if (found === "away") return hold(button);
      if (found === "torn") return look();
      allowed = true;
      form.requestSubmit(button);
    });

    // --- two drafts: nothing is overwritten without a choice
    function mine(version) {
      form.elements.versi_rancangan.value = version;
      box.replaceChildren();
      notice.hidden = true;
      kept.changed = true;
      save();
      $("#f-keputusan button", form)?.focus();
    }
    box?.addEventListener("click", (event) => {
      if (event.target.closest("[data-muat-tersimpan]")) leaving = true;
    });

    form.addEventListener("input", (event) => event.target.type === "file" || change());
    form.addEventListener("change", (event) => event.target.type === "file" || change());
    form.addEventListener("focusout", (event) => {
      // Whoever goes to a button may press it: that keeps it, too.
      if (kept.changed && !kept.failed && !event.relatedTarget?.closest("button") && Date.now() - kept.last >= GAP) save();
    });
    if (torn()) [(kept.changed = true), look()];
    else if (form.dataset.baruDiketik !== undefined) change();
  }
  for (const form of document.querySelectorAll("form[data-rancangan]")) drafts(form);
})();
