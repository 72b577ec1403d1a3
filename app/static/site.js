// Comfort for the pages; everything works without it.
(() => {
  "use strict";
  const page = document.documentElement;
  page.classList.remove("tanpa-js");
  const $ = (wanted, inside = document) => inside.querySelector(wanted);
  const all = (wanted, inside = document) => [...inside.querySelectorAll(wanted)];
  const MINUTE = 60_000;

  // --- errors: the summary on top is where the eye should be
  const summary = $("[data-fokus]");
  if (summary) summary.focus();

  // --- the keyboard's place: a press that draws the page again comes back to its control, else the page says where
  const place_key = "tempat";
  const called = (one) => [one.id, one.name, one.value, one.form?.getAttribute("action")].map((word) => word ?? "");
  function remember(control) {
    if (!control || control.type === "password") return;
    const [id, name, value, action] = called(control);
    const kept = { page: location.pathname, at: Date.now(), id, name, action, value: control.matches("button") ? value : "" };
    sessionStorage.setItem(place_key, JSON.stringify(kept));
  }
  function again() {
    const kept = JSON.parse(sessionStorage.getItem(place_key) ?? "null");
    sessionStorage.removeItem(place_key);
    if (!kept || kept.page !== location.pathname || Date.now() - kept.at > 30_000) return null;
    if (kept.id) return reachable(document.getElementById(kept.id));
    const same = ([, name, value, action]) => name === kept.name && action === kept.action && (!kept.value || value === kept.value);
    return reachable(all("button").find((one) => one.tabIndex >= 0 && one.form && same(called(one))));
  }
  // What lies in a folded part is come back to at its head.
  const reachable = (one) => (one && !one.checkVisibility() ? $("summary", one.closest("details:not([open])") ?? one) : one) ?? null;
  document.addEventListener("submit", (event) => {
    const chosen = document.activeElement?.form === event.target ? document.activeElement : event.submitter;
    const pressed = event.submitter; // by Enter in a field: a button that may not be on the screen at all
    remember(pressed?.tabIndex >= 0 && pressed.checkVisibility() ? pressed : chosen);
  });
  const begin = $("[data-mulai=utama]") ?? again() ?? $("[data-mulai], #kabar");
  if (!summary && !location.hash) begin?.focus();
  // The browser itself goes to the fragment, and takes the focus with it, only after everything is loaded.
  const beside = location.hash === "#pratinjau" ? $("[data-mulai=pratinjau]") : null;
  if (beside) window.addEventListener("load", () => setTimeout(() => beside.focus({ preventScroll: true })));

  // --- asking before something that cannot be undone, once everything is there that it demands
  const shaped = (one) => !one.value.trim() || new RegExp(`^(?:${one.dataset.pola})$`).test(one.value.trim());
  const lacking = (one) => (one.type === "checkbox" ? !one.checked : one.dataset.pola ? !shaped(one) : !one.value.trim());
  const DAY = /^(\d{1,2})[/.-]+(\d{1,2})[/.-]+(\d{4})/; // the shape of it is told before the day itself
  function exists(typed) {
    const [day, month, year] = DAY.exec(typed)?.slice(1).map(Number) ?? [1, 1, 1900];
    const made = new Date(Date.UTC(year, month - 1, day));
    return year >= 1900 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  }
  const unreal = (one) => "hari" in one.dataset && !lacking(one) && !exists(one.value.trim());
  const FAULTS = { h: lacking, tiada: unreal }; // by what the id of their words begins with
  const faulty = (one) => Object.values(FAULTS).some((found) => found(one));
  function unready(form) {
    const demanded = all("[data-harus], [data-pola]", form);
    for (const one of demanded) demands(one);
    const first = demanded.find(faulty);
    first?.focus();
    return Boolean(first);
  }
  function demands(control) {
    const words = Object.keys(FAULTS).map((of) => document.getElementById(`${of}-${control.name}`));
    const told = words.filter(Boolean); // none of them where the server has said it
    if (!told.length) return;
    for (const one of told) one.hidden = !FAULTS[one.id.split("-")[0]](control);
    const shown = told.filter((one) => !one.hidden).map((one) => one.id);
    control.ariaInvalid = shown.length ? "true" : null;
    const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !told.some((one) => one.id === id));
    control.setAttribute("aria-describedby", [...others, ...shown].join(" "));
  }
  document.addEventListener("submit", (event) => {
    const asked = event.submitter?.dataset.tanya ?? event.target.dataset.tanya;
    if (asked && (unready(event.target) || !window.confirm(asked))) event.preventDefault();
  });

  // --- leaving: what a visit kept on this phone goes with whoever leaves
  const leaving = $("form[data-belum]");
  leaving?.addEventListener("submit", async (event) => {
    const unsent = localStorage.getItem("lapangan");
    if (unsent === null) return;
    event.preventDefault();
    if (Number(unsent) && !window.confirm((Number(unsent) === 1 ? leaving.dataset.belumSatu : leaving.dataset.belum).replace("%n", unsent))) return;
    await new Promise((done) => {
      const gone = indexedDB.deleteDatabase("lapangan");
      gone.onsuccess = gone.onerror = done;
      setTimeout(done, 3_000);
    });
    localStorage.removeItem("lapangan");
    leaving.submit();
  });

  // --- slow answers: the form says that it was sent (the server takes a repeated press as the same one)
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    // What opens beside the page leaves it as it is.
    if (sent.method === "post" && event.submitter?.formTarget !== "_blank") setTimeout(() => { if (!event.defaultPrevented) sent.ariaBusy = "true"; });
  });
  window.addEventListener("pageshow", () => all("form[aria-busy]").forEach((one) => one.removeAttribute("aria-busy")));

  // --- filters send themselves
  for (const form of all("form[data-saring]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }

  // --- the clock: the server computes, the page only counts down within today's opening hours
  const started = Date.parse(document.body.dataset.kini) || Date.now();
  const offset = started - Date.now();
  const now = () => Date.now() + offset;
  const read = (text) => JSON.parse(text).map((pair) => pair.map(Date.parse));
  const windows = read($("#jendela")?.textContent ?? "[]");
  // A clock of work at the counter goes by the counter's hours, where it has its own.
  const hours = (one) => (one.dataset.buka ? read(one.dataset.buka) : windows);

  function passed(windows) {
    const until = now();
    const inside = ([opens, closes]) => Math.max(0, Math.min(until, closes) - Math.max(started, opens));
    return Math.floor(windows.reduce((sum, pair) => sum + inside(pair), 0) / MINUTE);
  }
  const english = page.lang === "en";
  const [HOUR, MIN] = english ? ["h", "min"] : ["jam", "menit"];
  function spoken(minutes) {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (!hours) return `${rest} ${MIN}`;
    return rest ? `${hours} ${HOUR} ${rest} ${MIN}` : `${hours} ${HOUR}`;
  }
  function told(left) {
    if (english) return left < 0 ? `${spoken(-left)} late` : `${spoken(left)} left`;
    return left < 0 ? `lewat ${spoken(-left)}` : `sisa ${spoken(left)}`;
  }
  function tick() {
    for (const one of all("[data-sisa]")) {
      const gone = passed(hours(one));
      const left = Number(one.dataset.sisa) - gone;
      if (!gone || (one.dataset.satuan === "hk" && left > 440)) continue;
      one.textContent = told(left);
    }
  }
  if (windows.length || $("[data-buka]")) window.setInterval(tick, 30_000);

  // --- who else has this task's page open: asked every twenty seconds, forgotten by the server after a minute
  const company = $("[data-hadir]");
  if (company) {
    window.setInterval(async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(company.dataset.hadir);
        const { nama } = answer.ok ? await answer.json() : { nama: [] };
        company.hidden = !nama.length;
        $("[data-hadir-nama]", company).textContent = nama.join(", ");
      } catch {
        company.hidden = true; // nothing is known of the others
      }
    }, 20_000);
  }

  // --- conditional parts of a form: hidden here, dropped by the server
  function valueOf(form, name) {
    const found = form.elements[name];
    if (!found) return "";
    if (found.type === "checkbox") return found.checked ? found.value : "";
    if (found instanceof RadioNodeList || !found.options) {
      const checked = all(`[name="${CSS.escape(name)}"]:checked`, form).map((one) => one.value);
      return checked.length || /radio|checkbox/.test(found[0]?.type ?? found.type) ? checked.join(",") : found.value;
    }
    return found.value;
  }
  const FALSE = ["", "tidak", "0", "false"];
  function holds(form, part) {
    const value = valueOf(form, part.dataset.bila);
    const wanted = JSON.parse(part.dataset.nilai);
    if (part.dataset.uji === "filled") return (value !== "") === Boolean(wanted);
    const meant = (one) => (typeof one === "boolean" ? !FALSE.includes(value) === one && value !== "" : String(one) === value);
    return part.dataset.uji === "in" ? wanted.some(meant) : meant(wanted);
  }
  function showParts(form) {
    for (const part of all("[data-bila]", form)) part.hidden = !holds(form, part);
  }
  for (const form of all("form[data-formulir]")) {
    showParts(form);
    form.addEventListener("input", () => showParts(form));
    form.addEventListener("change", () => showParts(form));
  }

  // --- a file that is too large is never sent: what was typed beside it would be lost with it
  function refused(input) {
    const most = Number(input.dataset.terbesar) * 1024 * 1024;
    const large = Boolean(most) && [...input.files].some((one) => one.size > most);
    const told = document.getElementById(`u-${input.name}`);
    if (large) input.value = "";
    if (told) told.hidden = !large;
    if (told && large) told.setAttribute("role", "alert");
    return large;
  }

  // --- a file is sent as soon as it is chosen, by the button beside it
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length || refused(input)) return;
    const button = $(`button[value="unggah:${CSS.escape(input.name)}"]`, input.form);
    if (button) input.form.requestSubmit(button);
  });

  // --- keys: J K move, E work, O open, X choose, A take, L release, N next, I fill in, P decide, / search, ? help
  const rows = all("[data-baris]");
  let place = Math.max(0, rows.findIndex((row) => row.classList.contains("terpilih")));
  const keysOff = () => localStorage.getItem("pintasan") === "mati";
  function choose(step) {
    if (!rows.length) return;
    const begun = rows.some((one) => one.classList.contains("terpilih")); // else it begins with the first
    const way = begun ? step : 1;
    let next = begun ? place + step : 0;
    while (rows[next] && !rows[next].checkVisibility()) next += way; // of a part that is folded
    if (rows[next]) place = next;
    rows.forEach((row, index) => row.classList.toggle("terpilih", index === place));
    $("[data-tuju]", rows[place])?.focus();
    waiting = null;
    rows[place].dispatchEvent(new CustomEvent("baris", { bubbles: true }));
  }
  const help = $("#pintasan");
  const row = () => rows[place];
  let waiting = null; // a key pressed before the task it is meant for stood beside the list
  const pane = () => $(".pratinjau");
  const stale = () => Boolean(row() && pane() && pane().dataset.tugas !== row().dataset.tugas);
  const press = (wanted) => (row() ? $(wanted, row()) : null) ?? (stale() ? null : $(`.pratinjau ${wanted}`) ?? $(`body ${wanted}`));
  function beyond(key, act) {
    if (stale()) waiting = keys[key];
    else act();
  }
  document.addEventListener("pratinjau", () => {
    waiting?.();
    waiting = null;
  });
  const entry = $("form[data-formulir]");
  const seen = (one) => one.checkVisibility() && one.type !== "hidden" && one.tabIndex >= 0;
  const open = (one) => (/radio|checkbox/.test(one.type) ? !$(`[name="${CSS.escape(one.name)}"]:checked`, entry) : !one.value);
  function fillIn() {
    const asked = entry ? all("input, select, textarea", entry).filter(seen) : [];
    (asked.find(open) ?? asked[0])?.focus();
  }
  const decide = () => $("#f-keputusan button")?.focus();
  function putBack(button) {
    button?.click();
    $("select", button?.parentElement)?.focus();
  }
  const keys = {
    j: () => choose(1),
    k: () => choose(-1),
    e: () => press("[data-kerjakan]")?.click(),
    o: () => press("[data-kartu]")?.click(),
    a: () => beyond("a", () => press("[data-ambil]")?.click()),
    i: fillIn,
    p: decide,
    l: () => beyond("l", () => putBack(press("[data-lepas]"))),
    x: () => row() && $("[data-pilih]", row())?.click(),
    n: () => $("[data-berikutnya]")?.click(),
    "/": () => $("#cari-kepala, #f-cari")?.focus(),
    "?": () => help?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || target.closest("dialog[open]")) return;
    // Out of a field to the decision; pressing the button itself stays a press of its own.
    if (event.ctrlKey && event.key === "Enter" && target.closest("form[data-formulir]")) return event.preventDefault(), decide();
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("[data-diagram]") || target.isContentEditable) return;
    const ticked = target.tagName === "INPUT" && /^(radio|checkbox)$/.test(target.type);
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !ticked) return;
    const act = keys[event.key];
    if (!act || (keysOff() && event.key !== "?")) return;
    event.preventDefault();
    act();
  });
  for (const button of all("[data-pintasan-saklar]")) {
    const word = () => (button.textContent = keysOff() ? button.dataset.nyalakan : button.dataset.matikan);
    button.addEventListener("click", () => {
      localStorage.setItem("pintasan", keysOff() ? "hidup" : "mati");
      word();
    });
    word();
  }
  for (const button of all("[data-tutup]")) button.addEventListener("click", () => button.closest("dialog").close());
  for (const button of all("[data-cetak]")) button.addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => all("[data-buka-cetak]").forEach((one) => (one.open = true)));
  for (const button of all("[data-semua]")) {
    button.addEventListener("change", () => all("[data-pilih]").forEach((one) => (one.checked = button.checked)));
  }
  document.addEventListener("click", (event) => {
    for (const open of all("details.orang[open]")) if (!open.contains(event.target)) open.open = false;
  });
})();
