// Sends what a phone keeps, one thing at a time: first it asks how the task stands, then photographs one by one, then
// what was typed, then the decision. Every photograph and the decision carry a key, so a lost answer doubles nothing.
import { Away, Visit, asked } from "./asking.js";

const [FIRST, LONGEST] = [2_000, 60_000]; // between tries, doubled each time

/**
 * `desk`: {form, task, person, device, address, photos (those that wait, in order), store, cards, words}.
 * `tell(state)` is called whenever what is to be said changes.
 */
export function sending(desk, tell) {
  const { form, store, cards, words } = desk;
  const state = { busy: "", stopped: "", why: "", foreign: null, finished: "", typed: null, decision: null };
  let [pause, timer, under, next] = [FIRST, 0, null, null];

  const waiting = () => desk.photos.filter((one) => !one.refused);
  const clean = () => !desk.photos.length && !state.typed;
  const say = (change) => {
    Object.assign(state, change);
    tell(state);
  };

  async function stands() {
    const { status, found } = await asked(desk.address);
    if (status !== 200) return found.kata || words.tidak_diterima;
    if (found.orang !== desk.person) return words.orang_lain;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = found.csrf;
    for (const [key, document] of Object.entries(found.kunci)) {
      const photo = desk.photos.find((one) => one.key === key);
      if (photo) await arrived(photo, document, "");
    }
    state.foreign = null;
    if (state.typed && found.versi !== state.typed.version) {
      // Our own answer got lost, or somebody else's draft stands there.
      if (found.ponsel === desk.device || !found.versi) state.typed.version = found.versi;
      else state.foreign = found.versi;
    }
    return found.kata;
  }

  async function arrived(photo, document, hour, caption) {
    desk.photos.splice(desk.photos.indexOf(photo), 1);
    await store.drop(photo.key);
    cards.arrived(photo, document, hour, caption);
    if (hour) state.finished = hour;
  }

  async function sendPhoto(photo) {
    const body = new FormData();
    const given = { csrf_token: form.elements.csrf_token.value, kunci: photo.key, isian: photo.field, diambil: photo.taken };
    for (const [name, value] of Object.entries(given)) body.append(name, value);
    const { caption } = photo;
    body.append("keterangan", caption);
    body.append("foto", photo.blob, photo.name);
    const { status, found } = await asked(desk.address, body);
    if (status === 200) return arrived(photo, found.dokumen, found.pukul, caption);
    if (status !== 422 && status !== 413) return say({ stopped: found.kata || words.tidak_diterima });
    photo.refused = found.kata || words.terlalu_besar;
    await store.keep(photo);
    cards.say(photo);
  }

  async function sendTyped() {
    const sent = state.typed;
    const body = new FormData();
    for (const [name, value] of sent.values) body.append(name, value);
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("versi_rancangan", sent.version);
    body.set("aksi", "simpan");
    const { status, found } = await asked(form.action, body);
    if (status === 409) return say({ foreign: state.foreign ?? -1 });
    if (status !== 200) return say({ stopped: found.kata || words.tidak_diterima });
    form.elements.versi_rancangan.value = found.versi;
    state.finished = found.pukul;
    if (state.typed === sent) {
      state.typed = null;
      await store.forget(desk.task);
    } else {
      state.typed.version = found.versi;
    }
  }

  /** The answer to a decision says where to go on; anything but that is for the page itself to show. */
  async function decide() {
    const { body, submitter } = state.decision;
    body.set("csrf_token", form.elements.csrf_token.value);
    const { status, found } = await asked(form.action, body);
    if (status === 200 && found.lanjut) {
      await store.forget(desk.task);
      window.location.assign(found.lanjut);
      return say({ busy: words.selesai });
    }
    say({ decision: null });
    desk.submit(submitter);
  }

  async function everything() {
    const kata = await stands();
    // A decision whose answer got lost has closed the task itself: only its own answer tells.
    if (kata && state.decision) return decide();
    say({ stopped: kata });
    for (const photo of desk.photos) cards.say(photo, Boolean(kata));
    const all = waiting();
    for (const [place, photo] of all.entries()) {
      if (state.stopped) return;
      say({ busy: words.mengirim.replace("%n", place + 1).replace("%m", all.length) });
      await sendPhoto(photo);
    }
    while (state.typed && !state.stopped && state.foreign === null) await sendTyped();
    if (clean() && !state.stopped && state.decision) await decide();
  }

  async function round() {
    clearTimeout(timer);
    try {
      await everything();
      pause = FIRST;
      say({ busy: "", why: "" });
      if (state.stopped && !clean()) timer = setTimeout(flush, LONGEST);
    } catch (fault) {
      if (!(fault instanceof Away || fault instanceof Visit)) throw fault;
      say({ busy: "", why: fault instanceof Visit ? words.sesi : words.luring });
      if (!clean() || state.decision) timer = setTimeout(flush, pause);
      pause = Math.min(pause * 2, LONGEST);
    }
  }

  /** Send what waits; whoever calls while it is being sent waits for the same round, and for one more if need be. */
  function flush() {
    if (!under) return (under = round().finally(() => (under = null)));
    next ??= under.then(() => {
      next = null;
      return flush();
    });
    return next;
  }

  function hurry() {
    pause = FIRST;
    flush();
  }

  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.hidden || hurry());
  return {
    state,
    clean,
    waiting,
    flush,
    typed: (values) => say({ typed: { values, version: state.typed?.version ?? Number(form.elements.versi_rancangan.value) } }),
    restored: (kept) => say({ typed: kept }),
    decided: (body, submitter) => say({ decision: { body, submitter } }),
    undecided: () => say({ decision: null }),
    overwrite: () => {
      state.typed.version = state.foreign;
      state.foreign = null;
      return flush();
    },
  };
}
