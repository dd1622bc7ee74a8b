// The built-in card is known.
import {
  type Code,
  CreditEstimatorError,
  estimate,
  type InvideoV4,
  type InvideoV4Usage,
  RateCard,
} from "credit-estimator";
import { type Equal, expectType } from "./expect.js";

const video = estimate({ media: "generative", model: "ultra", duration: "3:30", actor: "human", clips: [5, "0:03"] });
const { credits, videoMinutes } = video.totals;
expectType<Equal<typeof credits | typeof videoMinutes, number>>();
expectType<
  Equal<(typeof video.lines)[number]["charge"], "generation" | "actor" | "videoMinutes" | "images" | "clips">
>();
expectType<Equal<typeof RateCard.invideoV4, RateCard<InvideoV4>>>();

const builtIn = RateCard.invideoV4;
const usage: InvideoV4Usage = { media: "stock", images: undefined };
estimate(usage);
builtIn.estimate(usage);
interface MyUsage {
  media: "stock";
  duration: number;
}
declare const mine: MyUsage;
estimate(mine);

// @ts-expect-error: no such input
estimate({ imagez: 3 });
// @ts-expect-error: no such option
estimate({ media: "stok" });
// @ts-expect-error: no such option, on the card
RateCard.invideoV4.estimate({ model: "plus" });
// @ts-expect-error: a number is not written as text
estimate({ images: "2" });
// @ts-expect-error: no such balance
video.totals.minutes;
// @ts-expect-error: the built-in card is not replaced
RateCard.invideoV4 = builtIn;

try {
  estimate({});
} catch (error) {
  if (error instanceof CreditEstimatorError) {
    const code: Code = error.code;
    const first: string = `${code} ${error.path} ${error.problems[0]?.message}`;
    void first;
    // @ts-expect-error: no such code
    error.code === "unknown";
  }
}
