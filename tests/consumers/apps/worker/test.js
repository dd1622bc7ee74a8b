import * as estimator from "credit-estimator";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import * as slim from "credit-estimator/slim";
import { figuresOf } from "./figures.js";
import worker from "./worker.js";

const ROUTES = {
  "/figures": () => figuresOf(estimator, card),
  "/slim": async () => {
    await slim.load();
    return figuresOf(slim, card);
  },
};

export default {
  async fetch(request) {
    const answer = ROUTES[new URL(request.url).pathname];
    return answer ? Response.json(await answer()) : worker.fetch(request);
  },
};
