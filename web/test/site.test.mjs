// The site: each rule has a page at its address, and what "Try it" opens has what the rule is about. The build itself checks links.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { inflateRawSync } from "node:zlib";
import { load } from "../page/module.js";

const root = path.resolve(import.meta.dirname, "../..");
const site = process.env.SITE ?? path.join(root, "target/site");
const wasm = process.env.WASM ?? path.join(root, "target/wasm/wasm32-unknown-unknown/release/campaign_ims_web.wasm");
const call = await load(readFileSync(wasm));
const { rules } = call({ do: "rules" });

test("each rule's example opens with its finding", () => {
  for (const { id, summary } of rules) {
    const page = readFileSync(path.join(site, `rules/${id}.html`), "utf8");
    assert.ok(page.includes(summary.split(/[`"'&<]/)[0]), id);
    assert.match(page, /Level: (error|warning|note)/, id);
    const links = [...page.matchAll(/href="\.\.\/check\.html#m=([\w-]+)"/g)];
    assert.ok(links.length > 0, `${id} has nothing to try`);
    for (const [, coded] of links) {
      const text = inflateRawSync(Buffer.from(coded, "base64url")).toString();
      const found = call({ do: "check", name: "m", text }).report.findings.map((finding) => finding.rule);
      assert.ok(found.includes(id), `${id}: found ${found}\n${text}`);
    }
  }
});

test("what other programs name is there", () => {
  const schema = readFileSync(path.join(root, "schemas/ims-manifest.schema.json"), "utf8");
  const { $id } = JSON.parse(schema);
  const constant = /SITE: &str = "([^"]+)"/.exec(readFileSync(path.join(root, "src/address.rs"), "utf8"))[1];
  assert.ok($id.startsWith(constant));
  assert.equal(readFileSync(path.join(site, $id.slice(constant.length)), "utf8"), schema);
  for (const file of ["index.html", "check.html", "campaign-ims.html", "rules/index.html", "schemas/findings.schema.json"]) {
    assert.ok(existsSync(path.join(site, file)), file);
  }
});

test("neither the page nor its file can ask a server for anything", () => {
  for (const file of ["check.html", "campaign-ims.html"]) {
    const page = readFileSync(path.join(site, file), "utf8");
    const csp = /Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
    assert.match(csp, /^default-src 'none'; /);
    assert.doesNotMatch(csp.replace("'wasm-unsafe-eval'", ""), /connect-src|unsafe|https?:|\*/);
    assert.doesNotMatch(page.slice(0, page.indexOf("<script")), /(src|href)="https?:[^"]*\.(js|css)/);
  }
});
