import { CreditEstimatorElement } from "./index.js";

const TAG = "credit-estimator";

// Once: a page may have this script twice, and a server has no registry.
if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, CreditEstimatorElement);

export * from "./index.js";
