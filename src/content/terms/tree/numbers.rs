//! Watches over the numbers: which restart, stand twice, are missing, or stand in another article.

use super::Tree;
use super::address::dotted;
use crate::terms::heading::{Heading, Rank};

impl Tree {
    /// Notes numbers that restart, repeat or are missing.
    pub(super) fn check_number(&mut self, heading: &Heading) {
        self.edition = self.edition.max(1);
        match &heading.rank {
            Rank::Article(number) => {
                let number = *number;
                if self.articles.contains(&number) {
                    if number <= 1 {
                        self.edition += 1;
                        self.articles.clear();
                        self.warnings.push(format!(
                            "the articles restart at `{}`: addresses from here on end in `-{}`",
                            heading.text(),
                            self.edition
                        ));
                    } else {
                        self.warnings
                            .push(format!("article `{number}` stands more than once"));
                    }
                } else if let Some(last) = self
                    .article
                    .filter(|last| number > last + 1 && !self.articles.is_empty())
                {
                    self.warnings.push(missing(
                        "article",
                        &(last + 1..number)
                            .map(|number| number.to_string())
                            .collect::<Vec<_>>(),
                    ));
                }
                self.articles.insert(number);
                self.article = Some(number);
            }
            Rank::Dotted(parts) => {
                let Some((number, above)) = parts.split_last() else {
                    return;
                };
                let written = dotted(parts);
                let within_local = self.holder(parts).is_some_and(|depth| {
                    self.stack[..=depth]
                        .iter()
                        .any(|at| matches!(self.sections[*at].heading.rank, Rank::Local(_)))
                });
                if within_local {
                    return;
                }
                let article =
                    self.stack
                        .iter()
                        .find_map(|at| match self.sections[*at].heading.rank {
                            Rank::Article(number) => Some(number),
                            _ => None,
                        });
                if let Some(article) = article.filter(|article| *article != parts[0]) {
                    self.warnings
                        .push(format!("clause `{written}` stands in article `{article}`"));
                }
                let last = self
                    .below
                    .insert((self.edition, above.to_vec()), *number)
                    .unwrap_or(0);
                if *number > last + 1 {
                    let before = dotted(above);
                    self.warnings.push(missing(
                        "clause",
                        &(last + 1..*number)
                            .map(|number| format!("{before}.{number}"))
                            .collect::<Vec<_>>(),
                    ));
                } else if *number <= last {
                    self.warnings.push(format!(
                        "clause `{written}` comes after `{}.{last}`",
                        dotted(above)
                    ));
                }
            }
            Rank::Local(local) if local.run != usize::MAX => {
                let last = self.places.insert(local.run, local.place).unwrap_or(0);
                let holder = self
                    .stack
                    .last()
                    .map_or("the preamble", |at| self.sections[*at].base.as_str());
                if local.place > last + 1 && last > 0 {
                    self.warnings.push(format!(
                        "in `{holder}` a number is missing before `{}`",
                        heading.number
                    ));
                } else if local.place == last {
                    self.warnings.push(format!(
                        "in `{holder}` the number `{}` stands more than once",
                        heading.number
                    ));
                }
            }
            _ => {}
        }
    }
}

fn missing(what: &str, numbers: &[String]) -> String {
    let listed = numbers
        .iter()
        .map(|number| format!("`{number}`"))
        .collect::<Vec<_>>()
        .join(", ");
    format!(
        "{what} {listed} {} missing",
        if numbers.len() == 1 { "is" } else { "are" }
    )
}
