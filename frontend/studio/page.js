// The page around an editor: saving, checks, turns, notices, files; what is edited is the editor's own business.
//
// <script type="application/json" id="bekal"> holds {xml, path, version, may, turn, words, said, addresses}.
// <html> gets data-ready when everything is drawn; window.ePerizinan holds what tests look at.
import { Away, ask } from "./asking.js";
import { checking } from "./checking.js";
import { download } from "./downloading.js";
import { notices } from "./notices.js";
import { problemList } from "./problems.js";
import { saving } from "./saving.js";
import { watched } from "./shaken.js";
import { turns } from "./turns.js";

/**
 * `make({luggage, words, changing, container, panel, language})` answers an editor: {open(xml) -> warnings, text(),
 * onChange(listener), acts, style() -> problems, mark(problems, chosen), go(id), mend(problem), stuck(), shown}.
 */
export async function openPage(make) {
  const luggage = JSON.parse(document.getElementById("bekal").textContent);
  const { said } = luggage;
  const place = document.querySelector("[data-studio]");
  const changing = luggage.may && !luggage.turn.held_by;
  await document.fonts.load('12px "Plus Jakarta Sans Variable"');
  const editor = make({
    luggage, changing,
    words: { ...luggage.words, said, formAddress: luggage.addresses.formulir ?? "", formPreview: luggage.addresses.pratinjau ?? "", renaming: luggage.addresses.ganti ?? "" },
    container: place.querySelector("[data-kanvas]"),
    panel: place.querySelector("[data-sifat]"),
    language: document.documentElement.lang,
  });
  const tell = notices(place, said);
  const list = problemList(place.querySelector("[data-masalah]"), said);
  const checks = checking(luggage, editor, list);
  let missed = false;
  const located = (problems) => problems?.length && list.draw(problems, { go: () => {}, mend: () => null });
  const saves = saving({ luggage, changing, text: editor.text }, (state, more = {}) => {
    tell.saving(state, more);
    located(more.problems);
    // What could not be asked meanwhile is asked once the office answers again.
    if (state === "tersimpan" && missed) checks.run();
    missed = state === "terputus" || (missed && state !== "tersimpan");
  });
  const turn = turns(luggage, (answer, act) => {
    if (changing && answer.held_by) saves.stop();
    if (!changing && answer.mine) location.reload();
    tell.turn(answer, changing);
  });

  /** A file of this computer in the place of the drawing: the office reads it first, and refuses what is none. */
  async function takeIn(file) {
    if (!file) return;
    await saves.flush();
    try {
      const answer = await ask(luggage.addresses.simpan, { nama: luggage.path, versi: saves.version(), isi: file, dari: "komputer" });
      if (answer.status === 200) location.reload();
      else tell.saving("ditolak", { said: answer.said });
      located(answer.problems);
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      tell.saving("terputus", {});
    }
  }

  const acts = {
    unduh: async () => download(luggage.path.split("/").pop(), "text/plain", await editor.text()),
    ...editor.acts,
    minta: () => turn("minta"),
    serahkan: async () => {
      await saves.flush();
      await turn("serahkan");
      location.reload();
    },
    muat_ulang: () => location.reload(),
  };
  document.addEventListener("click", (event) => acts[event.target.closest("[data-aksi]")?.dataset.aksi]?.());
  place.querySelector("[data-masukkan]")?.addEventListener("change", (event) => takeIn(event.target.files[0]));
  document.addEventListener("keydown", (event) => {
    if (!changing || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault(); // the browser would save the page
    saves.flush();
  });
  window.addEventListener("beforeunload", (event) => changing && saves.unsaved() && event.preventDefault());
  try {
    tell.warnings(await editor.open(luggage.xml));
    await checks.run();
    if (location.hash) editor.go(decodeURIComponent(location.hash.slice(1)));
    if (changing) {
      editor.onChange(() => (saves.changed(), checks.changed()));
      watched(editor, () => {
        saves.stop();
        saves.changed(); // whoever leaves now is asked
        tell.saving("rusak", {});
      });
    }
  } catch (error) {
    tell.broken(error.message);
    saves.stop();
  }
  if (changing) turn("pegang");
  tell.turn(luggage.turn, changing);
  window.ePerizinan = { ...editor.shown, open: editor.open, text: editor.text, saves, checks };
  document.documentElement.dataset.ready = "";
}
