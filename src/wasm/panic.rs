//! What a panic says. None can be reached; should one be all the same, its message is not lost with the instance, and the
//! JavaScript side starts a fresh one for the next call.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
}

/// Panics, to test what comes after.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "this is what it is for")]
#[wasm_bindgen(js_name = panicNow)]
pub fn panic_now() {
    panic!("on purpose");
}
