import type { Amounts, CardTypes, GivenAmounts, NumericInputId, SomeAmounts } from "./card-types.js";
import { CreditEstimatorError, failure } from "./error.js";
import type { Fit, FitOptions } from "./fit.js";
import { isPlain } from "./plain.js";
import type { Balance, CardName, Usage, Value } from "./types.js";

/** The least and the most, by balance. */
export type Ranges<T extends CardTypes = CardTypes> = {
  readonly [Balance in T["balance"]]: {
    /** The least. */
    readonly from: number;
    /** The most. */
    readonly to: number;
  };
};

/** A value that is not known yet: somewhere from `from` to `to`, both included; without them from the input's least to its most. */
export interface Range {
  /** The least it may be; seconds or `"3:30"` for a duration. */
  readonly from?: number | string | undefined;
  /** The most it may be; seconds or `"3:30"` for a duration. */
  readonly to?: number | string | undefined;
}

/** A usage of which one number or duration may still be a range. */
export type Pending<T extends CardTypes = CardTypes> = [keyof T["usage"]] extends [never]
  ? { readonly [input: string]: Value | Range | undefined }
  : { readonly [I in keyof T["usage"]]: number extends T["usage"][I] ? T["usage"][I] | Range : T["usage"][I] };

/** What a session takes as a usage: what the card takes where that is known, otherwise any object of values. */
export type PendingArgument<T extends CardTypes, U> = [keyof T["usage"]] extends [never]
  ? { readonly [I in keyof U]: Value | Range | undefined }
  : Pending<T>;

/** What may be spent, and when to warn or block. */
export interface SessionOptions<T extends CardTypes = CardTypes> {
  /** What is there to spend, by balance: at least 0. */
  readonly balances?: GivenAmounts<T> | undefined;
  /** Limits besides the balances. */
  readonly guardrails?: readonly Guardrail<T>[] | undefined;
  /** How many steps back `undo` reaches: 10,000 where not given. */
  readonly history?: number | undefined;
}

/** A limit of one's own: more than `warn` warns, more than `block` blocks. */
export interface Guardrail<T extends CardTypes = CardTypes> {
  /** The balance that it limits. */
  readonly balance: T["balance"];
  /** The session's total, what the last step added to it, or the total as a share of the given balance, 0 to 1. */
  readonly of: "total" | "added" | "share";
  /** The most that passes without a warning. */
  readonly warn?: number | string | undefined;
  /** The most that passes. */
  readonly block?: number | string | undefined;
}

/** Whether what is pending can be paid, and why not. */
export interface Verdict<T extends CardTypes = CardTypes> {
  /** The gravest of the reasons; "ok" without any. */
  readonly verdict: "ok" | "warn" | "block";
  /** Every limit that is passed over. */
  readonly reasons: readonly Reason<T>[];
  /** By how much a balance is short, where it is. */
  readonly shortfall: SomeAmounts<T>;
}

/** A limit that is passed over. */
export interface Reason<T extends CardTypes = CardTypes> {
  /** The balance itself, or what a guardrail measures. */
  readonly kind: "balance" | "total" | "added" | "share";
  /** What comes of it. */
  readonly level: "warn" | "block";
  /** The balance that it is about. */
  readonly balance: T["balance"];
  /** The most that passes. */
  readonly limit: number;
  /** What is more than that. */
  readonly amount: number;
  /** The share of the balance that the limit is. */
  readonly share?: number;
  /** One sentence, without a full stop. */
  readonly sentence: string;
}

/** What pending edits come to. */
export interface Figures<T extends CardTypes = CardTypes> {
  /** What is pending, by balance; where something is not known yet, the least that it comes to. */
  readonly totals: Amounts<T["balance"]>;
  /** The least and the most by balance, where something is not known yet. */
  readonly range: Ranges<T> | undefined;
  /** What is left of each given balance; 0 where it is short. */
  readonly remaining: SomeAmounts<T>;
  /** Whether it can be paid; worked out when it is asked for. */
  readonly verdict: Verdict<T>;
}

