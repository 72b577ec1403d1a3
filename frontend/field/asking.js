// One question to the office and its answer as JSON; what went wrong is told apart, since each has its own cure.
export class Away extends Error {} // no network, or the office cannot answer now: try again later
export class Visit extends Error {} // the visit is over: somebody has to log in again

const WAIT = 45_000;

/** {status, found}: the status and the JSON of the answer; raises Away or Visit. */
export async function asked(address, body) {
  const given = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(WAIT), redirect: "follow" };
  let answer;
  try {
    answer = await fetch(address, body ? { ...given, method: "POST", body } : given);
  } catch {
    throw new Away();
  }
  const json = (answer.headers.get("Content-Type") ?? "").includes("application/json");
  if (answer.status >= 500 || answer.status === 429) throw new Away();
  if (answer.status === 400 || answer.status === 401 || (answer.redirected && !json)) throw new Visit();
  try {
    return { status: answer.status, found: json ? await answer.json() : {} };
  } catch {
    throw new Away(); // the answer broke off
  }
}
