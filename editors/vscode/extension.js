// Starts `campaign-ims lsp` for the manifests of a window. Everything else is in the program.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("campaign-ims");
  const command = settings.get("path");
  const pattern = "**/*.ims.{yaml,yml}";
  client = new LanguageClient(
    "campaign-ims",
    "Adobe Campaign IMS",
    { command, args: ["lsp"] },
    {
      documentSelector: ["file", "untitled"].map((scheme) => ({ scheme, pattern })),
      initializationOptions: { fields: settings.get("fields") },
    },
  );
  try {
    await client.start();
  } catch {
    client = undefined;
    vscode.window.showErrorMessage(
      `campaign-ims: cannot start \`${command}\`. Install it, or set campaign-ims.path.`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("campaign-ims.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("campaign-ims") && restart()),
  );
  await start();
};

exports.deactivate = stop;
