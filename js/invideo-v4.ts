// Generated from cards/invideo-v4.json by `npm run declare`.

/** What is about to be made, as the card "invideo v4" asks for it. `undefined` means absent. */
export interface InvideoV4Usage {
  /** Media; `generative` where absent. */
  readonly media?: "generative" | "stock" | undefined;
  /** Model; `pro` where absent; asked for where `media` is `generative`. */
  readonly model?: "pro" | "ultra" | undefined;
  /** Actor; `none` where absent. */
  readonly actor?: "none" | "human" | "virtualPro" | "ownAvatar" | undefined;
  /** Video length: seconds or `"3:30"`. */
  readonly duration?: number | string | undefined;
  /** Images changed by remix. */
  readonly images?: number | undefined;
  /** Clips changed by remix: a list, each in seconds or `"3:30"`. */
  readonly clips?: readonly (number | string)[] | undefined;
}

/** What is known of the card "invideo v4". */
export interface InvideoV4 {
  /** What is about to be made. */
  readonly usage: InvideoV4Usage;
  /** The ids of its balances. */
  readonly balance: "credits" | "videoMinutes";
  /** The ids of its charges. */
  readonly charge: "generation" | "actor" | "videoMinutes" | "images" | "clips";
  /** The ids of its plans. */
  readonly plan: never;
}
