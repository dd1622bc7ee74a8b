import {
  type ChoiceInput,
  CreditEstimatorError,
  type Estimate,
  type Input,
  type Problem,
  type RateCard,
  type Usage,
} from "../../index.js";
import { type Context, ERROR } from "../context.js";
import { stepButton } from "../controls/step-button.js";
import { element, entry, setAttribute, setInvalid, setState, setText } from "../dom.js";
import type { ErrorDetail } from "../events.js";
import { fillIn } from "../words.js";
import { en, type MoreWords } from "./words.js";

export { serveForm } from "./form.js";
export { default as css } from "./more.css";

/** What a page asks for, as its attributes say: `budget="100"`, `budget="credits=100&videoMinutes=20"`, `quantity="10"`. */
export interface Asked extends EventTarget {
  readonly budget: string | null;
  readonly compare: boolean;
  readonly quantity: string | null;
}

/** A section that says more about an estimate. */
interface Section {
  readonly element: HTMLElement;
  update(usage: Usage, estimate: Estimate): void;
}

const MOST = 10_000;
const TIMES: Input = { id: "times", kind: "number", label: "", min: 0, max: MOST, step: 1 };
const LARGEST = 100_000_000;
/** What a page was told of its attributes. */
const told = new WeakMap<Asked, ReadonlySet<string>>();

