"use client";

import "credit-estimator/define";
import { RateCard } from "credit-estimator";
import { useEffect } from "react";
import { elementFigures } from "../../figures.js";

export default function Page() {
  useEffect(() => {
    elementFigures(RateCard).then((figures) => {
      globalThis.figures = figures;
    });
  }, []);
  return <credit-estimator value="media=generative&amp;model=ultra&amp;duration=210&amp;actor=human" />;
}
