// Coordinates from the phone itself, with how exact it says they are; they can always be typed.
const PATIENCE = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 0 };

function fill(form, name, text) {
  const field = name && form.elements[name];
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function number(value, places) {
  return value.toFixed(places).replace(".", ",");
}

export function points(form, words) {
  for (const button of form.querySelectorAll("[data-titik]")) {
    const told = document.getElementById(`t-${button.dataset.titik}`);
    const { titik, ketelitian } = button.dataset;
    button.hidden = !("geolocation" in navigator);
    button.addEventListener("click", () => {
      told.textContent = words.mencari;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const exact = number(Math.ceil(coords.accuracy), 0);
          fill(form, titik, `${number(coords.latitude, 6)}; ${number(coords.longitude, 6)}`);
          fill(form, ketelitian, exact);
          told.textContent = words.titik.replace("%n", exact);
        },
        (fault) => (told.textContent = fault.code === 1 ? words.titik_dilarang : words.titik_gagal),
        PATIENCE,
      );
    });
    // What is typed by hand is as exact as whoever typed it: the phone's figure does not speak of it.
    form.elements[titik].addEventListener("input", (event) => {
      if (event.isTrusted && ketelitian) form.elements[ketelitian].value = "";
    });
  }
}
