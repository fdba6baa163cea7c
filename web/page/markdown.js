// Markdown to elements. HTML in it stays text, and links lead to the web alone.
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: false });

export function rendered(text) {
  const parsed = new DOMParser().parseFromString(markdown.render(text), "text/html");
  for (const link of parsed.querySelectorAll("a")) {
    const isWeb = /^https?:/.test(link.getAttribute("href") ?? "");
    if (isWeb) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    else link.replaceWith(...link.childNodes);
  }
  for (const image of parsed.querySelectorAll("img")) image.replaceWith(image.alt);
  for (const item of parsed.querySelectorAll("li")) {
    const text = item.querySelector("p")?.firstChild ?? item.firstChild;
    const mark = /^\[([ x])\] /.exec(text?.nodeValue ?? "");
    if (!mark) continue;
    text.nodeValue = text.nodeValue.slice(mark[0].length);
    const box = parsed.createElement("input");
    Object.assign(box, { type: "checkbox", defaultChecked: mark[1] === "x" });
    box.setAttribute("aria-label", item.textContent.trim().slice(0, 80));
    item.classList.add("task");
    text.before(box, " ");
  }
  for (const code of parsed.querySelectorAll("pre")) code.tabIndex = 0;
  const article = document.createElement("div");
  article.className = "markdown";
  article.append(...parsed.body.childNodes);
  return article;
}
