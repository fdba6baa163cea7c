// The module says what the program says: of every case, every finding, byte for byte in meaning; and packages, run books, imports.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { load } from "../page/module.js";

const root = path.resolve(import.meta.dirname, "../..");
const program = process.env.CAMPAIGN_IMS ?? path.join(root, "target/debug/campaign-ims");
const wasm = process.env.WASM ?? path.join(root, "target/wasm/wasm32-unknown-unknown/release/campaign_ims_web.wasm");
const call = await load(readFileSync(wasm));
const folder = mkdtempSync(path.join(tmpdir(), "campaign-ims-web-"));
test.after(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const result = spawnSync(program, [...args, "--no-config"], { cwd: folder, maxBuffer: 1 << 28 });
  return result.stdout.toString();
}

/** All manifests below a folder that are UTF-8, as an editor's texts always are. */
function manifests(folder) {
  const all = readdirSync(folder, { recursive: true }).filter((name) => /\.ims\.ya?ml$/.test(name));
  const texts = all.map((name) => [name, readFileSync(path.join(folder, name))]);
  return texts.filter(([, bytes]) => Buffer.from(bytes.toString()).equals(bytes)).map(([name, bytes]) => [name, bytes.toString()]);
}

const cases = manifests(path.join(root, "tests/cases"));
const right = manifests(path.join(root, "examples")).filter(([name]) => !name.startsWith("before"));

test("findings are the program's", () => {
  assert.ok(cases.length > 100, `${cases.length} cases`);
  for (const [name, text] of cases) {
    writeFileSync(path.join(folder, "manifest.ims.yaml"), text);
    const expected = JSON.parse(run("check", "--format", "json", "manifest.ims.yaml"));
    const answer = call({ do: "check", name: "manifest.ims.yaml", text });
    assert.deepEqual(answer.report, expected, name);
    assert.equal(answer.places.length, expected.findings.length);
  }
});

test("all safe fixes are what --fix writes", () => {
  for (const [name, text] of cases) {
    writeFileSync(path.join(folder, "manifest.ims.yaml"), text);
    run("check", "--fix", "manifest.ims.yaml");
    const fixed = call({ do: "fix-all", name: "manifest.ims.yaml", text });
    assert.equal(fixed.text, readFileSync(path.join(folder, "manifest.ims.yaml"), "utf8"), name);
  }
});

test("one fix mends one finding", () => {
  const name = "manifest.ims.yaml";
  const text = right[0][1].replace("callback_server: https:", "callback_server: http:");
  const before = call({ do: "check", name, text }).report.findings;
  const index = before.findIndex((finding) => finding.rule === "callback-not-https");
  const { text: mended } = call({ do: "fix", name, text, finding: index });
  assert.equal(mended, right[0][1]);
  assert.match(call({ do: "fix", name, text, finding: 999 }).error, /no fix/);
});

test("packages, run books, imports and drift are the program's", () => {
  for (const [, text] of right) {
    writeFileSync(path.join(folder, "manifest.ims.yaml"), text);
    const { packages } = call({ do: "render", name: "manifest.ims.yaml", text });
    run("render", "manifest.ims.yaml", "--out-dir", ".");
    for (const [environment, made] of packages.entries()) {
      const file = path.join(folder, `${made.instance}.xml`);
      assert.equal(made.text, readFileSync(file, "utf8"));
      assert.ok(execFileSync("sha256sum", [file]).toString().startsWith(made.sha256));
      const imported = call({ do: "import", package: { file: readFileSync(file, "latin1") } });
      assert.equal(imported.text, run("import", file));
      const request = { do: "diff", name: "m", text, environment };
      const { differences } = call({ ...request, package: { text: made.text } });
      const env = made.environment ? ["--env", made.environment] : [];
      const said = JSON.parse(run("diff", "manifest.ims.yaml", file, "--format", "json", ...env)).differences;
      const what = (all) => all.map((it) => [it.field, it.attribute, it.manifest, it.place?.[0] ?? it.range.start.line - 1]);
      assert.deepEqual(what(differences), what(said));
      const other = made.text.replace("userScope=\"", "userScope=\"other,");
      const [difference] = call({ ...request, package: { text: other } }).differences;
      assert.equal(difference.attribute, "userScope");
      const line = text.split("\n")[difference.place[0]];
      assert.match(line, /scope/);
    }
    const book = call({ do: "runbook", name: "manifest.ims.yaml", text });
    // The program was told to take no configuration, which its commands say again.
    assert.equal(book.text, run("runbook", "manifest.ims.yaml").replaceAll(" --no-config", ""));
  }
});

test("the mapping says who could not sign in", () => {
  const [, text] = right.find(([name]) => name.startsWith("one-instance"));
  const profiles = { text: "Campaign - contoso - admin\nSomething else\n" };
  const { environments } = call({ do: "map", name: "m", text, profiles });
  const status = environments[0].rows.map((row) => row.status);
  assert.deepEqual(status.slice(0, 3), ["ok", "missing", "missing"]);
  assert.equal(call({ do: "map", name: "m", text }).environments[0].rows[0].status, null);
});

test("what cannot be done says why", () => {
  assert.match(call({ do: "import", package: { text: "no package" } }).error, /./);
  assert.match(call({ do: "render", name: "m", text: "version: 1" }).error, /has errors/);
  assert.match(call({ do: "nothing" }).error, /not a request/);
  assert.equal(call({ do: "rules" }).rules.length > 60, true);
});

/** Milliseconds of work, whatever else the machine does meanwhile. */
function worked(work) {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

test("a large or hostile manifest ends", () => {
  const brackets = worked(() => call({ do: "check", name: "m", text: "[".repeat(100_000) }));
  const groups = Array.from({ length: 24_000 }, (_, index) => `  group_${index}: { label: The label of a group }\n`).join("");
  const all = right.find(([name]) => name.startsWith("one-instance"))[1].trimEnd() + `\n${groups}`;
  const text = all.slice(0, all.lastIndexOf("\n", (1 << 20) - 1) + 1);
  let report;
  const took = worked(() => ({ report } = call({ do: "check", name: "m", text })));
  console.log(`1 MiB: ${took.toFixed(0)} ms; ${report.summary.warnings} warnings`);
  assert.ok(report.summary.warnings > 19_000, "each group needs `create`");
  assert.ok(brackets < 20_000 && took < 20_000, `${brackets} and ${took} ms`);
});

test("a small check is quick", () => {
  const [, text] = right.find(([name]) => name.startsWith("one-instance"));
  const times = Array.from({ length: 30 }, () => worked(() => call({ do: "check", name: "m", text })));
  times.sort((a, b) => a - b);
  console.log(`30 lines: ${times[15].toFixed(1)} ms, the first times up to ${times[29].toFixed(1)} ms`);
  assert.ok(times[15] < 20);
});
