// The office checks what is on the screen a moment after each change; the newest question alone is answered.
import { Away, ask } from "./asking.js";

const PAUSE = 500; // milliseconds after the last change
const BEYOND = 1_000; // milliseconds after a check: what a change does to other files takes the office longer to find

/** `drawing`: {text, style, mark, go, mend}, and `check` where it asks in its own way; `list`: the problems below it. */
export function checking(luggage, drawing, list) {
  let [timer, asked, later] = [0, 0, 0];
  const settle = (done) => (document.documentElement.dataset.diperiksa = done ? "sudah" : "menunggu");

  async function run() {
    const mine = (asked += 1);
    settle(false);
    try {
      const answer = await (drawing.check?.() ?? ask(luggage.addresses.periksa, { nama: luggage.path, isi: await drawing.text() }));
      const found = [...(answer.problems ?? []), ...(await drawing.style())];
      if (mine !== asked || answer.status !== 200) return;
      show(found);
      clearTimeout(later);
      later = setTimeout(beyond, BEYOND, mine);
    } catch (error) {
      if (!(error instanceof Away)) throw error;
    }
  }

  /** What is wrong in other files because of what is on the screen, as the office words it. */
  async function beyond(mine) {
    const place = document.querySelector("[data-di-luar]");
    if (mine !== asked || drawing.check) return; // who checks in his own way (letters) is asked for by no other file
    try {
      const answer = await ask(luggage.addresses.periksa, { nama: luggage.path, isi: await drawing.text(), luar: "ya" });
      if (mine !== asked || answer.status !== 200) return;
      place.replaceChildren(...new DOMParser().parseFromString(answer.html, "text/html").body.childNodes);
      place.hidden = !place.querySelector("li");
      document.documentElement.dataset.luar = String(place.querySelectorAll("li").length);
    } catch (error) {
      if (!(error instanceof Away)) throw error;
    }
  }

  function show(problems) {
    drawing.mark(problems, (id) => list.focus(id));
    list.draw(problems, drawing);
    settle(true);
  }

  let changes = 0;
  return {
    run,
    changed: () => ((document.documentElement.dataset.perubahan = String((changes += 1))), settle(false), clearTimeout(timer), (timer = setTimeout(run, PAUSE))),
  };
}
