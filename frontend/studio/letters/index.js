// The editor of letters' templates: text at the left, the pages with an invented file at the right.
import "../studio.css";
import { Away, ask } from "../asking.js";
import { openPage } from "../page.js";

openPage(({ luggage, words, changing, container }) => {
  const area = container.querySelector("[data-teks]");
  const letter = document.querySelector("[data-surat]");
  const pages = document.querySelector("[data-halaman]");
  area.readOnly = !changing;

  function draw(addresses) {
    pages.replaceChildren(...addresses.map((source, at) => {
      const picture = document.createElement("img");
      [picture.src, picture.alt] = [source, `${words.said.halaman} ${at + 1}`];
      return picture;
    }));
    pages.dataset.terlihat = String(Number(pages.dataset.terlihat ?? 0) + 1);
  }

  /** The check of a template is setting it: what cannot be set is told, and the pages stay as they were. */
  async function check() {
    const answer = await ask(luggage.addresses.lihat_surat, { nama: luggage.path, surat: letter.value, isi: area.value });
    if (answer.pages?.length) draw(answer.pages);
    return answer;
  }

  letter.addEventListener("change", () => check().catch((error) => {
    if (!(error instanceof Away)) throw error;
  }));

  return {
    text: async () => area.value,
    open: async (source) => ((area.value = source), []),
    onChange: (listener) => area.addEventListener("input", listener),
    check,
    mark: () => {},
    go: () => {},
    mend: () => null,
    at(line) {
      const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start + (area.value.split("\n")[line - 1] ?? "").length);
    },
    style: async () => [],
    acts: {
      urungkan: () => (area.focus(), document.execCommand("undo")),
      ulangi: () => (area.focus(), document.execCommand("redo")),
    },
    shown: { area },
  };
});
