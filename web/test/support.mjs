// What the tests in a browser share: Chromium, a server for the site, and a page that is watched.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(import.meta.dirname, "../..");
export const site = process.env.SITE ?? path.join(root, "target/site");

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

export async function serve() {
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://x").pathname;
    const file = path.join(site, name);
    if (!file.startsWith(site) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${server.address().port}/` };
}

export const offline = pathToFileURL(path.join(site, "campaign-ims.html")).href;

export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** A page that notes every request, error and refusal. */
export async function watched(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  page.on("request", (request) => seen.requests.push(request.url().slice(0, 200)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(String(error.stack ?? error)));
  await page.goto(address);
  await page.waitForSelector("body[data-ready]");
  await checked(page);
  return { page, seen, context };
}

/** Waits until the page shows what the module answered for the text as it is. */
export async function checked(page) {
  await page.waitForFunction(() => document.querySelector("#count").textContent !== "" && !document.body.hasAttribute("data-busy"));
}

/** Replaces the editor's text, as pasting does. */
export async function write(page, text) {
  await page.evaluate((text) => {
    const content = document.querySelector(".cm-content");
    content.focus();
    document.execCommand("selectAll");
    const data = new DataTransfer();
    data.setData("text/plain", text);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await checked(page);
}

export const example = (name) => readFileSync(path.join(root, `examples/${name}.ims.yaml`), "utf8");
