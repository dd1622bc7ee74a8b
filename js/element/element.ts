import type { Estimate, RateCard, Usage, Value } from "../index.js";
import { BUILT_IN, type CardSource, getCard, LoadingError } from "./cards.js";
import { createContext, type Refusal } from "./context.js";
import { element, setAttribute, setState } from "./dom.js";
import css from "./element.css";
import { CreditEstimatorError } from "./engine.js";
import type { CreditEstimatorEventMap, ErrorDetail, EstimateDetail } from "./events.js";
import { formatFor } from "./format.js";
import type { ServedForm } from "./more/form.js";
import { type Entries, givenUsage, price, readState, writeState } from "./state.js";
import { dress } from "./style.js";
import { createView, type View } from "./view.js";
import { en } from "./words/en.js";
import { fillIn, type Word, type Words, wordsFor } from "./words.js";

// Where pages are rendered without a browser there is no such class; the element is defined in browsers alone.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** What the element is drawn with. */
interface Ready {
  readonly card: RateCard;
  readonly words: Words;
  readonly language: string;
}

/** What a page may ask for besides, each in a file of its own; here once it was loaded. */
const extras: {
  chart?: typeof import("./chart/chart.js");
  more?: typeof import("./more/more.js");
} = {};

async function loadExtras(chart: boolean, more: boolean): Promise<void> {
  await Promise.all([
    chart && import("./chart/chart.js").then((module) => Object.assign(extras, { chart: module })),
    more && import("./more/more.js").then((module) => Object.assign(extras, { more: module })),
  ]);
}

/** Attributes that ask for more than controls and a receipt. */
const MORE = ["budget", "compare", "quantity"];
const EXTRAS = ["chart", ...MORE];

