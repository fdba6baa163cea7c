// The site around the page: the guide, each rule's page at rules/ID.html, the other documents, a search. Every link within it is checked.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";
import { manifest, tryIt } from "./examples.mjs";

const constants = readFileSync(path.join(import.meta.dirname, "../src/address.rs"), "utf8");
const constant = (name) => new RegExp(`${name}: &str = "([^"]+)"`).exec(constants)[1];
/** Where the site is, and where the sources are. */
export const address = constant("SITE");
const home = constant("HOME");

const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Where a document of the repository is on the site. */
function place(file) {
  if (file === "README.md") return "index.html";
  if (file === "docs/rules.md") return "rules/index.html";
  return file
    .replace(/^src\/rules\/pages\//, "rules/")
    .replace(/^docs\//, "")
    .replace(/README\.md$/, "index.html")
    .replace(/\.md$/, ".html");
}

/** Files that documents show: they are on the site as they are. */
const isShown = (file) => /^(examples|schemas|docs\/ci)\/.*\.(yaml|yml|json)$/.test(file);

function documents(root) {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md", "*.yaml", "*.yml", "*.json"], { cwd: root }).toString().trim().split("\n");
  const wanted = (file) => /^(README\.md|(docs|examples|src\/rules\/pages)\/.*\.md)$/.test(file);
  return { pages: files.filter((file) => wanted(file) && existsSync(path.join(root, file))), shown: files.filter(isShown) };
}

function relative(from, to) {
  return path.posix.relative(path.posix.dirname(from), to) || path.posix.basename(to);
}

class Site {
  constructor(root, out) {
    Object.assign(this, { root, out, ...documents(root), made: new Map(), index: [], broken: [] });
    this.base = readFileSync(path.join(root, "tests/cases/right/base.ims.yaml"), "utf8");
    this.markdown = new MarkdownIt({ html: false });
    const { rules } = this.markdown.renderer;
    rules.table_open = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
    rules.table_close = () => "</table></div>\n";
    rules.heading_open = (tokens, at, options, _, self) => {
      tokens[at].attrSet("id", slug(tokens[at + 1].content));
      return self.renderToken(tokens, at, options);
    };
    rules.fence = (tokens, at, options, env) => this.block(tokens[at], env);
  }

  block(token, { place }) {
    const code = `<pre tabindex="0"><code>${escaped(token.content)}</code></pre>\n`;
    const words = token.info.split(/\s+/);
    if (words[0] !== "yaml" || words[1] !== "fires") return code;
    const link = relative(place, "check.html").replace(/check\.html$/, "") + tryIt(manifest(this.base, words, token.content));
    return `${code}<p class="try"><a class="button" href="${escaped(link)}">Try it</a></p>\n`;
  }

  /** What a link of a document leads to on the site. */
  link(file, href) {
    if (/^(https?:|mailto:)/.test(href)) return href;
    const [target, anchor] = href.split("#");
    const to = target === "" ? file : path.posix.normalize(path.posix.join(path.posix.dirname(file), decodeURI(target)));
    const hash = anchor ? `#${anchor}` : "";
    if (this.pages.includes(to)) return relative(place(file), place(to)) + hash;
    if (this.shown.includes(to)) return relative(place(file), to.replace(/^docs\//, ""));
    if (!existsSync(path.join(this.root, to))) this.broken.push(`${file}: ${href}`);
    return `${home}/blob/main/${to}${hash}`;
  }

  page(file) {
    const at = place(file);
    const text = readFileSync(path.join(this.root, file), "utf8");
    const tokens = this.markdown.parse(text, {});
    for (const token of tokens.flatMap((token) => token.children ?? [])) {
      if (token.type === "link_open") token.attrSet("href", this.link(file, token.attrGet("href")));
    }
    const content = this.markdown.renderer.render(tokens, this.markdown.options, { place: at });
    const title = /^# (.*)$/m.exec(text)?.[1] ?? file;
    const plain = content.replace(/<[^>]*>/g, " ").replace(/&(amp|lt|gt|quot|#\d+);/g, " ").replace(/\s+/g, " ").trim();
    this.index.push({ title, address: at, text: plain });
    this.write(at, this.frame(at, title, this.intro(file, title) + content, /<p>([^<]{30,300})/.exec(content)?.[1] ?? title));
  }

  /** What stands above a document. */
  intro(file, title) {
    if (file === "README.md") return '<p><a class="button primary" href="check.html">Check a manifest in your browser</a> Nothing leaves the page.</p>\n';
    const mark = this.marks.get(title);
    return file.startsWith("src/rules/pages/") && mark ? `<p class="meta">${escaped(mark)} · <a href="index.html">all rules</a></p>\n` : "";
  }

  /** Level and fix of each rule, as the list of rules has them. */
  get marks() {
    const list = readFileSync(path.join(this.root, "docs/rules.md"), "utf8");
    const level = { E: "error", W: "warning", N: "note" };
    const fix = { F: ", has a fix", f: ", has a fix to be looked at" };
    const lines = [...list.matchAll(/^- \[`([\w-]+)`\]\([^)]*\) \*\*(\w)(?: (\w))?\*\*/gm)];
    return new Map(lines.map(([, id, one, other]) => [id, `Level: ${level[one]}${fix[other] ?? ""}`]));
  }

  frame(at, title, content, description) {
    const base = relative(at, "index.html").replace(/index\.html$/, "");
    const links = [["index.html", "Guide"], ["check.html", "Check"], ["rules/index.html", "Rules"], ["examples/index.html", "Examples"], ["ci/index.html", "CI"], ["editors.html", "Editors"], ["web.html", "The page"]];
    const known = links.filter(([to]) => to === "check.html" || this.pages.some((file) => place(file) === to));
    const nav = known.map(([to, name]) => `<a href="${base}${to}"${to === at ? ' aria-current="page"' : ""}>${name}</a>`).join("\n");
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title === "campaign-ims" ? title : `${title} · campaign-ims`)}</title>
<meta name="description" content="${description.replace(/"/g, "&quot;")}">
<link rel="canonical" href="${address}${at}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}site.css">
</head>
<body data-base="${base}">
<header>
<strong><a href="${base}index.html">campaign-ims</a></strong>
<nav aria-label="Site">
${nav}
</nav>
<div class="search" role="search"><input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off"><ol id="found" hidden></ol></div>
</header>
<main>
${content}</main>
<footer><p>Independent of Adobe, and not endorsed by it. <a href="${home}">Source</a></p></footer>
<script src="${base}search.js"></script>
</body>
</html>
`;
  }

  write(at, text) {
    const file = path.join(this.out, at);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    this.made.set(at, text);
  }

  /** Every link leads to a file of the site, and to a place that it has. */
  check() {
    for (const [at, text] of this.made) {
      for (const [, href] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (/^(https?:|mailto:|data:)/.test(href)) continue;
        const [target, anchor] = href.split("#");
        const to = target === "" ? at : path.posix.normalize(path.posix.join(path.posix.dirname(at), target));
        const isThere = existsSync(path.join(this.out, to));
        const hasPlace = !anchor || !this.made.has(to) || this.made.get(to).includes(`id="${decodeURI(anchor)}"`);
        if (!isThere || !hasPlace) this.broken.push(`${at}: ${href}`);
      }
    }
    if (this.broken.length) throw new Error(`links that lead nowhere:\n  ${[...new Set(this.broken)].join("\n  ")}`);
  }
}

/** Writes the site, and gives the number of its pages. */
export function site(root, out) {
  const site = new Site(root, out);
  for (const file of site.pages) site.page(file);
  for (const file of site.shown) cpSync(path.join(root, file), path.join(out, file.replace(/^docs\//, "")));
  writeFileSync(path.join(out, "search-index.js"), `window.searchIndex = ${JSON.stringify(site.index)};\n`);
  cpSync(path.join(root, "web/site/search.js"), path.join(out, "search.js"));
  writeFileSync(path.join(out, ".nojekyll"), "");
  site.check();
  return site.made.size;
}
