// The editor: CodeMirror with line numbers, YAML's colours, squiggles, and the fixes at them.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting, bracketMatching, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { searchKeymap, highlightSelectionMatches } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { words } from "./dom.js";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--key)" },
  { tag: [tags.string, tags.content], color: "var(--string)" },
  { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.labelName, tags.typeName], color: "var(--word)" },
]);

const SEVERITY = { error: "error", warning: "warning", note: "info" };

// The colours come of a parser that calls itself for each level: a text that nests deeper than any manifest gets none.
const DEEPEST = 200;
const COLOURED = yaml();
const PLAIN = [];
const language = new Compartment();

function languageOf(text) {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest > DEEPEST ? PLAIN : COLOURED;
}

// Colours go with the change that makes a text too deep, and come back after the one that ends it: what a change brings in reads the text
// before it first.
const withoutColours = EditorState.transactionExtender.of((change) => {
  const goes = change.docChanged && languageOf(change.newDoc.toString()) === PLAIN;
  return goes ? { effects: language.reconfigure(PLAIN) } : null;
});

const withColours = EditorView.updateListener.of(({ docChanged, state, view }) => {
  const comes = docChanged && language.get(state) === PLAIN && languageOf(state.doc.toString()) === COLOURED;
  if (comes) view.dispatch({ effects: language.reconfigure(COLOURED) });
});

export class Editor {
  constructor({ parent, nonce, onchange }) {
    const update = EditorView.updateListener.of((update) => {
      if (update.docChanged) onchange(update.transactions.some((it) => it.isUserEvent("input") || it.isUserEvent("delete")));
    });
    this.extensions = [
      lineNumbers(),
      lintGutter(),
      highlightSpecialChars({ addSpecialChars: /[\u0080-\u009f\u00a0\u00ad\u061c\u2000-\u200a\u202f\u205f\u3000]/g }),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      bracketMatching(),
      indentUnit.of("  "),
      withoutColours,
      withColours,
      syntaxHighlighting(colours),
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ "aria-label": "Manifest", tabindex: "0", spellcheck: "false" }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
      update,
    ];
    this.view = new EditorView({ parent, extensions: [language.of(COLOURED), ...this.extensions] });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /** Another manifest: nothing of the former one can be undone. */
  open(text) {
    const first = [language.of(languageOf(text)), ...this.extensions];
    this.view.setState(EditorState.create({ doc: text, extensions: first }));
  }

  /** Changes what differs, so that the cursor stays and one undo takes it back. */
  change(text) {
    const old = this.text;
    text = text.replace(/\r\n?/g, "\n");
    const shorter = Math.min(old.length, text.length);
    let from = 0;
    while (from < shorter && old[from] === text[from]) from += 1;
    let end = 0;
    while (end < shorter - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    this.view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) } });
  }

  /** Offsets in the editor of a place: lines and UTF-16 units from 0. */
  offsets([fromLine, fromUnit, toLine, toUnit]) {
    const { doc } = this.view.state;
    const offset = (line, unit) => {
      const { from, to } = doc.line(Math.min(line + 1, doc.lines));
      return Math.min(from + unit, to);
    };
    return { from: offset(fromLine, fromUnit), to: offset(toLine, toUnit) };
  }

  show(findings, places, fix) {
    const diagnostics = findings.map((finding, index) => ({
      ...this.offsets(places[index][0]),
      severity: SEVERITY[finding.severity],
      message: `${finding.message}. ${finding.help}`,
      source: finding.rule,
      renderMessage: () => {
        const element = document.createElement("span");
        element.append(...words(`${finding.message}. ${finding.help}`));
        return element;
      },
      actions: finding.fix ? [{ name: finding.fix.title, apply: () => fix(index) }] : [],
    }));
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Selects a place and brings it into view. */
  reveal(place) {
    const { from, to } = this.offsets(place);
    this.view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }
}
