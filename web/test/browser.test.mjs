// The page in Chromium, from a server and as a file: each tab's main job.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { checked, example, launch, offline, serve, watched, write } from "./support.mjs";

const { server, base } = await serve();
const browser = await launch();
test.after(async () => {
  await browser.close();
  server.close();
});

const count = (page) => page.locator(".finding").count();
const fixable = (page) => page.locator(".fix").count();
const undo = (page) => page.locator(".cm-content").press("Control+z");
/** The editor's text, as saving gives it. */
async function text(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  return readFileSync(await download.path(), "utf8");
}

for (const [kind, address] of [["the site", `${base}check.html`], ["the file", offline]]) {
  test(`${kind}: findings, fixes, undo`, async () => {
    const { page, seen, context } = await watched(browser, address);
    assert.ok((await count(page)) > 10);
    assert.ok((await page.locator(".cm-lintRange-error").count()) > 3);
    const before = await text(page);
    const fixes = await fixable(page);
    await page.locator(".fix.safe").first().click();
    await checked(page);
    assert.equal(await fixable(page), fixes - 1);
    await page.locator("#fix-all").click();
    await checked(page);
    assert.equal(await page.locator(".fix.safe").count(), 0);
    await undo(page);
    await undo(page);
    await checked(page);
    assert.equal(await text(page), before);
    await page.locator(".rule").first().click();
    await page.waitForSelector("dialog[open] h2");
    await page.keyboard.press("Escape");
    await page.locator(".finding .link:not(.rule)").first().click();
    await page.waitForFunction(() => getSelection().toString().length > 0);
    assert.deepEqual(seen.errors, []);
    const outside = seen.requests.filter((url) => url !== address && !/^(blob|data):/.test(url));
    assert.deepEqual(outside, []);
    await context.close();
  });

  test(`${kind}: mapping, package, run book, import, drift`, async () => {
    const { page, seen, context } = await watched(browser, `${address}#example=one-instance`);
    assert.equal(await page.locator(".finding.error").count(), 0);

    await page.click("#mapping");
    await page.waitForSelector(".picture svg");
    await page.fill("#profiles textarea", "Campaign - contoso - admin\nCampaign - contoso - delivry\n");
    await page.waitForSelector(".box.wrong");
    assert.match(await page.locator("#panel-mapping").textContent(), /could not sign in/);

    await page.click("#package");
    const xml = await page.locator("#panel-package pre").textContent();
    const sum = createHash("sha256").update(xml).digest("hex");
    assert.equal(await page.locator(".sum").textContent(), sum);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download/ }).click()]);
    assert.equal(download.suggestedFilename(), "contoso-prod.xml");
    assert.equal(readFileSync(await download.path(), "utf8"), xml);

    await page.click("#runbook");
    await page.waitForSelector("#panel-runbook h2");
    const pdf = await page.pdf();
    assert.ok(pdf.length > 10_000);

    await page.click("#drift");
    await page.fill("#exported textarea", xml.replace('callbackServer="https://', 'callbackServer="https://old.'));
    await page.waitForSelector("#panel-drift td");
    assert.match(await page.locator("#panel-drift td").first().textContent(), /callbackServer/);

    await page.click("#import");
    await page.waitForSelector("#panel-import pre");
    await page.getByRole("button", { name: "Put it into the editor" }).click();
    await checked(page);
    assert.match(await text(page), /old\.campaign\.contoso\.com/);
    assert.ok((await count(page)) > 0);

    await page.click("#import");
    const buffer = Buffer.from(`\ufeff${xml.replace('label="MAC"', 'label="Zürich"')}`);
    await page.setInputFiles("#exported input[type=file]", { name: "export.xml", mimeType: "text/xml", buffer });
    await page.waitForFunction(() => document.querySelector("#panel-import pre")?.textContent.includes("Zürich"));

    assert.deepEqual(seen.errors, []);
    const outside = seen.requests.filter((url) => url.split("#")[0] !== address && !/^(blob|data):/.test(url));
    assert.deepEqual(outside, []);
    await context.close();
  });

  test(`${kind}: a manifest is shared in the address, a secret is not`, async () => {
    const { page, context } = await watched(browser, address);
    const manifest = example("one-instance");
    await write(page, manifest);
    await page.click("#share");
    await page.waitForSelector("#status input");
    const link = await page.locator("#status input").inputValue();
    const other = await watched(browser, link);
    assert.equal(await text(other.page), manifest);
    await other.context.close();
    await write(page, manifest.replace("{ env: IMS_CLIENT_SECRET }", "p8e-abcdefghijklmnopqrstuvwxyz012345"));
    assert.ok(!page.url().includes("#m="));
    await page.click("#share");
    await page.waitForFunction(() => /secret/.test(document.querySelector("#status").textContent));
    assert.ok(!page.url().includes("#"));
    assert.ok(!(await page.locator(".side").textContent()).includes("abcdefghijkl"));
    await context.close();
  });
}