/**
 * What a generation will cost, with a control for everything that a rate card asks for.
 *
 * @element credit-estimator
 *
 * @attr {string} card - The rate card: `invideo-v4`, the built-in one, which is also the default, or the URL of a JSON file.
 * @attr {string} value - The state at the start and after a form is reset: `media=stock&duration=210`.
 * @attr {string} name - The name of the value in a form.
 * @attr {boolean} disabled - Nothing can be entered, and a form does not send the value.
 * @attr {boolean} chart - Draws the price over every duration on the slider's own axis.
 * @attr {string} budget - Says what a balance buys: `100`, or `credits=100&videoMinutes=20`.
 * @attr {boolean} compare - Shows what every other choice would come to.
 * @attr {string} quantity - Says what so many come to: `10`.
 * @attr {string} lang - The language; where not given, that of the nearest element around that has one.
 *
 * @slot - The fallback: what is shown until the estimator is there, without JavaScript, and where WebAssembly is refused.
 *
 * @csspart layout - Everything, as a grid: totals, sliders, controls, receipt.
 * @csspart disabled - With `layout`: nothing can be entered.
 * @csspart total - The totals, and what they are.
 * @csspart pending - With `total`: another card is loaded, and the last estimate is shown.
 * @csspart stale - With `total`: what is entered cannot be priced, and the last estimate is shown.
 * @csspart state - What it is, or what is wrong.
 * @csspart figures - The totals side by side.
 * @csspart figure - One total; with `balance-` and the balance's id, such as `balance-credits`.
 * @csspart zero - With `figure`: it is 0.
 * @csspart long - With `figure`: it has many digits.
 * @csspart figure-value - Its amount.
 * @csspart figure-whole - The amount before the decimal point.
 * @csspart figure-fraction - The decimal point and what follows.
 * @csspart figure-unit - The balance's name.
 * @csspart rails - The sliders.
 * @csspart controls - The other controls.
 * @csspart control - One control and what is wrong with it.
 * @csspart left-out - With `control`: it is not asked for.
 * @csspart control-inner - What slides in and out.
 * @csspart field - A control with its label.
 * @csspart field-row - A label and a control in one row.
 * @csspart label - What an input is called.
 * @csspart error - What is wrong with its value.
 * @csspart segments - The options of a choice.
 * @csspart by-key - With `segments`: chosen by keyboard.
 * @csspart segment - One option.
 * @csspart radio - Its radio button, which covers it unseen.
 * @csspart segment-label - Its name.
 * @csspart checked - With `segment-label` or `switch`: it is chosen, it is on.
 * @csspart switch - On or off.
 * @csspart stepper - A number between − and +.
 * @csspart button - Every button.
 * @csspart step - With `button`: −, + and ×.
 * @csspart text-button - With `button`: one of words alone.
 * @csspart leave - With `button`: leaves a duration out, and puts it back.
 * @csspart entry - Every field.
 * @csspart invalid - With `entry`: its value is refused. With `state`: it says what is wrong.
 * @csspart count - With `entry`: a number.
 * @csspart counter - With `field`: a number with its slider.
 * @csspart item - With `entry`: one of a list.
 * @csspart time - With `entry`: the exact duration, at the thumb.
 * @csspart list - The entries of a list.
 * @csspart list-row - One of them.
 * @csspart rail - A slider with everything around it.
 * @csspart empty - With `rail`: its duration is left out.
 * @csspart rail-head - What stands above it.
 * @csspart rail-body - The slider, its scale and its curve.
 * @csspart track - The slider's track.
 * @csspart track-walked - The track up to the thumb.
 * @csspart edges - The ticks.
 * @csspart edge - A tick, where the price takes another course.
 * @csspart slider - The native range input.
 * @csspart readout - The scale and the field.
 * @csspart scale - The labels under the track.
 * @csspart scale-label - One of them.
 * @csspart minor - With `scale-label`: it leaves on small screens.
 * @csspart covered - With `scale-label`: the field covers it.
 * @csspart hints - The place of the hint.
 * @csspart hint - With `button`: what a little more or less would change.
 * @csspart chart - The curves over the track.
 * @csspart band - The curve of one balance, with `balance-` and its id.
 * @csspart band-ahead - The picture of the whole curve.
 * @csspart band-walked - The picture up to the thumb.
 * @csspart curve - The line.
 * @csspart curve-walked - With `curve`: up to the thumb.
 * @csspart curve-area - What is under it.
 * @csspart band-lines - The lines of equal price.
 * @csspart band-line - One of them.
 * @csspart band-label - Its price.
 * @csspart band-end - The price at the end.
 * @csspart below - With `band-end`: under the curve.
 * @csspart dot - The current price.
 * @csspart hairline - From the thumb to the dot.
 * @csspart receipt - The lines behind the totals, their source and what was assumed.
 * @csspart tables - The tables.
 * @csspart table - The lines of one balance, with `balance-` and its id.
 * @csspart caption - The balance's name.
 * @csspart line - One charge.
 * @csspart appears - With `line`: it was not there before.
 * @csspart line-label - Its name.
 * @csspart opener - With `button`: opens a line.
 * @csspart quantity - The billed quantity.
 * @csspart rate - The price of a unit.
 * @csspart amount - What it comes to.
 * @csspart details - The row below, how it comes about.
 * @csspart derivation - The words of it.
 * @csspart sum - The total.
 * @csspart nothing - Instead of tables, where nothing is priced yet.
 * @csspart source - Where the prices come from.
 * @csspart source-link - The link there.
 * @csspart notes - What was assumed.
 * @csspart notes-title - Its heading.
 * @csspart notes-list - The notes.
 * @csspart note - One of them.
 * @csspart because - Its reason.
 * @csspart notice - Instead of all this: it loads, or there is no card or no engine.
 * @csspart retry - With `button`: loads the card again.
 * @csspart reason - Why it did not load.
 * @csspart more - What `budget`, `compare` and `quantity` ask for.
 * @csspart more-title - A heading in it.
 * @csspart budget - What a balance buys.
 * @csspart verdict - Whether it suffices.
 * @csspart short - With `verdict`: it does not.
 * @csspart most - The most that it buys.
 * @csspart several - What several come to.
 * @csspart together - Their totals.
 * @csspart compare - The choices side by side.
 * @csspart comparison - Their tables.
 * @csspart chosen - With `line`: the choice that is made.
 *
 * @cssprop [--credit-estimator-ink=currentColor] - Text.
 * @cssprop [--credit-estimator-ink-soft=78 % of the ink] - Text that matters less.
 * @cssprop [--credit-estimator-edge=58 % of the ink] - Borders and tracks.
 * @cssprop [--credit-estimator-rule=16 % of the ink] - Rules between lines.
 * @cssprop [--credit-estimator-wash=7 % of the ink] - Behind controls.
 * @cssprop [--credit-estimator-paper=transparent] - The background; solid where the total sticks.
 * @cssprop [--credit-estimator-accent=the ink, bluish] - The first balance, the slider and its curve.
 * @cssprop [--credit-estimator-accent-2=the ink, reddish] - The second balance.
 * @cssprop [--credit-estimator-alarm=the ink, red] - What is wrong.
 * @cssprop [--credit-estimator-selected=transparent] - Behind a chosen option.
 * @cssprop [--credit-estimator-on-selected=currentColor] - A chosen option.
 * @cssprop [--credit-estimator-selected-border=2px] - The border of a chosen option.
 * @cssprop [--credit-estimator-focus=the accent] - The focus ring.
 * @cssprop [--credit-estimator-weight-strong=600] - The weight of labels and totals.
 * @cssprop [--credit-estimator-small=0.8125em] - The size of small print.
 * @cssprop [--credit-estimator-figure-size=clamp(3.5rem, 8cqi, 5.5rem)] - The size of the first total.
 * @cssprop [--credit-estimator-figure-2-size=clamp(2.25rem, 4cqi, 3rem)] - The size of the others.
 * @cssprop [--credit-estimator-radius=6px] - Corners.
 * @cssprop [--credit-estimator-gap=32px] - Between the parts.
 * @cssprop [--credit-estimator-columns-gap=64px] - Between the columns.
 * @cssprop [--credit-estimator-chart-height=clamp(144px, 24cqi, 240px)] - The height of the curves.
 *
 * @fires {Event} input - An entry changed.
 * @fires {Event} change - An entry is complete.
 * @fires {CustomEvent<EstimateDetail>} estimate - There is another estimate.
 * @fires {CustomEvent<ErrorDetail>} error - There is no card, no engine, or an attribute says what the card does not take.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: only inherited methods, with the types of its events
export class CreditEstimatorElement extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes = ["card", "value", "lang", "name", ...EXTRAS];

  readonly #internals = this.attachInternals?.();
  readonly #observer = globalThis.MutationObserver && new MutationObserver(() => this.#start());
  #slot!: HTMLSlotElement;
  #notice!: HTMLElement;
  #source: CardSource | undefined;
  #ownWords: Partial<Words> = {};
  #ready: Ready | undefined;
  #isDisabled = false;
  /** The form that is served by events, where the browser associates no elements with forms. */
  #served: ServedForm | undefined;
  /** Counts what was started, so that what comes too late is told from what is wanted. */
  #turn = 0;

  #card: RateCard | undefined;
  #view: View | undefined;
  /** A state that waits for its card. */
  #wanted: string | Usage | undefined;
  #entries: Entries = {};
  /** The usage and the estimate of the last entries that could be priced. */
  #usage: Usage = {};
  #estimate: Estimate | undefined;
  #refusals: readonly Refusal[] = [];
  #notTaken: readonly Refusal[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#dress();
    this.#slot = element("slot");
    this.#notice = element("div", { part: "notice", hidden: true });
    root.append(this.#slot, this.#notice);
    // What happens to the controls inside is told by events of the element's own.
    root.addEventListener("input", (event) => event.stopPropagation());
    root.addEventListener("change", (event) => {
      event.stopPropagation();
      this.dispatchEvent(new Event("change", { bubbles: true }));
    });
    // A browser that reports what is wrong with a form needs something that takes the focus.
    this.addEventListener("invalid", () => {
      this.tabIndex = -1;
      setTimeout(() => {
        const isFocused = this.matches(":focus");
        // Chromium takes the focus from what is inside with it
        const inner = root.activeElement as HTMLElement | null;
        this.removeAttribute("tabindex");
        if (isFocused) (inner ?? this).focus();
      });
    });
    // What comes from nothing inside comes from a label.
    this.addEventListener("click", (event) => {
      if (event.composedPath()[0] === this) this.focus();
    });
  }

  connectedCallback(): void {
    let root: Node;
    // What a framework set before the class was known hides its setters.
    for (const [property, value] of Object.entries(this)) {
      if (!(property in CreditEstimatorElement.prototype)) continue;
      delete this[property as keyof this];
      Object.assign(this, { [property]: value });
    }
    // what is around may be in shadow trees, which are observed each by itself
    for (let node: Node | undefined = this; node; node = (root as ShadowRoot).host) {
      root = node.getRootNode();
      this.#observer?.observe(root, { attributeFilter: ["lang"], subtree: true });
    }
    this.#start();
    if (this.#internals) return;
    import("./more/more.js").then(({ serveForm }) => {
      if (this.isConnected) this.#served ??= serveForm(this);
    });
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#turn++;
    this.#served?.end();
    this.#served = undefined;
  }

  adoptedCallback(): void {
    this.#dress();
  }

  attributeChangedCallback(attribute: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (attribute === "value") this.value = now ?? "";
    else if (EXTRAS.includes(attribute)) {
      this.#draw();
      this.#start();
    } else if (attribute === "card") {
      this.#source = undefined;
      this.reload();
    } else if (this.isConnected) this.#start();
  }

  formResetCallback(): void {
    this.reset();
  }

  formStateRestoreCallback(state: string): void {
    this.value = state;
  }

  formDisabledCallback(disabled: boolean): void {
    this.#isDisabled = disabled;
    if (!this.#view) return;
    setAttribute(this.#view.element, "inert", disabled);
    setState(this.#view.element, "disabled", disabled);
  }

  /**
   * The rate card, once it is there. Takes a `RateCard`, its document, JSON text, a URL or `"invideo-v4"`, and goes
   * before the attribute.
   */
  get card(): RateCard | undefined {
    return this.#card;
  }

  set card(source: CardSource | undefined) {
    this.#source = source ?? undefined;
    this.reload();
  }

  /**
   * The state as one string, which is also what a form sends and what a link can hold: the values of the last estimate,
   * `media=generative&model=ultra&actor=none&duration=210`. Set, it replaces every entry: what it does not name starts as
   * the card says; what it names without a value is left out; what the card does not take is shown, and told by an
   * `error` event.
   */
  get value(): string {
    if (!this.#card) return typeof this.#wanted === "string" ? this.#wanted : (this.getAttribute("value") ?? "");
    return writeState(this.#card.inputs, this.#usage, this.#estimate?.ignored ?? []);
  }

  set value(text: string) {
    // a framework may set what it was just told, while someone types
    if (this.#card && text === this.value) return;
    this.#set(text ?? "");
  }

  /** The state at the start and after a reset: the attribute `value`. */
  get defaultValue(): string {
    return this.getAttribute("value") ?? "";
  }

  set defaultValue(text: string) {
    this.setAttribute("value", text);
  }

  /** The values of the last estimate, as `RateCard.estimate` takes them. Set, it replaces every entry. */
  get usage(): Usage {
    return this.#usage;
  }

  set usage(usage: Usage) {
    this.#set({ ...usage });
  }

  /** The last estimate; while something cannot be priced, the one before. */
  get estimate(): Estimate | undefined {
    return this.#estimate;
  }

  /** Words instead of the element's own and the card's; what is not given stays as it is. */
  get words(): Partial<Words> {
    return this.#ownWords;
  }

  set words(words: Partial<Words> | undefined) {
    this.#ownWords = words ?? {};
    this.#draw();
  }

  /** The name of the value in a form. */
  get name(): string {
    return this.getAttribute("name") ?? "";
  }

  set name(name: string) {
    this.setAttribute("name", name);
  }

  /** Whether nothing can be entered, and a form does not send the value. */
  get disabled(): boolean {
    return this.hasAttribute("disabled");
  }

  set disabled(disabled: boolean) {
    this.toggleAttribute("disabled", disabled);
  }

  /** Whether the price is drawn over every duration. */
  get chart(): boolean {
    return this.hasAttribute("chart");
  }

  set chart(chart: boolean) {
    this.toggleAttribute("chart", chart);
  }

  /** The form that it is a control of. */
  /** What there is to spend: `100` of the first balance, or of several: `credits=100&videoMinutes=20`. */
  get budget(): string | null {
    return this.getAttribute("budget");
  }

  set budget(budget: string | number | null | undefined) {
    this.#reflect("budget", budget);
  }

  /** Whether all choices are compared. */
  get compare(): boolean {
    return this.hasAttribute("compare");
  }

  set compare(compare: boolean) {
    this.toggleAttribute("compare", compare);
  }

  /** How many are made in a month, at first. */
  get quantity(): string | null {
    return this.getAttribute("quantity");
  }

  set quantity(quantity: string | number | null | undefined) {
    this.#reflect("quantity", quantity);
  }

  /** The form that it is a control of. */
  get form(): HTMLFormElement | null {
    return this.#internals?.form ?? this.#served?.form ?? null;
  }

  /** The labels that name it. */
  get labels(): NodeList | undefined {
    return this.#internals?.labels;
  }

  /** What is wrong with the entries, as of any control of a form. */
  get validity(): ValidityState | undefined {
    return this.#internals?.validity;
  }

  /** What is wrong with the entries, in the reader's language; empty where nothing is. */
  get validationMessage(): string {
    return this.#internals?.validationMessage ?? "";
  }

  /** Whether a form asks it if everything could be priced. */
  get willValidate(): boolean {
    return this.#internals?.willValidate ?? false;
  }

  /** Whether everything entered could be priced. */
  checkValidity(): boolean {
    return this.#internals?.checkValidity() ?? this.#refusals.length === 0;
  }

  /** The same, and what is wrong is shown at its control. */
  reportValidity(): boolean {
    return this.#internals?.reportValidity() ?? this.#refusals.length === 0;
  }

  /** Goes back to the attribute `value`. */
  reset(): void {
    this.#set(this.defaultValue);
  }

  /** Loads the card again, as the button does that is shown where it could not be loaded. */
  reload(): void {
    this.#ready = undefined;
    this.#start();
  }

  /** Puts the focus on the first control, or on the first that cannot be priced. */
  override focus(options?: FocusOptions): void {
    this.#view?.fieldOf(this.#refusals[0]?.input)?.focus(options);
  }

  #dress(): void {
    const { shadowRoot, nonce } = this;
    for (const text of [css, extras.chart?.css, extras.more?.css])
      if (shadowRoot && text) dress(shadowRoot, nonce, text);
  }

  #set(wanted: string | Usage): void {
    this.#wanted = wanted;
    this.#take();
  }

  #reflect(attribute: string, value: string | number | null | undefined): void {
    if (value === null || value === undefined) this.removeAttribute(attribute);
    else this.setAttribute(attribute, String(value));
  }

  #asksMore(): boolean {
    return MORE.some((name) => this.hasAttribute(name));
  }

  /** Gets what the element is drawn with: its card, and the words of its language. */
  #start(): void {
    if (!this.isConnected) return;
    const language = languageOf(this);
    const ready = this.#ready;
    const more = this.#asksMore();
    const isComplete = (!this.chart || extras.chart) && (!more || extras.more);
    if (ready && ready.language === language && isComplete) return;
    const turn = ++this.#turn;
    const show = (card: RateCard, words: Words) => {
      if (turn === this.#turn) this.#show({ card, words, language });
    };
    const fail = (error: Error) => {
      if (turn === this.#turn) this.#fail(error);
    };
    try {
      const source = this.#source || this.getAttribute("card") || BUILT_IN;
      const card = ready?.card ?? getCard(source, this.baseURI);
      const words = wordsFor(language);
      if (isComplete && !("then" in card) && !("then" in words)) {
        show(card, words);
        return;
      }
      if (this.#view) this.#render();
      else this.#tell("loading");
      Promise.all([card, words, isComplete || loadExtras(this.chart, more)])
        .then(([some, others]) => show(some, others))
        .catch(fail);
    } catch (error) {
      fail(error as Error);
    }
  }

  #show(ready: Ready): void {
    const { card } = ready;
    const before = this.#card;
    if (before !== card) {
      // a newer edition of the same card takes over what was entered
      this.#wanted ??= before?.id === card.id ? this.value : this.defaultValue;
      this.#estimate = undefined;
    }
    this.#ready = ready;
    this.#card = card;
    this.#slot.hidden = true;
    this.#notice.hidden = true;
    this.#draw();
    this.#take();
  }

  #fail(error: Error): void {
    const isOfCard =
      error instanceof CreditEstimatorError ? error.code !== "wasm_refused" : error instanceof LoadingError;
    const of = isOfCard ? "card" : "engine";
    this.#view?.end();
    this.#view?.element.remove();
    this.#view = this.#card = this.#ready = this.#estimate = undefined;
    this.#slot.hidden = false;
    this.#tell(of === "card" ? "failed" : "refused", error);
    this.#sayError(of, error);
  }

  /** Says what goes on where nothing can be entered yet. A fallback says it better, unless there is something to do. */
  #tell(word: "loading" | "failed" | "refused", error?: Error): void {
    const format = formatFor(languageOf(this));
    const say = (some: Word) => fillIn(this.#ownWords[some] ?? this.#ready?.words[some] ?? en[some], {}, format.plural);
    const nodes: HTMLElement[] = [element("p", {}, say(word))];
    if (word === "failed") {
      const retry = element("button", { type: "button", part: "button retry" }, say("retry"));
      retry.addEventListener("click", () => this.reload());
      nodes.push(retry);
    }
    if (error) nodes.push(element("p", { part: "reason" }, error.message));
    this.#notice.replaceChildren(...nodes);
    setAttribute(this.#notice, "role", error && "alert");
    this.#notice.hidden = word !== "failed" && hasFallback(this);
  }

  /** Draws everything anew: with another card, in another language, with other features. */
  #draw(): void {
    const root = this.shadowRoot;
    if (!this.#ready || !root) return;
    const { card, words, language } = this.#ready;
    const { chart, more } = extras;
    this.#dress();
    const context = createContext(card, language, words, this.#ownWords, {
      change: (input, value) => this.#enter(input, value),
      commit: () => this.dispatchEvent(new Event("change", { bubbles: true })),
    });
    const view = createView(context, {
      createChart: this.chart ? chart?.createChart : undefined,
      createMore: more && this.#asksMore() ? (some) => more.createMore(some, this) : undefined,
    });
    this.#view?.end();
    if (this.#view) this.#view.element.replaceWith(view.element);
    else root.append(view.element);
    this.#view = view;
    this.formDisabledCallback(this.#isDisabled);
    // what waits is shown once it is taken, and not announced as a change
    if (this.#wanted === undefined) this.#render();
  }

  /** Takes the state that was set. */
  #take(): void {
    const card = this.#card;
    const wanted = this.#wanted;
    if (!card || wanted === undefined) return;
    this.#wanted = undefined;
    const { entries, refusals } = readState(card, wanted);
    this.#entries = entries;
    this.#notTaken = refusals;
    this.#price();
    const [first, ...others] = refusals;
    if (first) this.#sayError("value", new CreditEstimatorError([first, ...others]));
  }

  /** Takes what was entered. */
  #enter(input: string, value: Value | undefined): void {
    this.#entries = { ...this.#entries, [input]: value };
    this.#notTaken = [];
    this.#price(() => this.dispatchEvent(new Event("input", { bubbles: true, composed: true })));
  }

  #price(tell?: () => void): void {
    const card = this.#card;
    if (!card) return;
    const { estimate, refusals } = price(card, this.#entries);
    this.#refusals = refusals;
    const before = this.#estimate && this.value;
    if (estimate) {
      this.#estimate = estimate;
      this.#usage = givenUsage(this.#entries);
    }
    const { value } = this;
    this.#render();
    this.#internals?.setFormValue(value);
    tell?.();
    if (!this.#estimate || value === before) return;
    const detail: EstimateDetail = { estimate: this.#estimate, usage: this.#usage, value, card };
    this.dispatchEvent(new CustomEvent("estimate", { detail, bubbles: true, composed: true }));
  }

  #render(): void {
    const view = this.#view;
    if (!view) return;
    const [refusal] = this.#refusals;
    view.update({
      entries: this.#entries,
      estimate: this.#estimate,
      refusals: this.#refusals,
      notTaken: this.#notTaken,
      isLoading: !this.#ready,
    });
    const field = view.fieldOf(refusal?.input);
    if (refusal) this.#internals?.setValidity({ customError: true }, refusal.message, field);
    else this.#internals?.setValidity({});
  }

  #sayError(of: ErrorDetail["of"], error: Error): void {
    this.dispatchEvent(new CustomEvent<ErrorDetail>("error", { detail: { of, error } }));
  }
}

/** The language of the nearest element around that says one. */
function languageOf(start: Node): string {
  for (let node: Node | null = start; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null) {
    const language = node instanceof Element && node.getAttribute("lang");
    if (language) return language;
  }
  return "en";
}

/** Whether a page has something of its own to show where there is no estimator. */
const hasFallback = (host: Node) =>
  [...host.childNodes].some((node) =>
    node instanceof Element ? node.localName !== "noscript" : node instanceof Text && /\S/.test(node.data),
  );

export interface CreditEstimatorElement {
  addEventListener<Type extends keyof CreditEstimatorEventMap>(
    type: Type,
    listener: (this: CreditEstimatorElement, event: CreditEstimatorEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (this: CreditEstimatorElement, event: HTMLElementEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "credit-estimator": CreditEstimatorElement;
  }
}
