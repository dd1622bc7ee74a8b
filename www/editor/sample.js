const CHAPTERS = [
  ["Cold open", { media: "generative", model: "pro", actor: "none", duration: 24 }],
  ["Why it exists", { media: "generative", model: "ultra", actor: "human", duration: 68 }, { images: 2 }],
  ["Walk-through", { media: "stock", actor: "virtualPro", duration: 95 }],
  ["Close-ups", { media: "generative", model: "pro", actor: "none", duration: 52 }, { images: 3, clips: [5, 3] }],
  ["In the field", { media: "stock", actor: "none", duration: 74 }, { clips: [5] }],
  ["Questions", { media: "generative", model: "pro", actor: "ownAvatar", duration: 61 }],
  ["Last word", { media: "generative", model: "ultra", actor: "none", duration: 33 }],
];

/** What there is to spend, and when to say so. */
export const limits = (count = CHAPTERS.length) => ({
  balances: {
    credits: count === CHAPTERS.length ? 200 : count * 28,
    videoMinutes: count === CHAPTERS.length ? 8 : count,
  },
  guardrails: [
    { balance: "credits", of: "share", warn: 0.9 },
    { balance: "videoMinutes", of: "share", warn: 0.9 },
    { balance: "credits", of: "added", warn: 60 },
  ],
});

/** A project of so many chapters, as `openProject` takes it. */
export function sample({ id, version }, count = CHAPTERS.length) {
  const chapters = [];
  const entries = [];
  for (let index = 0; index < count; index++) {
    const [name, usage, { images, clips } = {}] = CHAPTERS[index % CHAPTERS.length];
    const chapter = {
      id: `${index + 1}`,
      name: count > CHAPTERS.length ? `${name} ${index + 1}` : name,
      place: index + 1,
    };
    chapters.push(chapter);
    entries.push({ id: chapter.id, usage });
    if (images) entries.push({ id: `${chapter.id}.images`, usage: { images } });
    if (clips) entries.push({ id: `${chapter.id}.clips`, usage: { clips } });
  }
  return { session: { card: { id, version }, entries }, chapters };
}
