// A condition as rows that can be chosen, and as the text that stands in the diagram.
//
// Rows: [{path, test, value, kind}], all joined by one word. What is more than that stays text: `rows` answers null.
const ROW = /^\s*(not\s+)?([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)\s*(?:(==|!=|<=|>=|<|>)\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false))?\s*$/;

/** Split at a word outside of quotes. */
function split(text, word) {
  const pieces = [""];
  for (const piece of text.match(/"(?:[^"\\]|\\.)*"|\w+|\s+|[^\w\s"]/g) ?? []) {
    if (piece === word) pieces.push("");
    else pieces[pieces.length - 1] += piece;
  }
  return pieces;
}

function row(text) {
  const found = ROW.exec(text);
  if (!found) return null;
  const [, not, path, test, written] = found;
  if (["and", "or", "not", "if", "else", "in", "true", "false"].includes(path)) return null;
  if (!test) return { path, test: "==", value: not ? "false" : "true", kind: "boolean" };
  if (not) return null;
  if (written.startsWith('"')) return { path, test, value: JSON.parse(written), kind: "text" };
  return { path, test, value: written, kind: /^[tf]/.test(written) ? "boolean" : "number" };
}

/** `{join: "and" | "or", rows}`; null for what has to stay text. */
export function rows(text) {
  if (!text.trim()) return { join: "and", rows: [] };
  const join = split(text, "or").length > 1 ? "or" : "and";
  if (join === "or" && split(text, "and").length > 1) return null;
  const found = split(text, join).map(row);
  return found.includes(null) ? null : { join, rows: found };
}

function written({ value, kind }) {
  if (kind === "number") return /^-?\d+(\.\d+)?$/.test(value) ? value : "0";
  if (kind === "boolean") return value === "false" ? "false" : "true";
  return JSON.stringify(value);
}

export function text({ join, rows: all }) {
  return all.filter((one) => one.path).map((one) => `${one.path} ${one.test} ${written(one)}`).join(` ${join} `);
}
