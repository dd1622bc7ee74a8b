// `<credit-estimator>` in React's JSX: `import type {} from "credit-estimator/types/react"`.
import type {
  CreditEstimatorAttributes,
  CreditEstimatorElement,
  CreditEstimatorListeners,
} from "credit-estimator/element";
import type { DetailedHTMLProps, HTMLAttributes } from "react";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "credit-estimator": DetailedHTMLProps<HTMLAttributes<CreditEstimatorElement>, CreditEstimatorElement> &
        CreditEstimatorAttributes &
        CreditEstimatorListeners;
    }
  }
}
