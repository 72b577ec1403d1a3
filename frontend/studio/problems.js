// The list of problems below the drawing: errors first, each leads to its element, some are mended by a click.
import { counted } from "../counted.js";

const KINDS = ["error", "warning", "style"];

const sentence = (words) => (/[.!?]$/.test(words) ? words : `${words}.`);

export function problemList(place, said) {
  const head = place.querySelector("[data-masalah-jumlah]");
  const items = place.querySelector("ul");

  function draw(problems, { go, mend, at }) {
    const count = (kind) => problems.filter((one) => one.severity === kind).length;
    const [errors, warnings, style] = KINDS.map(count);
    head.textContent = said.masalah_jumlah.replace("%a", counted(said.menghalangi, errors)).replace("%b", counted(said.peringatan, warnings + style));
    const sorted = [...problems].sort((one, other) => KINDS.indexOf(one.severity) - KINDS.indexOf(other.severity));
    items.replaceChildren(...(sorted.length ? sorted.map((one) => line(one, go, mend(one), at)) : [empty()]));
  }

  function empty() {
    const one = document.createElement("li");
    one.textContent = said.tanpa_masalah;
    return one;
  }

  function line(problem, go, mend, at) {
    const one = document.createElement("li");
    one.dataset.elemen = problem.element;
    one.dataset.kode = problem.code;
    const mark = document.createElement("span");
    mark.className = `lencana ${{ error: "lewat", warning: "dekat" }[problem.severity] ?? ""}`;
    mark.textContent = said.tingkat[problem.severity];
    const leads = problem.element ? () => go(problem.element, problem) : problem.line && at ? () => at(problem.line) : null;
    const text = document.createElement(leads ? "button" : "span");
    text.className = leads ? "tombol tautan" : "";
    if (leads) {
      text.type = "button";
      text.addEventListener("click", leads);
    }
    text.lang = problem.lang ?? "id";
    text.textContent = [sentence(problem.message), problem.hint, problem.line && !problem.element ? said.baris.replace("%n", problem.line) : ""].filter(Boolean).join(" ");
    const told = document.createElement("div");
    told.append(mark, " ", text);
    one.append(told);
    if (mend) one.append(button(mend));
    return one;
  }

  function button({ label, act }) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "tombol kecil";
    one.textContent = said.perbaikan[label];
    one.addEventListener("click", act);
    return one;
  }

  return { draw, focus: (id) => items.querySelector(`[data-elemen="${CSS.escape(id)}"] button`)?.focus() };
}
