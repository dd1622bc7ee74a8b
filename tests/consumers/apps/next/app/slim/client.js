"use client";

import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import * as estimator from "credit-estimator/slim";
import { useEffect, useState } from "react";
import { figuresOf } from "../../figures.js";

export function Client() {
  const [shown, show] = useState("");
  useEffect(() => {
    estimator.load().then(() => {
      const figures = figuresOf(estimator, card);
      show(JSON.stringify(figures));
      globalThis.figures = figures;
    });
  }, []);
  return <pre id="client">{shown}</pre>;
}
