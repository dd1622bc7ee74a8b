import { RateCard } from "credit-estimator";

const session = RateCard.invideoV4.session({ balances: { credits: 28 } });

/** The page says what is to be made, and hears what that comes to or why it cannot be. */
self.onmessage = ({ data: { id, usage } }) => {
  try {
    if (session.entry(id)) session.update(id, usage);
    else session.add(usage, { id });
    self.postMessage({ pending: session.getSnapshot() });
  } catch (error) {
    self.postMessage({ code: error.code, path: error.path });
  }
};
