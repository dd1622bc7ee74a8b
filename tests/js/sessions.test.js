// The session, by the table that the Rust session answers to as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, mock, test } from "node:test";
import { CreditEstimatorError, RateCard } from "credit-estimator";

const { sessions, states } = JSON.parse(readFileSync(new URL("../sessions.json", import.meta.url), "utf8"));

const refused = ({ code, path }) => {
  return (error) => {
    assert.ok(error instanceof CreditEstimatorError, String(error));
    assert.deepEqual({ code: error.code, path: error.path }, { code, path }, error.message);
    return true;
  };
};

/** What the session shows, to be the same after an error. */
const shown = (session) => JSON.stringify([session.getSnapshot(), session.getSnapshot().verdict, session.entries]);

describe("the session", () => {
  for (const { name, card, options, error, steps } of sessions) {
    test(name, () => {
      const start = () => (card ? new RateCard(card) : RateCard.invideoV4).session(options);
      if (error) return assert.throws(start, refused(error));
      const session = start();
      const marks = new Map();
      for (const [index, step] of steps.entries()) {
        const { add, update, preview, remove, of, as, group, mark } = step;
        const more = { ...(group !== undefined && { group }) };
        const act = () => {
          if (add) return session.add(add, { ...more, ...(as !== undefined && { id: as }) });
          if (update) return session.update(of, update, more);
          if (preview) return session.preview(of, preview);
          if (remove) return session.remove(remove, more);
          if (step.clear) return session.clear();
          if (step.takeBack) return marks.get(step.takeBack).undo();
          return step.undo ? session.undo() : session.redo();
        };
        const says = `step ${index}`;
        let result;
        if (step.error) {
          const before = shown(session);
          assert.throws(act, refused(step.error), says);
          assert.equal(shown(session), before, says);
        } else result = act();
        if (mark) marks.set(mark, result);
        if (step.nothing) assert.equal(result?.ids.length ?? 0, 0, says);
        if ("done" in step) assert.equal(result, step.done, says);
        if (step.id) assert.equal(result.id, step.id, says);
        if (step.ids) assert.deepEqual([...result.ids].sort(), step.ids, says);
        if (step.delta) assert.deepEqual(result.delta, step.delta, says);
        const now = preview && !step.error ? result : session;
        for (const key of ["totals", "remaining"]) {
          if (step[key]) assert.deepEqual(now[key], step[key], `${says}: ${key}`);
        }
        if (step.most) {
          const most = Object.entries(now.range ?? {}).map(([balance, { to }]) => [balance, to]);
          assert.deepEqual(Object.fromEntries(most), step.most, says);
        }
        if (step.verdict) assert.equal(now.verdict.verdict, step.verdict, says);
        if (step.fit) {
          const { of, vary, value, none, error } = step.fit;
          if (none) assert.equal(session.fit(of, vary), undefined, says);
          else if (error) assert.throws(() => session.fit(of, vary), refused(error), says);
          else assert.equal(session.fit(of, vary).value, value, says);
        }
        for (const [id, usage] of Object.entries(step.usages ?? {}))
          assert.deepEqual(session.entry(id).usage, usage, says);
        if (step.shortfall) assert.deepEqual(now.verdict.shortfall, step.shortfall, says);
        if (step.reasons) {
          const reasons = now.verdict.reasons.map(({ kind, level, limit, amount }) => [kind, level, limit, amount]);
          assert.deepEqual(reasons, step.reasons, says);
        }
        if (step.entries) {
          assert.deepEqual(
            session.entries.map(({ id }) => id),
            step.entries,
            says,
          );
        }
      }
    });
  }
});

describe("a session that was kept", () => {
  const { id, version } = RateCard.invideoV4;
  for (const { name, state, error, totals, entries } of states) {
    test(name, () => {
      const full = state?.card === "ours" ? { ...state, card: { id, version } } : state;
      for (const given of [full, JSON.stringify(full)]) {
        const restore = () => RateCard.invideoV4.restoreSession(given);
        if (error) {
          assert.throws(restore, refused(error));
          continue;
        }
        const session = restore();
        assert.deepEqual(session.totals, totals);
        assert.deepEqual(
          session.entries.map(({ id }) => id),
          entries,
        );
        assert.deepEqual(JSON.parse(JSON.stringify(session)), full);
        assert.equal(session.canUndo, false);
      }
    });
  }
});

