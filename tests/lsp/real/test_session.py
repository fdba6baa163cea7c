"""A session with each client that pytest-lsp knows the capabilities of: the same findings as `check`, every fix applied, a clean end."""

import json
import os
import pathlib
import subprocess

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

ROOT = pathlib.Path(__file__).parents[3]
PROGRAM = os.environ.get("CAMPAIGN_IMS", str(ROOT / "target/debug/campaign-ims"))
BEFORE = (ROOT / "examples/before.ims.yaml").read_text()
CLIENTS = ["visual-studio-code", "neovim@v0.7", "neovim@latest", "emacs"]
FIXED = "version: 1\ngroups:\n  admin: {}\n  \n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[PROGRAM, "lsp"]), params=CLIENTS)
async def client(request, lsp_client: LanguageClient, tmp_path):
    capabilities = client_capabilities(request.param)
    folder = types.WorkspaceFolder(uri=tmp_path.as_uri(), name="it")
    params = types.InitializeParams(
        capabilities=capabilities, root_uri=tmp_path.as_uri(), workspace_folders=[folder]
    )
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    result = await lsp_client.initialize_session(params)
    lsp_client.units = {"utf-8": "utf-8", "utf-16": "utf-16-le"}[result.capabilities.position_encoding]
    yield
    await lsp_client.shutdown_session()


def units(client, text):
    """How many units of the agreed encoding a text has."""
    return len(text.encode(client.units)) // len("a".encode(client.units))


def checked(client, path):
    """What `check` finds: rule, line and units of the start and the end."""
    run = subprocess.run([PROGRAM, "check", "--format", "json", path.name], cwd=path.parent, capture_output=True)
    lines = path.read_bytes().decode().split("\n")

    def place(position):
        line = lines[position["line"] - 1][: position["column"] - 1]
        return position["line"] - 1, units(client, line)

    return [
        (it["rule"], place(it["range"]["start"]), place(it["range"]["end"]), it["message"])
        for it in json.loads(run.stdout)["findings"]
    ]


async def diagnostics(client, uri):
    """Asked for where the client asks, else as they were pushed."""
    if client.capabilities.text_document.diagnostic:
        params = types.DocumentDiagnosticParams(text_document=types.TextDocumentIdentifier(uri=uri))
        report = await client.text_document_diagnostic_async(params)
        return report.items
    # An answer to any request says that everything before it is done.
    params = types.HoverParams(
        text_document=types.TextDocumentIdentifier(uri=uri), position=types.Position(line=0, character=0)
    )
    await client.text_document_hover_async(params)
    return client.diagnostics.get(uri, [])


def applied(client, text, edits):
    lines = text.split("\n")

    def offset(position):
        before = sum(len(line) + 1 for line in lines[: position.line])
        bytes_each = len("a".encode(client.units))
        line = lines[position.line].encode(client.units)[: position.character * bytes_each]
        return before + len(line.decode(client.units))

    for edit in sorted(edits, key=lambda it: (it.range.start.line, it.range.start.character), reverse=True):
        start, end = offset(edit.range.start), offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def edits_of(action, uri):
    if action.edit.document_changes:
        return action.edit.document_changes[0].edits
    return action.edit.changes[uri]


@pytest.mark.asyncio
async def test_a_session(client: LanguageClient, tmp_path):
    path = tmp_path / "before é.ims.yaml"
    text = BEFORE.replace("name: Contoso\n", "name: \U0001F600 Contoso\u00A0\n")
    path.write_text(text)
    uri = path.as_uri()
    document = types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
    found = await diagnostics(client, uri)
    place = lambda it: (it.line, it.character)
    told = [
        (it.code, place(it.range.start), place(it.range.end), it.message.split("\nhelp: ")[0]) for it in found
    ]
    assert told == checked(client, path)

    version = 1

    def change(new):
        nonlocal version
        version += 1
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=version),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=new)],
            )
        )

    everything = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=999, character=0))
    identifier = types.TextDocumentIdentifier(uri=uri)
    for _ in range(50):
        actions = await client.text_document_code_action_async(
            types.CodeActionParams(
                text_document=identifier, range=everything, context=types.CodeActionContext(diagnostics=found)
            )
        )
        fixes = [it for it in actions if getattr(it, "kind", None) == "quickfix" and not it.title.startswith(("ignore ", "open "))]
        if not fixes:
            break
        text = applied(client, text, edits_of(fixes[0], uri))
        change(text)
        found = await diagnostics(client, uri)
    subprocess.run([PROGRAM, "check", "--fix", "--unsafe", path.name], cwd=tmp_path, capture_output=True)
    assert text == path.read_text()
    assert "p8e-this-is-no-real-secret" not in repr(found)

    change(FIXED)
    at = types.Position(line=3, character=2)
    listed = await client.text_document_completion_async(
        types.CompletionParams(text_document=identifier, position=at)
    )
    assert "delivery: {}" in [it.text_edit.new_text for it in listed.items]
    change(BEFORE)
    line = BEFORE.split("\n").index("  client_id: Campaign1")
    hover = await client.text_document_hover_async(
        types.HoverParams(text_document=identifier, position=types.Position(line=line, character=4))
    )
    assert "`clientId`" in hover.contents.value
