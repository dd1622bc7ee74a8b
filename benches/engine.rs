//! The engine without JavaScript: `cargo bench`.
#![allow(missing_docs, clippy::unwrap_used)]

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use credit_estimator::{
        Limits, Tariff, Usage, Vary, cards, curve, diff, estimate, explain, fit,
    };
    use divan::{Bencher, black_box};

    fn tariff() -> Tariff {
        Tariff::from_json(cards::INVIDEO_V4).unwrap()
    }

    fn video() -> Usage {
        Usage::new()
            .with("media", "generative")
            .with("model", "ultra")
            .with("actor", "human")
            .with("duration", 210)
    }

    #[divan::bench]
    fn load() -> Tariff {
        Tariff::from_json(black_box(cards::INVIDEO_V4)).unwrap()
    }

    #[divan::bench]
    fn estimate_video(bencher: Bencher<'_, '_>) {
        let (tariff, usage) = (tariff(), video());
        bencher.bench_local(|| estimate(&tariff, black_box(&usage)).unwrap().lines.len());
    }

    #[divan::bench]
    fn explain_video(bencher: Bencher<'_, '_>) {
        let (tariff, usage) = (tariff(), video());
        bencher.bench_local(|| explain(&tariff, black_box(&usage)).unwrap());
    }

    #[divan::bench]
    fn diff_videos(bencher: Bencher<'_, '_>) {
        let (tariff, before, after) = (tariff(), video(), video().with("duration", 241));
        bencher.bench_local(|| diff(&tariff, black_box(&before), &after).unwrap());
    }

    #[divan::bench]
    fn fit_video(bencher: Bencher<'_, '_>) {
        let (tariff, usage, vary) = (tariff(), video(), Vary::new("duration"));
        let limits = Limits::from_json(&tariff, r#"{ "balances": { "credits": 100 } }"#).unwrap();
        bencher.bench_local(|| fit(&tariff, black_box(&usage), &vary, &limits).unwrap());
    }

    #[divan::bench]
    fn curve_of_ten_minutes(bencher: Bencher<'_, '_>) {
        let (tariff, usage, vary) = (tariff(), video(), Vary::new("duration").to(600).step(1));
        bencher.bench_local(|| curve(&tariff, black_box(&usage), &vary).unwrap());
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    divan::main();
}