/** What is there only where a page asks for it, below everything else. */
export function createMore(context: Context, asked: Asked): Section {
  const { budget, compare, quantity } = asked;
  const words: MoreWords = { ...en, ...context.extras };
  const say = (word: keyof MoreWords, values: Readonly<Record<string, string | number>> = {}) =>
    fillIn(words[word], values, context.format.plural);
  const { labelOf, unitOf } = context;

  const sections: Section[] = [];
  if (budget !== null) sections.push(createBudget(budget));
  if (quantity !== null) sections.push(createQuantity(quantity));
  if (compare) sections.push(createComparison());
  const node = element("div", { part: "more" }, ...sections.map((section) => section.element));
  // What is asked here is no part of the state.
  for (const type of ["input", "change"]) node.addEventListener(type, (event) => event.stopPropagation());
  return {
    element: node,
    update(usage, estimate) {
      for (const section of sections) section.update(usage, estimate);
    },
  };

  function section(part: string, title: string, ...children: HTMLElement[]): HTMLElement {
    return element("section", { part }, element("h2", { part: "more-title" }, title), ...children);
  }

  function field(id: string, label: string, value: string, max: number, change: () => void) {
    const input = entry({
      id,
      part: "entry count",
      type: "number",
      inputmode: "decimal",
      min: 0,
      max,
      step: "any",
      value,
      "aria-describedby": ERROR + id,
    });
    input.addEventListener("input", change);
    return { input, label: element("label", { part: "label", for: id }, label) };
  }

  /** Shows what an attribute says that is not taken, and tells the page once. */
  function refuse(of: "budget" | "quantity", problems: readonly Problem[], node: HTMLElement, limits?: Input): void {
    const [first, ...others] = problems;
    if (!first) return;
    const words = problems.map((problem) => context.tell(problem, limits));
    setText(node, context.say("notTaken", { problems: context.format.all(words) }));
    const given = `${of}=${asked[of]}`;
    if (told.get(asked)?.has(given)) return;
    told.set(asked, new Set(told.get(asked)).add(given));
    const detail: ErrorDetail = { of, error: new CreditEstimatorError([first, ...others]) };
    asked.dispatchEvent(new CustomEvent("error", { detail }));
  }

  /** What there is of each balance, what that is enough for, and how much more. */
  function createBudget(given: string): Section {
    const ids = Object.keys(context.card.balances);
    const named = new URLSearchParams(/=/.test(given) ? given : { [ids[0] ?? ""]: given.trim() });
    const notTaken: Problem[] = [];
    for (const id of new Set(named.keys())) {
      const problem = problemOf(id, named.getAll(id).join("&"));
      if (problem) notTaken.push(problem);
    }
    const error = element("p", { part: "error", id: `${ERROR}budget` });
    const balances = ids.map((id) => {
      const value = notTaken.some(({ path }) => path === id) ? "" : (named.get(id) ?? "");
      const { input, label } = field(`budget-${id}`, say("have", { balance: unitOf(id) }), value, LARGEST, () => {
        setText(error, "");
        again();
      });
      setAttribute(input, "aria-describedby", error.id);
      return { id, input, row: element("div", { part: "field field-row" }, label, input) };
    });
    const verdict = element("p", { part: "verdict" });
    const most = element("ul", { part: "most" });
    let shown: Usage | undefined;
    refuse("budget", notTaken, error);
    return {
      element: section("budget", say("budget"), ...balances.map(({ row }) => row), error, verdict, most),
      update(usage) {
        shown = usage;
        again();
      },
    };

    function again(): void {
      const within: Record<string, string> = {};
      for (const { id, input } of balances) {
        const problem = problemOf(id, input.validity.badInput ? "?" : input.value);
        setInvalid(input, problem !== undefined);
        if (problem) setText(error, `${unitOf(id)}: ${context.tell(problem)}`);
        else if (input.value !== "") within[id] = input.value;
      }
      if (!shown || Object.keys(within).length === 0) {
        setText(verdict, "");
        most.replaceChildren();
        return;
      }
      const check = context.card.check(shown, { balances: within });
      const isShort = check.verdict === "block";
      setState(verdict, "short", isShort);
      const amounts = context.format.all(context.sums(isShort ? check.shortfall : check.remaining));
      setText(verdict, say(isShort ? "short" : "enough", { amounts }));
      most.replaceChildren(...context.card.inputs.flatMap((input) => mostOf(input, shown ?? {}, within)));
    }

    /** What the engine says of an amount of a balance; its path is the balance alone. */
    function problemOf(id: string, amount: string): Problem | undefined {
      if (amount === "" && ids.includes(id)) return undefined;
      try {
        context.card.check({}, { balances: { [id]: amount } });
      } catch (error) {
        const problem = (error as CreditEstimatorError).problems.find(({ path }) => path === `balances.${id}`);
        // what a duration looks like does not help here
        const code = problem?.code === "invalid_value" ? "not_finite" : problem?.code;
        return problem && code && { ...problem, code, path: id };
      }
      return undefined;
    }

    function mostOf(input: Input, usage: Usage, within: Readonly<Record<string, string>>): HTMLElement[] {
      if (input.kind !== "duration" || input.maxItems !== undefined) return [];
      try {
        const { value } = context.card.fit(usage, { vary: input.id, within, step: Math.max(input.step, 1) });
        const text =
          value === undefined
            ? say("nothingFits", { input: labelOf(input) })
            : say("most", { input: labelOf(input), value: context.format.spokenDuration(value) });
        return [element("li", {}, text)];
      } catch {
        return [];
      }
    }
  }

  /** So many of the same: each is rounded by itself, as it would be billed. */
  function createQuantity(given: string): Section {
    const error = element("p", { part: "error", id: `${ERROR}quantity` });
    const multiply = multiplier(context.card);
    const problems = multiply({}, given || "1").problems;
    const times = field("quantity", say("perMonth"), problems ? "" : given || "1", MOST, again);
    setAttribute(times.input, "step", 1);
    const list = element("dl", { part: "together" });
    let shown: Estimate | undefined;
    refuse("quantity", problems ?? [], error, TIMES);
    const step = (sign: string, up: boolean) =>
      stepButton(
        sign,
        context.say("of", { action: context.say(up ? "more" : "less"), label: say("perMonth") }),
        () => {
          if (up) times.input.stepUp();
          else times.input.stepDown();
          again();
        },
        () => {},
      );
    return {
      element: section(
        "several",
        say("quantity"),
        element(
          "div",
          { part: "field field-row" },
          times.label,
          element("div", { part: "stepper" }, step("−", false), times.input, step("+", true)),
        ),
        error,
        list,
      ),
      update(_, estimate) {
        shown = estimate;
        again();
      },
    };

    function again(event?: Event): void {
      const { value, validity } = times.input;
      const { totals, problems } = multiply(shown?.totals ?? {}, validity.badInput ? "?" : value || "0");
      setInvalid(times.input, problems !== undefined);
      const [problem] = problems ?? [];
      if (problem || event) setText(error, problem ? context.tell(problem, TIMES) : "");
      list.replaceChildren();
      if (!totals || !shown || value === "") return;
      const sums = Object.keys(context.card.balances).map((id, index) =>
        element(
          "dd",
          { part: `balance-${id}`, "data-balance": index + 1 },
          context.sums({ [id]: totals[id] ?? 0 }).join(),
        ),
      );
      list.append(element("dt", {}, say("together")), ...sums);
    }
  }

  /** What every other choice would come to, all else as it is; a press chooses it. */
  function createComparison(): Section {
    const choices = context.card.inputs.filter((input): input is ChoiceInput => input.kind === "choice");
    const balances = Object.entries(context.card.balances);
    const heads = balances.map(([id]) => element("th", { scope: "col", part: "amount" }, unitOf(id)));
    const body = element("div", { part: "comparison" });
    return {
      element: section("compare", say("compare"), body),
      update(usage, { ignored }) {
        const tables = choices.filter(({ id }) => !ignored.includes(id)).map((input) => tableOf(input, usage));
        body.replaceChildren(...tables);
      },
    };

    function tableOf(input: ChoiceInput, usage: Usage): HTMLElement {
      return element(
        "table",
        { part: "table" },
        element("caption", { part: "label" }, labelOf(input)),
        element("thead", {}, element("tr", {}, element("td"), ...heads.map((head) => head.cloneNode(true)))),
        element("tbody", {}, ...input.options.map((option) => rowOf(input, option, usage))),
      );
    }

    function rowOf(input: ChoiceInput, { id, label }: ChoiceInput["options"][number], usage: Usage): HTMLElement {
      const isChosen = (usage[input.id] ?? input.default) === id;
      const totals = totalsOf({ ...usage, [input.id]: id });
      const name = context.name(`inputs.${input.id}.${id}`, label);
      const button = element("button", { type: "button", part: "button opener" }, name);
      button.addEventListener("click", () => {
        context.change(input.id, id);
        context.commit();
      });
      return element(
        "tr",
        { part: isChosen ? "line chosen" : "line" },
        element("th", { scope: "row", part: "line-label" }, ...(isChosen ? [`${name} (${say("chosen")})`] : [button])),
        ...balances.map(([balance, format], index) => {
          const amount = totals?.[balance];
          const text =
            amount === undefined ? (index === 0 ? say("notOffered") : "") : context.format.amount(amount, format);
          return element("td", { part: "amount" }, text);
        }),
      );
    }

    function totalsOf(usage: Usage) {
      try {
        return context.card.estimate(usage).totals;
      } catch {
        return undefined;
      }
    }
  }
}

/** Multiplies totals as the engine does it, exactly: through a card that charges each of them so many times. */
function multiplier(card: RateCard) {
  const balances = Object.keys(card.balances);
  const product = new (card.constructor as typeof RateCard)({
    id: "product",
    balances: Object.fromEntries(balances.map((id) => [id, { decimals: card.balances[id]?.decimals ?? 0 }])),
    inputs: [
      { id: "times", kind: "number", max: MOST },
      ...balances.map((id, index) => ({
        id: `total${index}`,
        kind: "number",
        max: LARGEST,
        step: `1/${10 ** (card.balances[id]?.decimals ?? 0)}`,
      })),
    ],
    charges: balances.map((id, index) => ({
      id,
      balance: id,
      quantity: { of: `total${index}` },
      price: { amount: 1 },
      times: "times",
    })),
  });
  return (totals: Readonly<Record<string, number>>, times: string) => {
    try {
      const given = Object.fromEntries(balances.map((id, index) => [`total${index}`, totals[id]]));
      const count = Number.isNaN(Number(times)) ? times : Number(times);
      return { totals: product.estimate({ times: count, ...given }).totals };
    } catch (error) {
      return { problems: (error as CreditEstimatorError).problems };
    }
  };
}
