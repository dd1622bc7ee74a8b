//! "3:30" and 210 are the same quantity.

use crate::{
    exact::{Decimal, decimal_text},
    text::{digits, joined, split, whole_number, without_zeros},
};

/// Reads `210`, `3:30`, `1:02:03`, each with decimals of a second; minutes and seconds behind a colon have
/// two digits and stay below 60. The result is in seconds.
pub(crate) fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let Some((first, rest)) = split(text, b':') else {
        return plain(text);
    };
    let first = whole_number(first)?;
    let (minutes, seconds) = match split(rest, b':') {
        None => (first, rest),
        Some((minutes, seconds)) => {
            let minutes = first.checked_mul(60)?.checked_add(below_60(minutes)?)?;
            (minutes, seconds)
        }
    };
    let (seconds, fraction) = split(seconds, b'.').unwrap_or((seconds, "0"));
    let seconds = minutes.checked_mul(60)?.checked_add(below_60(seconds)?)?;
    plain(&joined(&[&digits(seconds.into()), ".", fraction]))
}

/// Milliseconds as [`parse`] reads them: `0:05`, `3:30`, `1:02:03.5`.
pub(crate) fn clock(milliseconds: u128) -> String {
    let seconds = milliseconds.wrapping_div(1000);
    let (hours, minutes) = (
        seconds.wrapping_div(3600),
        seconds.wrapping_div(60).wrapping_rem(60),
    );
    let seconds = seconds.wrapping_rem(60);
    let mut clock = match hours {
        0 => digits(minutes),
        _ => joined(&[&digits(hours), ":", &two_digits(minutes)]),
    };
    clock.push(':');
    clock.push_str(&two_digits(seconds));
    let rest = milliseconds.wrapping_rem(1000);
    if rest > 0 {
        let thousandths = decimal_text(rest, 3);
        clock.push_str(thousandths.strip_prefix('0').unwrap_or_default());
        without_zeros(&mut clock);
    }
    clock
}

fn two_digits(number: u128) -> String {
    let mut text = digits(number);
    if number < 10 {
        text.insert(0, '0');
    }
    text
}

fn plain(text: &str) -> Option<Decimal> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits {
        Decimal::parse(text).ok()
    } else {
        None
    }
}

fn below_60(text: &str) -> Option<u64> {
    match whole_number(text) {
        Some(value) if text.len() == 2 && value < 60 => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_quantity_written_several_ways() {
        for (text, milliseconds) in [
            ("210", 210_000),
            ("3:30", 210_000),
            (" 3:30 ", 210_000),
            ("0:00", 0),
            ("0:05.5", 5_500),
            ("90.25", 90_250),
            ("120:00", 7_200_000),
            ("1:02:03", 3_723_000),
            ("1:02:03.004", 3_723_004),
        ] {
            let seconds = parse(text).unwrap();
            assert_eq!(seconds.times_rounded(1000), Some(milliseconds), "{text}");
        }
    }

    #[test]
    fn a_clock_reads_back() {
        for (milliseconds, text) in [
            (0, "0:00"),
            (5_500, "0:05.5"),
            (210_000, "3:30"),
            (600_000, "10:00"),
            (14_400_000, "4:00:00"),
            (3_723_004, "1:02:03.004"),
        ] {
            assert_eq!(clock(milliseconds), text);
            assert_eq!(parse(text).unwrap().times_rounded(1000), Some(milliseconds));
        }
    }

    #[test]
    fn what_could_mean_two_things_is_no_duration() {
        for text in [
            "",
            " ",
            ":",
            "abc",
            "3:",
            ":30",
            "3:3",
            "3:60",
            "3:300",
            "1:60:00",
            "1:2:03",
            "1:02:03:04",
            "-1",
            "-0:30",
            "+5",
            "1e3",
            "3:30s",
            "3m",
            "0x10",
            "3:30.",
            "3.5:30",
            "NaN",
            "Infinity",
            "٣:٣٠",
            "99999999999999999999:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
