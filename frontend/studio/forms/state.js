// A form being built: its JSON, what is chosen in it, and every earlier state for undoing.
//
// A path names a part: [] the form, [1] its second section, [1, 0] the first field of that, [1, 0, 2] a field of a group.
const copy = (value) => JSON.parse(JSON.stringify(value));

export function state() {
  let [past, now, future, chosen, listeners] = [[], null, [], [], []];
  const tell = (changed) => listeners.forEach((listener) => listener(changed));

  function at(path, form = now) {
    return path.reduce((holder, place, depth) => (depth ? holder.fields : holder.sections)?.[place], form);
  }

  /** The list that holds a part. */
  function siblings(path, form = now) {
    const parent = at(path.slice(0, -1), form);
    return path.length === 1 ? parent.sections : parent.fields;
  }

  function change(alter, path = chosen) {
    const form = copy(now);
    alter(form);
    [past, future, now] = [[...past, now], [], form];
    choose(at(path) ? path : [], true);
  }

  function choose(path, changed = false) {
    chosen = path;
    tell(changed);
  }

  function turn(from, to) {
    if (!from.length) return;
    to.push(now);
    now = from.pop();
    choose(at(chosen) ? chosen : [], true);
  }

  return {
    load: (form) => ([now, past, future, chosen] = [form, [], [], []]),
    form: () => now,
    chosen: () => chosen,
    at,
    choose,
    listen: (listener) => listeners.push(listener),
    undo: () => turn(past, future),
    redo: () => turn(future, past),
    /** Set a word of the part at `path`, or what a function makes of what is there; an empty value takes it out. */
    set(path, word, given) {
      change((form) => {
        const part = at(path, form);
        const value = typeof given === "function" ? given(part[word]) : given;
        if (value === "" || value === null || value === undefined || value === false || (Array.isArray(value) && !value.length)) delete part[word];
        else part[word] = value;
      }, path);
    },
    add(path, part) {
      const list = path.length ? "fields" : "sections";
      const place = at(path)[list]?.length ?? 0;
      change((form) => {
        const holder = at(path, form);
        holder[list] = [...(holder[list] ?? []), part];
      }, [...path, place]);
    },
    remove: (path) => change((form) => siblings(path, form).splice(path.at(-1), 1), path.slice(0, -1)),
    /** Move a part to another place of the same list. */
    move(path, to) {
      const list = siblings(path);
      if (to < 0 || to >= list.length || to === path.at(-1)) return;
      change((form) => {
        const moved = siblings(path, form);
        moved.splice(to, 0, ...moved.splice(path.at(-1), 1));
      }, [...path.slice(0, -1), to]);
    },
    /** A copy below the part itself, its names made different. */
    double(path) {
      change((form) => {
        const part = copy(at(path, form));
        if (part.name) part.name = freeName(form, part.name);
        siblings(path, form).splice(path.at(-1) + 1, 0, part);
      }, [...path.slice(0, -1), path.at(-1) + 1]);
    },
  };
}

export function names(form) {
  return (form.sections ?? []).flatMap((section) => section.fields ?? []).map((field) => field.name);
}

export function freeName(form, wanted) {
  const [taken, stem] = [new Set(names(form)), wanted.replace(/_\d+$/, "")];
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}
