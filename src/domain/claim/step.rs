//! What may happen to a claim, and what it becomes: one function, for the API, the pages and
//! the console alike.
//!
//! ```text
//!              take up            answer            close
//!   Received ───────────► TakenUp ────────► Answered ────────► Closed
//!      │                  │    ▲               │                  │
//!      │              ask ▼    │ complete      │ complete, reopen │ reopen
//!      └────────► WaitingForShopper            └──► Reopened ◄────┘
//! ```
//!
//! From every open state the team can answer and ask, and both sides can close. Only
//! reopening leaves `Closed`.

use super::{Act, Actor, Claim, Kind, Rating, State};
use crate::site::Site;
use crate::tracking::TrackingNumber;
use crate::zone::Timestamp;

/// Something about to be done to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub act: Act,
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// The team it goes to, for [`Act::Reassign`].
    pub team: Option<String>,
    /// The claim that goes on, for [`Act::Merge`].
    pub into: Option<TrackingNumber>,
    /// How it went, for [`Act::Rate`].
    pub rating: Option<Rating>,
}

impl Change {
    /// A change that needs no more to be said.
    pub fn new(act: Act, by: Actor, at: Timestamp) -> Self {
        Self {
            act,
            by,
            at,
            team: None,
            into: None,
            rating: None,
        }
    }
}

/// Why something cannot be done to a claim as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The state does not allow it.
    #[error("`{act}` is not possible while the claim is `{state}`\nhint: {hint}", hint = hint(*.state))]
    State {
        /// What was to be done.
        act: Act,
        /// Where the claim stands.
        state: State,
    },
    /// Somebody else does that.
    #[error("`{act}` is not for the {by} to do")]
    Actor {
        /// What was to be done.
        act: Act,
        /// Who tried.
        by: Actor,
    },
    /// Only call-backs are cancelled.
    #[error("only a call-back is cancelled, this is a `{0}`\nhint: close it")]
    NotACallBack(Kind),
    /// It was merged; the other claim goes on.
    #[error("this claim was merged into `{0}`\nhint: go on with that one")]
    Merged(TrackingNumber),
    /// Rated before.
    #[error("this claim has been rated\nhint: each is rated once")]
    Rated,
    /// What the act needs is missing, or makes no sense.
    #[error("`{act}` needs {needs}")]
    Incomplete {
        /// What was to be done.
        act: Act,
        /// What it needs.
        needs: &'static str,
    },
}

fn hint(state: State) -> &'static str {
    match state {
        State::Closed => "reopen it first",
        _ => "look at the claim again, something has happened to it",
    }
}

/// The state after an act, or why it is refused. Looks at states alone; [`Claim::after`] knows the rest.
pub fn next(state: State, act: Act, by: Actor) -> Result<State, Refusal> {
    use Actor::{Shopper, System, Team};
    use State::{Answered, Closed, Received, Reopened, TakenUp, WaitingForShopper};
    let allowed = match act {
        Act::Open => false,
        Act::TakeUp | Act::Ask | Act::Answer | Act::Note | Act::Reassign | Act::Merge => by == Team,
        Act::Complete | Act::Cancel | Act::Rate => by == Shopper,
        Act::Close | Act::Reopen => by != System,
        Act::Postpone => by == System,
    };
    if !allowed {
        return Err(Refusal::Actor { act, by });
    }
    match (act, state) {
        (Act::TakeUp, Received | Reopened) | (Act::Complete, WaitingForShopper) => Ok(TakenUp),
        (Act::Complete, Answered | Reopened) | (Act::Reopen, Answered | Closed) => Ok(Reopened),
        (Act::Ask, open) if open != Closed => Ok(WaitingForShopper),
        (Act::Answer, open) if open != Closed => Ok(Answered),
        (Act::Close | Act::Cancel | Act::Merge, open) if open != Closed => Ok(Closed),
        (Act::Reassign, open) if open != Closed => Ok(open),
        (Act::Complete, Received | TakenUp)
        | (Act::Postpone, Received | TakenUp | Reopened)
        | (Act::Rate, Answered | Closed)
        | (Act::Note, _) => Ok(state),
        _ => Err(Refusal::State { act, state }),
    }
}

impl Claim {
    /// The claim after a change, or why it is refused. `site` is the claim's: its calendar says
    /// by when an answer is promised anew.
    pub fn after(&self, change: &Change, site: &Site) -> Result<Self, Refusal> {
        let act = change.act;
        let incomplete = |needs| Refusal::Incomplete { act, needs };
        if let Some(into) = self.merged_into
            && act != Act::Note
        {
            return Err(Refusal::Merged(into));
        }
        let state = next(self.state, act, change.by)?;
        let mut claim = Self {
            state,
            // A clock that was set back does not turn a timeline round.
            updated: self.updated.max(change.at),
            ..self.clone()
        };
        match act {
            Act::Cancel if self.kind != Kind::CallBack => {
                return Err(Refusal::NotACallBack(self.kind));
            }
            Act::Ask | Act::Answer => {
                claim.responded = claim.responded.or(Some(change.at));
                claim.due = None;
            }
            Act::Complete if matches!(self.state, State::WaitingForShopper | State::Answered) => {
                claim.due = self.promise_from(site, change.at);
            }
            Act::Close | Act::Cancel | Act::Merge => {
                claim.due = None;
                claim.closed = Some(change.at);
                if act == Act::Merge {
                    let other = change.into.filter(|into| *into != self.number);
                    claim.merged_into = Some(other.ok_or(incomplete("another claim"))?);
                }
            }
            Act::Reopen => {
                claim.closed = None;
                claim.due = self.promise_from(site, change.at);
            }
            Act::Reassign => {
                let team = change.team.as_deref().and_then(|team| site.team(team));
                claim
                    .team
                    .clone_from(&team.ok_or(incomplete("a team of the site"))?.id);
            }
            Act::Postpone => {
                let missed = self.due.filter(|due| *due < change.at);
                missed.ok_or(incomplete("a promise that was missed"))?;
                claim.due = self.promise_again(site, change.at);
                claim.missed += 1;
            }
            Act::Rate => {
                if self.rating.is_some() {
                    return Err(Refusal::Rated);
                }
                let points = 1..=5;
                let rating = change.rating.clone().filter(|rating| {
                    points.contains(&rating.delay) && points.contains(&rating.listened)
                });
                claim.rating = Some(rating.ok_or(incomplete("two ratings from 1 to 5"))?);
            }
            Act::Open | Act::TakeUp | Act::Complete | Act::Note => {}
        }
        Ok(claim)
    }
}

#[cfg(test)]
mod tests;
