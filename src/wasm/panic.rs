//! What a panic says. None can be reached; should one be all the same, its message is not lost with the instance, and the
//! JavaScript side starts a fresh one for the next call.

use wasm_bindgen::prelude::*;

use crate::text::filled;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        let said = panic.payload();
        let message = match (said.downcast_ref::<&str>(), said.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (_, Some(text)) => text.as_str(),
            _ => "",
        };
        let place = panic.location().map_or_else(String::new, |at| {
            filled("{}:{}:{}", &[&at.file(), &at.line(), &at.column()])
        });
        error(&filled("panicked at {}:\n{}", &[&place, &message]));
    }));
}

/// Panics, to test what comes after.
#[cfg(feature = "fault")]
#[expect(clippy::panic, reason = "this is what it is for")]
#[wasm_bindgen(js_name = panicNow)]
pub fn panic_now() {
    panic!("on purpose");
}
