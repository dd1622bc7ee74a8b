// `<credit-estimator>` in Svelte's templates: `import type {} from "credit-estimator/types/svelte"`.
import type {
  CreditEstimatorAttributes,
  CreditEstimatorElement,
  CreditEstimatorListeners,
} from "credit-estimator/element";
import type { HTMLAttributes } from "svelte/elements";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "credit-estimator": Omit<HTMLAttributes<CreditEstimatorElement>, keyof CreditEstimatorListeners> &
      CreditEstimatorAttributes &
      CreditEstimatorListeners;
  }
}
