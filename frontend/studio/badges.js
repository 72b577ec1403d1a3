// Problems at their elements: a mark with their number, and the way from the list to the element.
const NAME = "masalah";

export function badges(modeler) {
  const [overlays, registry, canvas, selection] = ["overlays", "elementRegistry", "canvas", "selection"].map((one) => modeler.get(one, false));

  function go(id) {
    const element = registry.get(id);
    if (!element) return;
    canvas.scrollToElement(element, { top: 80, right: 80, bottom: 80, left: 160 });
    selection?.select(element);
    canvas.focus(); // the keys of the drawing go on from here
  }

  function mark(problems, chosen) {
    overlays.remove({ type: NAME });
    for (const [id, found] of grouped(problems)) {
      const element = registry.get(id);
      if (element) overlays.add(element, NAME, { position: place(element), html: badge(found, () => (go(id), chosen(id))) });
    }
  }

  return { go, mark };
}

function badge(found, act) {
  const wrong = found.some((one) => one.severity === "error");
  const one = document.createElement("button");
  one.type = "button";
  one.className = `ep-tanda ${wrong ? "lewat" : "dekat"}`;
  one.textContent = `${wrong ? "!" : "?"} ${found.length}`;
  one.title = found.map(({ message }) => message).join("\n");
  one.tabIndex = -1; // the list below is the way by keyboard
  one.addEventListener("click", act);
  return one;
}

function grouped(problems) {
  const found = new Map();
  for (const one of problems) found.set(one.element, [...(found.get(one.element) ?? []), one]);
  return found;
}

function place(element) {
  if (!element.waypoints) return { top: -26, right: 10 }; // outside its corner, so that it covers no word of it
  const { waypoints } = element;
  const at = waypoints[Math.floor((waypoints.length - 1) / 2)];
  const [x, y] = [Math.min(...waypoints.map((one) => one.x)), Math.min(...waypoints.map((one) => one.y))];
  return { left: at.x - x, top: at.y - y - 26 };
}
