import { element, setAttribute, setText } from "../shared/dom.js";
import { amount, clock, short, signed, spoken } from "../shared/format.js";
import { known } from "./project.js";

const ZOOMS = [0.5, 1, 2, 3, 4.5, 7, 11, 18];
const LEAST = 1;
const MOST = 14_400;
/** Key presses nearer than this are one edit. */
const BURST = 900;
/** So near the side, a drag scrolls. */
const MARGIN = 40;
const INTERVALS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

/** The chapters side by side in time. Only those in view have elements, so that a thousand cost what twenty do. */
export function createTimeline(project, balances, { select, schedule, say, warn }) {
  const { session, chapters } = project;
  const [main] = Object.keys(balances);
  let zoom = 3;
  let view = { left: 0, width: 0 };
  /** Where second 0 is. */
  let lead = 0;
  let stretched = 0;
  let starts = [];
  let playhead = 0;
  let selected;
  let drag;
  let burst;

  const ruler = element("div", {
    ...{ class: "ruler", role: "slider", tabindex: 0, "aria-label": "Playhead" },
    "aria-valuemin": 0,
  });
  const needle = element("i", { class: "needle" });
  const lane = element("div", { class: "lane", role: "group", "aria-label": "Chapters" });
  const content = element("div", { class: "content" }, ruler, lane, needle);
  const scroller = element("div", { class: "scroller" }, content);
  const clips = new Map();
  const marks = [];
  let ruled;

  scroller.addEventListener("scroll", () => {
    view.left = scroller.scrollLeft;
    schedule();
  });
  new ResizeObserver(() => {
    measure();
    schedule();
  }).observe(scroller);

  ruler.addEventListener("pointerdown", (event) => {
    ruler.setPointerCapture(event.pointerId);
    seek(event.offsetX / zoom);
  });
  ruler.addEventListener("pointermove", (event) => {
    if (ruler.hasPointerCapture(event.pointerId)) seek(event.offsetX / zoom);
  });
  ruler.addEventListener("keydown", (event) => {
    const step = stepOf(event, playhead, end());
    if (step === undefined) return;
    event.preventDefault();
    seek(step);
    reveal(playhead);
  });
  lane.addEventListener("pointerdown", startDrag);
  lane.addEventListener("pointermove", (event) => {
    if (drag?.pointer !== event.pointerId) return;
    drag.x = event.clientX;
    pull();
  });
  for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) lane.addEventListener(type, stopDrag);
  lane.addEventListener("click", (event) => {
    const clip = event.target.closest(".clip");
    if (clip) select(clip.dataset.id);
  });
  lane.addEventListener("keydown", byKey);
  lane.addEventListener("focusin", (event) => {
    const clip = event.target.closest(".clip");
    if (clip && clip.dataset.id !== selected) select(clip.dataset.id);
  });

  return {
    element: scroller,
    measure,
    get isDragging() {
      return drag !== undefined;
    },
    select(id) {
      selected = id;
    },
    show: bring,
    zoomBy(steps) {
      const middle = (view.left - lead + view.width / 2) / zoom;
      zoom = ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoom) + steps, 0), ZOOMS.length - 1)];
      render();
      scroller.scrollLeft = view.left = Math.max(middle * zoom + lead - view.width / 2, 0);
      render();
      return { canGrow: zoom < ZOOMS.at(-1), canShrink: zoom > ZOOMS[0] };
    },
    /** How far into the selected chapter a split falls: at the playhead, or in its middle. */
    splitAt() {
      layOut();
      const index = chapters.findIndex(({ id }) => id === selected);
      const length = project.lengthOf(selected);
      const inside = Math.round(playhead - starts[index]);
      return inside >= LEAST && inside <= length - LEAST ? inside : Math.floor(length / 2);
    },
    render,
  };

  function measure() {
    view = { left: scroller.scrollLeft, width: scroller.clientWidth };
    lead = ruler.offsetLeft;
  }

  function layOut() {
    starts = [0];
    for (let index = 0; index < chapters.length; index++) {
      starts.push(starts[index] + project.lengthOf(chapters[index].id));
    }
  }

  function end() {
    return starts.at(-1);
  }

  /** With room to drag the last edge to the right; the page is laid out anew in large steps only. */
  function stretch() {
    const wanted = Math.ceil(Math.max(end() * zoom + lead + view.width / 3, view.width) / 200) * 200;
    const width = wanted - 200 > view.width ? wanted : view.width;
    if (width === stretched) return;
    stretched = width;
    content.style.width = `${width}px`;
  }

  function render() {
    if (drag) follow();
    layOut();
    stretch();
    const [from, to] = [view.left - lead - 200, view.left - lead + view.width + 200];
    let index = firstAfter(from / zoom);
    const seen = new Set();
    for (; index < chapters.length && starts[index] * zoom < to; index++) {
      const { id } = chapters[index];
      seen.add(id);
      if (!clips.has(id)) clips.set(id, createClip(id));
      draw(clips.get(id), index);
    }
    for (const [id, clip] of clips) {
      // the focus is not taken from what scrolls out of view
      if (seen.has(id) || (session.entry(id) && clip.element.contains(document.activeElement))) continue;
      clip.element.remove();
      clips.delete(id);
    }
    drawRuler();
    playhead = Math.min(playhead, end());
    needle.style.translate = `${playhead * zoom + lead}px`;
    setAttribute(ruler, "aria-valuemax", Math.floor(end()));
    setAttribute(ruler, "aria-valuenow", Math.floor(playhead));
    setAttribute(ruler, "aria-valuetext", spoken(Math.floor(playhead)));
  }

  /** The chapter that is under this second. */
  function firstAfter(seconds) {
    let [low, high] = [0, chapters.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle + 1] < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function drawRuler() {
    const interval = INTERVALS.find((seconds) => seconds * zoom >= 64) ?? INTERVALS.at(-1);
    const first = Math.max(Math.floor((view.left - lead) / zoom / interval), 0);
    const count = Math.ceil((view.width + lead) / zoom / interval) + 2;
    while (marks.length < count)
      marks.push(ruler.appendChild(element("span", { class: "mark", "aria-hidden": "true" })));
    const drawn = `${first} ${count} ${interval} ${zoom}`;
    if (drawn === ruled) return;
    ruled = drawn;
    for (const [index, mark] of marks.entries()) {
      const seconds = (first + index) * interval;
      mark.hidden = index >= count;
      mark.style.translate = `${seconds * zoom}px`;
      setText(mark, clock(seconds));
    }
  }

  function createClip(id) {
    const name = element("span", { class: "clip-name" });
    const kind = element("span", { class: "clip-kind" });
    const length = element("span", { class: "clip-length" });
    const prices = Object.keys(balances).map((_, index) => element("span", { "data-balance": index + 1 }));
    const tag = element("span", { class: "tag" }, ...prices.flatMap((price) => [price, " "]));
    const body = element("button", { type: "button", class: "clip-body" }, name, " ", kind, " ", length, " ", tag);
    const tip = element("span", { class: "tip", "aria-hidden": "true" });
    const edge = element(
      "div",
      {
        ...{ class: "edge", role: "slider", "aria-orientation": "horizontal" },
        ...{ "aria-valuemin": LEAST, "aria-valuemax": MOST },
      },
      tip,
    );
    const images = element("span", { class: "remix", hidden: true });
    const parts = element("span", { class: "remix", hidden: true });
    const node = element(
      "div",
      { class: "clip", "data-id": id },
      body,
      edge,
      element("div", { class: "remixes" }, images, parts),
    );
    lane.append(node);
    return {
      element: node,
      body,
      edge,
      tip,
      name,
      kind,
      length,
      prices,
      images: { element: images },
      parts: { element: parts },
    };
  }

  /** Entries stay the same objects until they change: what is drawn of them is drawn again only then. */
  function draw(clip, index) {
    const { id } = chapters[index];
    const entry = session.entry(id);
    const x = starts[index] * zoom;
    if (clip.x !== x) clip.element.style.translate = `${x}px`;
    clip.x = x;
    const isSelected = id === selected;
    const isDragged = drag?.id === id;
    if (clip.isSelected !== isSelected) {
      setAttribute(clip.element, "data-selected", isSelected);
      setAttribute(clip.body, "aria-pressed", `${isSelected}`);
      setAttribute(clip.body, "tabindex", isSelected ? 0 : -1);
      setAttribute(clip.edge, "tabindex", isSelected ? 0 : -1);
      clip.isSelected = isSelected;
    }
    setAttribute(clip.element, "data-drag", isDragged);
    const isMoved = isDragged || burst?.id === id;
    setText(clip.tip, isMoved && project.delta ? deltaOf(project.delta) : "");
    if (clip.entry !== entry || clip.zoom !== zoom) drawChapter(clip, chapters[index], entry);
    drawRemix(clip.images, `${id}.images`, ({ images }) => `${images} ${images === 1 ? "image" : "images"}`);
    drawRemix(clip.parts, `${id}.clips`, ({ clips }) => `${clips.length} ${clips.length === 1 ? "clip" : "clips"}`);
  }

  function drawChapter(clip, { name }, entry) {
    const { usage } = entry;
    const length = known(usage.duration);
    const isRange = typeof usage.duration === "object";
    const width = length * zoom;
    const price = prices(entry, false).filter(Boolean).join(" and ");
    clip.entry = entry;
    clip.zoom = zoom;
    clip.element.style.width = `${Math.max(width - 2, 3)}px`;
    if (isRange) clip.element.style.setProperty("--sure", usage.duration.from / length);
    setAttribute(clip.element, "data-media", usage.media);
    setAttribute(clip.element, "data-range", isRange);
    setAttribute(clip.element, "data-size", width < 34 ? "tiny" : width < 96 ? "small" : undefined);
    setText(clip.name, name);
    setText(clip.kind, kindOf(usage));
    setText(clip.length, isRange ? `${short(usage.duration.from)}–${short(length)}` : short(length));
    for (const [index, text] of prices(entry, width < 130).entries()) setText(clip.prices[index], text);
    setAttribute(clip.edge, "aria-label", `Length of ${name}`);
    setAttribute(clip.edge, "aria-valuenow", length);
    setAttribute(clip.edge, "aria-valuetext", `${spoken(length)}, ${price}`);
  }

  function drawRemix(remix, id, words) {
    const entry = session.entry(id);
    if (remix.entry === entry) return;
    remix.entry = entry;
    remix.element.hidden = entry === undefined;
    if (entry) setText(remix.element, `${words(entry.usage)} · ${amount(entry.amounts[main], balances[main])}`);
  }

  /** "26.67 credits", "2 min", "10.00–30.00 credits": a text for each balance, empty where there is nothing of it. */
  function prices({ amounts, range }, isShort) {
    const isFree = Object.values(range ?? amounts).every((figure) => (figure.to ?? figure) === 0);
    return Object.entries(balances).map(([id, balance], index) => {
      const most = range ? range[id].to : amounts[id];
      if (most === 0 && !(isFree && index === 0)) return "";
      const isRange = range && range[id].from !== most;
      const figure = isRange ? `${amount(range[id].from, balance)}–${amount(most, balance)}` : amount(most, balance);
      return isShort && index === 0 ? figure : `${figure} ${UNITS[id] ?? balance.label.toLowerCase()}`;
    });
  }

  function deltaOf(delta) {
    const moved = Object.entries(balances).filter(([id], index) => delta[id] !== 0 || index === 0);
    return moved
      .map(([id, balance]) => `${signed(delta[id], balance)} ${UNITS[id] ?? balance.label.toLowerCase()}`)
      .join("  ");
  }

  function startDrag(event) {
    const edge = event.target.closest(".edge");
    if (!edge || event.button !== 0) return;
    const { id } = edge.closest(".clip").dataset;
    select(id);
    edge.focus({ preventScroll: true });
    edge.setPointerCapture(event.pointerId);
    // every move of this drag is the same step for undo
    drag = {
      ...{ id, pointer: event.pointerId, from: event.clientX + view.left, x: event.clientX },
      ...{ length: project.lengthOf(id), bounds: scroller.getBoundingClientRect() },
    };
    event.preventDefault();
    schedule();
  }

  /** An edge that is pulled out of view takes the view along. */
  function follow() {
    const { left, right } = drag.bounds;
    const by = drag.x > right - MARGIN ? drag.x - right + MARGIN : Math.min(drag.x - left - MARGIN, 0);
    if (by === 0) return;
    scroller.scrollLeft = view.left + by / 3;
    if (scroller.scrollLeft === view.left) return;
    view.left = scroller.scrollLeft;
    pull();
    schedule();
  }

  function pull() {
    const seconds = Math.round(drag.length + (drag.x + view.left - drag.from) / zoom);
    setLength(drag.id, seconds, drag);
  }

  function stopDrag(event) {
    if (drag?.pointer !== event.pointerId) return;
    drag = undefined;
    say();
    schedule();
  }

  function setLength(id, seconds, group) {
    const length = Math.min(Math.max(seconds, LEAST), MOST);
    const { duration } = project.usageOf(id);
    if (length === duration) return;
    try {
      project.setLength(id, length, group);
    } catch (error) {
      warn(error);
    }
  }

  function byKey(event) {
    const clip = event.target.closest(".clip");
    if (!clip) return;
    const { id } = clip.dataset;
    if (event.target.matches(".edge")) {
      const length = stepOf(event, project.lengthOf(id), MOST, LEAST);
      if (length === undefined) return;
      event.preventDefault();
      if (burst?.id !== id) burst = { id };
      clearTimeout(burst.timer);
      const mine = burst;
      mine.timer = setTimeout(() => {
        if (burst === mine) burst = undefined;
        say();
        schedule();
      }, BURST);
      setLength(id, length, mine);
      layOut();
      reveal(starts[chapters.findIndex((chapter) => chapter.id === id) + 1]);
      return;
    }
    const index = chapters.findIndex((chapter) => chapter.id === id);
    const next = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: chapters.length - 1,
    }[event.key];
    if (next === undefined || !chapters[next] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(chapters[next].id);
    bring(chapters[next].id, true);
  }

  /** Brings a chapter into view, and the focus to it. */
  function bring(id, focus) {
    layOut();
    const index = chapters.findIndex((chapter) => chapter.id === id);
    if (index < 0) return;
    reveal(starts[index] + Math.min(project.lengthOf(id), view.width / zoom / 2));
    reveal(starts[index]);
    render();
    if (focus) clips.get(id)?.body.focus({ preventScroll: true });
  }

  function seek(seconds) {
    playhead = Math.min(Math.max(Math.round(seconds), 0), end());
    schedule();
  }

  function reveal(seconds) {
    const x = seconds * zoom + lead;
    if (x < view.left + 24) view.left = Math.max(x - 48, 0);
    else if (x > view.left + view.width - 24) view.left = x - view.width + 48;
    else return;
    stretch();
    scroller.scrollLeft = view.left;
    view.left = scroller.scrollLeft;
  }
}

const UNITS = { videoMinutes: "min" };

const KINDS = { pro: "PRO", ultra: "ULTRA", human: "human", virtualPro: "virtual", ownAvatar: "own avatar" };

const kindOf = ({ media, model, actor }) =>
  [media === "stock" ? "Stock" : KINDS[model ?? "pro"], KINDS[actor]].filter(Boolean).join(", ");

/** Where a key takes a value to: a second, or ten, or to an end. */
function stepOf(event, value, most, least = 0) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.shiftKey ? 10 : 1;
  const target = {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10,
    PageDown: value - 10,
    Home: least,
    ...(most < MOST && { End: most }),
  }[event.key];
  return target === undefined ? undefined : Math.min(Math.max(target, least), most);
}
