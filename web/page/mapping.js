// The tab of the mapping: the picture, the table, and the profiles that there are.
import { counted, h, put, words } from "./dom.js";
import { picture } from "./picture.js";

const WORDS = { ok: "ok", missing: "missing", mismatch: "mismatch", undeclared: "undeclared", unmatched: "not Campaign's", unlisted: "not in the manifest", misspelt: "misspelt" };

function row(it, withStatus) {
  const status = it.status ?? (it.wrong ? "mismatch" : "");
  return h(
    "tr",
    { class: it.wrong ? "wrong" : it.status },
    h("td", {}, h("code", {}, it.profile), it.members > 0 && h("span", { class: "quiet" }, ` ${counted(it.members, "member")}`)),
    h("td", {}, it.group === null ? "none" : h("code", {}, it.group)),
    withStatus && h("td", {}, WORDS[status] ?? status, it.words && h("p", { class: "quiet" }, words(it.words))),
  );
}

function environment(mapping, width) {
  const name = mapping.environment ?? mapping.instance;
  const withStatus = mapping.rows.some((row) => row.status || row.wrong);
  const heads = ["Product profile", "Operator group", withStatus && "Status"].filter(Boolean);
  return h(
    "section",
    {},
    h("h2", {}, name),
    h("p", { class: "quiet" }, "Mask: ", h("code", {}, mapping.mask)),
    h("figure", { class: "picture" }, picture(mapping, width)),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": `Table of ${name}` },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, mapping.rows.slice(0, 2000).map((it) => row(it, withStatus))),
      ),
    ),
  );
}

export async function mapping(page, panel) {
  const profiles = page.profiles.value;
  const column = page.column.value.trim() || undefined;
  const answer = await page.ask({ do: "map", ...page.manifest, ...(profiles && { profiles, column }) });
  if (!answer) return;
  const result = panel.querySelector(".result");
  if (answer.error) return put(result, h("p", { class: "error" }, words(answer.error)));
  const width = Math.max(260, Math.min(760, result.clientWidth));
  const rows = answer.environments.flatMap((mapping) => mapping.rows);
  const wrong = rows.filter((row) => row.wrong).length;
  const said = !profiles
    ? "Paste the product profiles of the Admin Console below to see who could not sign in."
    : wrong
      ? `${wrong} of ${rows.length} are not right: people there could not sign in, or come in as nobody said.`
      : "Every group has its profile.";
  put(result, h("p", { role: "status", class: profiles && wrong ? "error" : "" }, said), ...answer.environments.map((mapping) => environment(mapping, width)));
}
