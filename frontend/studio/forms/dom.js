const acts = new WeakMap(); // what an element does at an event: a control that stays in its place is given what its twin would do

/** An element: `el("button", {class: "tombol", onclick: f, "aria-label": "…"}, "text", child)`; null children are left out. */
export function el(tag, given = {}, ...children) {
  const one = document.createElement(tag);
  acts.set(one, {});
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) listen(one, name.slice(2), value);
    else if (["value", "checked", "selected"].includes(name)) one[name] = value;
    else one.setAttribute(name, value === true ? "" : value);
  }
  one.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return one;
}

function listen(one, type, act) {
  if (!(type in acts.get(one))) one.addEventListener(type, (event) => acts.get(one)[type]?.(event));
  acts.get(one)[type] = act;
}

/** `old` does from now on what `fresh` would do. */
export function adopt(old, fresh) {
  if (!acts.has(old)) acts.set(old, {});
  const wanted = acts.get(fresh) ?? {};
  for (const type of Object.keys(acts.get(old))) if (!(type in wanted)) delete acts.get(old)[type];
  for (const [type, act] of Object.entries(wanted)) listen(old, type, act);
}
