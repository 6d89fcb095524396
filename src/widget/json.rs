//! Reads the bundle's JSON with the browser's own parser. `serde_json`'s reader, with its tables
//! for floats and its messages for every kind of mistake, would be a third of the wasm file;
//! here a field is looked up by its place in the type. Unknown fields are passed over.

use guichet_bundle::pack::Pack;
use guichet_bundle::{BundleError, FORMAT, check_format};
use guichet_domain::document::Document;
use js_sys::{Array, JSON, JsString, Object, Reflect};
use serde::de::value::U32Deserializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error,
    IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt::{self, Display};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a file of the bundle; a format it does not read is refused before anything else is looked at.
pub(crate) fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, BundleError> {
    T::deserialize(parse(file, bytes)?).map_err(|_| malformed(file, MISTAKEN))
}

fn parse(file: &str, bytes: &[u8]) -> Result<Js, BundleError> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed(file, "it is not UTF-8"))?;
    let value = JSON::parse(text).map_err(|_| malformed(file, "it is not JSON"))?;
    let format =
        Reflect::get(&value, &"format".into()).map_err(|_| malformed(file, "it is no object"))?;
    // No format at all is noticed later, as a missing field.
    check_format(u32::deserialize(Js(format)).unwrap_or(FORMAT))?;
    Ok(Js(value))
}

const MISTAKEN: &str = "a value is missing or not of its kind";

fn malformed(file: &str, reason: &str) -> BundleError {
    BundleError::Malformed {
        file: file.to_owned(),
        reason: reason.to_owned(),
    }
}

/// A content file that is being read: all of it at once would keep a telephone busy for too long.
pub(crate) struct Reading {
    file: String,
    /// What is read of it.
    pub(crate) pack: Pack,
    documents: Items,
}

impl Reading {
    /// Reads all but the documents.
    pub(crate) fn new(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        let mistaken = |_| malformed(file, MISTAKEN);
        let Js(value) = parse(file, bytes)?;
        let key = "documents".into();
        let documents = Reflect::get(&value, &key)
            .and_then(JsCast::dyn_into)
            .map_err(mistaken)?;
        Reflect::set(&value, &key, &Array::new()).map_err(mistaken)?;
        Ok(Self {
            file: file.to_owned(),
            pack: Pack::deserialize(Js(value)).map_err(|_| malformed(file, MISTAKEN))?,
            documents: Items {
                array: documents,
                next: 0,
            },
        })
    }

    /// Reads some more documents; `false` once there are none left.
    pub(crate) fn step(&mut self) -> Result<bool, BundleError> {
        for _ in 0..DOCUMENTS_AT_ONCE {
            let Some(document) = self.documents.advance() else {
                return Ok(false);
            };
            let document = Document::deserialize(document);
            let document = document.map_err(|_| malformed(&self.file, MISTAKEN))?;
            self.pack.documents.push(document);
        }
        Ok(true)
    }
}

/// Some 10 ms of a telephone.
const DOCUMENTS_AT_ONCE: usize = 16;

/// Reads what a server answered; `None` where a value is missing or not of its kind.
pub(crate) fn told<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    T::deserialize(Js(value.clone())).ok()
}

/// What is wrong is not said: our own build writes these files, and a checksum guards them on
/// their way. An error without a size keeps the way out of every field short.
#[derive(Debug)]
struct Mistake;

impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value is not of its kind")
    }
}

impl std::error::Error for Mistake {}

impl Error for Mistake {
    fn custom<T: Display>(_message: T) -> Self {
        Self
    }
}

/// A value of a parsed file.
struct Js(JsValue);

impl Js {
    fn number(&self) -> Result<f64, Mistake> {
        self.0.as_f64().ok_or(Mistake)
    }

    #[inline(never)]
    fn text(&self) -> Result<String, Mistake> {
        self.0.as_string().ok_or(Mistake)
    }

