// What an editor shows that has the schema alone: a session with Red Hat's yaml-language-server, which VS Code, Neovim and others run.
// node schema.cjs FOLDER-WITH-NODE-MODULES
const assert = require("node:assert");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const modules = path.resolve(process.argv[2]);
const root = path.resolve(__dirname, "../..");
const rpc = createRequire(path.join(modules, "package.json"))("vscode-jsonrpc/node");
const schema = pathToFileURL(path.join(root, "schemas/ims-manifest.schema.json")).href;
const right = fs.readFileSync(path.join(root, "tests/cases/right/base.ims.yaml"), "utf8");

const program = path.join(modules, "node_modules/yaml-language-server/bin/yaml-language-server");
const server = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);
const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: { [schema]: "*.ims.yaml" } };
const waiting = new Map();
connection.onRequest("client/registerCapability", () => null);
connection.onRequest("workspace/configuration", ({ items }) => items.map(({ section }) => (section === "yaml" ? settings : {})));
connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
connection.listen();

let number = 0;

/** Opens a text; `|` in it is where the cursor stands. Gives its address, the cursor and the diagnostics. */
async function open(text) {
  const at = text.indexOf("|");
  const before = at < 0 ? "" : text.slice(0, at);
  const lines = before.split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1).length };
  const uri = `file:///w/${(number += 1)}.ims.yaml`;
  const diagnostics = new Promise((resolve) => waiting.set(uri, resolve));
  const document = { uri, languageId: "yaml", version: 1, text: at < 0 ? text : before + text.slice(at + 1) };
  await connection.sendNotification("textDocument/didOpen", { textDocument: document });
  return { textDocument: { uri }, position, messages: (await diagnostics).map(({ message }) => message) };
}

async function offered(text) {
  const { textDocument, position } = await open(text);
  const found = await connection.sendRequest("textDocument/completion", { textDocument, position });
  const items = found.items ?? found;
  return items.map((item) => ({ label: item.label, text: item.textEdit?.newText ?? item.insertText ?? item.label }));
}

const labels = (items) => items.map(({ label }) => label);

async function session() {
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: {} },
      textDocument: { completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ["markdown"] } },
    },
  });
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: { yaml: settings } });

  assert.deepEqual((await open(right)).messages, [], "a right manifest has no diagnostic");

  const { messages } = await open(right.replace("number: 9394", 'number: "9394"'));
  assert.match(messages.join("\n"), /without quotes/, "the build number says what is meant");

  const on = await open(right.replace("ims_server", "ims|_server"));
  const hover = JSON.stringify(await connection.sendRequest("textDocument/hover", on));
  assert.match(hover, /imsServer/, "a field says its attribute");

  const groups = await offered(right.replace("  delivery: {}\n", "  |\n"));
  for (const name of ["delivery", "workflow", "workflowSupervisor"]) assert.ok(labels(groups).includes(name), labels(groups).join());
  const scopes = await offered(right.replace("[openid, AdobeID, session]", "\n    - openid\n    - |"));
  assert.ok(labels(scopes).includes("AdobeID"), labels(scopes).join());
  const packages = await offered(right.replace("[experience-cloud-integration]", "\n    - |"));
  assert.ok(labels(packages).includes("experience-cloud-integration"), labels(packages).join());

  // Nothing that is offered is a sample, or what the check refuses.
  for (const section of ["organization", "instance", "external_account"]) {
    const items = await offered(`version: 1\n${section}:\n  |\n`);
    assert.ok(items.length > 2, `${section}: ${labels(items)}`);
    for (const { label, text } of items) {
      assert.ok(!/contoso|0A1B2C3D|Campaign1\b/i.test(text), `${section}: ${label} inserts ${text}`);
      assert.notEqual(label, "type", "the account's type is not offered");
    }
  }
  for (const field of ["client_id: ", "callback_server: ", "association_mask: "]) {
    const items = await offered(`version: 1\nexternal_account:\n  ${field}|\n`);
    for (const { text } of items) assert.ok(!/contoso|Campaign1\b/i.test(text), `${field} offers ${text}`);
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
}

session().then(
  () => console.log("yaml-language-server: diagnostics, hover and completion are as they should be"),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
).finally(() => server.kill());
