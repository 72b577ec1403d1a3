// The form builder: parts at the left, words of the chosen one in the middle, the form as people see it at the right.
import "../studio.css";
import { Away, ask } from "../asking.js";
import { openPage } from "../page.js";
import { soon } from "../redrawing.js";
import { outline } from "./outline.js";
import { sheet } from "./sheet.js";
import { state } from "./state.js";

const PAUSE = 400; // milliseconds until the preview is asked anew

openPage(({ luggage, words, changing, container }) => {
  const kept = state();
  const said = { ...words.said, ...words.said.pembangun };
  const text = async () => `${JSON.stringify(kept.form(), null, 2)}\n`;
  const preview = document.querySelector("[data-pratinjau]");
  const [drawOutline, drawSheet] = [outline(container, kept, said, changing), sheet(document.querySelector("[data-sifat]"), kept, words, said, changing)];
  let [timer, asked] = [0, 0];

  async function show() {
    const mine = (asked += 1);
    try {
      const answer = await ask(luggage.addresses.pratinjau, { nama: luggage.path, isi: await text() });
      if (mine !== asked || answer.status !== 200) return;
      if (answer.html) preview.replaceChildren(...new DOMParser().parseFromString(answer.html, "text/html").body.childNodes);
      preview.dataset.terlihat = String(asked);
    } catch (error) {
      if (!(error instanceof Away)) throw error;
    }
  }

  function draw() {
    drawOutline();
    drawSheet();
  }

  function redraw(changed) {
    soon(draw);
    if (!changed) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  /** The part that a problem is told of: a field by its name, a section by "bagian 2". */
  function find(id) {
    const section = /^bagian (\d+)$/.exec(id);
    if (section) return [Number(section[1]) - 1];
    const seek = (fields, path) => (fields ?? []).flatMap((field, at) => (field.name === id ? [[...path, at]] : seek(field.fields, [...path, at])));
    return (kept.form().sections ?? []).flatMap((one, at) => seek(one.fields, [at]))[0];
  }

  return {
    text,
    open: async (source) => {
      kept.load(JSON.parse(source));
      draw();
      await show();
      return [];
    },
    onChange: (listener) => kept.listen((changed) => changed && listener()),
    mark: () => {},
    go: (id) => find(id) && kept.choose(find(id)),
    mend: () => null,
    style: async () => [],
    acts: { urungkan: kept.undo, ulangi: kept.redo },
    shown: { kept: (kept.listen(redraw), kept) },
  };
});
