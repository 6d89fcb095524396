//! The sentence that an item completes.

use super::{LONGEST_LEAD, Tree};
use crate::terms::heading::{Heading, Rank};
use crate::terms::words;

impl Tree {
    /// The sentence an item completes: the last one of the text before the first item of its series.
    pub(super) fn lead(&mut self, heading: &Heading) -> Option<String> {
        let Rank::Local(local) = &heading.rank else {
            return None;
        };
        let parent = self.stack.last().copied();
        if let Some(lead) = self.leads.get(&local.run).filter(|_| local.place > 1) {
            return lead.clone();
        }
        let own = self.chunks.last().filter(|chunk| {
            Some(chunk.section) == parent || parent.is_none() && chunk.section == usize::MAX
        });
        let own = own.filter(|_| parent.is_none_or(|parent| !self.sections[parent].waits));
        let sentence = own
            .and_then(|chunk| chunk.lines.last())
            .map(|line| words::last_sentence(&line.text).to_owned());
        let sentence = sentence.filter(|sentence| local.item || words::announces(sentence));
        let outer = parent.and_then(|parent| self.sections[parent].lead.clone());
        let lead = match (outer, sentence) {
            (Some(outer), Some(sentence)) => Some(format!("{outer} {sentence}")),
            (outer, sentence) => sentence.or(outer),
        };
        let lead = lead.filter(|lead| lead.len() <= LONGEST_LEAD);
        self.leads.insert(local.run, lead.clone());
        lead
    }
}
