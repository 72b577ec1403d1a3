// What the worker is at: a bar and its words follow it while the page is open; at the end the page is asked for anew.
// Never by location.reload(): that would send again what the page was the answer to. Where somebody is typing, or was
// told a fault, the page stays as it is and offers the way.
(() => {
  const bar = document.querySelector("[data-kemajuan]");
  if (!bar) return;
  const [meter, words] = [bar.querySelector("progress"), bar.querySelector("[data-kemajuan-kata]")];
  let [etag, pause] = ["", 2_000];
  const show = ({ selesai, semua }) => {
    meter.max = semua || 1;
    meter.value = selesai;
    words.textContent = words.dataset.kemajuanKata.replace("{a}", selesai).replace("{b}", semua);
  };
  const touched = (one) => (one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);
  const ended = () => {
    const typed = [...document.querySelectorAll("main :is(input, textarea)")].some(touched);
    if (!typed && !("diam" in bar.dataset)) return location.replace(bar.dataset.halaman);
    bar.querySelector("[data-usai]").hidden = false;
  };
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(bar.dataset.kemajuan, { headers: etag ? { "If-None-Match": etag } : {} });
        if (answer.status === 200) {
          etag = answer.headers.get("ETag") ?? "";
          const found = await answer.json();
          show(found);
          if (found.usai) return ended();
        }
        pause = answer.ok || answer.status === 304 ? 2_000 : Math.min(pause * 2, 60_000);
      } catch {
        pause = Math.min(pause * 2, 60_000);
      }
    }
    window.setTimeout(look, pause);
  };
  window.setTimeout(look, pause);
})();