describe("what an editor leans on", () => {
  const start = (options) => RateCard.invideoV4.session(options);

  test("snapshots and lists are the same until something changes, and are never changed", () => {
    const session = start({ balances: { credits: 28 } });
    session.add({ images: 1 }, { id: "a" });
    session.add({ images: 2 }, { id: "b" });
    const [snapshot, entries, a, b] = [session.getSnapshot(), session.entries, session.entry("a"), session.entry("b")];
    assert.equal(session.getSnapshot(), snapshot);
    assert.equal(session.entries, entries);
    session.preview("a", { images: 9 });
    assert.throws(() => session.update("a", { images: -1 }));
    assert.equal(session.getSnapshot(), snapshot);
    session.update("a", { images: 5 });
    assert.notEqual(session.getSnapshot(), snapshot);
    assert.notEqual(session.entries, entries);
    assert.deepEqual(
      [snapshot.totals, session.totals],
      [
        { credits: 0.6, videoMinutes: 0 },
        { credits: 1.4, videoMinutes: 0 },
      ],
    );
    assert.deepEqual([a.amounts.credits, session.entry("a").amounts.credits], [0.2, 1]);
    assert.equal(session.entry("b"), b);
    assert.deepEqual(
      [snapshot.remaining, snapshot.verdict.verdict, snapshot.canUndo, snapshot.canRedo, snapshot.size],
      [{ credits: 27.4 }, "ok", true, false, 2],
    );
    for (const value of [snapshot, entries, a, a.usage, session.verdict]) assert.ok(Object.isFrozen(value));
  });

  test("what a caller does to its usage later changes nothing", () => {
    const session = start();
    const clips = [5];
    const usage = { clips };
    session.add(usage, { id: "a" });
    clips.push(3);
    usage.images = 3;
    assert.deepEqual(session.entry("a").usage, { clips: [5] });
    assert.equal(Object.isFrozen(usage), false);
    assert.equal(session.toJSON().entries[0].usage.clips.length, 1);
  });

  test("a key that is misspelt is refused with the nearest one, each of several", () => {
    const problems = (act) => {
      try {
        return act();
      } catch ({ problems }) {
        return problems.map(({ path, suggestion }) => [path, suggestion]);
      }
    };
    assert.deepEqual(
      problems(() => start({ balance: {}, histroy: 3 })),
      [
        ["balance", "balances"],
        ["histroy", "history"],
      ],
    );
    assert.deepEqual(
      problems(() => RateCard.invideoV4.restoreSession({ card: { id: "invideo-v4", vresion: "1" }, entries: [] })),
      [["card.vresion", "version"]],
    );
  });

  test("options and usages that are not what they seem", () => {
    const session = start();
    for (const [act, expected] of [
      [() => start({ balance: {} }), { code: "unknown_key", path: "balance" }],
      [() => start({ history: -1 }), { code: "invalid_value", path: "history" }],
      [() => start({ balances: { credits: -1 } }), { code: "negative", path: "balances.credits" }],
      [
        () => start({ guardrails: [{ balance: "credits", of: "all", block: 3 }] }),
        { code: "invalid_value", path: "guardrails[0].of" },
      ],
      [() => start([]), { code: "wrong_type", path: "" }],
      [() => session.update("a", {}, { gruop: 1, group: Symbol("drag") }), { code: "unknown_key", path: "gruop" }],
      [() => session.update(1n, {}), { code: "unknown_entry", path: "id" }],
      [() => session.setBalances(undefined), { code: "wrong_type", path: "balances" }],
      [() => session.subscribe({}), { code: "wrong_type", path: "listener" }],
      [() => RateCard.invideoV4.restoreSession(undefined), { code: "wrong_type", path: "" }],
      [
        () =>
          RateCard.invideoV4.restoreSession({
            card: { id: "invideo-v4", version: RateCard.invideoV4.version },
            entries: [undefined],
          }),
        { code: "wrong_type", path: "entries[0]" },
      ],
      [() => session.add({}, { key: 1 }), { code: "unknown_key", path: "key" }],
      [() => session.add({}, { id: 1 }), { code: "wrong_type", path: "id" }],
      [() => session.add(), { code: "wrong_type", path: "" }],
      [() => session.add(new Map([["images", 3]])), { code: "wrong_type", path: "" }],
      [() => session.add([]), { code: "wrong_type", path: "" }],
      [() => session.add(JSON.parse('{ "__proto__": 1 }')), { code: "unknown_input", path: "__proto__" }],
      [() => session.add({ images: Object.create({ from: 1 }) }), { code: "wrong_type", path: "images" }],
      [() => session.add({ imagez: undefined }), { code: "unknown_input", path: "imagez" }],
      [() => session.add({ duration: new Date() }), { code: "wrong_type", path: "duration" }],
      [() => session.setBalances({ credit: 1 }), { code: "unknown_balance", path: "balances.credit" }],
    ]) {
      assert.throws(act, refused(expected));
      assert.deepEqual([session.size, session.canUndo], [0, false]);
    }
  });

  test("listeners hear of every change, and one that fails harms nobody", () => {
    const session = start();
    const heard = [];
    const queue = mock.method(globalThis, "queueMicrotask", () => {});
    const leave = session.subscribe(() => {
      throw new Error("mine");
    });
    const stop = session.subscribe((moved) => heard.push([moved?.ids, session.totals.credits]));
    session.add({ images: 1 }, { id: "a" });
    leave();
    assert.throws(queue.mock.calls[0].arguments[0], /mine/);
    queue.mock.restore();
    session.update("a", { images: 2 });
    assert.throws(() => session.update("a", { images: -2 }));
    session.preview("a", { images: 3 });
    session.setBalances({ credits: 3 });
    session.undo();
    stop();
    session.redo();
    assert.deepEqual(heard, [
      [["a"], 0.2],
      [["a"], 0.4],
      [undefined, 0.4],
      [["a"], 0.2],
    ]);
  });

  test("a long session keeps what undo reaches, and that alone", () => {
    const session = start({ history: 5 });
    const { id } = session.add({ images: 0 });
    const first = session.update(id, { images: 1 });
    for (let images = 2; images <= 5000; images++) session.update(id, { images });
    assert.equal(first.undo(), false);
    for (let images = 4999; images >= 4995; images--) {
      session.undo();
      assert.deepEqual(session.entry(id).usage, { images });
    }
    assert.deepEqual([session.undo(), session.canUndo], [undefined, false]);
    for (let images = 4996; images <= 5000; images++) session.redo();
    assert.deepEqual([session.entry(id).usage, session.canRedo], [{ images: 5000 }, false]);
  });

  test("limits are those that were given, whatever becomes of the object", () => {
    const options = { balances: { credits: 28 }, guardrails: [{ balance: "credits", of: "total", warn: 5 }] };
    const session = start(options);
    session.add({ images: 50 });
    options.guardrails[0].warn = 500;
    options.balances.credits = 1;
    assert.deepEqual([session.verdict.verdict, session.verdict.reasons.length], ["warn", 1]);
  });

  test("what there is to spend can change, and the rest stays", () => {
    const session = start({ balances: { credits: 1 }, guardrails: [{ balance: "credits", of: "total", warn: 0.1 }] });
    session.add({ images: 10 });
    assert.equal(session.verdict.verdict, "block");
    session.setBalances({ credits: "3.5" });
    assert.deepEqual([session.verdict.verdict, session.remaining], ["warn", { credits: 1.5 }]);
  });
});

