// The form of a visit on a phone: photographs and what is typed are kept there until the office has them.
// Everything works without it: then a photograph is uploaded as any other file.
import { cards } from "./cards.js";
import { memory } from "./kept.js";
import { compare } from "./measuring.js";
import { shrunk } from "./picture.js";
import { points } from "./point.js";
import { sending } from "./sending.js";
import { stateWords } from "./state.js";
import { leftovers } from "./leftovers.js";

const SEND_AFTER = 4_000; // milliseconds of quiet
const OWN = ["csrf_token", "aksi", "ponsel"];

/** What a draft says wrote it: this tab, or the one that left something on the phone. */
function device(before) {
  const known = before?.device ?? sessionStorage.getItem("ponsel") ?? crypto.randomUUID();
  sessionStorage.setItem("ponsel", known);
  return known;
}

/** What stands in the form, as pairs of texts; files are kept apart. */
function snapshot(form, phone) {
  const pairs = [...new FormData(form)].filter(([name, value]) => !OWN.includes(name) && !(value instanceof File));
  return [...pairs, ["ponsel", phone]];
}

/** Put back into the form what was typed before; a control whose name is not there any more is left out. */
function restore(form, values) {
  const wanted = new Map();
  for (const [name, value] of values) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || OWN.includes(control.name) || ["kunci", "versi_rancangan"].includes(control.name)) continue;
    if (["file", "submit", "button"].includes(control.type)) continue;
    const found = wanted.get(control.name);
    if (/radio|checkbox/.test(control.type)) control.checked = (found ?? []).includes(control.value);
    else if (found) control.value = found[0];
  }
  form.dispatchEvent(new Event("change"));
}

async function visit(form) {
  const words = JSON.parse(form.dataset.kata);
  const { tugas: task, orang: person, lapangan: address } = form.dataset;
  compare(form, words);
  points(form, words);
  form.addEventListener("input", () => compare(form, words));
  if (!window.indexedDB || !window.crypto?.randomUUID) return;
  const store = await memory(person);
  delete form.dataset.rancangan; // from here on drafts are sent by this module
  document.querySelector("[data-rancangan-kata]")?.replaceChildren();
  navigator.storage?.persist?.().catch(() => {});

  const before = await store.typed(task);
  const phone = device(before);
  form.elements.ponsel.value = phone;
  const photos = await store.photos(task);
  const gallery = cards(form.querySelector("[data-foto-daftar]"), form.querySelector("[data-kartu-foto]"), words, {
    call: rename,
    drop: async (photo) => {
      photos.splice(photos.indexOf(photo), 1);
      await store.drop(photo.key);
      gallery.gone(photo);
      tell();
    },
  });
  const desk = { form, task, person, device: phone, address, photos, store, cards: gallery, words, submit };
  const told = stateWords(document.querySelector("[data-lapangan-kata]"), words);
  const tell = () => told(office.state, photos, office);
  const office = sending(desk, () => tell());
  for (const one of photos) await gallery.add(one);

  // --- what is typed
  let [writing, later, allowed] = [Promise.resolve(), 0, false];
  const write = () => office.state.typed && store.write(task, { ...office.state.typed, device: phone }).catch(() => told.say(words.penuh));
  /** At once, for a phone may close the page at any moment; one writing after the other, each of what stands then. */
  function keep() {
    writing = writing.then(write);
    return writing;
  }
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.dataset.keterangan !== undefined && !event.target.name) return;
    clearTimeout(later);
    office.typed(snapshot(form, phone)); // at once: nobody is told that all is sent while something is typed
    keep();
    later = setTimeout(office.flush, SEND_AFTER);
  });

  async function rename(photo, caption) {
    photo.caption = caption;
    if (photos.includes(photo)) await store.keep(photo).catch(() => told.say(words.penuh));
  }

  // --- photographs
  for (const input of form.querySelectorAll("[data-kamera]")) {
    input.addEventListener("change", async (event) => {
      event.stopPropagation(); // it is not uploaded by its button
      const files = [...input.files];
      input.value = "";
      for (const file of files) await photograph(input.name, file);
      office.flush();
    });
  }
  async function photograph(field, file) {
    const photo = {
      key: crypto.randomUUID(), task, field, caption: "", name: file.name || "foto.jpg", order: Date.now(),
      taken: new Date(file.lastModified || Date.now()).toISOString(), blob: await shrunk(file), refused: "",
    };
    while (photos.some((one) => one.order >= photo.order)) photo.order += 1;
    photos.push(photo);
    await store.keep(photo).catch(() => told.say(words.penuh));
    await gallery.add(photo);
    tell();
  }

  // --- the buttons: nothing leaves the page while something waits, and never into a dead network
  function submit(button) {
    allowed = true;
    form.inert = false;
    form.requestSubmit(button);
  }
  form.addEventListener("submit", async (event) => {
    if (allowed || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter;
    const decides = button?.value.startsWith("putuskan:");
    clearTimeout(later);
    await keep();
    await office.flush();
    if (!office.clean() || office.state.stopped || office.state.why) return told.stop(decides);
    if (!decides) return submit(button);
    const body = new FormData(form);
    body.append(button.name, button.value);
    form.inert = true; // what is decided is what was sent
    office.decided(body, button);
    await office.flush();
  });

  // --- what was there before
  if (form.dataset.diketik !== undefined) {
    office.typed(snapshot(form, phone));
    await keep();
  } else if (before) {
    restore(form, before.values);
    office.restored({ values: before.values, version: before.version });
    told.say(words.dimuat_kembali);
  }
  compare(form, words);
  tell();
  if (photos.length || office.state.typed) office.flush();
}

for (const form of document.querySelectorAll("form[data-lapangan]")) visit(form);
for (const place of document.querySelectorAll("[data-foto-sisa]")) leftovers(place);
