// The tabs that take a package which an instance exported: a manifest of it, or its drift.
import { counted, h, put, words } from "./dom.js";

export async function imported(page, panel) {
  const result = panel.querySelector(".result");
  const given = page.exported.value;
  if (!given) return put(result);
  const answer = await page.ask({ do: "import", package: given });
  if (!answer) return;
  if (answer.error) return put(result, h("p", { class: "error" }, words(answer.error)));
  put(
    result,
    h(
      "div",
      { class: "row spread" },
      h("p", { role: "status" }, answer.open ? `${counted(answer.open, "value")} to fill in: look for CHANGE-ME.` : "Nothing is left to fill in."),
      h("button", { type: "button", class: "primary", onclick: () => page.take(answer.text) }, "Put it into the editor"),
    ),
    answer.notes.length > 0 && h("ul", {}, answer.notes.map((note) => h("li", {}, words(note)))),
    h("pre", { tabindex: 0, role: "region", "aria-label": "Imported manifest" }, answer.text),
  );
}

function value(text, otherwise) {
  return text === null || text === "" ? h("em", {}, otherwise) : h("code", {}, text);
}

export async function drift(page, panel) {
  const result = panel.querySelector(".result");
  const given = page.exported.value;
  const names = (page.checked?.environments ?? []).filter((name) => name !== null);
  page.environment.parentElement.hidden = names.length === 0;
  if (names.join("\n") !== [...page.environment.options].map((option) => option.value).join("\n")) {
    page.environment.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
  }
  if (!given) return put(result);
  const environment = Math.max(0, page.environment.selectedIndex);
  const answer = await page.ask({ do: "diff", ...page.manifest, package: given, environment });
  if (!answer) return;
  if (answer.error) return put(result, h("p", { class: "error" }, words(answer.error)));
  const { differences } = answer;
  const rows = differences.map((it) =>
    h(
      "tr",
      {},
      h("td", {}, h("button", { type: "button", class: "link", onclick: () => page.editor.reveal(it.place) }, `line ${it.place[0] + 1}`), " ", it.field.startsWith("/groups/") ? `${it.attribute} of an operator group` : it.attribute),
      h("td", {}, value(it.manifest, "empty")),
      h("td", {}, value(it.package, it.attribute === "name" ? "no such group" : "absent")),
    ),
  );
  const said = differences.length ? `${counted(differences.length, "difference")} between the manifest and the package.` : "No drift: the package is as the manifest says.";
  put(
    result,
    h("p", { role: "status", class: differences.length ? "error" : "" }, said),
    differences.length > 0 &&
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": "Differences" },
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, ["Attribute", "Manifest", "Package"].map((head) => h("th", { scope: "col" }, head)))),
          h("tbody", {}, rows),
        ),
      ),
  );
}
