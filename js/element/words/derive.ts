import type { ExplainedLine, ItemGroup, Step } from "../../index.js";
import type { Speaker, Words } from "../words.js";

/** The few words that a derivation needs; figures and signs are the same in every language. */
export interface Derivation {
  /** `{quantity}`, before anything is done with it. */
  readonly consumed: string;
  readonly minimum: string;
  /** Taken to `{quantity}` by steps of `{increment}`. */
  readonly up: string;
  readonly down: string;
  readonly halfUp: string;
  readonly minimumAmount: string;
  readonly maximumAmount: string;
  /** The amount was rounded to `{result}`. */
  readonly round: string;
  readonly together: string;
}

/** Says how a line comes about in the words of a language. */
export function deriveWith(words: Derivation): NonNullable<Words["derive"]> {
  return (line, speaker) => steps(line, line.steps, speaker).join("; ");

  function steps(line: ExplainedLine, all: readonly Step[], { card, format, name }: Speaker): string[] {
    const balance = card.balances[line.balance];
    const charge = card.charges.find(({ id }) => id === line.charge);
    const isTime = card.inputs.some(({ id, kind }) => id === charge?.of && kind === "duration");
    const size = (value: number) => (isTime ? format.duration(value) : format.count(value));
    const unit = balance ? name(`balances.${line.balance}`, balance.label) : "";
    const exact = (value: number) => format.count(value);
    /** An amount as its balance is written, and whether it is exactly that. */
    const comesTo = (value: number) => {
      if (!balance) return `= ${exact(value)}`;
      const isExact = Math.abs(Number(value.toFixed(balance.decimals)) - value) < 1e-9;
      return `${isExact ? "=" : "≈"} ${format.amount(value, balance)}`;
    };
    const fill = (text: string, values: Readonly<Record<string, string>>) =>
      text.replace(/\{(\w+)\}/g, (_, place) => values[place] ?? "");
    // a line starts by what is consumed, unless its price says the same
    const isPlain = (step: Step, index: number) => step.step === "consumed" && all[index + 1]?.step === "price";
    return all.filter((step, index) => !isPlain(step, index)).map(say);

    function say(step: Step): string {
      switch (step.step) {
        case "consumed":
          return fill(words.consumed, { quantity: size(step.quantity) });
        case "minimum":
          return fill(words.minimum, { quantity: size(step.quantity) });
        case "increment":
          return fill(words[step.round], { quantity: size(step.quantity), increment: size(step.increment) });
        case "price":
          return price(step);
        case "factor":
          return `× ${exact(step.factor)} ${comesTo(step.result)}`;
        case "minimumAmount":
        case "maximumAmount":
          return fill(words[step.step], { limit: `${exact(step.limit)} ${unit}` });
        case "round":
          return fill(words.round, { result: exact(step.result) });
        case "times":
          return `× ${format.count(step.times)} ${comesTo(step.result)}`;
        case "items":
          return [...step.groups.map(group), `${words.together} ${comesTo(step.result)} ${unit}`].join("; ");
      }
    }

    function price({ quantity, amount, per = 1, flat, adds }: Step & { readonly step: "price" }): string {
      const rate = per === 1 && !isTime ? "" : ` / ${size(per)}`;
      const terms = [];
      if (flat) terms.push(exact(flat));
      if (amount !== undefined) terms.push(`${size(quantity)} × ${exact(amount)}${rate}`);
      return `${terms.join(" + ")} ${comesTo(adds)} ${unit}`;
    }

    function group({ count, item, steps: own }: ItemGroup): string {
      return `${format.count(count)} × (${[size(item), ...steps(line, own, { card, format, name })].join("; ")})`;
    }
  }
}
