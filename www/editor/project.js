/**
 * A video's clips, each of them a pending edit of one session: what is undone comes back with its price, and the sum is
 * the engine's. A chapter is an entry `7`; what is replaced in it are entries of their own, `7.images` and `7.clips`.
 */
export function openProject(card, limits, saved) {
  const session = card.restoreSession(saved.session, limits);

  /** What a chapter is besides its usage. It is kept when the chapter goes, for undo to find. */
  const sheets = new Map(saved.chapters.map((sheet) => [sheet.id, sheet]));
  /** The chapters in their order. */
  const chapters = [...sheets.values()].filter(({ id }) => session.entry(id)).sort((a, b) => a.place - b.place);
  let delta;

  session.subscribe((moved) => {
    if (!moved) return;
    delta = moved.delta;
    for (const id of moved.ids) settle(id);
  });

  const project = {
    session,
    chapters,
    /** What the last edit added to each balance. */
    get delta() {
      return delta;
    },

    /** A usage's price is known before anything is added. */
    priceOf: (usage) => session.preview(undefined, usage).delta,

    addChapter(name, usage, { after = chapters.at(-1), group } = {}) {
      const next = chapters[chapters.indexOf(after) + 1];
      const from = after ? after.place : 0;
      const id = `${sheets.size + 1}`;
      sheets.set(id, { id, name, place: next ? (from + next.place) / 2 : from + 1 });
      session.add(usage, { id, group });
      return sheets.get(id);
    },

    /** Called for every move of the pointer; the moves of one drag are one step for undo. */
    setLength(id, seconds, drag) {
      return session.update(id, { ...usageOf(id), duration: seconds }, { group: drag });
    },

    change: (id, values) => session.update(id, changed(id, values)),

    /** What a choice would cost, to be said on the choice itself. */
    priceOfChange: (id, values) => session.preview(id, changed(id, values)).delta,

    /** Two edits and one step: the group is the split itself. */
    split(id, seconds) {
      const group = Symbol("split");
      const usage = usageOf(id);
      const chapter = sheets.get(id);
      session.update(id, { ...usage, duration: seconds }, { group });
      return project.addChapter(
        `${chapter.name}, part 2`,
        { ...usage, duration: usage.duration - seconds },
        { after: chapter, group },
      );
    },

    replaceImage: (id) => put(`${id}.images`, { images: project.imagesOf(id) + 1 }),
    replaceClip: (id, seconds) => put(`${id}.clips`, { clips: [...project.clipsOf(id), seconds] }),
    keepImages: (id) => drop(`${id}.images`),
    keepClips: (id) => drop(`${id}.clips`),

    remove(id) {
      const group = Symbol("remove");
      for (const part of [`${id}.images`, `${id}.clips`, id]) {
        if (session.entry(part)) session.remove(part, { group });
      }
    },

    lengthOf: (id) => known(usageOf(id).duration),
    imagesOf: (id) => session.entry(`${id}.images`)?.usage.images ?? 0,
    clipsOf: (id) => session.entry(`${id}.clips`)?.usage.clips ?? [],
    usageOf,
    sheet: (id) => sheets.get(id),
    toJSON: () => ({ session, chapters: [...sheets.values()] }),
  };
  return project;

  function usageOf(id) {
    return session.entry(id).usage;
  }

  /** Stock media has no model; what a chapter leaves out is not given. */
  function changed(id, values) {
    const { model, ...rest } = { ...usageOf(id), ...values };
    return rest.media === "stock" ? rest : { ...rest, model: model ?? "pro" };
  }

  function put(id, usage) {
    return session.entry(id) ? session.update(id, usage) : session.add(usage, { id });
  }

  function drop(id) {
    if (session.entry(id)) session.remove(id);
  }

  /** After a change, an undo or a redo: a chapter is in the list while the session has it. */
  function settle(id) {
    const sheet = sheets.get(id);
    if (!sheet) return;
    const index = chapters.indexOf(sheet);
    if (!session.entry(id)) {
      if (index >= 0) chapters.splice(index, 1);
    } else if (index < 0) {
      const next = chapters.findIndex(({ place }) => place > sheet.place);
      chapters.splice(next < 0 ? chapters.length : next, 0, sheet);
    }
  }
}

/** A length that is not known yet is drawn as the most that it may be. */
export const known = (duration) => (typeof duration === "object" ? duration.to : duration);