/** What a change would come to. */
export interface Preview<T extends CardTypes = CardTypes> extends Figures<T> {
  /** By how much each total would change. */
  readonly delta: Amounts<T["balance"]>;
}

/** A session at one moment: never changed, and the same object until something changes. */
export interface Snapshot<T extends CardTypes = CardTypes> extends Figures<T> {
  /** The number of entries. */
  readonly size: number;
  /** Whether there is a step to take back. */
  readonly canUndo: boolean;
  /** Whether there is a step that was taken back. */
  readonly canRedo: boolean;
}

/** A pending edit: a charge event of its own, rounded by itself. */
export interface Entry<T extends CardTypes = CardTypes> {
  /** Its id: the one it was added with, or one of the session's own. */
  readonly id: string;
  /** What is to be made. */
  readonly usage: Pending<T>;
  /** What it comes to; where its usage has a range, the least. */
  readonly amounts: Amounts<T["balance"]>;
  /** The least and the most by balance, where its usage has a range. */
  readonly range: Ranges<T> | undefined;
}

/** What became of some entries. */
export interface Moved<T extends CardTypes = CardTypes> {
  /** The entries concerned. */
  readonly ids: readonly string[];
  /** By how much each total changed; within a group, since the group began. */
  readonly delta: Amounts<T["balance"]>;
}

/** What was done, and how to take it back. */
export interface Change<T extends CardTypes = CardTypes> extends Moved<T> {
  /**
   * Takes it back, whatever else was done since. Answers false, and does nothing, where it was taken back already, one
   * of its entries has changed since, or it is further back than `undo` reaches.
   */
  undo(): boolean;
}

/** A change of one entry. */
export interface EntryChange<T extends CardTypes = CardTypes> extends Change<T> {
  /** The entry's id. */
  readonly id: string;
}

/** How a change is kept. */
export interface ChangeOptions {
  /** Changes in a row that name the same group, such as those of one drag, are undone together. */
  readonly group?: unknown;
}

/** How an entry is added. */
export interface AddOptions extends ChangeOptions {
  /** The id that it is to have; one of the session's own where not given. */
  readonly id?: string | undefined;
}

/** What an editor has pending: priced edits, their exact sum, and the way back. */
export interface Session<T extends CardTypes = CardTypes> extends Snapshot<T> {
  /**
   * Adds a pending edit.
   * @throws {CreditEstimatorError} Where it cannot be priced or the id is taken; nothing has changed then.
   */
  add<U>(usage: PendingArgument<T, U>, options?: AddOptions): EntryChange<T>;
  /**
   * Puts another usage in an entry's place.
   * @throws {CreditEstimatorError} Where it cannot be priced or there is no such entry; nothing has changed then.
   */
  update<U>(id: string, usage: PendingArgument<T, U>, options?: ChangeOptions): EntryChange<T>;
  /**
   * Takes an entry away.
   * @throws {CreditEstimatorError} Where there is no such entry.
   */
  remove(id: string, options?: ChangeOptions): EntryChange<T>;
  /** Takes every entry away. */
  clear(): Change<T>;
  /**
   * What `update`, or `add` where `id` is undefined, would come to. Nothing is changed.
   * @throws {CreditEstimatorError} Where it cannot be priced or there is no such entry.
   */
  preview<U>(id: string | undefined, usage: PendingArgument<T, U>): Preview<T>;
  /**
   * The most that a number or duration of an entry can be with everything else as it is: within the balances and the
   * guardrails that block. Undefined where the other entries are too much by themselves.
   * @throws {CreditEstimatorError} Where there is no such entry, or it has no such number.
   */
  fit(id: string, vary: NumericInputId<T>): Fit<T> | undefined;
  /** Takes the last step back; undefined where there is none. */
  undo(): Moved<T> | undefined;
  /** Does the step again that was taken back last; undefined where there is none. */
  redo(): Moved<T> | undefined;
  /** Every entry in the order it was added; the same list until something changes. */
  readonly entries: readonly Entry<T>[];
  /** One entry; the same object until it changes. */
  entry(id: string): Entry<T> | undefined;
  /**
   * What is there to spend has changed.
   * @throws {CreditEstimatorError} Where the balances cannot be taken; nothing has changed then.
   */
  setBalances(balances: GivenAmounts<T>): void;
  /** The session at this moment: the same object until something changes. */
  getSnapshot(): Snapshot<T>;
  /**
   * Calls `listener` after every change; answers the function that ends it.
   * @throws {CreditEstimatorError} Where it is no function.
   */
  subscribe(listener: (moved?: Moved<T>) => void): () => void;
  /** All that `restoreSession` needs. */
  toJSON(): SessionState<T>;
}

