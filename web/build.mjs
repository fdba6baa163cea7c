// Builds the page and the site around it: node build.mjs [FOLDER], by default target/site. The module must be built before
// (build-wasm.sh). The page is one file with everything in it, on the site as on a stick.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { address, site } from "./site.mjs";

const here = import.meta.dirname;
const root = path.resolve(here, "..");
const out = path.resolve(process.argv[2] ?? path.join(root, "target/site"));
const wasm = process.env.WASM ?? path.join(root, "target/wasm/wasm32-unknown-unknown/release/campaign_ims_web.wasm");
const NONCE = "campaign-ims";

const EXAMPLES = [
  ["before", "How not to do it"],
  ["one-instance", "One instance"],
  ["environments", "Production and stage"],
];

async function bundle(entry) {
  const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false, legalComments: "none", charset: "utf8" };
  const { outputFiles } = await build({ ...options, entryPoints: [path.join(here, "page", entry)] });
  // Within a script no `</script` and no `<!--` may stand.
  return outputFiles[0].text.replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
}

async function style(file) {
  const { outputFiles } = await build({ entryPoints: [path.join(here, file)], bundle: true, minify: true, write: false });
  return outputFiles[0].text.trim();
}

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function examples() {
  const all = EXAMPLES.map(([name, title]) => ({ name, title, text: readFileSync(path.join(root, `examples/${name}.ims.yaml`), "utf8") }));
  return JSON.stringify(all).replaceAll("<", "\\u003c");
}

async function page() {
  const parts = {
    style: await style("page/style.css"),
    script: await bundle("main.js"),
    worker: await bundle("worker.js"),
    wasm: gzipSync(readFileSync(wasm), { level: 9 }).toString("base64"),
    examples: examples(),
    nonce: NONCE,
  };
  // No `connect-src`: neither the page nor its worker can ask any server for anything.
  const csp = [
    "default-src 'none'",
    `script-src ${hash(parts.script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(parts.style)} 'nonce-${NONCE}'`,
    "worker-src blob:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const template = readFileSync(path.join(here, "page/check.html"), "utf8");
  return (site, file) => template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => ({ ...parts, csp, site, file })[name]);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const filled = await page();
writeFileSync(path.join(out, "check.html"), filled("./", "campaign-ims.html"));
writeFileSync(path.join(out, "campaign-ims.html"), filled(address, `${address}campaign-ims.html`));
writeFileSync(path.join(out, "site.css"), await style("site/site.css"));
const pages = site(root, out);
const size = (name) => readFileSync(path.join(out, name)).length;
console.log(`${out}: ${pages} pages, campaign-ims.html has ${(size("campaign-ims.html") / 1e6).toFixed(2)} MB, the module ${(readFileSync(wasm).length / 1e6).toFixed(2)} MB`);
