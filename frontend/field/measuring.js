// The difference of what is measured and what was declared, in words, while it is typed; the server says it as well.
const TYPED = /^-?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,9})?$/;

function figure(text) {
  const bare = text.replaceAll(/\s/g, "");
  return TYPED.test(bare) ? Number(bare.replaceAll(".", "").replace(",", ".")) : null;
}

function shown(value) {
  return value.toLocaleString("id-ID", { maximumFractionDigits: 6 });
}

/** "Terukur lebih kecil 10 m² (8,3 %)"; "" while there is nothing to compare. */
function told(declared, found, unit, words) {
  if (declared === null || found === null) return "";
  const gap = Number((found - declared).toFixed(9));
  if (gap === 0) return words.sama;
  const amount = `${shown(Math.abs(gap))} ${unit}`.trim();
  const share = declared ? ` (${(Math.abs(gap) * 100 / Math.abs(declared)).toLocaleString("id-ID", { maximumFractionDigits: 1 })} %)` : "";
  return (gap > 0 ? words.lebih_besar : words.lebih_kecil).replace("%n", amount) + share;
}

export function compare(form, words) {
  const value = (name) => form.elements[name]?.value ?? "";
  for (const line of form.querySelectorAll("[data-selisih]")) {
    const { dinyatakan, terukur, satuan } = line.dataset;
    const text = told(figure(value(dinyatakan)), figure(value(terukur)), value(satuan), words);
    if (line.textContent !== text) line.textContent = text;
    // A remark is asked for where the figures differ; one that was written stays in sight.
    const remark = line.closest("fieldset")?.querySelector("[data-bila-beda]");
    if (remark) remark.hidden = (!text || text === words.sama) && !remark.querySelector("textarea").value;
  }
}
