// The tab of findings: what is wrong, where, and a button for each fix.
import { counted, h, put, words } from "./dom.js";

function item(page, finding, index, places) {
  const line = finding.range.start.line;
  const label = `line ${line}`;
  const place = h("button", { type: "button", class: "link", onclick: () => page.editor.reveal(places[0]) }, label);
  const explain = h("button", { type: "button", class: "link rule", onclick: () => page.explain(finding.rule) }, finding.rule);
  const related = (finding.related ?? []).map((other, at) => {
    const go = h("button", { type: "button", class: "link", onclick: () => page.editor.reveal(places[at + 1]) }, `line ${other.range.start.line}`);
    return h("p", { class: "quiet" }, words(other.message), ", ", go);
  });
  const fix = finding.fix;
  const button =
    fix && h("button", { type: "button", class: fix.safe ? "fix safe" : "fix", onclick: () => page.fix(index) }, fix.safe ? "Fix: " : "Fix, then look at it: ", words(fix.title));
  return h(
    "li",
    { class: `finding ${finding.severity}` },
    h("p", { class: "head" }, h("span", { class: "badge" }, finding.severity), " ", explain, " ", place, finding.environments.map((name) => h("span", { class: "environment" }, name))),
    h("p", {}, words(finding.message)),
    finding.help && h("p", { class: "help" }, words(finding.help)),
    related,
    button,
  );
}

export function findings(page, panel) {
  const { report, places, error } = page.checked;
  if (error) return put(panel, h("p", { class: "error" }, error));
  const { errors, warnings, notes } = report.summary;
  const counts = [[errors, "error"], [warnings, "warning"], [notes, "note"]].filter(([count]) => count > 0);
  const summary = counts.length ? counts.map(([count, what]) => counted(count, what)).join(", ") : "No findings.";
  const safe = report.findings.filter((finding) => finding.fix?.safe).length;
  const left = (report.truncated ?? []).map((it) => h("p", { class: "quiet" }, `${it.left_off ?? "Some"} more are left off: mend these first.`));
  put(
    panel,
    h(
      "div",
      { class: "row spread" },
      h("p", { class: "summary", role: "status" }, summary),
      safe > 0 && h("button", { type: "button", class: "primary", id: "fix-all", onclick: () => page.fixAll() }, `Fix all safe (${safe})`),
    ),
    h("ol", { class: "findings" }, report.findings.slice(0, page.shown).map((finding, index) => item(page, finding, index, places[index]))),
    report.findings.length > page.shown &&
      h("button", { type: "button", onclick: () => page.showMore() }, `Show ${report.findings.length - page.shown} more`),
    ...left,
  );
}
