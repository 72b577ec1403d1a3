// What is drawn anew around the control that has the focus: that control itself stays, with its text, caret and selection.
import { adopt } from "./dom.js";

const KEYS = ["data-jalur", "data-kata", "data-kunci"];
const KEYED = KEYS.map((key) => `[${key}]`).join(",");
const CONTROLS = "input,select,textarea,button,summary";
const shown = new WeakMap(); // the text that a control was last drawn with, or last gave away

document.addEventListener("change", ({ target }) => shown.set(target, target.value), true);

/** The children of `place` become `fresh`; what has the focus keeps it. */
export function renew(place, ...fresh) {
  const made = place.cloneNode(false);
  made.append(...fresh);
  const held = place.contains(document.activeElement) && document.activeElement !== place ? document.activeElement : null;
  const twin = held && twinOf(held, place, made);
  for (const one of made.querySelectorAll("input,textarea,select")) shown.set(one, one.value);
  const pairs = twin && upwards(held, twin, place, made);
  if (pairs) return pairs.forEach((pair, depth) => carry(pair, pairs[depth - 1], place));
  place.replaceChildren(...made.childNodes);
  twin?.focus();
}

const same = (one, other) => one.tagName === other.tagName && KEYS.every((key) => one.getAttribute(key) === other.getAttribute(key));
const controls = (one) => [...(one.matches(CONTROLS) ? [one] : []), ...one.querySelectorAll(CONTROLS)];

/** The control of the new drawing that stands for `held`: in the part of the same key, at the same place of it. */
function twinOf(held, place, made) {
  const keyed = held.closest(KEYED);
  const inside = keyed && place.contains(keyed) && keyed !== place;
  const key = inside && KEYS.find((one) => keyed.hasAttribute(one));
  const there = inside ? made.querySelector(`[${key}="${CSS.escape(keyed.getAttribute(key))}"]`) : made;
  if (!there) return null;
  const [before, after] = [controls(inside ? keyed : place), controls(there)];
  return after[before.indexOf(held)] ?? after.at(-1) ?? null;
}

/** Pairs of old and new from the control up to the place; null where the two are built differently. */
function upwards(held, twin, place, made) {
  const pairs = [];
  for (let [old, other] = [held, twin]; old !== place || other !== made; [old, other] = [old.parentNode, other.parentNode]) {
    if (old === place || other === made || !same(old, other)) return null;
    pairs.push([old, other]);
  }
  return [...pairs, [place, made]];
}

function carry([old, other], below, place) {
  if (below) around(old, other, below);
  else control(old, other);
  if (old === place) return;
  adopt(old, other);
  attributes(old, other);
}

/** Everything beside the child that stays is exchanged. */
function around(old, other, [child, twin]) {
  for (const one of [...old.childNodes]) if (one !== child) one.remove();
  const all = [...other.childNodes];
  const at = all.indexOf(twin);
  child.before(...all.slice(0, at));
  child.after(...all.slice(at + 1));
}

function attributes(old, other) {
  for (const { name } of [...old.attributes]) if (name !== "open" && !other.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of other.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

/** What is being typed stays, unless the value behind it became another one meanwhile (an undoing). */
function control(old, other) {
  if (["BUTTON", "SUMMARY"].includes(old.tagName)) return old.replaceChildren(...other.childNodes);
  const [drawn, { value }] = [shown.get(old), other];
  if (old.tagName === "SELECT") old.replaceChildren(...other.childNodes);
  if (["checkbox", "radio"].includes(old.type)) old.checked = other.checked;
  else if (value !== old.value && (old.tagName === "SELECT" || value !== drawn?.trim())) old.value = value;
  shown.set(old, value);
}
