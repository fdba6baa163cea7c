// The manifest that a block of a rule's page shows: a JSON Merge Patch on a valid one, or whole parts of its text. As tests/rule_pages.rs
// has it, but comments and style of the valid manifest stay.
import { deflateRawSync } from "node:zlib";
import { isMap, parseDocument } from "yaml";

function merge(target, patch, document) {
  for (const { key, value } of patch.items) {
    const name = key.value;
    if (value === null || (value.value === null && !value.source)) target.set(document.createNode(name), null);
    else if (value.value === null) target.delete(name);
    else if (isMap(value) && isMap(target.get(name, true))) merge(target.get(name, true), value, document);
    else target.set(name, value);
  }
}

function parts(text) {
  const all = [];
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (!/^[ #\-\n]/.test(line)) all.push([line.split(":")[0], ""]);
    all.at(-1)[1] += line;
  }
  return all;
}

/** The manifest of a block, whose words stand behind its three backticks. */
export function manifest(base, words, text) {
  if (words.includes("text")) {
    const all = parts(base);
    for (const [key, part] of parts(text)) {
      const known = all.find(([other]) => other === key);
      if (known) known[1] = part;
      else all.push([key, part]);
    }
    return all.map(([, part]) => part).join("");
  }
  const document = parseDocument(base);
  merge(document.contents, parseDocument(text).contents, document);
  return document.toString({ lineWidth: 0 });
}

/** The address of a manifest on the page. */
export function tryIt(text) {
  return `check.html#m=${deflateRawSync(Buffer.from(text), { level: 9 }).toString("base64url")}`;
}
