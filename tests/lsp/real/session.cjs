// A session over vscode-jsonrpc, which VS Code speaks with: the same findings as `check`, every fix applied, a clean end.
// node session.cjs FOLDER-WITH-NODE-MODULES PROGRAM
const assert = require("node:assert");
const { execFileSync, spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [modules, program] = process.argv.slice(2).map((it) => path.resolve(it));
const rpc = createRequire(path.join(modules, "package.json"))("vscode-jsonrpc/node");
const before = fs.readFileSync(path.join(__dirname, "../../../examples/before.ims.yaml"), "utf8");

function offset(text, { line, character }) {
  let start = 0;
  for (let at = 0; at < line; at++) start = text.indexOf("\n", start) + 1;
  return start + character; // Strings of JavaScript are UTF-16.
}

function applied(text, edits) {
  const sorted = edits.map((it) => [offset(text, it.range.start), offset(text, it.range.end), it.newText]);
  sorted.sort((one, other) => other[0] - one[0]);
  for (const [start, end, more] of sorted) text = text.slice(0, start) + more + text.slice(end);
  return text;
}

async function session(text, pulls) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "campaign-ims-"));
  const file = path.join(folder, "before.ims.yaml");
  fs.writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const server = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  let pushed = [];
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    if (params.uri === uri) pushed = params.diagnostics;
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const capabilities = { workspace: { workspaceEdit: { documentChanges: true } }, textDocument: {} };
  if (pulls) capabilities.textDocument.diagnostic = {};
  await connection.sendRequest("initialize", { processId: null, rootUri: pathToFileURL(folder).href, capabilities });
  await connection.sendNotification("initialized", {});
  const textDocument = { uri };
  const diagnostics = async () => {
    if (pulls) return (await connection.sendRequest("textDocument/diagnostic", { textDocument })).items;
    await connection.sendRequest("textDocument/hover", { textDocument, position: { line: 0, character: 0 } });
    return pushed;
  };
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text },
  });
  const run = spawnSync(program, ["check", "--format", "json", "before.ims.yaml"], { cwd: folder });
  const bytes = Buffer.from(text);
  const expected = JSON.parse(run.stdout).findings.map((it) => [it.rule, it.range.start.offset, it.range.end.offset]);
  const told = (await diagnostics()).map((it) => {
    const place = (at) => Buffer.byteLength(text.slice(0, offset(text, at)));
    return [it.code, place(it.range.start), place(it.range.end)];
  });
  assert.ok(expected.length > 10 && bytes.length > 0);
  assert.deepStrictEqual(told, expected);

  let version = 1;
  for (;;) {
    const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    const actions = await connection.sendRequest("textDocument/codeAction", {
      textDocument, range, context: { diagnostics: [], only: ["quickfix"] },
    });
    const fix = actions.find((it) => !/^(ignore|open) /.test(it.title));
    if (!fix) break;
    const [change] = fix.edit.documentChanges;
    assert.strictEqual(change.textDocument.version, version);
    text = applied(text, change.edits);
    version += 1;
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version }, contentChanges: [{ text }],
    });
    assert.ok(version < 50, fix.title);
  }
  spawnSync(program, ["check", "--fix", "--unsafe", "before.ims.yaml"], { cwd: folder });
  assert.strictEqual(text, fs.readFileSync(file, "utf8"));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  assert.strictEqual(await ended, 0);
  fs.rmSync(folder, { recursive: true });
}

(async () => {
  execFileSync(program, ["--version"]);
  const astral = before.replace("name: Contoso\n", "name: \u{1F600} Contoso\u00A0\n");
  for (const text of [before, astral, astral.replaceAll("\n", "\r\n")]) {
    for (const pulls of [false, true]) await session(text, pulls);
  }
  console.log("vscode-jsonrpc: 6 sessions");
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
