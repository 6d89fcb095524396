//! As much of JSON Schema as the document uses.

use serde_json::Value;

/// What is wrong with a value, and where; `None`: it is as described.
pub(super) fn fault(document: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.strip_prefix('#').unwrap());
        let target = target.unwrap_or_else(|| panic!("`{reference}` leads nowhere"));
        return fault(document, target, value, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any
            .iter()
            .any(|one| fault(document, one, value, at).is_none());
        return (!fits).then(|| format!("{at} is none of {any:?}: {value}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => panic!("{at}: a schema without a type"),
    };
    if !types.iter().any(|wanted| is_of(wanted, value)) {
        return Some(format!("{at} is no {types:?}: {value}"));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        return Some(format!("{at} is none of {allowed:?}: {value}"));
    }
    match value {
        Value::Object(fields) => object(document, schema, fields, at),
        Value::Array(items) => items
            .iter()
            .find_map(|item| fault(document, &schema["items"], item, &format!("{at}[]"))),
        _ => None,
    }
}

fn object(
    document: &Value,
    schema: &Value,
    fields: &serde_json::Map<String, Value>,
    at: &str,
) -> Option<String> {
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .find(|name| !fields.contains_key(*name));
    if let Some(name) = missing {
        return Some(format!("{at}.{name} is missing"));
    }
    let known = schema["properties"].as_object()?;
    fields.iter().find_map(|(name, value)| {
        let at = format!("{at}.{name}");
        match known.get(name) {
            Some(schema) => fault(document, schema, value, &at),
            None => Some(format!("{at} is not described")),
        }
    })
}

fn is_of(wanted: &str, value: &Value) -> bool {
    match wanted {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no type"),
    }
}
