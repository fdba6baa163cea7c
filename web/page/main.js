// The page: an editor, and tabs that say what the module makes of its text.
import { Client, unpack } from "./client.js";
import { copyButton, download, h, words } from "./dom.js";
import { drift, imported } from "./drift.js";
import { Editor } from "./editor.js";
import { findings } from "./findings.js";
import { Input } from "./input.js";
import { mapping } from "./mapping.js";
import { rendered } from "./markdown.js";
import { packages, runbook } from "./package.js";
import { fragment, shared } from "./share.js";
import { tabs } from "./tabs.js";

const byId = (id) => document.getElementById(id);
const data = (id) => byId(id).textContent;
const PANELS = { findings, mapping, package: packages, runbook, import: imported, drift };
const FIRST_SHOWN = 100;
const { site } = document.body.dataset;

class Page {
  constructor(bytes) {
    this.name = "manifest.ims.yaml";
    this.shown = FIRST_SHOWN;
    this.examples = JSON.parse(data("examples"));
    this.client = new Client(data("worker"), bytes, (why) => this.say(`Loaded anew: ${why}.`));
    this.editor = new Editor({ parent: byId("editor"), nonce: document.body.dataset.nonce, onchange: (typed) => this.changed(typed) });
    this.exported = new Input({ label: "The package that the instance exported", hint: "<package …>", accept: ".xml", onchange: () => this.update() });
    this.profiles = new Input({ label: "The product profiles of the Admin Console: its list of users (CSV), the User Management API's JSON, another CSV with a column's name below, or one a line", hint: "Campaign - contoso - admin", accept: ".csv,.txt,.json", onchange: () => this.update() });
    this.column = byId("column");
    this.environment = byId("environment");
    byId("profiles").prepend(this.profiles.element);
    byId("exported").append(this.exported.element);
    this.select = tabs(byId("tabs"), (tab) => this.selected(tab));
    this.listen();
  }

