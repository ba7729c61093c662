// A drawn picture whose marks take the focus: arrow keys go to the next mark in that direction,
// Enter, Space and a click press it. Which one is pressed is told to Python by its key.

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (mark) => {
  const box = mark.getBoundingClientRect();
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
};

const asRead = (one, other) => {
  const [oneX, oneY] = middle(one);
  const [otherX, otherY] = middle(other);
  return Math.abs(oneY - otherY) > 1 ? oneY - otherY : oneX - otherX;
};

// The nearest mark that lies in a direction; being off to the side counts double.
const nearest = (marks, from, [dx, dy]) => {
  const [x, y] = middle(from);
  let found = from;
  let least = Infinity;
  for (const mark of marks) {
    const [otherX, otherY] = middle(mark);
    const ahead = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (ahead > 1 && ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      found = mark;
    }
  }
  return found;
};

export default function ({ data, parentElement, setStateValue }) {
  const frame = parentElement.querySelector(".pressable");
  if (frame.drawn !== data.svg) {
    const held = frame.contains(document.activeElement) && document.activeElement.dataset.key;
    frame.innerHTML = data.svg;
    for (const part of frame.querySelectorAll("[aria-roledescription]")) {
      part.removeAttribute("aria-roledescription");
      part.setAttribute("role", part.getAttribute("aria-label") in data.keys ? "button" : "none");
    }
    frame.drawn = data.svg;
    frame.held = held;
  }
  frame.setAttribute("aria-label", data.said);
  const marks = [...frame.querySelectorAll("[role='button']")].sort(asRead);
  // one mark at a time can be reached by Tab
  const hold = (chosen) => {
    for (const mark of marks) mark.setAttribute("tabindex", mark === chosen ? 0 : -1);
  };
  const press = (key) => setStateValue("pressed", key === data.pressed ? null : key);
  for (const mark of marks) {
    mark.dataset.key = data.keys[mark.getAttribute("aria-label")];
    mark.setAttribute("aria-pressed", mark.dataset.key === data.pressed);
    mark.onclick = () => press(mark.dataset.key);
    mark.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        press(mark.dataset.key);
      } else if (event.key in DIRECTIONS) {
        event.preventDefault();
        const next = nearest(marks, mark, DIRECTIONS[event.key]);
        hold(next);
        next.focus();
      }
    };
  }
  const before = marks.find((mark) => mark.dataset.key === (frame.held || data.pressed));
  hold(before || marks[0]);
  if (frame.held && before) before.focus();
  frame.held = null;
}
