// Lengths of time and moments as people write them, and as BPMN does: "1 hari 4 jam" is P1DT4H, "31/12/2026 16.00" is of WIB.
const UNITS = [
  ["Y", "tahun", ["year", "years"]], ["M", "bulan", ["month", "months"]], ["W", "minggu", ["week", "weeks"]], ["D", "hari", ["day", "days"]],
  ["H", "jam", ["hour", "hours"]], ["N", "menit", ["minute", "minutes"]], ["S", "detik", ["second", "seconds"]],
];
const ISO = /^P(?!$)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;
const PART = /^(\d{1,5})\s*([a-z]+)(?:\s+|\s*,\s*|$)/;
const DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(?:pukul\s+|at\s+)?(\d{1,2})[.:](\d{2})(?:\s+WIB)?$/i;
const AHEAD = 7 * 3600 * 1000; // milliseconds that WIB is ahead of UTC
const two = (number) => String(number).padStart(2, "0");

/** ISO 8601 of words or of ISO itself; null of what is no length of time, or none at all. */
export function readSpan(words) {
  const text = words.trim();
  if (ISO.test(text)) return text;
  const counts = {};
  let [rest, last] = [text.toLowerCase(), -1];
  for (let part; (part = PART.exec(rest)); rest = rest.slice(part[0].length)) {
    const at = UNITS.findIndex(([, own, english]) => own === part[2] || english.includes(part[2]));
    if (at <= last) return null; // unknown, said twice or in another order
    [counts[UNITS[at][0]], last] = [Number(part[1]), at];
  }
  if (rest || !Object.values(counts).some(Boolean)) return null;
  const write = (letters) => [...letters].map((letter) => (counts[letter] ? `${counts[letter]}${letter === "N" ? "M" : letter}` : "")).join("");
  const time = write("HNS");
  return `P${write("YMWD")}${time && `T${time}`}`;
}

/** "1 hari 4 jam" of ISO 8601, in the language of the page; anything else as it is. */
export function saidSpan(text) {
  const found = ISO.exec(text.trim());
  if (!found) return text;
  const english = document.documentElement.lang === "en";
  const parts = UNITS.map(([, own, [one, many]], at) => found[at + 1] && `${Number(found[at + 1])} ${!english ? own : Number(found[at + 1]) === 1 ? one : many}`);
  return parts.filter(Boolean).join(" ");
}

/** ISO 8601 with its zone of a day and a time of WIB, or of ISO itself; null of what is neither. */
export function readMoment(words) {
  const text = words.trim();
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return /(Z|[-+]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  const found = DAY.exec(text)?.slice(1).map(Number);
  if (!found) return null;
  const [day, month, year, hour, minute] = found;
  const made = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const same = made.getUTCDate() === day && made.getUTCMonth() === month - 1 && made.getUTCHours() === hour && made.getUTCMinutes() === minute;
  return same ? `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00+07:00` : null;
}

/** "31/12/2026 16.00 WIB" of ISO 8601 with a zone; anything else as it is, so are moments with seconds. */
export function saidMoment(text) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:00(\.0+)?)?(Z|[-+]\d\d:\d\d)$/.test(text.trim())) return text;
  const at = new Date(Date.parse(text.trim()) + AHEAD);
  if (Number.isNaN(at.getTime())) return text;
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()} ${two(at.getUTCHours())}.${two(at.getUTCMinutes())} WIB`;
}
