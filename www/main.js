const root = document.querySelector("#estimator");

try {
  // Imported here, so that an engine that does not load can be told to the reader.
  const [{ RateCard }, { mount }] = await Promise.all([import("./engine.js"), import("./estimator/mount.js")]);
  const card = RateCard.invideoV4;
  document.querySelector("#title").textContent = card.title;
  document.title = `${card.title}: what will it cost?`;
  mount(root, card);
} catch (error) {
  console.error(error);
  root.replaceChildren(failure(error));
}

function failure(error) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  const [what, remedy, detail] = ["p", "p", "p"].map((tag) => document.createElement(tag));
  what.textContent = "The price engine could not be started, so there is no estimate.";
  remedy.textContent =
    "Reload the page. If that does not help, allow WebAssembly for this site, or open it in a current Chrome, Edge, Firefox or Safari.";
  detail.textContent = `Reason: ${error.message}`;
  const reload = document.createElement("button");
  reload.type = "button";
  reload.className = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  notice.append(what, remedy, reload, detail);
  return notice;
}
