// What the packed extension does, with stand-ins for VS Code and for its client library: node test.cjs FOLDER-OF-THE-EXTENSION
const assert = require("node:assert");
const Module = require("node:module");
const path = require("node:path");

const folder = path.resolve(process.argv[2]);
const manifest = require(path.join(folder, "package.json"));
const started = [];
const shown = [];
const commands = {};
let fails = false;
let changed;

class LanguageClient {
  constructor(...all) {
    [this.id, this.name, this.server, this.options] = all;
  }
  async start() {
    if (fails) throw new Error("ENOENT");
    started.push(this);
  }
  async stop() {
    started.splice(started.indexOf(this), 1);
  }
}

const settings = { path: "campaign-ims", fields: true };
const vscode = {
  commands: { registerCommand: (name, run) => (commands[name] = run) },
  window: { showErrorMessage: (text) => shown.push(text) },
  workspace: {
    getConfiguration: () => ({ get: (name) => settings[name] }),
    onDidChangeConfiguration: (run) => (changed = run),
  },
};
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === "vscode") return vscode;
  if (name === "vscode-languageclient/node") return { LanguageClient };
  return load(name, ...rest);
};

(async () => {
  // The library is packed, and has what the extension takes from it.
  const library = require.resolve("vscode-languageclient/node", { paths: [folder] });
  assert.ok(library.startsWith(folder));
  assert.deepStrictEqual(Object.keys(manifest.contributes.configuration.properties).sort(), [
    "campaign-ims.fields",
    "campaign-ims.path",
  ]);
  assert.strictEqual(manifest.contributes.configuration.properties["campaign-ims.path"].scope, "machine");

  const extension = require(path.join(folder, manifest.main));
  await extension.activate({ subscriptions: [] });
  assert.strictEqual(started.length, 1);
  const [client] = started;
  assert.deepStrictEqual(client.server, { command: "campaign-ims", args: ["lsp"] });
  assert.deepStrictEqual(client.options.initializationOptions, { fields: true });
  assert.ok(client.options.documentSelector.every((it) => it.pattern === "**/*.ims.{yaml,yml}"));
  for (const { command } of manifest.contributes.commands) await commands[command]();
  assert.strictEqual(started.length, 1);
  assert.notStrictEqual(started[0], client);
  await changed({ affectsConfiguration: (name) => name === "campaign-ims" });
  assert.strictEqual(started.length, 1);
  fails = true;
  await commands["campaign-ims.restart"]();
  assert.match(shown[0], /campaign-ims\.path/);
  await extension.deactivate();
  console.log("vscode: the extension starts, restarts and says what is missing");
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
