import { toldFault } from "./faults.js";

// What the page says above the drawing: how the draft stands, whose turn it is, what could not be read.
export function notices(place, said) {
  const state = place.querySelector("[data-keadaan]");
  const [held, asked, refused, unread] = ["dipegang", "diminta", "ditolak", "asing"].map((name) => place.querySelector(`[data-kabar="${name}"]`));

  function show(notice, text) {
    notice.hidden = !text;
    const body = notice.querySelector("[data-isi]");
    // What stands there already is not written again: it would be read out again.
    if (text && body.textContent !== text) body.textContent = text;
  }

  return {
    saving(name, more) {
      state.dataset.keadaan = name;
      state.textContent = said.simpanan[name].replace("%v", more.version ?? "").replace("%p", clock());
      const why = { ditolak: more.said, rusak: said.rusak, terputus: more.out && said.keluar };
      show(refused, why[name] || "");
    },
    turn({ held_by: name, asked_by: other, asked_me: mine }, changing) {
      const waiting = mine ? said.giliran_diminta : said.menunggu_giliran.replace("%n", other);
      show(held, name ? said.dipegang.replace("%n", name) + (other && !changing ? ` ${waiting}` : "") : "");
      held.querySelector("button").hidden = Boolean(mine);
      show(asked, changing && other ? said.diminta.replace("%n", other) : "");
    },
    warnings(all) {
      show(unread, all.length ? [said.asing, ...new Set(all.map((one) => toldFault(one, said.cela)))].slice(0, 6).join("\n") : "");
    },
    broken(message) {
      show(unread, `${said.tidak_terbaca} ${toldFault(message, said.cela)}`);
    },
  };
}

const clock = () => new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" }).format(new Date());
