// Builds the bundles into app/static/built/ with a manifest from plain names to hashed ones.
//
// manifest.json: {"viewer.js": "viewer-XXXX.js", "viewer.css": …, "font.css": …, "plus-jakarta-sans.woff2": …}
// build/metafile.json: what esbuild put into them, from which the third-party notices are written.
import { build } from "esbuild";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const OUT = "app/static/built";
const PLAIN_NAMES = { "plus-jakarta-sans-latin-wght-normal.woff2": "plus-jakarta-sans.woff2" };

function plainName(path, output) {
  if (output.entryPoint) return basename(path).replace(/-[A-Z0-9]{8}(?=\.)/, "");
  const source = Object.keys(output.inputs)[0];
  return PLAIN_NAMES[basename(source ?? "")] ?? null;
}

function manifestOf(metafile) {
  const names = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const plain = plainName(path, output);
    if (plain) names[plain] = basename(path);
    // The style sheet that a script imports has no entry point of its own.
    if (output.cssBundle) names[plain.replace(/\.js$/, ".css")] = basename(output.cssBundle);
  }
  return Object.fromEntries(Object.entries(names).sort());
}

await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: {
    viewer: "frontend/viewer/index.js",
    compare: "frontend/compare/index.js",
    field: "frontend/field/index.js",
    studio: "frontend/studio/index.js",
    forms: "frontend/studio/forms/index.js",
    law: "frontend/studio/law/index.js",
    letters: "frontend/studio/letters/index.js",
    tables: "frontend/studio/tables/index.js",
    font: "frontend/font/font.css",
  },
  outdir: OUT,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  target: "chrome109", // the last for Windows 7 and 8, still met in offices
  legalComments: "linked",
  alias: { "style-mod": "./frontend/studio/style_mod.js" },
  loader: { ".woff2": "file", ".woff": "file", ".svg": "file", ".ttf": "empty", ".eot": "empty" },
  metafile: true,
  logLevel: "warning",
});
const manifest = manifestOf(metafile);
await writeFile(`${OUT}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
await mkdir("build", { recursive: true });
await writeFile("build/metafile.json", JSON.stringify(metafile));
