//! Asks axe-core what is not accessible in what is on screen.

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
    /// What axe-core finds wrong with the panel, a line each: the rule, what it asks for, and where. The page around
    /// it is the merchant's.
    pub async fn accessibility_problems(&self) -> Vec<String> {
        self.accessibility_problems_in("guichet-widget").await
    }

    /// The same for what a selector finds.
    pub async fn accessibility_problems_in(&self, part: &str) -> Vec<String> {
        if !self.evaluate::<bool>("'axe' in window").await {
            let source = std::fs::read_to_string(place::axe()).unwrap();
            // Through the browser's own door, so that the page's policy has no say in it.
            self.evaluate::<Value>(&format!("{source}\n;void 0")).await;
        }
        let script = "axe.run({ include: [['PART']] }, {
            resultTypes: ['violations'],
            rules: { 'target-size': { enabled: true } },
        }).then(found =>
            found.violations.map(one => ({
                id: one.id,
                help: one.help,
                places: one.nodes.map(node => node.target.flat().join(' ') + ' ' + node.failureSummary),
            })))";
        let violations: Vec<Violation> = self.evaluate(&script.replace("PART", part)).await;
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
