import { element } from "../shared/dom.js";

const root = document.querySelector("#editor");

try {
  // Imported here, so that an engine that does not load can be told to the reader.
  const [{ RateCard }, { mount }] = await Promise.all([import("./engine.js"), import("./mount.js")]);
  mount(root, RateCard.invideoV4, new URLSearchParams(location.search));
} catch (error) {
  console.error(error);
  const reload = element("button", { type: "button", class: "tool" }, "Reload");
  reload.addEventListener("click", () => location.reload());
  root.replaceChildren(
    element(
      "div",
      { class: "note", role: "alert" },
      element("p", {}, "The price engine could not be started, so there are no prices."),
      element(
        "p",
        {},
        "Reload the page. If that does not help, allow WebAssembly for this site, or open it in a current browser.",
      ),
      reload,
      element("p", { class: "note-reason" }, error.message),
    ),
  );
}
