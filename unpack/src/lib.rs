//! Puts a WebAssembly module together again that `scripts/pack.js` took apart so that it compresses better, and that is
//! text. A module of its own, since JavaScript would take ten times as long.
#![cfg(target_arch = "wasm32")]
#![no_std]

use core::slice;

// The streams, one after another, behind a head of numbers that says how long each is. What an operation is followed by
// stands in the stream of its kind.
const FRAME: usize = 0;
const OPERATIONS: usize = 1;
const LOCALS: usize = 2;
const OFFSETS: usize = 3;
const INTEGERS: usize = 4;
const CALLS: usize = 5;
const BRANCHES: usize = 6;
const LONGS: usize = 7;
const BLOCKS: usize = 8;
const OTHERS: usize = 9;
const DECLARED: usize = 10;
const DOUBLES: usize = 11;
const STREAMS: usize = 12;

/// The first operation on memory; where its alignment is told, its number is that of `TOLD`.
const MEMORY: u8 = 0x28;
const TOLD: u8 = 0xd4;
/// The alignments of the operations on memory, where none is told.
const ALIGNMENTS: [u8; 23] = [
    2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2,
];

/// The section of the code.
const CODE: u8 = 10;
/// Bytes that are left for a length: as many as the longest takes.
const ROOM: usize = 4;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// Puts the module into the place of its text and says how long it is.
///
/// # Safety
///
/// At `address` stand `length` bytes, the text in UTF-8, and behind them is room for `size` and eight bytes more: the
/// module, which has `size` bytes, and what it has while lengths are not known yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unpack(address: *mut u8, length: usize, size: usize) {
    // Safety: the caller's, as said above; the two do not overlap.
    let (text, module) = unsafe {
        (
            slice::from_raw_parts_mut(address, length),
            slice::from_raw_parts_mut(address.add(length), size + 2 * ROOM),
        )
    };
    read_letters(text);
    let mut unpacking = Unpacking {
        packed: text,
        at: [0; STREAMS + 1],
        module,
        end: 0,
    };
    unpacking.all();
}

/// Puts bytes into the place of a text's letters: its first 256 say which letter is which byte.
fn read_letters(text: &mut [u8]) {
    let mut byte_of = [0; 1024];
    let (mut from, mut to, mut letters) = (0, 0, 0);
    while from < text.len() {
        let mut letter = usize::from(text[from]);
        from += 1;
        if letter > 127 {
            letter = (letter & 15) << 6 | usize::from(text[from] & 63);
            from += 1;
        }
        if letters < 256 {
            byte_of[letter] = letters as u8;
            letters += 1;
        } else {
            text[to] = byte_of[letter];
            to += 1;
        }
    }
}

struct Unpacking<'a> {
    packed: &'a [u8],
    /// Where each stream goes on; the last is the head.
    at: [usize; STREAMS + 1],
    module: &'a mut [u8],
    end: usize,
}

impl Unpacking<'_> {
    fn all(&mut self) {
        let code_at = self.number(STREAMS);
        let functions = self.number(STREAMS);
        let mut lengths = [0; STREAMS];
        for length in &mut lengths {
            *length = self.number(STREAMS);
        }
        let mut at = self.at[STREAMS];
        for (stream, length) in lengths.iter().enumerate() {
            self.at[stream] = at;
            at += length;
        }

        self.copy(FRAME, code_at);
        self.write(CODE);
        let start = self.leave_room();
        self.take(OTHERS);
        for _ in 0..functions {
            let start = self.leave_room();
            self.body();
            self.measure(start);
        }
        self.measure(start);
        self.copy(FRAME, lengths[FRAME] - code_at);
    }

    fn body(&mut self) {
        for _ in 0..2 * self.take(DECLARED) {
            self.take(DECLARED);
        }
        let mut depth = 1;
        while depth > 0 {
            let operation = self.byte(OPERATIONS);
            match operation {
                MEMORY..=0x3e => {
                    self.write(operation);
                    self.write(ALIGNMENTS[usize::from(operation - MEMORY)]);
                    self.take(OFFSETS);
                    continue;
                }
                TOLD..=0xea => {
                    self.write(operation - TOLD + MEMORY);
                    self.take(OTHERS);
                    self.take(OFFSETS);
                    continue;
                }
                _ => self.write(operation),
            }
            match operation {
                0x02..=0x04 => {
                    self.take(BLOCKS);
                    depth += 1;
                }
                0x0b => depth -= 1,
                0x0c | 0x0d => _ = self.take(BRANCHES),
                0x0e => {
                    for _ in 0..=self.take(OTHERS) {
                        self.take(OTHERS);
                    }
                }
                0x10 => _ = self.take(CALLS),
                0x11 => {
                    self.take(OTHERS);
                    self.take(OTHERS);
                }
                0x20..=0x22 => _ = self.take(LOCALS),
                0x23..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => _ = self.take(OTHERS),
                0x41 => _ = self.take(INTEGERS),
                0x42 => _ = self.take(LONGS),
                0x44 => self.copy(DOUBLES, 8),
                0xfc => {
                    let numbers = match self.take(OTHERS) {
                        0..=7 => 0,
                        8 | 10 | 12 | 14 => 2,
                        _ => 1,
                    };
                    for _ in 0..numbers {
                        self.take(OTHERS);
                    }
                }
                _ => {}
            }
        }
    }

    fn byte(&mut self, stream: usize) -> u8 {
        let at = self.at[stream];
        self.at[stream] = at + 1;
        self.packed[at]
    }

    fn write(&mut self, byte: u8) {
        self.module[self.end] = byte;
        self.end += 1;
    }

    fn copy(&mut self, stream: usize, count: usize) {
        for _ in 0..count {
            let byte = self.byte(stream);
            self.write(byte);
        }
    }

    /// Takes over a number of a stream: seven bits a byte, the lowest first.
    fn take(&mut self, stream: usize) -> usize {
        let start = self.at[stream];
        let number = self.number(stream);
        let count = self.at[stream] - start;
        self.at[stream] = start;
        self.copy(stream, count);
        number
    }

    fn number(&mut self, stream: usize) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte(stream);
            number |= usize::from(byte & 127) << (shift & 31);
            shift += 7;
            if byte < 128 {
                return number;
            }
        }
    }

    /// Leaves room for the length of what is written next.
    fn leave_room(&mut self) -> usize {
        let start = self.end;
        self.end += ROOM;
        start
    }

    /// Writes how long it is, and moves it to where that ends.
    fn measure(&mut self, start: usize) {
        let (first, end) = (start + ROOM, self.end);
        let mut left = end - first;
        self.end = start;
        while left > 127 {
            self.write(left as u8 | 128);
            left >>= 7;
        }
        self.write(left as u8);
        self.module.copy_within(first..end, self.end);
        self.end += end - first;
    }
}
