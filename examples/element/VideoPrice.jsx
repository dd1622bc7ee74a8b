import "credit-estimator/define";
import { useState } from "react";

export function Price() {
  const [value, setValue] = useState("model=ultra&duration=210");
  const [credits, setCredits] = useState();
  const take = ({ detail }) => {
    setValue(detail.value);
    setCredits(detail.estimate.totals.credits);
  };
  return (
    <>
      <credit-estimator value={value} onestimate={take} chart />
      <p>{credits} credits</p>
      <button type="button" onClick={() => setValue("duration=30")}>
        Half a minute
      </button>
    </>
  );
}
