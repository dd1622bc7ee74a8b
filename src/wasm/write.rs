//! Results as JSON text: one text crosses faster than many small values, and costs less code.

use std::fmt;

use serde::ser::{self, Serialize, Serializer};
use wasm_bindgen::JsValue;

use super::read::text_of;

/// The JSON text of a value.
pub(super) fn json(value: &impl Serialize) -> Result<String, JsValue> {
    let mut writer = Writer(String::new());
    match value.serialize(&mut writer) {
        Ok(()) => Ok(writer.0),
        Err(Unknown) => Err(JsValue::from_str("this cannot be written")),
    }
}

struct Writer(String);

/// What no result is made of.
#[derive(Debug)]
struct Unknown;

impl fmt::Display for Unknown {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unknown {}

impl ser::Error for Unknown {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Writer {
    /// A comma, but before the first of a list or an object.
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), Some(b'[' | b'{')) {
            self.0.push(',');
        }
    }

    fn text(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                ' '.. => self.0.push(c),
                control => {
                    let digit = |n: u32| char::from_digit(n & 15, 16).unwrap_or('0');
                    let code = u32::from(control);
                    self.0.push_str("\\u00");
                    self.0.push(digit(code.wrapping_shr(4)));
                    self.0.push(digit(code));
                }
            }
        }
        self.0.push('"');
    }

    fn whole(&mut self, number: i64) {
        self.0.push_str(&number.to_string());
    }
}

macro_rules! whole_numbers {
    ($($name:ident $type:ty)*) => {$(
        fn $name(self, number: $type) -> Result<(), Unknown> {
            i64::try_from(number).map(|number| self.whole(number)).map_err(|_| Unknown)
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unknown;
    type SerializeSeq = Closing<'w>;
    type SerializeTuple = Closing<'w>;
    type SerializeTupleStruct = ser::Impossible<(), Unknown>;
    type SerializeTupleVariant = ser::Impossible<(), Unknown>;
    type SerializeMap = Closing<'w>;
    type SerializeStruct = Closing<'w>;
    type SerializeStructVariant = ser::Impossible<(), Unknown>;

    whole_numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Unknown> {
        self.0.push_str(if flag { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Unknown> {
        Err(Unknown)
    }

    /// As JavaScript prints it, so that the same number is read.
    fn serialize_f64(self, number: f64) -> Result<(), Unknown> {
        let text = text_of(&JsValue::from_f64(number)).map_err(|_| Unknown)?;
        self.0.push_str(&text);
        Ok(())
    }

    fn serialize_char(self, _: char) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_str(self, text: &str) -> Result<(), Unknown> {
        self.text(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_none(self) -> Result<(), Unknown> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unknown> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unknown> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unknown> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Closing<'w>, Unknown> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Closing<'w>, Unknown> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unknown> {
        Err(Unknown)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unknown> {
        Err(Unknown)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Closing<'w>, Unknown> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Closing<'w>, Unknown> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unknown> {
        Err(Unknown)
    }
}

impl Writer {
    fn open(&mut self, bracket: char, closing: char) -> Closing<'_> {
        self.0.push(bracket);
        Closing {
            writer: self,
            closing,
        }
    }
}

/// A list or an object that is being written.
struct Closing<'w> {
    writer: &'w mut Writer,
    closing: char,
}

impl Closing<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.writer.separate();
        value.serialize(&mut *self.writer)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.writer.0.push(':');
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.0.push(self.closing);
    }
}

impl ser::SerializeSeq for Closing<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.item(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeTuple for Closing<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.item(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeMap for Closing<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unknown> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.value(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Closing<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unknown> {
        self.writer.separate();
        self.writer.text(key);
        self.value(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close();
        Ok(())
    }
}
