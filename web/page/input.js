// A place to paste a text or to choose a file. A file's bytes go to the module as they are: it knows encodings, and what is no text.
import { h } from "./dom.js";

const MOST = 64 * 1024 * 1024;

export class Input {
  constructor({ label, hint, accept, onchange }) {
    this.onchange = onchange;
    this.area = h("textarea", { id: `${accept}-text`, rows: 7, spellcheck: "false", placeholder: hint });
    this.area.addEventListener("input", () => {
      this.bytes = undefined;
      this.note.textContent = "";
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.onchange(), 250);
    });
    const file = h("input", { type: "file", accept, class: "sr-only", id: `${accept}-file` });
    file.addEventListener("change", () => this.take(file.files[0]).then(() => (file.value = "")));
    this.note = h("span", { class: "quiet", role: "status" });
    this.element = h(
      "div",
      { class: "input" },
      h("label", { for: this.area.id }, label),
      this.area,
      h("div", { class: "row" }, file, h("label", { class: "button", for: file.id }, "Choose a file …"), this.note),
    );
  }

  async take(file) {
    if (!file) return;
    if (file.size > MOST) {
      this.note.textContent = `${file.name} has more than 64 MiB: use the command line for it`;
      return;
    }
    this.bytes = new Uint8Array(await file.arrayBuffer());
    this.area.value = new TextDecoder(this.isLatin() ? "windows-1252" : "utf-8").decode(this.bytes);
    this.note.textContent = file.name;
    this.onchange();
  }

  isLatin() {
    const head = String.fromCharCode(...this.bytes.subarray(0, 200));
    return /^[^>]*encoding\s*=\s*["'](iso-8859-1|windows-1252)["']/i.test(head);
  }

  set(text) {
    this.bytes = undefined;
    this.area.value = text;
  }

  /** What the module gets; nothing where nothing was given. */
  get value() {
    if (this.bytes) return { file: latin(this.bytes) };
    if (!this.area.value.trim()) return undefined;
    // What is pasted is decoded already, whatever its declaration says.
    const text = this.area.value.replace(/^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*("[^"]*"|'[^']*')/, "$1");
    return { text };
  }
}

function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 1 << 15) text += String.fromCharCode(...bytes.subarray(at, at + (1 << 15)));
  return text;
}
