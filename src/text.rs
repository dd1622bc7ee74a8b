//! Texts put together with little code: what the standard library has for it is made for speed and for every need.

/// What a text can be made of. `std::fmt` can more, which is ten times the code.
pub(crate) trait Written {
    /// Adds it to a text.
    fn write(&self, text: &mut String);
}

impl<T: Written + ?Sized> Written for &T {
    fn write(&self, text: &mut String) {
        (**self).write(text);
    }
}

impl Written for str {
    fn write(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Written for String {
    fn write(&self, text: &mut String) {
        text.push_str(self);
    }
}

impl Written for u64 {
    fn write(&self, text: &mut String) {
        text.push_str(&digits((*self).into()));
    }
}

impl Written for u32 {
    fn write(&self, text: &mut String) {
        u64::from(*self).write(text);
    }
}

impl Written for usize {
    fn write(&self, text: &mut String) {
        u64::try_from(*self).unwrap_or(u64::MAX).write(text);
    }
}

#[inline(never)]
pub(crate) fn written(part: &dyn Written) -> String {
    let mut text = String::new();
    part.write(&mut text);
    text
}

/// A text with each `{}` of it filled in.
#[inline(never)]
pub(crate) fn filled(text: &str, parts: &[&dyn Written]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    for part in parts {
        let Some((before, after)) = split(rest, b'{') else {
            break;
        };
        filled.push_str(before);
        part.write(&mut filled);
        rest = after.get(1..).unwrap_or_default();
    }
    filled.push_str(rest);
    filled
}

/// Texts one after the other.
#[inline(never)]
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// How many characters a text has.
#[inline(never)]
pub(crate) fn length(text: &str) -> usize {
    let mut length = 0_usize;
    for _ in text.chars() {
        length = length.wrapping_add(1);
    }
    length
}

/// The first so many characters of a text.
#[inline(never)]
pub(crate) fn first(text: &str, most: usize) -> &str {
    let mut count = 0_usize;
    for (place, _) in text.char_indices() {
        if count == most {
            return text.get(..place).unwrap_or(text);
        }
        count = count.wrapping_add(1);
    }
    text
}

/// A whole number in decimal digits.
#[inline(never)]
pub(crate) fn digits(number: u128) -> String {
    let mut digits = String::new();
    let mut rest = number;
    loop {
        let digit = u8::try_from(rest % 10).unwrap_or(0);
        digits.insert(0, char::from(b'0'.wrapping_add(digit)));
        rest /= 10;
        if rest == 0 {
            return digits;
        }
    }
}

/// A whole number of digits alone; `None` where it is none or too large.
pub(crate) fn whole_number(text: &str) -> Option<u64> {
    let mut number: Option<u64> = None;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = Some(
            number
                .unwrap_or(0)
                .checked_mul(10)?
                .checked_add(digit.into())?,
        );
    }
    number
}

/// What stands before and after the first such character.
pub(crate) fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    for (place, byte) in text.bytes().enumerate() {
        if byte == at {
            return Some((text.get(..place)?, text.get(place.saturating_add(1)..)?));
        }
    }
    None
}

/// Without the zeros at its end.
pub(crate) fn without_zeros(text: &mut String) {
    while text.ends_with('0') {
        text.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_read_back() {
        for number in [0, 7, 10, 1_000_000, u128::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }

    #[test]
    fn a_text_is_filled_in_order() {
        let cases: [(&str, &[&dyn Written], &str); 4] = [
            ("none", &[], "none"),
            ("{}", &[&7_u32], "7"),
            ("a {} b {}, c", &[&"{}", &String::from("ü")], "a {} b ü, c"),
            ("one too many", &[&1_usize], "one too many"),
        ];
        for (text, parts, expected) in cases {
            assert_eq!(filled(text, parts), expected);
        }
    }

    #[test]
    fn whole_numbers_are_digits_alone() {
        for (text, number) in [
            ("0", Some(0)),
            ("007", Some(7)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("", None),
            ("+1", None),
            ("1 ", None),
        ] {
            assert_eq!(whole_number(text), number, "{text}");
        }
    }

    #[test]
    fn a_text_is_split_once() {
        assert_eq!(split("1/9/2", b'/'), Some(("1", "9/2")));
        assert_eq!(split("19", b'/'), None);
    }
}
