import * as estimator from "credit-estimator";
import card from "credit-estimator/cards/history/invideo-credits-rev1.json";
import { figuresOf } from "../../figures.js";
import { Client } from "./client.js";

export const dynamic = "force-dynamic";

export default function Page() {
  return (
    <>
      <pre id="server">{JSON.stringify(figuresOf(estimator, card))}</pre>
      <Client />
    </>
  );
}
