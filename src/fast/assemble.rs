//! The bytes of a WebAssembly module that holds one function: its instructions one after the other, and what has to
//! stand around them. Names and numbers are those of the WebAssembly specification.

/// A local variable of the function, or one of its arguments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Local(u32);

/// What a local holds: a whole number of 32 bits, a double, or two doubles.
pub(super) const INT: u8 = 0x7f;
pub(super) const DOUBLE: u8 = 0x7c;
pub(super) const PAIR: u8 = 0x7b;

/// An instruction on doubles, and in the upper byte the same on two of them at a time.
#[derive(Clone, Copy)]
pub(super) struct Op(u16);

pub(super) const ADD: Op = Op(0xf0a0);
pub(super) const SUB: Op = Op(0xf1a1);
pub(super) const MUL: Op = Op(0xf2a2);
pub(super) const DIV: Op = Op(0xf3a3);
/// Of pairs the ones that are a single instruction of the processor; no value is NaN where they stand.
pub(super) const MIN: Op = Op(0xf6a4);
pub(super) const MAX: Op = Op(0xf7a5);
pub(super) const FLOOR: Op = Op(0x759c);
pub(super) const NEAREST: Op = Op(0x949e);
pub(super) const EQ: Op = Op(0x4761);
pub(super) const NE: Op = Op(0x4862);
pub(super) const LT: Op = Op(0x4963);
pub(super) const GT: Op = Op(0x4a64);
pub(super) const LE: Op = Op(0x4b65);
pub(super) const GE: Op = Op(0x4c66);
/// Of yes and no, which of pairs are all ones and all zeros.
pub(super) const AND: Op = Op(0x4e71);
pub(super) const OR: Op = Op(0x5072);
/// The one or the other: `one other yes`.
pub(super) const SELECT: Op = Op(0x521b);

/// Instructions on whole numbers, and between these and doubles.
pub(super) const INT_EQZ: u8 = 0x45;
pub(super) const INT_EQ: u8 = 0x46;
pub(super) const INT_LT: u8 = 0x49;
pub(super) const INT_GT: u8 = 0x4b;
pub(super) const INT_ADD: u8 = 0x6a;
pub(super) const INT_SUB: u8 = 0x6b;
pub(super) const INT_SHL: u8 = 0x74;
pub(super) const INT_SHR: u8 = 0x76;
pub(super) const TO_INT: u8 = 0xab;
pub(super) const TO_DOUBLE: u8 = 0xb8;
pub(super) const PAIR_SPLAT: u32 = 0x14;
/// Whether both are yes.
pub(super) const PAIR_ALL: u32 = 0xc3;
pub(super) const PAIR_AND: u32 = 0x4e;
/// Of the four whole numbers that a pair's bits are, each the larger one.
pub(super) const BITS_MAX: u32 = 0xb9;
/// Of pairs' bits as two whole numbers with a sign. No double that is not negative is out of order in these.
pub(super) const BITS_LE: u32 = 0xda;
pub(super) const BITS_GE: u32 = 0xdb;

const BLOCK: u8 = 0x02;
const LOOP: u8 = 0x03;
const IF: u8 = 0x04;
const END: u8 = 0x0b;
const BRANCH: u8 = 0x0c;
const BRANCH_IF: u8 = 0x0d;
const RETURN: u8 = 0x0f;
/// A block that leaves nothing.
const NOTHING: u8 = 0x40;

/// A function that is being written.
pub(super) struct Code {
    /// Doubles go in pairs.
    pub(super) pairs: bool,
    bytes: Vec<u8>,
    params: u32,
    kinds: Vec<u8>,
    /// What each of these locals holds from the beginning on.
    constants: Vec<(f64, Local)>,
}

impl Code {
    /// A function with so many arguments, all of them whole numbers, which answers one.
    pub(super) const fn new(params: u32, pairs: bool) -> Self {
        Self {
            pairs,
            bytes: Vec::new(),
            params,
            kinds: Vec::new(),
            constants: Vec::new(),
        }
    }

    pub(super) const fn argument(place: u32) -> Local {
        Local(place)
    }

    pub(super) fn local(&mut self, kind: u8) -> Local {
        let place = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        self.kinds.push(kind);
        Local(place.wrapping_add(self.params))
    }

    /// A local for figures.
    pub(super) fn figure(&mut self) -> Local {
        self.local(if self.pairs { PAIR } else { DOUBLE })
    }

    pub(super) fn get(&mut self, local: Local) {
        self.with(0x20, local.0);
    }

    pub(super) fn set(&mut self, local: Local) {
        self.with(0x21, local.0);
    }

    /// Sets it, and leaves the value there.
    pub(super) fn tee(&mut self, local: Local) {
        self.with(0x22, local.0);
    }

    pub(super) fn op(&mut self, op: Op) {
        let [double, pair] = op.0.to_le_bytes();
        self.either(double, pair.into());
    }

    fn either(&mut self, double: u8, pair: u32) {
        match self.pairs {
            true => self.pair(pair),
            false => self.bytes.push(double),
        }
    }

    pub(super) fn int_op(&mut self, op: u8) {
        self.bytes.push(op);
    }

    pub(super) fn pair(&mut self, op: u32) {
        self.with(0xfd, op);
    }

