// The photographs that wait on the phone, as cards beside those that arrived.
import { thumbnail } from "./picture.js";

const part = (card, name) => card.querySelector(`[data-${name}]`);

function number(list) {
  [...list.children].forEach((card, place) => {
    const label = part(card, "label-foto");
    if (label) label.textContent = label.dataset.labelFoto.replace("%n", place + 1);
  });
}

/** `words`: the office's sentences; `act`: what happens to a photograph whose caption is typed or that is dropped. */
export function cards(list, template, words, act) {
  const shown = new Map();

  async function add(photo) {
    const card = template.content.firstElementChild.cloneNode(true);
    const [caption, image] = [part(card, "keterangan"), part(card, "gambar")];
    caption.id = `k-${photo.key}`;
    part(card, "label-foto").htmlFor = caption.id;
    caption.value = photo.caption;
    caption.addEventListener("input", () => act.call(photo, caption.value));
    part(card, "unduh").addEventListener("click", (event) => download(event.currentTarget, photo));
    part(card, "hapus").addEventListener("click", () => act.drop(photo));
    shown.set(photo.key, card);
    list.append(card);
    number(list);
    say(photo);
    image.src = await thumbnail(photo.blob);
    if (!image.getAttribute("src")) image.remove();
  }

  function download(link, photo) {
    link.href = URL.createObjectURL(photo.blob);
    link.download = `${photo.caption || "foto"}-${photo.key.slice(0, 8)}.jpg`;
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function say(photo, stopped = false) {
    const card = shown.get(photo.key);
    if (!card) return;
    const told = part(card, "kata-foto");
    told.textContent = photo.refused || words.di_ponsel;
    told.classList.toggle("salah", Boolean(photo.refused));
    part(card, "unduh").hidden = !(photo.refused || stopped);
  }

  function arrived(photo, document, hour, sent) {
    const card = shown.get(photo.key);
    if (!card) return;
    const caption = part(card, "keterangan");
    caption.name = `keterangan_foto.${document}`;
    // Typed while it was sent: it goes with the rest of the form.
    if (caption.value !== sent) caption.dispatchEvent(new Event("input", { bubbles: true }));
    part(card, "kata-foto").textContent = hour ? words.terkirim.replace("%p", hour) : words.sudah_terkirim;
    for (const name of ["unduh", "hapus"]) part(card, name).remove();
    const drop = document_button(document, words.hapus);
    part(card, "alat").append(drop);
    card.dataset.foto = document;
    shown.delete(photo.key);
  }

  function document_button(id, label) {
    const button = window.document.createElement("button");
    Object.assign(button, { className: "tombol tautan", name: "aksi", value: `buang:${id}`, textContent: label });
    button.formNoValidate = true;
    return button;
  }

  function gone(photo) {
    shown.get(photo.key)?.remove();
    shown.delete(photo.key);
    number(list);
  }

  return { add, say, arrived, gone };
}
