import { useSyncExternalStore } from "react";

/** What is pending, in a component: it renders again when a session's snapshot is another one. */
export function usePending(session) {
  return useSyncExternalStore(session.subscribe, session.getSnapshot, session.getSnapshot);
}

export function Pending({ session }) {
  const { totals, remaining, verdict, canUndo } = usePending(session);
  return (
    <p data-verdict={verdict.verdict}>
      {totals.credits} credits, {remaining.credits} left{" "}
      <button type="button" disabled={!canUndo} onClick={() => session.undo()}>
        Undo
      </button>
    </p>
  );
}
