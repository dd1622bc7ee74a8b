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
      <button type="button" onClick={() => setValue("duration=30")}>
        Half a minute
      </button>
      <p>{credits} credits</p>
      <credit-estimator value={value} onestimate={take} chart />
    </>
  );
}