test("environments have a package each, and drift asks which is meant", async () => {
  const { page, context } = await watched(browser, `${offline}#example=environments`);
  await page.click("#package");
  await checked(page);
  assert.equal(await page.locator("#panel-package pre").count(), 2);
  const xml = await page.locator("#panel-package pre").nth(1).textContent();
  await page.click("#drift");
  await page.fill("#exported textarea", xml);
  await page.selectOption("#environment", "stage");
  await page.waitForFunction(() => /No drift|difference/.test(document.querySelector("#panel-drift .result").textContent));
  await context.close();
});

test("the keyboard alone is enough", async () => {
  const { page, context } = await watched(browser, offline);
  const fixes = await fixable(page);
  await page.locator("#share").focus();
  await page.keyboard.press("Tab");
  for (let step = 0; step < 4; step += 1) {
    if (await page.evaluate(() => document.activeElement.getAttribute("role") === "tab")) break;
    await page.keyboard.press("Tab");
  }
  assert.equal(await page.evaluate(() => document.activeElement.id), "findings");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.body.dataset.tab), "mapping");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.body.dataset.tab), "drift");
  await page.keyboard.press("Home");
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.classList.contains("fix"))) break;
  }
  await page.keyboard.press("Enter");
  await checked(page);
  assert.equal(await fixable(page), fixes - 1);
  await context.close();
});

test("hostile texts do nothing", async () => {
  const { page, seen, context } = await watched(browser, offline);
  const markup = '"><script>window.hacked = 1</script><img src=https://evil.example/x onerror="window.hacked = 2">';
  const hostile = [
    example("one-instance").replace("name: contoso-prod", `name: '${markup}'`).replace("admin: {}", `'${markup}': {}`),
    `${"[".repeat(100_000)}`,
    `version: 1\nname: "\u202eabc\u2066\u200b"\n`,
    `version: ${markup}\n</script><script>window.hacked = 3</script>`,
    `label: [x](javascript:alert(1)) ![x](https://evil.example/y)`,
  ];
  for (const manifest of hostile) {
    await write(page, manifest);
    assert.ok((await count(page)) > 0, manifest.slice(0, 50));
    for (const tab of ["mapping", "package", "runbook", "drift", "findings"]) {
      await page.click(`#${tab}`);
      await page.waitForTimeout(60);
    }
  }
  await write(page, example("one-instance").replace(/label: Reviewers/, `label: '${markup.replaceAll("'", "")} [x](javascript:alert(1))'`));
  for (const tab of ["mapping", "package", "runbook"]) {
    await page.click(`#${tab}`);
    await checked(page);
    assert.equal(await page.locator(`#panel-${tab} script, #panel-${tab} img, #panel-${tab} a[href^=javascript]`).count(), 0);
  }
  await page.click("#import");
  await page.fill("#exported textarea", `<package><![CDATA[${markup}]]></package>`);
  await page.waitForSelector("#panel-import .error");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(seen.requests.filter((url) => /evil/.test(url)), []);
  assert.deepEqual(seen.errors, []);
  await context.close();
});

test("a manifest of 1 MiB does not freeze the page", async () => {
  const { page, context } = await watched(browser, offline);
  const groups = Array.from({ length: 24_000 }, (_, index) => `  group_${index}: { label: The label of a group }\n`).join("");
  const all = `${example("one-instance").trimEnd()}\n${groups}`;
  const manifest = all.slice(0, all.lastIndexOf("\n", (1 << 20) - 1) + 1);
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const start = Date.now();
  await write(page, manifest);
  await page.waitForFunction(() => Number(document.querySelector("#count").textContent) >= 900, undefined, { timeout: 15_000 });
  const took = Date.now() - start;
  const longest = await page.evaluate(() => window.longest);
  console.log(`1 MiB: ${took} ms to its findings, the page stood still for ${longest.toFixed(0)} ms`);
  assert.ok(longest < took / 4, "the check is not the page's own work");
  await context.close();
});

/** A module whose `call` traps. */
const TRAP = Buffer.from(
  "0061736d01000000" + "011103" + "60017f017f" + "60027f7f00" + "60027f7f017e" + "030403000102" + "0503010001" +
    "072004" + "066d656d6f72790200" + "05616c6c6f630000" + "04667265650001" + "0463616c6c0002" +
    "0a0e03" + "05004180080b" + "02000b" + "0300000b",
  "hex",
);

test("after a trap the module is loaded anew, and the page says so", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "campaign-ims-web-"));
  const file = path.join(folder, "trap.html");
  const whole = readFileSync(new URL(offline), "utf8");
  const module = gzipSync(TRAP).toString("base64");
  writeFileSync(file, whole.replace(/(id="wasm">)[^<]*/, `$1${module}`));
  const { page, context } = await watched(browser, pathToFileURL(file).href);
  assert.match(await page.locator("#status").textContent(), /Loaded anew: the module failed/);
  assert.match(await page.locator("#panel-findings .error").textContent(), /report what you did/);
  await page.selectOption("#example", "one-instance");
  assert.match(await text(page), /contoso-prod/);
  await context.close();
  rmSync(folder, { recursive: true });
});
