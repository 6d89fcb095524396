//! Asks axe-core what is not accessible in a part of what is on screen: mostly Guichet's element, for the page around
//! it is the merchant's.

use crate::{Page, place};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    places: Vec<String>,
}

impl Page {
    /// What axe-core finds wrong in Guichet's elements, a line each: the rule, what it asks for, and where.
    pub async fn accessibility_problems(&self) -> Vec<String> {
        self.accessibility_problems_in("guichet-widget").await
    }

    /// The same of the elements that a selector finds.
    pub async fn accessibility_problems_in(&self, within: &str) -> Vec<String> {
        if !self.evaluate::<bool>("'axe' in window").await {
            let source = std::fs::read_to_string(place::axe()).unwrap();
            // Through the browser's own door, so that the page's policy has no say in it.
            self.evaluate::<Value>(&format!("{source}\n;void 0")).await;
        }
        let script = format!(
            "axe.run({{ include: [[{within:?}]] }}, {{
                resultTypes: ['violations'],
                rules: {{ 'target-size': {{ enabled: true }} }},
            }}).then(found =>
                found.violations.map(one => ({{
                    id: one.id,
                    help: one.help,
                    places: one.nodes.map(node => node.target.flat().join(' ') + ' ' + node.failureSummary),
                }})))"
        );
        let violations: Vec<Violation> = self.evaluate(&script).await;
        let line = |violation: Violation| {
            format!(
                "{}: {}\n  {}",
                violation.id,
                violation.help,
                violation.places.join("\n  ")
            )
        };
        violations.into_iter().map(line).collect()
    }
}
