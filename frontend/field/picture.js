// A picture of the camera made small enough for a bad network; upright, and without what the camera wrote into it.
const LONGEST = 2560; // pixels of the longer side: enough to read a signboard
const THUMBNAIL = 240;

async function drawn(bitmap, longest, quality) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

/** The bytes to send; those of the file itself where the browser cannot read it: the server says what is wrong. */
export async function shrunk(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const small = await drawn(bitmap, LONGEST, 0.85);
    bitmap.close();
    return small ?? file;
  } catch {
    return file;
  }
}

/** A data address of a small picture, "" where the browser cannot read it; the policy of the pages allows no other. */
export async function thumbnail(blob) {
  try {
    const bitmap = await createImageBitmap(blob);
    const small = await drawn(bitmap, THUMBNAIL, 0.7);
    bitmap.close();
    const reader = new FileReader();
    const read = new Promise((resolve) => (reader.onload = () => resolve(reader.result)));
    reader.readAsDataURL(small);
    return await read;
  } catch {
    return "";
  }
}
