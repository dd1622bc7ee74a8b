import { element, setAttribute, setText } from "../shared/dom.js";
import { amount, short, signed } from "../shared/format.js";
import { createInspector } from "./inspector.js";
import { createMeter } from "./meter.js";
import { openProject } from "./project.js";
import { limits, sample } from "./sample.js";
import { createTimeline } from "./timeline.js";

const KEPT = "editor";
const HOW_TO = "drag the edge of a chapter, or focus it and use the arrow keys; S splits at the playhead";
const CHAPTER = { media: "generative", model: "pro", actor: "none", duration: 30 };
/** A script without a recording yet: somewhere between, and priced as such. */
const SCRIPT = { ...CHAPTER, duration: { from: 20, to: 90 } };
const CLIP = 5;
/** Milliseconds between two looks at the inspector while a drag goes on. */
const CALM = 120;

/** Draws the editor; `clips` in the query says how many chapters there are. */
export function mount(root, card, query) {
  const count = Math.min(Math.max(Number.parseInt(query.get("clips"), 10) || 0, 0), 10_000) || undefined;
  const spend = limits(count);
  const project = openProject(card, spend, keptState(card, count) ?? sample(card, count));
  const { session, chapters } = project;
  const { balances } = card;
  const [main] = Object.keys(balances);
  let selected = chapters[0]?.id;
  /** Where the chosen chapter is in the list, for the one that takes its place. */
  let position = 0;
  let changed;
  let frame = 0;
  let inspected = 0;
  let later;

  const status = element("p", { class: "visually-hidden", role: "status" });
  const meter = createMeter(project, balances, spend.balances);
  const inspector = createInspector(project, card);
  const timeline = createTimeline(project, balances, { select, schedule, say, warn });
  const advice = createAdvice();
  const tools = createTools();

  root.replaceChildren(
    element("h1", { class: "title" }, "A timeline that knows its price"),
    meter.element,
    tools.element,
    element(
      "div",
      { class: "timeline" },
      timeline.element,
      element("div", { class: "timeline-foot" }, advice.element, tools.zoom),
    ),
    inspector.element,
    status,
  );
  timeline.select(selected);
  session.subscribe((moved) => {
    if (moved) changed = moved.ids.map(chapterOf).find((id) => session.entry(id)) ?? changed;
    if (!session.entry(selected)) select(chapters[Math.min(position, chapters.length - 1)]?.id);
    schedule();
  });
  document.addEventListener("keydown", byKey);
  addEventListener("pagehide", () => sessionStorage.setItem(KEPT, JSON.stringify({ count, project })));
  timeline.measure();
  draw();

  /** Everything that a pointer's move changes is drawn in the frame of that move. */
  function schedule() {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    timeline.render();
    meter.render();
    advice.render();
    // what is not looked at during a drag follows it more calmly
    const wait = timeline.isDragging ? inspected + CALM - performance.now() : 0;
    if (wait > 0) {
      later ??= setTimeout(() => {
        later = undefined;
        schedule();
      }, wait);
      return;
    }
    clearTimeout(later);
    later = undefined;
    inspected = performance.now();
    inspector.render(selected);
    tools.render();
  }

  function select(id) {
    selected = id;
    position = Math.max(
      chapters.findIndex((chapter) => chapter.id === id),
      0,
    );
    timeline.select(id);
    schedule();
  }

  /** Tells those who do not see the figures what the last edit came to, once it has ended. */
  function say() {
    const { totals, verdict } = session;
    const by = project.delta ? `${signed(project.delta[main], balances[main])}, ` : "";
    const words = Object.entries(balances).map(
      ([id, balance]) => `${amount(totals[id], balance)} ${balance.label.toLowerCase()}`,
    );
    setText(status, `${by}${words.join(" and ")} pending. ${verdict.reasons[0]?.sentence ?? ""}`);
  }

  function warn(error) {
    setText(status, error.message);
  }

  function edit(act) {
    try {
      act();
      say();
    } catch (error) {
      warn(error);
    }
    schedule();
  }

  function createAdvice() {
    const level = element("strong", { class: "advice-level" });
    const text = element("span", { class: "advice-text" });
    const fix = element("button", { type: "button", class: "tool" });
    const node = element("div", { class: "advice" }, element("p", {}, level, " ", text), fix);
    let seen;
    let mend;
    fix.addEventListener("click", () => edit(() => mend()));
    return {
      element: node,
      render() {
        const { verdict } = session;
        if (verdict === seen) return;
        seen = verdict;
        setAttribute(node, "data-level", verdict.verdict);
        setText(level, { ok: "Within budget.", warn: "Look out:", block: "Too much:" }[verdict.verdict]);
        setText(text, sentence(verdict.reasons[0]?.sentence ?? HOW_TO));
        mend = verdict.verdict === "block" ? wayOut() : undefined;
        fix.hidden = mend === undefined;
      },
    };

    /** A block is never a dead end: the longest that fits, or the way back. */
    function wayOut() {
      const id = changed && session.entry(changed) ? changed : selected;
      const fit = id && session.fit(id, "duration");
      const seconds = Math.floor(fit?.value ?? 0);
      if (seconds >= 1 && seconds < project.lengthOf(id)) {
        setText(fix, `Shorten “${project.sheet(id).name}” to ${short(seconds)}`);
        return () => project.setLength(id, seconds);
      }
      if (!session.canUndo) return;
      setText(fix, "Undo");
      return () => walk(session.undo);
    }
  }

  function createTools() {
    const after = () => ({ after: project.sheet(selected) });
    const groups = [
      [
        tool("Undo", () => walk(session.undo), { isOff: () => !session.canUndo, keys: "Control+Z" }),
        tool("Redo", () => walk(session.redo), { isOff: () => !session.canRedo, keys: "Control+Shift+Z" }),
      ],
      [
        tool("Split", split, { isOff: () => !canSplit(), keys: "S" }),
        tool("Remove", remove, { isOff: () => !selected, keys: "Delete" }),
      ],
      [
        tool("Replace image", () => project.replaceImage(selected), { isOff: () => !selected, price: { images: 1 } }),
        tool("Replace clip", () => project.replaceClip(selected, CLIP), {
          isOff: () => !selected,
          price: { clips: [CLIP] },
        }),
      ],
      [
        tool("Add chapter", () => reveal(project.addChapter("New chapter", CHAPTER, after())), { price: CHAPTER }),
        tool("Add from script", () => reveal(project.addChapter("From script", SCRIPT, after())), { price: SCRIPT }),
      ],
    ];
    const zooms = [
      tool("−", () => zoom(-1), { label: "Zoom out", isOff: () => !canShrink }),
      tool("+", () => zoom(1), { label: "Zoom in", isOff: () => !canGrow }),
    ];
    let [canGrow, canShrink] = [true, true];
    const all = [...groups.flat(), ...zooms];
    return {
      element: element(
        "div",
        { class: "tools", role: "toolbar", "aria-label": "Edit" },
        ...groups.map((group) => element("div", { class: "tool-group" }, ...group.map(({ element }) => element))),
      ),
      zoom: element("div", { class: "tool-group" }, ...zooms.map(({ element }) => element)),
      render() {
        for (const { render } of all) render();
      },
    };

    function zoom(steps) {
      ({ canGrow, canShrink } = timeline.zoomBy(steps));
    }
  }

  function tool(text, act, { isOff = () => false, price, keys, label } = {}) {
    const tag = price && element("span", { class: "tool-price" }, priceOf(price));
    const node = element(
      "button",
      { type: "button", class: "tool", "aria-label": label, "aria-keyshortcuts": keys },
      element("span", {}, text),
      tag,
    );
    // one that is off keeps the focus, so that the next one need not be searched for
    node.addEventListener("click", () => isOff() || edit(act));
    return { element: node, render: () => setAttribute(node, "aria-disabled", isOff() && "true") };
  }

  function priceOf(usage) {
    const { delta, range } = session.preview(undefined, usage);
    const balance = balances[main];
    return range
      ? `+${amount(delta[main], balance)}–${amount(range[main].to - session.totals[main], balance)}`
      : signed(delta[main], balance);
  }

  function reveal({ id }) {
    select(id);
    timeline.show(id);
  }

  /** Goes a step back or forward, and shows what came back. */
  function walk(step) {
    const moved = step();
    const id = moved?.ids.map(chapterOf).find((id) => session.entry(id));
    if (id) reveal({ id });
  }

  /** A single letter is a shortcut in the timeline alone. */
  function byKey(event) {
    const isInTimeline = timeline.element.contains(document.activeElement);
    const key = event.key.toLowerCase();
    const act =
      event.ctrlKey || event.metaKey
        ? { z: () => walk(event.shiftKey ? session.redo : session.undo), y: () => walk(session.redo) }[key]
        : isInTimeline && selected && !event.altKey
          ? { s: split, delete: remove, backspace: remove }[key]
          : undefined;
    if (!act) return;
    event.preventDefault();
    edit(act);
  }

  function split() {
    if (canSplit()) reveal(project.split(selected, timeline.splitAt()));
  }

  function canSplit() {
    return selected && typeof project.usageOf(selected).duration === "number" && project.lengthOf(selected) >= 2;
  }

  /** The focus goes to the chapter that takes the place, where it was on the one that went. */
  function remove() {
    const hadFocus = timeline.element.contains(document.activeElement);
    project.remove(selected);
    if (selected) timeline.show(selected, hadFocus);
  }
}

const chapterOf = (id) => id.split(".")[0];

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What a reload finds, if it is for the same card and the same number of chapters. */
function keptState(card, count) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (kept.count !== count) return;
    card.restoreSession(kept.project.session);
    return kept.project;
  } catch {
    return undefined;
  }
}
