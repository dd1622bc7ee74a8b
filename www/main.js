const estimator = document.querySelector("credit-estimator");

estimator.addEventListener("error", ({ detail: { of, error } }) => {
  console.error(error);
  if (of === "engine") estimator.replaceChildren(failure(error));
});
estimator.addEventListener("estimate", ({ detail: { card } }) => {
  document.querySelector("#title").textContent = card.title;
  document.title = `${card.title}: what will it cost?`;
});

try {
  // Imported here, so that an element that does not load can be told to the reader.
  await import("./credit-estimator/define.js");
} catch (error) {
  console.error(error);
  estimator.replaceChildren(failure(error));
}

function failure(error) {
  const reload = text("button", "button", "Reload");
  reload.type = "button";
  reload.addEventListener("click", () => location.reload());
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.append(
    text("p", "", "The price engine could not be started, so there is no estimate."),
    text(
      "p",
      "",
      "Reload the page. If that does not help, allow WebAssembly for this site, or open it in a current Chrome, Edge, Firefox or Safari.",
    ),
    reload,
    text("p", "notice-reason", error.message),
  );
  return notice;
}

function text(tag, name, words) {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = words;
  return node;
}