  listen() {
    byId("example").append(...this.examples.map(({ name, title }) => h("option", { value: name }, title)));
    byId("example").addEventListener("change", ({ target }) => {
      const example = this.examples.find(({ name }) => name === target.value);
      if (example) this.take(example.text, `${example.name}.ims.yaml`);
      target.value = "";
    });
    byId("open").addEventListener("change", ({ target }) => this.drop(target.files[0]).then(() => (target.value = "")));
    byId("save").addEventListener("click", () => this.save());
    byId("share").addEventListener("click", () => this.share());
    this.column.addEventListener("change", () => this.update());
    this.environment.addEventListener("change", () => this.update());
    addEventListener("hashchange", () => this.fromAddress());
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => this.dropped(event), true);
    let { innerWidth } = window;
    addEventListener("resize", () => {
      if (innerWidth === window.innerWidth) return;
      ({ innerWidth } = window);
      if (this.tab === "mapping") this.update();
    });
  }

  get manifest() {
    return { name: this.name, text: this.editor.text };
  }

  say(text) {
    byId("status").replaceChildren(...words(text));
  }

  /** Asks the module; nothing where the text has changed meanwhile, as the answer is of no use then. */
  async ask(request) {
    const { version, tab } = this;
    this.waits(1);
    const answer = await this.client.ask(request).finally(() => this.waits(-1));
    return version === this.version && tab === this.tab ? answer : undefined;
  }

  /** The page is busy until it shows what belongs to its text. */
  waits(more) {
    this.waiting = (this.waiting ?? 0) + more;
    document.body.toggleAttribute("data-busy", this.waiting > 0);
  }

  changed(typed) {
    this.version = (this.version ?? 0) + 1;
    if (!this.due) this.waits(1);
    this.due = true;
    this.dirty ||= typed;
    if (typed && location.hash) history.replaceState(null, "", location.href.split("#")[0]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), 120);
  }

  async check() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    const { version, manifest } = this;
    const checked = await this.client.ask({ do: "check", ...manifest });
    this.busy = false;
    if (this.again || version !== this.version) {
      this.again = false;
      this.check();
      return;
    }
    this.checked = checked;
    this.editor.show(checked.report?.findings ?? [], checked.places ?? [], (index) => this.fix(index));
    byId("count").textContent = checked.report ? checked.report.findings.length : "!";
    this.update();
    if (this.due) this.waits(-1);
    this.due = false;
  }

  selected(tab) {
    this.tab = tab;
    const needs = tab === "import" || tab === "drift";
    byId("exported").hidden = !needs;
    this.update();
  }

  update() {
    if (this.checked) PANELS[this.tab](this, byId(`panel-${this.tab}`));
  }

  showMore() {
    this.shown = Infinity;
    this.update();
  }

  async fix(finding) {
    const answer = await this.ask({ do: "fix", ...this.manifest, finding });
    if (answer) this.fixed(answer, "Fixed. Undo takes it back.");
  }

  async fixAll() {
    const answer = await this.ask({ do: "fix-all", ...this.manifest });
    const skipped = answer?.skipped ? ` ${answer.skipped} were left alone: they would change more than they mean.` : "";
    if (answer) this.fixed(answer, `Fixed ${answer.applied}. Undo takes it back.${skipped}`);
  }

  fixed({ text, error }, said) {
    this.say(error ?? said);
    if (error) return;
    this.editor.change(text);
    this.dirty = true;
  }

  /** Another manifest. */
  take(text, name = this.name) {
    this.name = name;
    this.shown = FIRST_SHOWN;
    this.editor.open(text);
    this.dirty = false;
    this.changed(false);
    this.select("findings");
    this.say("");
  }

  /** Files that are dropped anywhere; the editor and the fields take texts themselves. */
  dropped(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "drop") this.drop(event.dataTransfer.files[0]);
  }

  /** A file, by what it is called. */
  async drop(file) {
    if (!file) return;
    if (/\.xml$/i.test(file.name)) {
      if (this.tab !== "drift") this.select("import");
      return this.exported.take(file);
    }
    if (/\.(csv|txt|json)$/i.test(file.name)) {
      this.select("mapping");
      return this.profiles.take(file);
    }
    if (file.size > 4 << 20) return this.say(`${file.name} is too large for a manifest.`);
    try {
      this.take(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), file.name);
    } catch {
      this.say(`${file.name} is not UTF-8: save it as UTF-8.`);
    }
  }

  save() {
    download(this.name, this.editor.text, "application/yaml");
    this.dirty = false;
  }

  async share() {
    const { version } = this;
    const checked = await this.client.ask({ do: "check", ...this.manifest });
    if (version !== this.version) return;
    if (checked.secret ?? true) return this.say("Not shared: the manifest holds what looks like a secret.");
    const hash = await fragment(this.editor.text);
    if (!hash) return this.say("Not shared: the manifest is too long for a link. Save it, and send the file.");
    history.replaceState(null, "", hash);
    const link = h("input", { type: "text", readonly: true, value: location.href, "aria-label": "Link" });
    const hint = "Whoever has this link can read the whole manifest: ";
    byId("status").replaceChildren(hint, link, copyButton("Copy the link", () => location.href));
    link.select();
  }

  async fromAddress() {
    const example = this.examples.find(({ name }) => location.hash === `#example=${name}`);
    const text = example?.text ?? (await shared(location.hash));
    if (text !== undefined) this.take(text);
    return text !== undefined;
  }

  async explain(id) {
    const { rules } = (this.rules ??= await this.client.ask({ do: "rules" }));
    const rule = rules?.find((rule) => rule.id === id);
    if (!rule) return;
    const dialog = byId("explain");
    const page = rendered(rule.page.replaceAll(/^```yaml .*$/gm, "```yaml"));
    const address = new URL(`rules/${id}.html`, new URL(site, location.href));
    byId("explained").replaceChildren(page, h("p", {}, h("a", { href: address, target: "_blank", rel: "noopener" }, "The rule's page")));
    dialog.setAttribute("aria-label", id);
    dialog.showModal();
  }
}

const bytes = await unpack(data("wasm"));
const page = new Page(bytes);
if (!(await page.fromAddress())) page.take(page.examples[0].text, `${page.examples[0].name}.ims.yaml`);
document.body.dataset.ready = "";
