//! Texts put together with little code: what the standard library has for it is made for speed and for every need.

/// Texts one after the other.
#[inline(never)]
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
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
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place.saturating_add(1)..)?))
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
