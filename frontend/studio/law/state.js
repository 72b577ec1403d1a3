// The law's data being changed: its JSON, the entry that is chosen, every earlier state for undoing.
const copy = (value) => JSON.parse(JSON.stringify(value));

export function state() {
  let [past, now, future, chosen, listeners, opened] = [[], {}, [], "", [], {}];
  const tell = (changed) => listeners.forEach((listener) => listener(changed));

  function change(alter) {
    const fresh = copy(now);
    alter(fresh);
    [past, future, now] = [[...past, now], [], fresh];
    tell(true);
  }

  function turn(from, to) {
    if (!from.length) return;
    to.push(now);
    now = from.pop();
    tell(true);
  }

  const holder = (path, data) => path.slice(0, -1).reduce((value, step) => value[step], data);

  return {
    load: (data) => ([now, past, future, chosen, opened] = [data, [], [], Object.keys(data)[0] ?? "", copy(data)]),
    /** What stood at a path when the file was opened. */
    before: (path) => path.reduce((value, step) => value?.[step], opened),
    data: () => now,
    chosen: () => chosen,
    listen: (listener) => listeners.push(listener),
    choose(key) {
      chosen = key;
      tell(false);
    },
    /** `value`: what is to stand there, or what a function makes of what does. */
    set: (path, value) => change((data) => {
      const [from, key] = [holder(path, data), path.at(-1)];
      from[key] = typeof value === "function" ? value(from[key]) : value;
    }),
    drop(path) {
      change((data) => {
        const from = holder(path, data);
        if (Array.isArray(from)) from.splice(path.at(-1), 1);
        else delete from[path.at(-1)];
      });
      if (path.length === 1 && !(chosen in now)) this.choose(Object.keys(now)[0] ?? "");
    },
    /** Another member of a list, shaped like its last one: a new version of a standard begins as a copy. */
    more: (path) => change((data) => {
      const list = path.reduce((value, step) => value[step], data);
      list.push(copy(list.at(-1) ?? ""));
    }),
    /** A new entry, shaped like the chosen one. */
    double(key) {
      if (!key || key in now || Array.isArray(now)) return false;
      change((data) => (data[key] = copy(data[chosen])));
      this.choose(key);
      return true;
    },
    undo: () => turn(past, future),
    redo: () => turn(future, past),
  };
}
