// The search: every word must be on a page; a page whose title has them comes first. The index is fetched when somebody searches.
const box = document.getElementById("search");
const list = document.getElementById("found");
const base = document.body.dataset.base;

function load() {
  if (load.done) return;
  load.done = true;
  const script = document.createElement("script");
  script.src = `${base}search-index.js`;
  script.onload = show;
  document.head.append(script);
}

function show() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const index = window.searchIndex ?? [];
  const score = ({ title, text }) => {
    const [inTitle, inText] = [title.toLowerCase(), text.toLowerCase()];
    if (!words.every((word) => inTitle.includes(word) || inText.includes(word))) return 0;
    return 1 + words.reduce((sum, word) => sum + (inTitle === word ? 100 : inTitle.includes(word) ? 10 : 0) + Math.min(5, inText.split(word).length - 1), 0);
  };
  const found = words.length ? index.map((page) => [score(page), page]).filter(([points]) => points > 0) : [];
  found.sort((one, other) => other[0] - one[0]);
  list.replaceChildren(
    ...found.slice(0, 12).map(([, { title, address, text }]) => {
      const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 40);
      const link = Object.assign(document.createElement("a"), { href: base + address, textContent: title });
      link.append(Object.assign(document.createElement("small"), { textContent: text.slice(at, at + 120) }));
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  list.hidden = words.length === 0;
  if (words.length && !found.length && load.done && window.searchIndex) {
    list.append(Object.assign(document.createElement("li"), { textContent: "Nothing found." }));
  }
}

box.addEventListener("focus", load);
box.addEventListener("input", show);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") list.hidden = true;
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  }
});
