//! What a screen reader is told: the accessibility tree of the help panel as the browser computes it, an element a
//! line, role first, then name and state.

use crate::Page;
use chromiumoxide::cdp::browser_protocol::accessibility::GetFullAxTreeParams;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;

/// States that are said.
const STATES: [&str; 7] = [
    "expanded", "selected", "checked", "invalid", "focused", "disabled", "hasPopup",
];
/// Roles that say nothing themselves; what they hold is told in their place.
const SILENT: [&str; 8] = [
    "generic",
    "none",
    "InlineTextBox",
    "LayoutTable",
    "LayoutTableRow",
    "LayoutTableCell",
    "ListMarker",
    "StaticText",
];

impl Page {
    /// The panel as it is announced, below the dialog itself.
    pub async fn announced(&self) -> String {
        let answer = self
            .tab
            .execute(GetFullAxTreeParams::default())
            .await
            .unwrap();
        let answer = serde_json::to_value(&answer.result).unwrap();
        let nodes: Vec<&Value> = answer["nodes"].as_array().into_iter().flatten().collect();
        let by_id: HashMap<&str, &Value> = nodes
            .iter()
            .filter_map(|node| Some((node["nodeId"].as_str()?, *node)))
            .collect();
        let dialog = nodes
            .iter()
            .find(|node| node["role"]["value"] == "dialog" && node["ignored"] != true)
            .expect("the panel is a dialog");
        let mut text = String::new();
        tell(dialog, &by_id, 0, &mut text);
        text
    }
}

fn tell(node: &Value, by_id: &HashMap<&str, &Value>, depth: usize, text: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let is_silent = node["ignored"] == true || SILENT.contains(&role);
    let mut depth = depth;
    if !is_silent || role == "StaticText" && !name.is_empty() {
        let role = if role == "StaticText" { "text" } else { role };
        write!(text, "{:1$}{role}", "", depth * 2).unwrap();
        if !name.is_empty() {
            write!(text, " “{name}”").unwrap();
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let (key, value) = (&property["name"], &property["value"]["value"]);
            let is_said = STATES.iter().any(|state| key == state);
            if is_said && *value != false && value != "false" {
                write!(text, " {}", key.as_str().unwrap_or_default()).unwrap();
            }
        }
        text.push('\n');
        depth += 1;
    }
    // The words of a button or a heading are its name: once is enough.
    if ["button", "heading", "option", "link"].contains(&role) {
        return;
    }
    for id in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = id.as_str().and_then(|id| by_id.get(id)) {
            tell(child, by_id, depth, text);
        }
    }
}
