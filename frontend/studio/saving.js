// Drafts save themselves: after a pause, one saving at a time, each against the version it was made from.
// A saving that another got before is never repeated: what is on the screen stays there until somebody decides.
import { Away, ask } from "./asking.js";

const [PAUSE, AGAIN, SLOWEST] = [3_000, 4_000, 60_000]; // milliseconds

/** `text`: async () => what is on the screen; `tell(state, more)`: "diubah" | "menyimpan" | "tersimpan" | "terputus" | "ditolak". */
export function saving({ luggage, changing, text }, tell) {
  let [version, changed, running, timer, wait, stopped] = [luggage.version, false, null, 0, AGAIN, !changing];

  async function once() {
    changed = false;
    tell("menyimpan");
    try {
      const answer = await ask(luggage.addresses.simpan, { nama: luggage.path, versi: version, isi: await text() });
      if (answer.status === 200) {
        [version, wait] = [answer.version, AGAIN];
        return tell(changed ? "diubah" : "tersimpan", { version });
      }
      changed = true;
      stopped = answer.status === 409; // what another saved is not overwritten, however often we ask
      return tell("ditolak", { said: answer.said, problems: answer.problems ?? [] });
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      changed = true;
      tell("terputus", { out: error.message === "keluar" });
      timer = setTimeout(flush, wait);
      wait = Math.min(wait * 2, SLOWEST);
      return undefined;
    }
  }

  async function flush() {
    clearTimeout(timer);
    if (running) await running;
    if (!changed || stopped) return;
    running = once();
    await running.finally(() => (running = null));
  }

  return {
    changed() {
      changed = true;
      if (stopped) return;
      tell("diubah");
      clearTimeout(timer);
      timer = setTimeout(flush, PAUSE);
    },
    flush,
    unsaved: () => changed || running !== null,
    version: () => version,
    stop: () => (stopped = true),
  };
}