    /// The place of a variant among `names`, and its content.
    #[inline(never)]
    fn variant(self, names: &[&str]) -> Result<(u32, Js), Mistake> {
        let (name, value) = if let Some(name) = self.0.as_string() {
            (name, JsValue::UNDEFINED)
        } else {
            // A variant with content is an object of one key.
            let object: &Object = self.0.dyn_ref().ok_or(Mistake)?;
            let name = Object::keys(object).get(0);
            let value = Reflect::get(object, &name).map_err(|_| Mistake)?;
            (name.as_string().ok_or(Mistake)?, value)
        };
        let at = names.iter().position(|variant| *variant == name);
        Ok((place(at.ok_or(Mistake)?), Js(value)))
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whole numbers arrive as floats; those of a bundle are far below 2^53.
macro_rules! whole_numbers {
    ($($method:ident $visit:ident $kind:ty),*) => {$(
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
            visitor.$visit(self.number()? as $kind)
        }
    )*};
}

impl<'de> Deserializer<'de> for Js {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Mistake> {
        // The bundle's types all say what they expect.
        Err(Mistake)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_bool(self.0.is_truthy())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let array: Array = self.0.dyn_into().map_err(|_| Mistake)?;
        visitor.visit_seq(Items { array, next: 0 })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_map(Fields {
            object: self.0,
            names: fields,
            next: 0,
            value: JsValue::UNDEFINED,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let (at, value) = self.variant(variants)?;
        visitor.visit_enum(Variant { at, value })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_unit()
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let object: Object = self.0.dyn_into().map_err(|_| Mistake)?;
        let entries = Object::entries(&object);
        let pairs = Items {
            array: entries,
            next: 0,
        };
        visitor.visit_map(Entries(pairs, JsValue::UNDEFINED))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "moments are whole milliseconds far below 2^53"
    )]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_i64(self.number()? as i64)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_f64(self.number()?)
    }

    whole_numbers! {
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64
    }

    forward_to_deserialize_any! {
        i8 i16 i32 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct Items {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        match self.advance() {
            Some(item) => seed.deserialize(item).map(Some),
            None => Ok(None),
        }
    }
}

impl Items {
    #[inline(never)]
    fn advance(&mut self) -> Option<Js> {
        if self.next >= self.array.length() {
            return None;
        }
        let item = self.array.get(self.next);
        self.next += 1;
        Some(Js(item))
    }
}

/// The pairs of an object whose keys are not known.
struct Entries(Items, JsValue);

impl<'de> MapAccess<'de> for Entries {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        let Some(Js(pair)) = self.0.advance() else {
            return Ok(None);
        };
        let pair: Array = pair.dyn_into().map_err(|_| Mistake)?;
        self.1 = pair.get(1);
        seed.deserialize(Js(pair.get(0))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        seed.deserialize(Js(self.1.clone()))
    }
}

/// The fields of a type that an object has, in the type's order.
struct Fields {
    object: JsValue,
    names: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mistake> {
        match self.advance()? {
            Some(at) => seed.deserialize(at_place(at)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let value = std::mem::replace(&mut self.value, JsValue::UNDEFINED);
        seed.deserialize(Js(value))
    }
}

impl Fields {
    /// The place of the next field that is there.
    #[inline(never)]
    fn advance(&mut self) -> Result<Option<u32>, Mistake> {
        while let Some(name) = self.names.get(self.next) {
            self.next += 1;
            let name = JsString::from(*name);
            self.value = Reflect::get(&self.object, &name).map_err(|_| Mistake)?;
            if !self.value.is_undefined() {
                return Ok(Some(place(self.next - 1)));
            }
        }
        Ok(None)
    }
}

fn at_place(at: u32) -> U32Deserializer<Mistake> {
    at.into_deserializer()
}

struct Variant {
    at: u32,
    value: Js,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Mistake;
    type Variant = Js;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Js), Mistake> {
        Ok((seed.deserialize(at_place(self.at))?, self.value))
    }
}

impl<'de> VariantAccess<'de> for Js {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mistake> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Mistake> {
        Err(Mistake)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        self.deserialize_struct("", fields, visitor)
    }
}
