// The form of a task as people will see it, over the drawing; as the draft has it now, drawn by the office.
import { Away, ask } from "../asking.js";
import { el } from "../forms/dom.js";

/** `form`: {key, title}; `address` answers `{html}`; `said`: {tutup, jaringan, bukan_formulir}. Resolves when it is closed. */
export async function showForm(form, address, said) {
  const place = el("div", { tabindex: "0", "aria-label": form.title, role: "region" });
  const close = el("button", { type: "button", class: "tombol utama", onclick: () => dialog.close() }, said.tutup);
  const dialog = el("dialog", { class: "ep-lihat-formulir", "aria-label": form.title },
    el("div", { class: "ep-baris" }, el("h2", {}, form.title), close), place);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
  place.replaceChildren(...(await drawn(form, address, said)));
  dialog.dataset.terlihat = "ya";
}

async function drawn(form, address, said) {
  try {
    const { html } = await ask(address, { nama: `forms/${form.key}.json` });
    if (html) return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
    return [el("p", {}, said.bukan_formulir)];
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    return [el("p", {}, said.jaringan)];
  }
}
