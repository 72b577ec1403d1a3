// When a timer comes: people write "4 jam", the file holds PT4H; what neither is stays an expression.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { readMoment, readSpan, saidMoment, saidSpan } from "../spans.js";
import { group, select, text } from "./entries.js";

const KINDS = ["timeDuration", "timeDate"];
// Meant as a span or a moment and not as an expression: begins with a figure or like ISO, or ends in a unit of time.
const PLAIN = /^\d|^-?P[\dT]|^R\d*\/|^[^.(["'+]*\s(detik|menit|jam|hari|minggu|bulan|tahun|hk|seconds?|minutes?|hours?|days?|weeks?|months?|years?)$/i;

const timerOf = (element) => getBusinessObject(element).eventDefinitions?.find((one) => is(one, "bpmn:TimerEventDefinition"));
const kindOf = (timer) => [...KINDS, "timeCycle"].find((kind) => timer[kind]) ?? "";

export function timerGroups(element, { said, write, modeling }) {
  const timer = element.type !== "label" && timerOf(element);
  if (!timer) return [];
  const kind = kindOf(timer);
  const [read, tell] = kind === "timeDate" ? [readMoment, saidMoment] : [readSpan, saidSpan];
  const example = kind === "timeDate" ? said.saat_contoh : said.lama_contoh;
  const turn = (one, wanted) => {
    const fresh = wanted ? write.made("bpmn:FormalExpression", timer, { body: "" }) : undefined;
    modeling.updateModdleProperties(one, timer, { timeDuration: undefined, timeDate: undefined, timeCycle: undefined, ...(wanted ? { [wanted]: fresh } : {}) });
  };
  const put = (one, value) => modeling.updateModdleProperties(one, timer[kind], { body: read(value ?? "") ?? value?.trim() ?? "" });
  const wrong = (value) => (value && read(value) === null && PLAIN.test(value.trim()) ? example : undefined);
  return [group("ep-waktu", said.waktu, [
    select("ep-timer-kind", said.jenis_waktu, () => kind, turn, [["timeDuration", said.lama], ["timeDate", said.saat]], { bare: true }),
    ...(KINDS.includes(kind) ? [text("ep-timer", said[kind === "timeDate" ? "saat" : "lama"], () => tell(timer[kind].body ?? ""), put, { validate: wrong, description: example })] : []),
  ])];
}
