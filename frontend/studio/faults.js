// What the reader of BPMN and DMN says of a file, in the reader's language; what has no words yet stays as it is said.
const ELEMENT = '<([\\w.-]+:?[\\w.-]*)(?: id="([^"]*))?"? ?/?>';
const PATTERNS = [
  ["isi", new RegExp("^unparsable content <?([^>\\s]*)>? ?detected\\s+line: (\\d+)\\s+column: (\\d+)")],
  ["rujukan", /^unresolved reference <(.*)>$/],
  ["atribut", /^unknown attribute <(.*)>$/],
  ["unsur", /^unrecognized (?:element|flowElement) <([^>]*)>/],
  ["id_salah", /^illegal ID <(.*)>$/],
  ["id_dua", /^duplicate ID <(.*)>$/],
  ["gambar_dua", new RegExp(`^multiple DI elements defined for ${ELEMENT}`)],
  ["gambar_tanpa", new RegExp(`^no bpmnElement referenced in ${ELEMENT}`)],
  ["belum", new RegExp(`^element ${ELEMENT} referenced by ${ELEMENT}#(\\w+) not yet drawn$`)],
  ["ujung", new RegExp(`^${ELEMENT}#(\\w+) Ref not specified$`)],
  ["tempel", new RegExp(`^missing ${ELEMENT}#attachedToRef$`)],
  ["kosong", /^(?:no diagram to display|no process or collaboration to display|no displayable contents)$/],
  ["bukan", /^failed to parse document as <(.*)>$/],
  ["versi", /^unsupported DMN ([\d.]+) file detected/],
];

/** `said`: sentences by name, with %a, %b … for what is named in them. */
export function toldFault(message, said) {
  for (const [name, pattern] of PATTERNS) {
    const found = pattern.exec(message);
    if (found) return [...found].slice(1).reduce((text, value, at) => text.replace(`%${"abcde"[at]}`, value ?? ""), said[name]);
  }
  return message;
}