    /// An instruction with a number.
    fn with(&mut self, op: u8, number: u32) {
        self.bytes.push(op);
        unsigned(&mut self.bytes, number);
    }

    pub(super) fn int(&mut self, number: u32) {
        self.bytes.push(0x41);
        // One that is negative when its 32 bits are read as signed has to be written so.
        let mut rest = i64::from(number.cast_signed());
        loop {
            let low = u8::try_from(rest & 0x7f).unwrap_or_default();
            rest >>= 7;
            let sign = if low & 0x40 == 0 { 0 } else { -1 };
            if rest == sign {
                self.bytes.push(low);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }

    /// A constant figure.
    pub(super) fn number(&mut self, number: f64) {
        if !self.pairs {
            self.double(number);
            return;
        }
        let known = self.constants.iter().find(|(known, _)| *known == number);
        let local = match known {
            Some((_, local)) => *local,
            None => {
                let local = self.local(PAIR);
                self.constants.push((number, local));
                local
            }
        };
        self.get(local);
    }

    fn double(&mut self, number: f64) {
        self.bytes.push(0x44);
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// The figure at `offset` from the address that is there.
    pub(super) fn load(&mut self, offset: u32) {
        self.reach(0x2b, 0x00, offset);
    }

    /// Stores a figure: `address figure`.
    pub(super) fn store(&mut self, offset: u32) {
        self.reach(0x39, 0x0b, offset);
    }

    fn reach(&mut self, double: u8, pair: u32, offset: u32) {
        self.either(double, pair);
        // doubles lie at multiples of eight
        self.bytes.push(3);
        unsigned(&mut self.bytes, offset);
    }

    /// `if` a yes is there, until `end`.
    pub(super) fn begin_if(&mut self) {
        self.bytes.extend_from_slice(&[IF, NOTHING]);
    }

    pub(super) fn end(&mut self) {
        self.bytes.push(END);
    }

    /// What is repeated until `repeat`, not even once where a yes is there: `while not`.
    pub(super) fn begin_loop(&mut self, until: impl FnOnce(&mut Self)) {
        self.bytes
            .extend_from_slice(&[BLOCK, NOTHING, LOOP, NOTHING]);
        until(self);
        self.bytes.extend_from_slice(&[BRANCH_IF, 1]);
    }

    pub(super) fn repeat(&mut self) {
        self.bytes.extend_from_slice(&[BRANCH, 0, END, END]);
    }

    /// What is repeated until `end_turns`, not even once where a yes is there. Its condition stands at both ends, so that
    /// a compiler moves what is the same in each turn out of it.
    pub(super) fn begin_turns(&mut self, none: impl FnOnce(&mut Self)) {
        self.bytes.extend_from_slice(&[BLOCK, NOTHING]);
        none(self);
        self.bytes.extend_from_slice(&[BRANCH_IF, 0, LOOP, NOTHING]);
    }

    /// Another turn where no yes is there.
    pub(super) fn end_turns(&mut self) {
        self.bytes
            .extend_from_slice(&[INT_EQZ, BRANCH_IF, 0, END, END]);
    }

    /// Leaves the loop where a yes is there.
    pub(super) fn leave_loop(&mut self) {
        self.bytes.extend_from_slice(&[BRANCH_IF, 1]);
    }

    /// Answers the number that is there.
    pub(super) fn answer(&mut self) {
        self.bytes.push(RETURN);
    }

    /// The module. It exports its function as `f`, and works in the memory `e.m`.
    pub(super) fn module(self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.bytes.len().saturating_mul(2));
        length(&mut body, self.kinds.len());
        for kind in &self.kinds {
            body.extend_from_slice(&[1, *kind]);
        }
        let mut start = Self::new(0, true);
        for (number, local) in &self.constants {
            start.double(*number);
            start.pair(PAIR_SPLAT);
            start.set(*local);
        }
        body.extend_from_slice(&start.bytes);
        body.extend_from_slice(&self.bytes);
        body.push(END);

        let mut code = vec![1];
        length(&mut code, body.len());
        code.extend_from_slice(&body);
        let mut types = vec![1, 0x60];
        unsigned(&mut types, self.params);
        types.extend((0..self.params).map(|_| INT));
        types.extend_from_slice(&[1, INT]);

        let mut module = b"\0asm\x01\0\0\0".to_vec();
        section(&mut module, 1, &types);
        section(&mut module, 2, b"\x01\x01e\x01m\x02\x00\x01");
        section(&mut module, 3, &[1, 0]);
        section(&mut module, 7, b"\x01\x01f\x00\x00");
        section(&mut module, 10, &code);
        module
    }
}

fn section(module: &mut Vec<u8>, id: u8, content: &[u8]) {
    module.push(id);
    length(module, content.len());
    module.extend_from_slice(content);
}

fn length(bytes: &mut Vec<u8>, length: usize) {
    unsigned(bytes, u32::try_from(length).unwrap_or(u32::MAX));
}

/// Seven bits a byte, the lowest first.
fn unsigned(bytes: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    loop {
        let low = u8::try_from(rest & 0x7f).unwrap_or_default();
        rest >>= 7;
        if rest == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}
