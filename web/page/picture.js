// The mapping as a picture: product profiles at the left, operator groups at the right. Its width is that of the page, so that it can
// be read on a telephone.
import { svg } from "./dom.js";

const GLYPH = 7.3;
const LINE = 16;
const PADDING = 8;
const GAP = 10;

const isWide = (character) => /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|[\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u.test(character);

/** A text in lines of at most so many columns, broken at blanks where there are some. */
export function lines(text, columns, most = 4) {
  const all = [""];
  for (const part of text.split(/(?<=[ _-])/)) {
    let rest = part;
    const width = (string) => [...string].reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0);
    if (width(all.at(-1)) + width(rest.trimEnd()) > columns && all.at(-1)) all.push("");
    for (const character of rest) {
      if (width(all.at(-1)) + width(character) > columns && character !== " ") all.push("");
      all[all.length - 1] += character;
    }
    if (all.length > most + 1) break;
  }
  return all.length <= most ? all : [...all.slice(0, most - 1), `${all[most - 1].slice(0, -1)}…`];
}

const columns = (width) => Math.floor((width - 2 * PADDING) / GLYPH);
const heightOf = (width, text) => lines(text, columns(width)).length * LINE + 2 * PADDING - 4;

function box(x, y, width, text, kind) {
  const rows = lines(text, columns(width));
  const height = heightOf(width, text);
  const label = rows.map((row, index) =>
    svg("tspan", { x: x + PADDING, y: y + PADDING + 9 + index * LINE }, row),
  );
  const group = svg("g", { class: `box ${kind}` });
  group.append(svg("title", {}, text), svg("rect", { x, y, width, height, rx: 6 }), svg("text", {}, label));
  return group;
}

/** What a row is drawn as. */
function kindOf(row) {
  if (!row.status || row.status === "ok") return "ok";
  if (row.status === "unmatched" || row.status === "unlisted") return "other";
  return row.status === "missing" || row.status === "mismatch" ? "wrong" : "unsure";
}

const LEGEND = { ok: "gives its group", wrong: "members could not sign in", unsure: "not what was meant", other: "not Campaign's, or not listed" };

export function picture(mapping, width) {
  const gap = Math.max(36, Math.min(120, width * 0.14));
  const left = Math.min(430, (width - gap) * 0.6);
  const right = Math.min(260, width - gap - left);
  const shapes = [];
  const places = new Map();
  let y = 4;
  const kinds = new Set();
  // A group that two profiles give stands once.
  for (const row of mapping.rows.slice(0, 200)) {
    const kind = kindOf(row);
    kinds.add(kind);
    const label = row.group ?? row.wanted;
    const isNew = label !== null && !places.has(label);
    const height = Math.max(heightOf(left, row.profile), isNew ? heightOf(right - 1, label) : 0);
    const middle = y + height / 2;
    const profile = box(1, middle - heightOf(left, row.profile) / 2, left, row.profile, kind);
    if (isNew) {
      shapes.push(box(left + gap, middle - heightOf(right - 1, label) / 2, right - 1, label, kind));
      places.set(label, middle);
    }
    if (label === null) {
      shapes.push(svg("text", { class: "none", x: left + 12, y: middle + 4 }, "no group"));
    } else {
      const [from, to, end] = [left + 1, left + gap - 7, places.get(label)];
      const half = (from + to) / 2;
      const path = `M${from},${middle} C${half},${middle} ${half},${end} ${to},${end}`;
      const head = `M${to},${end - 4} l7,4 l-7,4 z`;
      shapes.push(svg("path", { class: `edge ${kind}`, d: path }), svg("path", { class: `head ${kind}`, d: head }));
    }
    shapes.push(profile);
    y += height + GAP;
  }
  let x = 1;
  for (const kind of Object.keys(LEGEND).filter((kind) => mapping.rows[0]?.status && kinds.has(kind))) {
    const long = LEGEND[kind].length * 7 + 34;
    if (x > 1 && x + long > width) [x, y] = [1, y + 22];
    const mark = svg("g", { class: `box ${kind}` }, svg("rect", { x, y: y + 4, width: 14, height: 14, rx: 3 }));
    shapes.push(mark, svg("text", { class: "legend", x: x + 20, y: y + 15 }, LEGEND[kind]));
    x += long;
  }
  y += 28;
  const name = mapping.environment ?? mapping.instance;
  return svg(
    "svg",
    { role: "img", "aria-label": `Mapping of ${name}; the table below says the same`, width, height: y, viewBox: `0 0 ${width} ${y}` },
    shapes,
  );
}
