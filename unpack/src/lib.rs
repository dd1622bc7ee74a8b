//! Makes the engine's WebAssembly module of the text that `scripts/inline.js` made of it. A module of its own, since it
//! takes a millisecond, also the first time, where JavaScript that is not yet warm takes ten.
//!
//! In a module, what a byte means changes from one to the next, and a compressor has to guess. In the text, what is alike
//! stands together: all instructions in one part, and the numbers that follow them in a part for each kind of them. That
//! makes it 15 % smaller after brotli.
//!
//! A character is a number: printable ASCII counts from `#`; for `"`, `\` and what is beyond stands the letter 256 above.
//! A larger number is several, as in a module: each but the last is 128 or more. First comes how many parts there are, and
//! how many bytes each has. The parts are [`HEAD`], [`TAIL`], [`SYMBOLS`], [`CODE`], and then the numbers.
#![cfg(target_arch = "wasm32")]
#![no_std]

use core::{panic::PanicInfo, slice};

/// The bytes before the first function, each as the character it is, or 256 above.
const HEAD: usize = 0;
/// The bytes after the last function.
const TAIL: usize = 1;
/// What a symbol stands for: see [`Symbol`]. The first one ends a function.
const SYMBOLS: usize = 2;
/// The functions, a symbol a character.
const CODE: usize = 3;

/// How many parts and how many symbols there may be.
const MOST: usize = 1024;

/// Bytes that the length of a function takes at most.
const LENGTH: usize = 3;

/// An instruction as far as it is always the same. A number may follow it.
#[derive(Clone, Copy, Default)]
struct Symbol<'t> {
    /// The part that the number is in, or 0; as many parts further as the symbol that comes next says, but at most `most`:
    /// what a number is for shows in what is done with it.
    part: usize,
    most: usize,
    further: usize,
    bytes: Text<'t>,
}

/// Characters still to be read, as UTF-8.
#[derive(Clone, Copy, Default)]
struct Text<'t>(&'t [u8]);

impl<'t> Text<'t> {
    fn take(&mut self, length: usize) -> Option<Self> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Self(taken))
    }

    fn character(&mut self) -> Option<usize> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        let first = usize::from(*first);
        if first < 0x80 {
            return Some(first.wrapping_sub(35));
        }
        let (second, rest) = self.0.split_first()?;
        self.0 = rest;
        let code = (first & 0x1f) << 6 | usize::from(*second) & 0x3f;
        Some(code.wrapping_sub(256 + 35))
    }

    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let digit = self.character()?;
            number |= (digit & 127) << shift;
            shift += 7;
            if digit < 128 {
                return Some(number);
            }
        }
    }
}

/// The module that is being made.
struct Module<'m> {
    bytes: &'m mut [u8],
    end: usize,
}

impl Module<'_> {
    fn push(&mut self, byte: usize) -> Option<()> {
        *self.bytes.get_mut(self.end)? = byte as u8;
        self.end += 1;
        Some(())
    }

    /// Adds bytes that stand for themselves.
    fn copy(&mut self, mut text: Text<'_>) -> Option<()> {
        while let Some(character) = text.character() {
            self.push(character.wrapping_add(35))?;
        }
        Some(())
    }

    /// Writes before what was added since `start`, and [`LENGTH`] bytes after it, how long it is.
    fn close(&mut self, start: usize) -> Option<()> {
        let body = start + LENGTH..self.end;
        let length = body.len();
        self.end = start;
        let mut rest = length;
        while rest > 127 {
            self.push(rest & 127 | 128)?;
            rest >>= 7;
        }
        self.push(rest)?;
        if self.end > body.start || body.end > self.bytes.len() {
            return None;
        }
        self.bytes.copy_within(body, self.end);
        self.end += length;
        Some(())
    }
}

/// Makes the module; answers how many bytes it has, or 0 where the text is none.
///
/// # Safety
///
/// So many bytes of text and so many bytes of room are there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unpack(
    text: *const u8,
    length: usize,
    room: *mut u8,
    size: usize,
) -> usize {
    // Safety: the caller's, as said above.
    let (text, bytes) = unsafe {
        (
            slice::from_raw_parts(text, length),
            slice::from_raw_parts_mut(room, size),
        )
    };
    made(Text(text), Module { bytes, end: 0 }).unwrap_or(0)
}

fn made(mut text: Text<'_>, mut module: Module<'_>) -> Option<usize> {
    let mut lengths = [0; MOST];
    let count = text.number()?;
    for length in lengths.get_mut(..count)? {
        *length = text.number()?;
    }
    let mut parts = [Text::default(); MOST];
    for (part, length) in parts.iter_mut().zip(lengths) {
        *part = text.take(length)?;
    }
    let mut symbols = [Symbol::default(); MOST];
    let mut told = parts[SYMBOLS];
    for symbol in &mut symbols {
        if told.0.is_empty() {
            break;
        }
        *symbol = Symbol {
            part: told.number()?,
            most: told.number()?,
            further: told.number()?,
            bytes: {
                let length = told.number()?;
                told.take(length)?
            },
        };
    }
    module.copy(parts[HEAD])?;
    let mut code = parts[CODE];
    let mut start = module.end;
    module.end += LENGTH;
    let mut next = code.character();
    while let Some(number) = next {
        next = code.character();
        let symbol = symbols.get(number)?;
        module.copy(symbol.bytes)?;
        if symbol.part > 0 {
            let further = symbols.get(next?)?.further.min(symbol.most);
            let part = parts.get_mut(symbol.part + further)?;
            loop {
                let digit = part.character()?;
                module.push(digit)?;
                if digit < 128 {
                    break;
                }
            }
        } else if number == 0 {
            module.close(start)?;
            start = module.end;
            module.end += LENGTH;
        }
    }
    module.end = start;
    module.copy(parts[TAIL])?;
    Some(module.end)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
