// Ctrl+K: pages, permits, own tasks and files by a few letters.  Without it /cari finds the same.
(() => {
  "use strict";
  const palette = document.getElementById("palet");
  if (!palette) return;
  const [input, list, told] = ["input", "[role=listbox]", "[data-palet-kata]"].map((one) => palette.querySelector(one));
  const PAUSE = 120;
  let [asked, timer, active] = [0, 0, -1];

  const options = () => [...list.querySelectorAll("[role=option]")];
  function made(tag, attributes, text = "") {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
    one.textContent = text;
    return one;
  }

  function mark(index) {
    const all = options();
    active = all.length ? (index + all.length) % all.length : -1;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    input.setAttribute("aria-activedescendant", active < 0 ? "" : all[active].id);
    all[active]?.scrollIntoView({ block: "nearest" });
  }

  function draw(groups) {
    let number = 0;
    list.replaceChildren(
      ...groups.map((group) => {
        const box = made("div", { role: "group", "aria-label": group.nama });
        box.append(made("div", { class: "palet-kelompok", "aria-hidden": "true" }, group.nama));
        for (const hit of group.hasil) {
          const one = made("div", { role: "option", id: `palet-${number++}`, "aria-selected": "false", "data-url": hit.url });
          one.append(made("span", { class: "kuat" }, hit.nama), made("span", { class: "redup kecil" }, hit.catatan));
          box.append(one);
        }
        return box;
      }),
    );
    input.setAttribute("aria-expanded", String(number > 0));
    told.textContent = number ? `${number} ${palette.dataset.jumlah}` : palette.dataset.kosong;
    mark(0);
  }

  async function look() {
    const mine = ++asked;
    try {
      const answer = await fetch(`${palette.dataset.palet}?${new URLSearchParams({ cari: input.value })}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (mine === asked) draw(found.kelompok); // an answer that was overtaken is not shown
    } catch {
      if (mine !== asked) return;
      draw([]);
      told.textContent = palette.dataset.putus;
    }
  }

  const open = (one) => one && window.location.assign(one.dataset.url);
  const moves = { ArrowDown: () => mark(active + 1), ArrowUp: () => mark(active - 1) };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });
  input.addEventListener("input", () => {
    asked += 1; // what is under way is for other letters
    active = -1;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, PAUSE);
  });
  palette.querySelector("form").addEventListener("submit", (event) => {
    const chosen = options()[active];
    if (!chosen) return; // the search page answers
    event.preventDefault();
    open(chosen);
  });
  list.addEventListener("click", (event) => open(event.target.closest("[role=option]")));
  palette.addEventListener("click", (event) => event.target === palette && palette.close());
  function show() {
    input.value = "";
    if (!palette.open) palette.showModal();
    look();
  }
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    if (document.querySelector("dialog[open]:not(#palet)")) return;
    event.preventDefault();
    show();
  });
  for (const one of document.querySelectorAll("[data-buka-palet]")) {
    one.addEventListener("click", (event) => {
      event.preventDefault();
      show();
    });
  }
})();
