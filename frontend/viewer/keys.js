// The keyboard and the page's own buttons: zoom and move without a mouse.

const STEP = 1.2;
const MOVE = 60;

function actionsOf(viewer, fit) {
  const canvas = viewer.get("canvas");
  const zoomBy = (factor) => canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), "auto");
  return {
    in: () => zoomBy(STEP),
    out: () => zoomBy(1 / STEP),
    fit,
    left: () => canvas.scroll({ dx: MOVE, dy: 0 }),
    right: () => canvas.scroll({ dx: -MOVE, dy: 0 }),
    up: () => canvas.scroll({ dx: 0, dy: MOVE }),
    down: () => canvas.scroll({ dx: 0, dy: -MOVE }),
  };
}

const KEYS = {
  "+": "in",
  "=": "in",
  "-": "out",
  0: "fit",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** `fit`: shows the whole drawing. */
export function connectKeys(viewer, element, fit = () => viewer.get("canvas").zoom("fit-viewport", "auto")) {
  const actions = actionsOf(viewer, fit);
  if (!element.hasAttribute("tabindex")) element.tabIndex = 0;
  element.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    actions[action]();
  });
  // <button data-diagram-zoom="in|out|fit"> anywhere in the element
  for (const button of element.querySelectorAll("[data-diagram-zoom]")) {
    button.addEventListener("click", () => actions[button.dataset.diagramZoom]());
  }
}
