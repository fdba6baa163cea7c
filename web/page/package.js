// The tabs of what a manifest makes: packages and the run book.
import { copyButton, downloadButton, h, put, words } from "./dom.js";
import { rendered } from "./markdown.js";

export async function packages(page, panel) {
  const answer = await page.ask({ do: "render", ...page.manifest });
  if (!answer) return;
  if (answer.error) return put(panel, h("p", { class: "error" }, words(answer.error)));
  const sections = answer.packages.map(({ environment, instance, sha256, text }) =>
    h(
      "section",
      {},
      h("h2", {}, environment ? `${environment}: ${instance}` : instance),
      h("p", { class: "quiet" }, "SHA-256 ", h("code", { class: "sum" }, sha256)),
      h("div", { class: "row" }, copyButton("Copy", () => text), downloadButton(`Download ${instance}.xml`, `${instance}.xml`, text, "application/xml")),
      h("pre", { tabindex: 0, role: "region", "aria-label": `Package of ${instance}` }, text),
    ),
  );
  put(panel, h("p", {}, "The package leaves the client secret out: the instance keeps the one that it has. The run book says what is done with it."), ...sections);
}

export async function runbook(page, panel) {
  const answer = await page.ask({ do: "runbook", ...page.manifest });
  if (!answer) return;
  if (answer.error) return put(panel, h("p", { class: "error" }, words(answer.error)));
  put(
    panel,
    h(
      "div",
      { class: "row no-print" },
      h("button", { type: "button", onclick: () => print() }, "Print"),
      copyButton("Copy as Markdown", () => answer.text),
      downloadButton("Download", "runbook.md", answer.text, "text/markdown"),
    ),
    rendered(answer.text),
  );
}
