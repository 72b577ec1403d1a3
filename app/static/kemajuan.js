// What the worker is at: a bar and its words follow it while the page is open; at the end the page is asked for anew.
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
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(bar.dataset.kemajuan, { headers: etag ? { "If-None-Match": etag } : {} });
        if (answer.status === 200) {
          etag = answer.headers.get("ETag") ?? "";
          const found = await answer.json();
          show(found);
          if (found.usai) return location.reload();
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
