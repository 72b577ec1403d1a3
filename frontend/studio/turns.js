// Whose turn it is: a beat while the page is open tells that somebody is at the file; a glance learns who asks for it.
import { Away, ask } from "./asking.js";

const BEAT = 30_000; // milliseconds; after two minutes without one the file is free
const GLANCE = 4_000; // nothing is written by it

export function turns(luggage, tell) {
  const say = async (act) => {
    try {
      const answer = await ask(luggage.addresses.giliran, { nama: luggage.path, aksi: act });
      tell(answer, act);
      return answer;
    } catch (error) {
      if (!(error instanceof Away)) throw error;
      return null;
    }
  };
  const when = (act) => () => luggage.may && document.visibilityState === "visible" && say(act);
  const beat = when("pegang");
  setInterval(beat, BEAT);
  setInterval(when("lihat"), GLANCE);
  document.addEventListener("visibilitychange", beat);
  return say;
}
