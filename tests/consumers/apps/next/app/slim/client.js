"use client";

import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import * as estimator from "credit-estimator/slim";
import { useEffect, useState } from "react";
import { figuresOf } from "../../figures.js";

const figures = () => JSON.stringify(figuresOf(estimator, card));

export function Client() {
  const [shown, show] = useState(() => ("load" in estimator ? "" : figures()));
  useEffect(() => {
    (async () => {
      await estimator.load?.();
      show(figures());
      globalThis.figures = figuresOf(estimator, card);
    })();
  }, []);
  return <pre id="client">{shown}</pre>;
}
