// Questions to the office: a form is posted, JSON comes back; whatever else comes back is told as a sentence.
export class Away extends Error {}

const token = () => document.querySelector("[data-studio] input[name=csrf_token]");

/** The page's token again, after somebody logged in anew in another tab. */
async function renewed() {
  const page = await fetch(location.href, { redirect: "manual" }).then((answer) => answer.text()).catch(() => "");
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-studio] input[name=csrf_token]");
  if (fresh) token().value = fresh.value;
  return Boolean(fresh);
}

function posted(address, values) {
  const body = new FormData();
  body.set("csrf_token", token().value);
  for (const [name, value] of Object.entries(values)) {
    if (name === "isi") body.set(name, value instanceof Blob ? value : new Blob([value], { type: "application/xml" }), "isi");
    else body.set(name, value);
  }
  return fetch(address, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } }).catch(() => {
    throw new Away("jaringan");
  });
}

const isJson = (answer) => (answer.headers.get("Content-Type") ?? "").includes("json");

/** `{status, ...answer}`; throws Away when the office cannot be reached or has logged us out. */
export async function ask(address, values) {
  let answer = await posted(address, values);
  if (answer.status === 400 && (await renewed())) answer = await posted(address, values);
  if ([0, 400, 401, 403].includes(answer.status)) throw new Away("keluar");
  if (!isJson(answer)) throw new Away(String(answer.status));
  const { kata: said, ...told } = await answer.json();
  return { status: answer.status, said, ...told };
}
