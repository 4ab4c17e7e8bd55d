// Writes each picture as a page of its own: node draw.mjs pictures.json folder. Run where the packages are installed.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [, , pictures, folder, packages] = process.argv;
const require = createRequire(pathToFileURL(join(packages, "package.json")));
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = await import(pathToFileURL(require.resolve("slack-blocks-to-jsx").replace(/index\.js$/, "index.mjs")));
const style = readFileSync(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");
const own = readFileSync(new URL("./page.css", import.meta.url), "utf8");

const LOGO =
  "data:image/svg+xml;utf8," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1f5673"/>' +
      '<path d="M9 26V11l9 9 9-9v15" fill="none" stroke="#fff" stroke-width="3.5" stroke-linejoin="round"/></svg>',
  );
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

for (const picture of JSON.parse(readFileSync(pictures, "utf8"))) {
  const users = Object.entries(picture.users).map(([id, name]) => ({ id, name }));
  const drawn = renderToStaticMarkup(
    React.createElement(Message, {
      blocks: picture.blocks,
      name: "Metodcoach",
      logo: LOGO,
      time: new Date("2026-09-07T09:14:00"),
      theme: "light",
      data: { users },
      withoutWrapper: picture.kind !== "message",
    }),
  );
  // The package draws each text input with several rows.
  const rows = picture.blocks
    .filter((block) => block.element?.type === "plain_text_input")
    .map((block) => `#${block.block_id} textarea { height: ${block.element.multiline ? 76 : 38}px !important; min-height: 0 !important; }`);
  const head = picture.title ? `<header><h1>${escaped(picture.title)}</h1></header>` : "";
  const foot = picture.submit
    ? `<footer><span class="close">${escaped(picture.close)}</span><span class="submit">${escaped(picture.submit)}</span></footer>`
    : "";
  // A browser without a language of its own would write the day as Americans do; and we give no placeholders.
  const body = drawn.replaceAll('type="date"', 'type="text"').replaceAll("Write something", "");
  const page =
    `<!doctype html><html lang="sv"><meta charset="utf-8"><title>0</title><style>${style}\n${own}\n${rows.join("\n")}</style>` +
    `<body><main class="${picture.kind}">${head}<div class="blocks">${body}</div>${foot}</main>` +
    `<script>document.title = document.querySelector("main").offsetHeight</script></body></html>`;
  writeFileSync(join(folder, `${picture.name}.html`), page);
}
