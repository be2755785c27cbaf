// Builds everything that the pages ask for into `assets/dist`: one stylesheet, the scripts as they stand,
// the fonts with the scripts of the Union's languages, and the icons.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const dist = join(here, "dist");

// Source Sans for words, Source Code for codes and references; Greek and Cyrillic because party names use them.
const FONTS = [
  { family: "Source Sans 3", folder: "source-sans-3" },
  { family: "Source Code Pro", folder: "source-code-pro" },
];
const RANGES = {
  "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
  "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
  "greek": "U+0370-0377, U+037A-037F, U+0384-038A, U+038C, U+038E-03A1, U+03A3-03FF",
  "cyrillic": "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116",
  "cyrillic-ext": "U+0460-052F, U+1C80-1C8A, U+20B4, U+2DE0-2DFF, U+A640-A69F, U+FE2E-FE2F",
};

async function fonts() {
  const rules = [];
  await mkdir(join(dist, "fonts"), { recursive: true });
  for (const { family, folder } of FONTS) {
    for (const [range, points] of Object.entries(RANGES)) {
      const file = `${folder}-${range}-wght-normal.woff2`;
      await cp(join(modules, "@fontsource-variable", folder, "files", file), join(dist, "fonts", file));
      rules.push(
        `@font-face{font-family:"${family}";font-style:normal;font-display:swap;font-weight:200 900;` +
        `src:url(fonts/${file}) format("woff2");unicode-range:${points}}`,
      );
    }
  }
  return rules.join("");
}

async function scripts() {
  for (const file of await readdir(join(here, "js"))) {
    await cp(join(here, "js", file), join(dist, file));
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const faces = await fonts();
const { css } = compile(join(here, "scss", "app.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
});
await writeFile(join(dist, "app.css"), faces + css.replace(/^\uFEFF/, ""));
await scripts();
for (const file of ["icons.svg", "mark.svg"]) {
  await writeFile(join(dist, file), await readFile(join(here, file)));
}
