import { readable } from "svelte/store";

/** What is pending, as a store. */
export const pending = (session) =>
  readable(session.getSnapshot(), (set) => {
    set(session.getSnapshot());
    return session.subscribe(() => set(session.getSnapshot()));
  });
