/** A slider that shows what it costs while it moves; a whole drag is one step back. */
export function bind(session, slider, output, undo) {
  const { id } = session.add({ duration: slider.valueAsNumber });
  let drag = {};
  slider.addEventListener("input", () => session.update(id, { duration: slider.valueAsNumber }, { group: drag }));
  slider.addEventListener("change", () => {
    drag = {};
  });
  undo.addEventListener("click", () => session.undo());

  const show = () => {
    const { totals, remaining, verdict, canUndo } = session;
    output.value = `${totals.credits} credits, ${remaining.credits} left`;
    output.dataset.verdict = verdict.verdict;
    undo.disabled = !canUndo;
  };
  show();
  return session.subscribe(show);
}