/** A session as JSON: its entries, and the card that they are for. */
export interface SessionState<T extends CardTypes = CardTypes> {
  /** The card that it is for. */
  readonly card: CardName;
  /** Its entries, in the order they were added. */
  readonly entries: readonly SessionEntry<T>[];
}

/** An entry of a session that is kept as JSON. */
export interface SessionEntry<T extends CardTypes = CardTypes> {
  /** The entry's id. */
  readonly id: string;
  /** What is to be made. */
  readonly usage: Pending<T>;
}

interface Card {
  readonly id: string;
  readonly version: string | undefined;
  readonly balances: Readonly<Record<string, Balance>>;
}

/** What the engine answers about the session's card. */
export interface Pricing {
  /** Refuses what is no object, and keys that are not known; a comma stands behind each known one. */
  knowKeys(given: unknown, known: string): void;
  /** What a usage comes to, in whole units of each balance's last decimal; undefined where it takes the way below. */
  units(usage: Usage): Units | undefined;
  /** The least of a usage that may have a range in it, then the most, in the same units. */
  spread(usage: Pending): Units;
  /** What limits leave to spend; refuses what is none. */
  room(limits: SessionOptions): Room;
  /** The most of a usage's value that fits. */
  fit(usage: Usage, question: FitOptions): Fit;
  verdict(totals: object): Verdict;
}

/** Whole units of each balance's last decimal, so that sums are exact. */
type Units = readonly number[];

/** What is there of each balance, and the most that totals and what a step adds may be; null where nothing is said. */
interface Room {
  readonly balances: readonly (number | null)[];
  readonly total: readonly (number | null)[];
  readonly added: readonly (number | null)[];
}

/** An entry, never changed: a change puts another one in its place. */
interface Kept {
  id: string;
  readonly usage: Pending;
  readonly least: Units;
  readonly most: Units;
  /** Its place in the list, kept when it is taken away and comes back. */
  readonly place: number;
  view: Entry | undefined;
}

interface Move {
  readonly id: string;
  readonly before: Kept | undefined;
  after: Kept | undefined;
}

interface Step {
  readonly group: unknown;
  readonly moves: Move[];
  /** The moves by entry, once there are many. */
  byId: Map<string, Move> | undefined;
  least: Units;
  most: Units;
  isDone: boolean;
}

const HISTORY = 10_000;
/** Sums below it have 15 digits at most, which a number shows exactly. */
const LIMIT = 1e15;

