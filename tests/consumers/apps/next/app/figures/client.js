"use client";

import * as estimator from "credit-estimator";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import { useEffect } from "react";
import { figuresOf } from "../../figures.js";

export function Client() {
  useEffect(() => {
    globalThis.figures = figuresOf(estimator, card);
  }, []);
  return <pre id="client">{JSON.stringify(figuresOf(estimator, card))}</pre>;
}
