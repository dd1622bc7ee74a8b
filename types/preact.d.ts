// `<credit-estimator>` in Preact's JSX: `import type {} from "credit-estimator/types/preact"`.
import type {
  CreditEstimatorAttributes,
  CreditEstimatorElement,
  CreditEstimatorListeners,
} from "credit-estimator/element";
import type { HTMLAttributes } from "preact";

declare module "preact" {
  namespace createElement.JSX {
    interface IntrinsicElements {
      "credit-estimator": Omit<HTMLAttributes<CreditEstimatorElement>, keyof CreditEstimatorAttributes> &
        CreditEstimatorAttributes &
        CreditEstimatorListeners;
    }
  }
}
