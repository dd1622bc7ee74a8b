import { followAddress } from "./page/address.js";
import { element, painted } from "./shared/dom.js";

const estimator = document.querySelector("credit-estimator");

estimator.addEventListener("error", ({ detail: { of, error } }) => {
  console.error(error);
  if (of === "engine") estimator.replaceChildren(failure(error));
});
estimator.addEventListener("estimate", ({ detail: { card } }) => {
  document.querySelector("#title").textContent = card.title;
  document.title = `${card.title}: what will it cost?`;
});
followAddress(estimator);

try {
  // The engine takes the time of a few frames to start: what can be read without it is read by then.
  await painted();
  // Imported here, so that an element that does not load can be told to the reader.
  await import("./credit-estimator/define.js");
} catch (error) {
  console.error(error);
  estimator.replaceChildren(failure(error));
}
// What stands below is loaded when the estimator is there.
const { followEstimates } = await import("./page/chapters.js");
followEstimates(estimator);

function failure(error) {
  const reload = element("button", { type: "button", class: "button" }, "Reload");
  reload.addEventListener("click", () => location.reload());
  return element(
    "div",
    { class: "notice", role: "alert" },
    element("p", {}, "The price engine could not be started, so there is no estimate."),
    element(
      "p",
      {},
      "Reload the page. If that does not help, allow WebAssembly for this site, or open it in a current Chrome, Edge, Firefox or Safari.",
    ),
    reload,
    element("p", { class: "notice-reason" }, error.message),
  );
}
