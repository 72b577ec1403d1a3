// Photographs that stayed on the phone after their task went on without them: to be taken away as files, or dropped.
import { counted } from "../counted.js";
import { memory } from "./kept.js";

/** `place`: [data-foto-sisa=task, or "" for every task][data-orang][data-kata] with a list to be filled. */
export async function leftovers(place) {
  if (!window.indexedDB) return;
  const words = JSON.parse(place.dataset.kata);
  const store = await memory(place.dataset.orang);
  const photos = await store.photos(place.dataset.fotoSisa);
  if (!photos.length) return;
  place.hidden = false;
  place.querySelector("[data-jumlah]").textContent = counted(words.foto_belum, photos.length);
  const list = place.querySelector("ul");
  for (const [number, photo] of photos.entries()) list?.append(line(number, photo));

  function line(number, photo) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(photo.blob);
    link.download = `${photo.caption || "foto"}-${photo.key.slice(0, 8)}.jpg`;
    link.textContent = `${words.unduh} ${photo.caption || words.foto_ke.replace("%n", number + 1)}`;
    const drop = document.createElement("button");
    drop.className = "tombol kecil";
    drop.textContent = words.hapus_ponsel;
    drop.addEventListener("click", async () => {
      await store.drop(photo.key);
      item.remove();
      if (!list.children.length) place.hidden = true;
    });
    item.append(link, " ", drop);
    return item;
  }
}
