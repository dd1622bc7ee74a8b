const estimator = require("credit-estimator/slim");
const card = require("credit-estimator/cards/history/invideo-credits-rev1.json");

Promise.all([import("./figures.js"), estimator.load()]).then(([{ figuresOf }]) =>
  console.log(JSON.stringify(figuresOf(estimator, card))),
);
