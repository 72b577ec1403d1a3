// The diagram as a drawing (SVG) and as a picture (PNG).
import { download } from "./downloading.js";

const BLANK = "#ffffff";

/** The picture, twice as large as the drawing so that it prints well. */
async function picture(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  const pen = canvas.getContext("2d");
  pen.fillStyle = BLANK;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export function exporting(modeler, path) {
  const name = path.split("/").pop().replace(/\.bpmn$/, "");
  return {
    svg: async () => download(`${name}.svg`, "image/svg+xml", (await modeler.saveSVG()).svg),
    png: async () => download(`${name}.png`, "image/png", await picture((await modeler.saveSVG()).svg)),
  };
}
