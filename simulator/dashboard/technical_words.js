// Technical words on the page are underlined with dots; a click on one says what it means. The
// text is left as it is, so that Streamlit may redraw it. By keyboard the same is said under "What
// the words mean".

const TEXT = ".stMain h2, .stMain .stMarkdown p, .stMain .stMarkdown li";
const CONTROLS = "button, label, a, summary, [role='radio'], [role='option']";
const NAME = "mosaic-technical-word";

const pattern = (words) => {
  const literal = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  literal.sort((one, other) => other.length - one.length);
  return new RegExp(`(?<![\\w-])(${literal.join("|")})s?(?![\\w-])`, "gi");
};

// The first occurrence of each word on the page: [{ range, word }].
const occurrences = (words) => {
  const canonical = new Map(words.map((word) => [word.toLowerCase(), word]));
  const found = [];
  for (const block of document.querySelectorAll(TEXT)) {
    if (block.closest(CONTROLS)) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const match of walker.currentNode.data.matchAll(pattern([...canonical.values()]))) {
        const word = canonical.get(match[1].toLowerCase());
        if (!word) continue;
        canonical.delete(match[1].toLowerCase());
        const range = new Range();
        range.setStart(walker.currentNode, match.index);
        range.setEnd(walker.currentNode, match.index + match[0].length);
        found.push({ range, word });
        if (!canonical.size) return found;
      }
    }
  }
  return found;
};

export default function ({ data, parentElement }) {
  if (!CSS.highlights) return;
  const meaning = parentElement.querySelector(".mosaic-meaning");
  let found = [];
  let waiting;
  const mark = () => {
    found = occurrences(Object.keys(data.meanings));
    CSS.highlights.set(NAME, new Highlight(...found.map(({ range }) => range)));
  };
  const markSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(mark, 150);
  };
  const under = ({ clientX: x, clientY: y }) =>
    found.find(({ range }) =>
      [...range.getClientRects()].some(
        (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
      )
    );
  const explain = (event) => {
    const hit = !event.target.closest(CONTROLS) && under(event);
    if (!hit) return;
    const box = hit.range.getBoundingClientRect();
    meaning.replaceChildren(Object.assign(document.createElement("strong"), { textContent: hit.word }));
    meaning.append(` ${data.meanings[hit.word]}`);
    meaning.style.top = `${box.bottom + 6}px`;
    meaning.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 380))}px`;
    meaning.showPopover();
    const above = box.bottom + 6 + meaning.offsetHeight > innerHeight;
    if (above) meaning.style.top = `${Math.max(8, box.top - 6 - meaning.offsetHeight)}px`;
  };
  const point = (event) =>
    document.documentElement.classList.toggle(NAME, Boolean(under(event)));
  const watcher = new MutationObserver(markSoon);
  watcher.observe(document.querySelector(".stMain"), {
    childList: true,
    subtree: true,
    characterData: true,
  });
  document.addEventListener("click", explain);
  document.addEventListener("mousemove", point);
  mark();
  return () => {
    clearTimeout(waiting);
    watcher.disconnect();
    document.removeEventListener("click", explain);
    document.removeEventListener("mousemove", point);
    CSS.highlights.delete(NAME);
  };
}
