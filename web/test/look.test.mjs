// How it looks and reads: axe-core finds nothing, nothing is cut off, in light and dark, on a desk and on a telephone. Screenshots of
// all are in target/web-shots.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { checked, example, launch, offline, root, serve, watched, write } from "./support.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const shots = path.join(root, "target/web-shots");
mkdirSync(shots, { recursive: true });
const { server, base } = await serve();
const browser = await launch();
test.after(async () => {
  await browser.close();
  server.close();
});

const GROUPS = ["admin", "delivery", "operation", "reviewers", "a_group_with_a_rather_long_name_of_its_own", "newsletter_team", "local_teams", "night_shift", "agency", "europe_marketing", "asia_marketing", "help_desk"];

/** One instance with twelve groups, of which some profiles are missing, misspelt or unknown. */
function twelve() {
  const groups = GROUPS.map((name) => `  ${name}: { create: ${!["admin", "delivery", "operation"].includes(name)} }\n`).join("").replaceAll("{ create: false }", "{}");
  const manifest = example("one-instance").replace(/^groups:[^]*$/m, `groups:\n${groups}`);
  const profiles = GROUPS.filter((name) => !["local_teams", "help_desk"].includes(name)).map((name) => `Campaign - contoso - ${name}`);
  return { manifest, profiles: [...profiles, "Campaign - contoso - help_dsek", "Analytics - contoso - viewers", "Campaign - contoso - strangers"].join("\n") };
}

async function violations(page) {
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary.split("\n")[1]}`).join(" | ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    test(`${colorScheme}, ${width} wide`, async () => {
      const { page, context } = await watched(browser, offline, { colorScheme, viewport: { width, height }, bypassCSP: true });
      await page.addScriptTag({ path: axe });
      const shot = (name) => page.screenshot({ path: path.join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: width < 500 });
      const look = async (name) => {
        await page.waitForTimeout(250);
        await shot(name);
        assert.deepEqual(await violations(page), [], name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name}: the page is ${wide} too wide`);
      };
      await look("findings");
      await page.locator(".rule").first().click();
      await look("rule");
      await page.keyboard.press("Escape");
      const { manifest, profiles } = twelve();
      await write(page, manifest);
      await page.click("#mapping");
      await look("mapping");
      await page.fill("#profiles textarea", profiles);
      await page.waitForSelector(".box.wrong");
      await look("mapping-profiles");
      await page.locator("figure.picture").screenshot({ path: path.join(shots, `picture-${width}-${colorScheme}.png`) });
      for (const tab of ["package", "runbook"]) {
        await page.click(`#${tab}`);
        await page.waitForSelector(`#panel-${tab} pre`);
        await look(tab);
      }
      await page.click("#package");
      const xml = await page.locator("#panel-package pre").textContent();
      await page.click("#import");
      await page.fill("#exported textarea", xml.replace("Campaign1", "Campaign2"));
      await page.waitForSelector("#panel-import pre");
      await look("import");
      await page.click("#drift");
      await page.waitForSelector("#panel-drift td");
      await look("drift");
      await context.close();
    });

    test(`the site, ${colorScheme}, ${width} wide`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height }, bypassCSP: true });
      const page = await context.newPage();
      for (const name of ["index", "rules/index", "rules/mask-unescaped", "rules/callback-shared"]) {
        await page.goto(`${base}${name}.html`);
        await page.addScriptTag({ path: axe });
        await page.screenshot({ path: path.join(shots, `site-${name.replace("/", "-")}-${width}-${colorScheme}.png`) });
        assert.deepEqual(await violations(page), [], name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name}: ${wide} too wide`);
      }
      await context.close();
    });
  }
}

test("the search finds a rule, and Try it opens its example", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`${base}index.html`);
  await page.fill("#search", "mask-unescaped");
  await page.locator("#found a").first().click();
  await page.waitForURL(/rules\/mask-unescaped\.html/);
  await page.getByRole("link", { name: "Try it" }).first().click();
  await page.waitForSelector("body[data-ready]");
  await checked(page);
  assert.ok((await page.locator(".finding .rule").allTextContents()).includes("mask-unescaped"));
  assert.deepEqual(errors, []);
  await context.close();
});
