// What is said about what waits on the phone: one sentence, spoken when it changes.
import { counted } from "../counted.js";

export function stateWords(place, words) {
  const [told, now, mine] = ["kata", "sekarang", "pakai"].map((name) => place.querySelector(`[data-${name}]`));
  let [hint, office, last] = ["", null, ""];

  function show(text, level) {
    place.hidden = !text;
    place.className = `lapangan-keadaan kabar ${level}`;
    if (text !== last) told.textContent = last = text;
  }

  function kept(photos, typed) {
    const waiting = photos.filter((one) => !one.refused).length;
    const refused = photos.length - waiting;
    const parts = [];
    if (waiting) parts.push(counted(words.foto_belum, waiting));
    if (refused) parts.push(counted(words.foto_ditolak, refused));
    if (typed) parts.push(words.isian_belum);
    return parts.join(" ");
  }

  function tell(state, photos, sender) {
    office = sender;
    const rest = kept(photos, state.typed);
    mine.hidden = state.foreign === null || !state.typed;
    const waits = state.decision && state.why ? words.keputusan_menunggu : "";
    now.hidden = !(rest || waits) || Boolean(state.busy);
    const why = state.stopped || (state.foreign !== null && state.typed ? words.rancangan_lain : state.why);
    // While somebody types with a good network nothing is claimed: it is on its way.
    if (state.typed && !photos.length && !hint && !why && !waits && !state.busy) return show("", "");
    if (state.busy) return show(state.busy, "");
    if (rest || waits || state.stopped) return show([hint, waits, rest, why].filter(Boolean).join(" "), "dekat");
    hint = "";
    show(state.finished ? words.semua.replace("%p", state.finished) : "", "aman");
  }

  tell.say = (text) => {
    hint = text;
    show(text, "dekat");
  };
  /** A button was pressed that has to wait. */
  tell.stop = (decides) => {
    const reason = decides ? words.keputusan_belum : words.belum_dapat;
    hint = reason;
    const rest = office ? told.textContent.replace(reason, "").trim() : "";
    show([reason, rest].filter(Boolean).join(" "), "lewat");
  };
  now.addEventListener("click", () => office?.flush());
  mine.addEventListener("click", () => office?.overwrite());
  return tell;
}
