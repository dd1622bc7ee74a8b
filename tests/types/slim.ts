// The entry with a module of its own file has the same types, and `load`.
import { estimate, load, type ModuleSource, RateCard } from "credit-estimator/slim";
import { type Equal, expectType } from "./expect.js";

declare const bytes: Uint8Array;
expectType<Equal<ReturnType<typeof load>, Promise<void>>>();
load();
load("https://example.com/estimator.wasm");
load(Promise.resolve(bytes.buffer as ArrayBuffer));
const source: ModuleSource = bytes;
load(source);
// @ts-expect-error: a number is no source
load(5);

const credits: number = estimate({ duration: 60 }).totals.credits;
// @ts-expect-error: no such input
RateCard.invideoV4.estimate({ lenght: credits });
