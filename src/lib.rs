//! What a generation will cost in credits, before it is made: exactly.
//!
//! A *rate card* (a JSON document) says what a vendor charges. [`Tariff::from_json`] checks it and compiles it into
//! integers; [`estimate()`] prices a [`Usage`] with it.
//!
//! ```
//! use credit_estimator::{Tariff, Usage, cards, estimate};
//!
//! let tariff = Tariff::from_json(cards::INVIDEO_V4)?;
//! let usage = Usage::new()
//!     .with("media", "generative")
//!     .with("model", "ultra")
//!     .with("actor", "human")
//!     .with("duration", "3:30");
//! let estimate = estimate(&tariff, &usage)?;
//! assert_eq!(estimate.totals.get("credits").unwrap().to_string(), "160.00");
//! assert_eq!(estimate.lines[0].amount.to_string(), "140.00");
//! # Ok::<(), credit_estimator::Error>(())
//! ```
//!
//! # How a charge is priced
//!
//! Each charge of a card is a pipeline, always in this order:
//!
//! 1. **Consumed quantity**: the input that `quantity.of` names; the sum of a list, or with `each` every item by
//!    itself through steps 2 to 5. Without `quantity` it is 1. A charge is made if its `when` holds and this quantity,
//!    and `times`, are above 0.
//! 2. `quantity.minimum`.
//! 3. `quantity.increment`, with `quantity.round`: `up`, `down` or `halfUp`. The result is the billed quantity.
//! 4. **Price**: `flat + amount × quantity ÷ per`, or tiers: `volume` (the tier reached prices all of it) or
//!    `graduated` (each tier prices its own units).
//! 5. `factors`, then `minimumAmount`, `maximumAmount`, then the charge's own `round`.
//! 6. `times`.
//!
//! Charges add up exactly, balance by balance; each balance is rounded once, at the end. Where the shown lines do not
//! add up to the shown total, [`Estimate::rounding`] holds the difference.
//!
//! # Exactness
//!
//! Compiling a card turns every price into an integer over one denominator per balance, and proves from the inputs'
//! limits that no usage the card accepts can overflow. A card for which that fails is refused. So an estimate never
//! rounds twice, overflows or panics, and holds no float.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(doctest)]
#[doc = include_str!("../docs/editor.md")]
mod editor_guide {}

mod along;
mod amount;
mod card;
mod check;
/// The rate cards that come with the crate, as JSON text.
pub mod cards {
    /// invideo, version 4.
    pub const INVIDEO_V4: &str = include_str!("../cards/invideo-v4.json");
}
mod curve;
mod diff;
mod duration;
mod edges;
mod error;
mod estimate;
mod exact;
mod explain;
#[cfg(any(target_arch = "wasm32", test))]
mod fast;
mod fit;
mod hints;
mod limits;
#[cfg(not(target_arch = "wasm32"))]
mod many;
mod plan;
mod prove;
mod session;
mod shape;
mod tariff;
mod text;
mod usage;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod wasm;
mod words;

/// The rate card as it is written.
pub mod document {
    pub use crate::card::*;
}

pub use along::Vary;
pub use amount::{Amount, Quantity, Rounding};
pub use check::{Check, Judgement, Passing, Reason, Verdict, check};
pub use curve::{Curve, curve};
pub use diff::{Diff, DiffLine, Side, diff};
pub use edges::{Edge, EdgeKind};
pub use error::{Code, Error, Position, Problem};
pub use estimate::{ByBalance, CardRef, Estimate, Line, Stated, estimate};
pub use exact::Ratio;
pub use explain::{
    ExplainedLine, ExplainedStep, Explanation, ItemGroup, NotMade, NotMadeReason, Rate, StepKind,
    TierRef, explain,
};
pub use fit::{Fit, FitReason, Next, fit};
pub use hints::{Hint, HintKind};
pub use limits::{Limits, Measure};
#[cfg(not(target_arch = "wasm32"))]
pub use many::{Many, estimate_many};
pub use plan::{ByPlan, Over, PlanCost, Recommendation, recommend_plan};
pub use prove::{Figure, Found, Proof, ProvedExample, prove};
pub use session::{Change, Entry, Preview, Session, SessionState};
pub use tariff::Tariff;
pub use usage::{Usage, Value};
