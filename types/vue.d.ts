// `<credit-estimator>` in Vue's templates: `import type {} from "credit-estimator/types/vue"`.
import type { CreditEstimatorAttributes, ErrorDetail, EstimateDetail } from "credit-estimator/element";
import type { DefineComponent, HTMLAttributes } from "vue";

interface Listeners {
  onInput?: (event: Event) => void;
  onChange?: (event: Event) => void;
  onEstimate?: (event: CustomEvent<EstimateDetail>) => void;
  onError?: (event: CustomEvent<ErrorDetail>) => void;
}

declare module "vue" {
  interface GlobalComponents {
    "credit-estimator": DefineComponent<CreditEstimatorAttributes & Listeners & Omit<HTMLAttributes, keyof Listeners>>;
  }
}