export function createSession<T extends CardTypes>(
  card: Card,
  pricing: Pricing,
  options: SessionOptions<T> = {},
  restored?: { readonly state: unknown },
): Session<T> {
  known(options, ["balances", "guardrails", "history"]);
  const { history = HISTORY } = options;
  if (history !== Number.POSITIVE_INFINITY && !(Number.isInteger(history) && history >= 0)) {
    throw failure("invalid_value", "history", "expected a whole number of steps, 0 or more");
  }
  const balances = Object.keys(card.balances);
  const scales = Object.values(card.balances).map(({ decimals }) => 10 ** decimals);
  const zero: Units = balances.map(() => 0);
  let limits: SessionOptions;
  let room: Room;
  limit(options);

  const kept = new Map<string, Kept>();
  let isInOrder = true;
  let places = 0;
  let named = 0;
  let least = zero;
  let most = zero;

  const steps: Step[] = [];
  /** The steps from `first` on can be undone, those from `done` on are undone. */
  let first = 0;
  let done = 0;
  /** What the last step added. */
  let addedLeast = zero;
  let addedMost = zero;

  const listeners = new Set<(moved?: Moved) => void>();
  let snapshot: Snapshot | undefined;
  let list: readonly Entry[] | undefined;

  const session: Session = {
    add(usage, options = {}) {
      const { id } = known(options, ["id", "group"]);
      if (id !== undefined) {
        if (typeof id !== "string" || id === "") throw failure("wrong_type", "id", "expected a text that is not empty");
        if (kept.has(id)) throw failure("duplicate", "id", `there is an entry ${JSON.stringify(id)} already`);
      }
      const entry = price(id ?? "", places + 1, usage);
      if (id === undefined) entry.id = freeId();
      places++;
      return change(undefined, entry, options);
    },
    update(id, usage, options = {}) {
      known(options, ["group"]);
      const before = find(id);
      return change(before, price(id, before.place, usage), options);
    },
    remove(id, options = {}) {
      known(options, ["group"]);
      return change(find(id), undefined, options);
    },
    clear() {
      return commit(
        sorted().map((before) => ({ id: before.id, before, after: undefined })),
        undefined,
      );
    },
    preview(id, usage) {
      const before = id === undefined ? undefined : find(id);
      const after = price("", 0, usage);
      const delta = [minus(after.least, before?.least), minus(after.most, before?.most)] as const;
      const next = [plus(least, delta[0]), plus(most, delta[1])] as const;
      return figures({ delta: amounts(delta[0]) }, next[0], next[1], delta);
    },
    fit(id, vary) {
      const entry = find(id);
      const step = done > first ? steps[done - 1] : undefined;
      const within: Record<string, number> = {};
      for (const index of zero.keys()) {
        const own = entry.least[index] as number;
        const others = (least[index] as number) - own;
        // the step that changed the entry last goes on, another one begins
        const beside = step?.moves.some((move) => move.id === id) ? (step.least[index] as number) - own : -own;
        const most = Math.min(
          (room.total[index] ?? Number.POSITIVE_INFINITY) - others,
          (room.added[index] ?? Number.POSITIVE_INFINITY) - beside,
        );
        if (most < 0) return;
        if (most !== Number.POSITIVE_INFINITY) set(within, index, most);
      }
      const { [vary]: _, ...usage } = entry.usage;
      return pricing.fit(usage as Usage, { vary, within });
    },
    undo() {
      const step = done > first ? steps[--done] : undefined;
      return step && replay(step, false);
    },
    redo() {
      const step = steps[done];
      if (step === undefined) return;
      done++;
      return replay(step, true);
    },
    get entries() {
      list ??= Object.freeze(sorted().map(view));
      return list;
    },
    entry(id) {
      const entry = kept.get(id);
      return entry && view(entry);
    },
    setBalances(balances) {
      if (balances === undefined) throw failure("wrong_type", "balances", "expected an object, found undefined");
      limit({ ...limits, balances });
      tell();
    },
    getSnapshot() {
      snapshot ??= figures(
        { size: kept.size, canUndo: done > first, canRedo: done < steps.length },
        ...([least, most, [addedLeast, addedMost]] as const),
      );
      return snapshot;
    },
    subscribe(listener) {
      if (typeof listener !== "function") throw failure("wrong_type", "listener", "expected a function");
      // one of its own, so that a function given twice is called twice and leaves twice
      const own = (moved?: Moved) => listener(moved);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    toJSON() {
      const { id, version } = card;
      return {
        card: version === undefined ? { id } : { id, version },
        entries: session.entries.map(({ id, usage }) => ({ id, usage })),
      };
    },
    get totals() {
      return session.getSnapshot().totals;
    },
    get range() {
      return session.getSnapshot().range;
    },
    get remaining() {
      return session.getSnapshot().remaining;
    },
    get verdict() {
      return session.getSnapshot().verdict;
    },
    get size() {
      return kept.size;
    },
    get canUndo() {
      return done > first;
    },
    get canRedo() {
      return done < steps.length;
    },
  };
  if (restored) restore(restored.state);
  // what the compiler knows of the card makes no difference to what is done
  return session as unknown as Session<T>;

  function limit({ balances, guardrails }: SessionOptions): void {
    const next = { ...(balances !== undefined && { balances }), ...(guardrails !== undefined && { guardrails }) };
    room = pricing.room(next);
    limits = structuredClone(next);
  }

  function price(id: string, place: number, given: unknown): Kept {
    const copied = copy(given, false);
    const isKnown = copied !== RANGE;
    const units = isKnown ? pricing.units(copied as Usage) : undefined;
    if (units) return { id, place, usage: copied, least: units, most: units, view: undefined };
    const usage = isKnown ? copied : copy(given, true);
    const ends = pricing.spread(usage);
    const least = ends.slice(0, zero.length);
    return { id, place, usage, least, most: isKnown ? least : ends.slice(zero.length), view: undefined };
  }

  function freeId(): string {
    do named++;
    while (kept.has(`${named}`));
    return `${named}`;
  }

  function find(id: string): Kept {
    const entry = kept.get(id);
    if (entry !== undefined) return entry;
    const message = typeof id === "string" ? `there is no entry ${JSON.stringify(id)}` : "an entry's id is a text";
    throw failure("unknown_entry", "id", message);
  }

  function change(before: Kept | undefined, after: Kept | undefined, { group }: ChangeOptions): EntryChange {
    const { id } = (after ?? before) as Kept;
    const step = done > first ? steps[done - 1] : undefined;
    if (step === undefined || group === undefined || step.group !== group || done < steps.length) {
      return commit([{ id, before, after }], group, id) as EntryChange;
    }
    const { least, most } = put([{ id, before, after }]);
    step.least = plus(step.least, least);
    step.most = plus(step.most, most);
    step.byId ??= new Map(step.moves.map((move) => [move.id, move]));
    const same = step.byId.get(id);
    if (same) same.after = after;
    else {
      const move = { id, before, after };
      step.moves.push(move);
      step.byId.set(id, move);
    }
    return tellOf(step, true, id) as EntryChange;
  }

  /** Makes a step of its own; what was undone cannot be done again after it. */
  function commit(moves: Move[], group: unknown, id?: string): Change {
    if (moves.length === 0) return { ids: [], delta: amounts(zero), undo: () => false };
    const { least, most } = put(moves);
    const step: Step = { group, moves, byId: undefined, least, most, isDone: true };
    steps.length = done;
    steps.push(step);
    done++;
    if (done - first > history) {
      // what is further back than undo reaches stays
      (steps[first] as Step).isDone = false;
      first++;
    }
    // dropped many at a time, since those that stay have to move
    if (first > 1000 && first > done / 2) {
      steps.splice(0, first);
      done -= first;
      first = 0;
    }
    return tellOf(step, true, id);
  }

  /** Puts every entry where it moves to, and answers what that adds; where a sum would not be exact, nothing moves. */
  function put(moves: readonly Move[]): { least: Units; most: Units } {
    let leastBy = zero;
    let mostBy = zero;
    for (const { before, after } of moves) {
      const by = minus(after?.least, before?.least);
      // most entries have no range: then one sum does for both
      const isKnown = after?.least === after?.most && before?.least === before?.most;
      const isSame = isKnown && leastBy === mostBy;
      leastBy = leastBy === zero ? by : plus(leastBy, by);
      mostBy = isSame ? leastBy : plus(mostBy, minus(after?.most, before?.most));
    }
    const nextLeast = plus(least, leastBy);
    const nextMost = least === most && leastBy === mostBy ? nextLeast : plus(most, mostBy);
    for (const units of nextMost) {
      if (units >= LIMIT) throw failure("overflow", "", "the session would come to more than can be shown exactly");
    }
    least = nextLeast;
    most = nextMost;
    for (const { before, after } of moves) place(before, after);
    return { least: leastBy, most: mostBy };
  }

  function place(before: Kept | undefined, after: Kept | undefined): void {
    if (after === undefined) {
      if (before) kept.delete(before.id);
      return;
    }
    if (before ? before.place !== after.place : after.place !== places) isInOrder = false;
    kept.set(after.id, after);
  }

  function replay(step: Step, forward: boolean): Moved {
    for (const { before, after } of step.moves) forward ? place(before, after) : place(after, before);
    const isKnown = least === most && step.least === step.most;
    least = forward ? plus(least, step.least) : minus(least, step.least);
    most = isKnown ? least : forward ? plus(most, step.most) : minus(most, step.most);
    step.isDone = forward;
    return tellOf(step, forward);
  }

  function takeBack(step: Step): boolean {
    if (!step.isDone) return false;
    if (done > first && steps[done - 1] === step) return session.undo() !== undefined;
    const moves = step.moves.filter(({ before, after }) => before !== after);
    if (!moves.every(({ id, after }) => kept.get(id) === after)) return false;
    commit(
      moves.map(({ id, before, after }) => ({ id, before: after, after: before })),
      undefined,
    );
    return true;
  }

  function tellOf(step: Step, isDone: boolean, id?: string): Change {
    const least = isDone ? step.least : minus(zero, step.least);
    const most = isDone ? step.most : minus(zero, step.most);
    addedLeast = least;
    addedMost = most;
    const ids = step.moves.length === 1 && id !== undefined ? [id] : step.moves.map(({ id }) => id);
    const delta = amounts(least);
    const undo = () => takeBack(step);
    const change = id === undefined ? { ids, delta, undo } : { id, ids, delta, undo };
    tell(change);
    return change;
  }

  function tell(moved?: Moved): void {
    snapshot = undefined;
    if (moved) list = undefined;
    for (const listener of listeners) {
      try {
        listener(moved);
      } catch (thrown) {
        // the change is made: a listener's error is told like any other of its own
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }

  function sorted(): Kept[] {
    const entries = [...kept.values()];
    if (isInOrder) return entries;
    entries.sort((one, other) => one.place - other.place);
    kept.clear();
    for (const entry of entries) kept.set(entry.id, entry);
    isInOrder = true;
    return entries;
  }

  function view(entry: Kept): Entry {
    const { id, usage, least, most } = entry;
    entry.view ??= Object.freeze({
      id,
      usage: freeze(usage),
      amounts: freeze(amounts(least)),
      range: freeze(ranges(least, most)),
    });
    return entry.view;
  }

  function figures<T extends object>(more: T, least: Units, most: Units, added: readonly [Units, Units]): T & Figures {
    let verdict: Verdict | undefined;
    const totals = amounts(least);
    const range = ranges(least, most);
    const remaining: Record<string, number> = {};
    for (const [index, units] of room.balances.entries()) {
      if (units !== null) set(remaining, index, Math.max(units - (least[index] ?? 0), 0));
    }
    const judged = limits;
    return Object.freeze({
      ...more,
      totals: freeze(totals),
      range: freeze(range),
      remaining: freeze(remaining),
      get verdict() {
        verdict ??= freeze(
          pricing.verdict({
            ...{ ...judged, totals, added: amounts(added[0].map(notBelow0)) },
            ...(range && { mostTotals: amounts(most), mostAdded: amounts(added[1].map(notBelow0)) }),
          }),
        );
        return verdict;
      },
    });
  }

  function set(into: Record<string, number>, index: number, units: number): void {
    const [balance, scale] = [balances[index], scales[index]];
    // two whole numbers that doubles hold: their quotient is the decimal's own double
    if (balance !== undefined && scale !== undefined) into[balance] = units / scale;
  }

  function amounts(units: Units): Amounts {
    const shown: Record<string, number> = {};
    for (let index = 0; index < units.length; index++) set(shown, index, units[index] as number);
    return shown;
  }

  function ranges(least: Units, most: Units): Ranges | undefined {
    if (least === most || least.every((units, index) => units === most[index])) return;
    const [from, to] = [amounts(least), amounts(most)];
    return Object.fromEntries(balances.map((id) => [id, { from: from[id] as number, to: to[id] as number }]));
  }

  function minus(units: Units = zero, other: Units = zero): Units {
    const difference = new Array<number>(units.length);
    for (let index = 0; index < units.length; index++) {
      difference[index] = (units[index] as number) - (other[index] as number);
    }
    return difference;
  }

  function restore(state: unknown): void {
    for (const { id, usage, path } of readState(state)) {
      if (kept.has(id)) throw failure("duplicate", `${path}.id`, `there is an entry ${JSON.stringify(id)} already`);
      const entry = within(`${path}.usage`, () => price(id, ++places, usage));
      put([{ id, before: undefined, after: entry }]);
    }
  }

  function readState(state: unknown): { id: string; usage: unknown; path: string }[] {
    let read: Partial<SessionState>;
    try {
      read = typeof state === "string" ? JSON.parse(state) : state;
    } catch (thrown) {
      throw failure("syntax", "", (thrown as Error).message);
    }
    known(read, ["card", "entries"]);
    const { card: of, entries } = needed(read, ["card", "entries"]);
    known(of, ["id", "version"], "card");
    for (const key of ["id", "version"] as const) {
      if (of[key] === card[key]) continue;
      const [theirs, ours] = [of[key], card[key]].map((text) => (text === undefined ? "none" : JSON.stringify(text)));
      const message = `the entries were priced with another rate card: its ${key} is ${theirs}, not ${ours}`;
      throw failure("other_card", `card.${key}`, message);
    }
    if (!Array.isArray(entries)) throw failure("wrong_type", "entries", "expected a list");
    return entries.map((entry: unknown, index) => {
      const path = `entries[${index}]`;
      known(entry as object, ["id", "usage"], path);
      const { id, usage } = needed(entry as { id?: unknown; usage?: unknown }, ["id", "usage"], path);
      if (typeof id !== "string" || id === "") {
        throw failure("wrong_type", `${path}.id`, "expected a text that is not empty");
      }
      return { id, usage, path };
    });
  }

  /** Refuses what is no object of these keys; the engine says what is wrong, where anything is. */
  function known<T extends object>(given: T, keys: readonly string[], path = ""): T {
    if (isPlain(given) && Object.keys(given).every((key) => keys.includes(key))) return given;
    // the values may be anything, and are not asked for
    const names = isPlain(given) ? Object.fromEntries(Object.keys(given).map((key) => [key, 0])) : given;
    within(path, () => pricing.knowKeys(names, `${keys.join()},`));
    return given;
  }
}

function plus(units: Units, other: Units): Units {
  const sum = new Array<number>(units.length);
  for (let index = 0; index < units.length; index++) sum[index] = (units[index] as number) + (other[index] as number);
  return sum;
}

const notBelow0 = (units: number): number => Math.max(units, 0);

/** Stands for a usage with a range in it. */
const RANGE: Pending = {};

/**
 * A usage of the session's own, so that what a caller does to theirs later changes nothing here; `RANGE` where a value is a
 * range, unless ranges are to be copied too.
 */
function copy(given: unknown, withRange: boolean): Pending {
  // what is no plain object is for the engine to refuse
  if (!isPlain(given)) return given as Pending;
  const usage: Record<string, unknown> = {};
  for (const key in given) {
    if (!Object.hasOwn(given, key)) continue;
    // set, it would be no key of the copy
    if (key === "__proto__") return given as Pending;
    let value = given[key];
    if (typeof value === "object" && value !== null) {
      if (Array.isArray(value)) value = value.slice();
      else if (isPlain(value)) {
        if (!withRange) return RANGE;
        value = { ...value };
      }
    }
    usage[key] = value;
  }
  return usage as Pending;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(Object.freeze(value))) freeze(part);
  }
  return value;
}

function needed<T extends object, K extends keyof T & string>(object: T, keys: readonly K[], path = "") {
  for (const key of keys) {
    const place = path === "" ? key : `${path}.${key}`;
    if (object[key] === undefined) throw failure("missing_key", place, `the key "${key}" is missing`);
  }
  return object as T & { [key in K]-?: Exclude<T[key], undefined> };
}

/** Says where in a larger whole a problem's path begins. */
function within<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof CreditEstimatorError)) throw thrown;
    const [first, ...others] = thrown.problems.map(({ path, ...problem }) => ({
      ...problem,
      path: path === "" ? place : `${place}${place === "" || path.startsWith("[") ? "" : "."}${path}`,
    }));
    throw first ? new CreditEstimatorError([first, ...others]) : thrown;
  }
}