test("a million random changes and their undo end bit for bit where they began", () => {
  const CHANGES = 1_000_000;
  const card = RateCard.invideoV4;
  let state = 1;
  const below = (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const usage = () =>
    [
      () => ({ images: below(20) }),
      () => ({ clips: [below(9), below(9)] }),
      () => ({ media: "stock", duration: below(600) }),
      () => ({ duration: { from: below(60), to: 60 + below(60) } }),
      () => ({ clips: "no" }),
      () => ({ model: "ultra", duration: below(600), actor: "human" }),
      () => ({ model: "pro", duration: below(60_000) / 1000, actor: "none" }),
    ][below(40) === 0 ? 3 + below(2) : [0, 1, 2, 5, 6][below(5)]]();
  const session = card.session({ history: CHANGES });
  session.add({ clips: [5] });
  const began = JSON.stringify([session, session.totals]);
  const names = ["1"];
  let refusals = 0;
  let undone = 0;
  const tryTo = (act) => {
    try {
      return act();
    } catch (error) {
      refusals++;
      assert.ok(error instanceof CreditEstimatorError);
    }
  };
  for (let round = 0; round < CHANGES; round++) {
    const name = names[below(names.length)];
    const group = round % 3 === 0 ? (round / 7) & 1 : undefined;
    const action = below(20);
    if (action < 8) tryTo(() => session.update(name, usage(), { group }));
    else if (action < 12) {
      const added = tryTo(() => session.add(usage(), { group }));
      if (added) names.push(added.id);
    } else if (action < 15) tryTo(() => session.remove(name, { group }));
    else if (action < 18) undone += session.undo() ? 1 : 0;
    else if (action < 19) session.redo();
    else if (below(500) === 0) session.clear();
    if (names.length > 1000) names.splice(0, 500);
    if (round % 100_000 === 0) {
      const sums = { credits: 0, videoMinutes: 0 };
      for (const { usage, amounts, range } of session.entries) {
        if (!range) assert.deepEqual(card.estimate(usage).totals, amounts);
        sums.credits += Math.round(amounts.credits * 100);
        sums.videoMinutes += amounts.videoMinutes;
      }
      assert.deepEqual(session.totals, { credits: sums.credits / 100, videoMinutes: sums.videoMinutes });
    }
  }
  assert.ok(refusals > 1000 && undone > 10_000 && session.size > 0, `${refusals} ${undone} ${session.size}`);
  while (session.undo());
  assert.deepEqual([session.size, session.totals], [0, { credits: 0, videoMinutes: 0 }]);
  session.redo();
  assert.equal(JSON.stringify([session, session.totals]), began);
});
