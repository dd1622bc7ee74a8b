import type { CreditEstimatorElement } from "../element.js";

/** A form that is served by its events, where the browser has no ElementInternals. */
export interface ServedForm {
  readonly form: HTMLFormElement | null;
  end(): void;
}

/** Gives a form the element's value, resets the element with it, disables it, and stops what cannot be priced. */
export function serveForm(host: CreditEstimatorElement): ServedForm {
  const form = host.closest("form");
  const ended = new AbortController();
  const isDisabled = () => host.disabled || host.closest("fieldset[disabled]") !== null;
  const observer = new MutationObserver(() => host.formDisabledCallback(isDisabled()));
  const hear = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    hearer: (event: HTMLElementEventMap[Type]) => void,
  ) => form?.addEventListener(type, hearer, { signal: ended.signal });
  hear("formdata", ({ formData }) => {
    if (host.name && !isDisabled()) formData.append(host.name, host.value);
  });
  hear("reset", () => host.reset());
  hear("submit", (event) => {
    const checks = !form?.noValidate && !(event.submitter as HTMLButtonElement | null)?.formNoValidate;
    if (!checks || isDisabled() || host.checkValidity()) return;
    event.preventDefault();
    host.focus();
  });
  observer.observe(form ?? host, { attributeFilter: ["disabled"], subtree: true });
  host.formDisabledCallback(isDisabled());
  return {
    form,
    end() {
      ended.abort();
      observer.disconnect();
    },
  };
}
