const estimator = require("credit-estimator");
const card = require("credit-estimator/cards/history/invideo-credits-rev1.json");

import("./figures.js").then(({ figuresOf }) => console.log(JSON.stringify(figuresOf(estimator, card))));
