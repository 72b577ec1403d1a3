// What a visit keeps on the phone until it has arrived: photographs and what was typed, in IndexedDB.
//
// foto:  {key, person, task, field, caption, taken, name, blob, refused}
// isian: {id: "person/task", values: [[name, text]], version, seq}
const NAME = "lapangan";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("foto", { keyPath: "key" });
      asked.result.createObjectStore("isian", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** A phone's memory of a person's unsent work; rejects where the browser keeps nothing. */
export async function memory(person) {
  const base = await opened();
  base.onversionchange = () => base.close(); // somebody logs out in another tab: let it be deleted
  const mark = (count) => localStorage.setItem(NAME, String(count));

  function work(store, mode, act) {
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(store, mode);
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  async function photos(task) {
    const all = await work("foto", "readonly", (store) => store.getAll());
    return all.filter((one) => one.person === person && (!task || one.task === task)).sort((a, b) => a.order - b.order);
  }

  async function changed(store, act) {
    await work(store, "readwrite", act);
    mark(await work("foto", "readonly", (photos) => photos.count()));
  }

  const place = (task) => `${person}/${task}`;
  mark(await work("foto", "readonly", (store) => store.count()));
  return {
    photos,
    keep: (photo) => changed("foto", (store) => store.put({ ...photo, person })),
    drop: (key) => changed("foto", (store) => store.delete(key)),
    typed: (task) => work("isian", "readonly", (store) => store.get(place(task))),
    write: (task, values) => work("isian", "readwrite", (store) => store.put({ ...values, id: place(task) })),
    forget: (task) => work("isian", "readwrite", (store) => store.delete(place(task))),
  };
}
