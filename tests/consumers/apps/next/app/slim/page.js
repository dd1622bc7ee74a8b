import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import * as estimator from "credit-estimator/slim";
import { figuresOf } from "../../figures.js";
import { Client } from "./client.js";

export const dynamic = "force-dynamic";

export default async function Page() {
  await estimator.load();
  return (
    <>
      <pre id="server">{JSON.stringify(figuresOf(estimator, card))}</pre>
      <Client />
    </>
  );
}
