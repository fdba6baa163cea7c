//! The IMS scopes (Adobe's page "Configuring IMS" and its screenshots).

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

use super::{Context, are_distinct, catalogue::*};
use crate::{
    diagnostic::{Change, Claims, Diagnostic, excerpt},
    manifest::DOCUMENTED_SCOPES,
    text::suggest::{did_you_mean, list},
    yaml::{Field, Spanned},
};

/// The scopes without which nobody signs in.
const NEEDED: [&str; 3] = ["openid", "AdobeID", "session"];

/// For so many unknown scopes a near one is looked for: each search takes its time.
const MOST_GUESSES: usize = 100;

/// The items that can be judged.
fn items<'a>(context: &Context<'a>) -> Vec<&'a Spanned<String>> {
    let list = context.account.scope.get();
    let items = list.into_iter().flat_map(|list| &list.value);
    items.filter_map(Field::get).collect()
}

/// Where each scope stands first.
fn firsts<'a>(items: &[&'a Spanned<String>]) -> HashMap<&'a str, &'a Spanned<String>> {
    let later_first = items.iter().rev();
    later_first.map(|item| (item.as_str(), *item)).collect()
}

pub fn malformed(context: &Context<'_>, claims: &mut Claims) {
    let items = items(context);
    let firsts = LazyCell::new(|| firsts(&items));
    let are_distinct = are_distinct(items.iter().map(|it| it.as_str()));
    for &item in &items {
        let text = item.trim();
        let remove = Change::RemoveItem(item.place);
        let first = (!are_distinct).then(|| firsts.get(item.as_str())).flatten();
        if text.is_empty() {
            let diagnostic = SCOPE_MALFORMED.at(item, "an item of the scope is empty", "remove it");
            claims.push(diagnostic.safe_fix("remove it", remove));
        } else if let Some(first) = first.filter(|first| first.place != item.place) {
            let message = format!("`{}` is in the scope twice", excerpt(item));
            let diagnostic = SCOPE_MALFORMED.at(item, message, "remove one of them");
            let diagnostic = diagnostic.related(*first, "the first one is here");
            claims.push(diagnostic.safe_fix("remove it", remove));
        } else if text.contains(',') || text.contains(char::is_whitespace) {
            claims.push(several_in_one(item, &firsts));
        }
    }
}

/// An item with a comma or white space in it.
fn several_in_one(item: &Spanned<String>, firsts: &HashMap<&str, &Spanned<String>>) -> Diagnostic {
    let text = item.trim();
    let has_comma = text.contains(',');
    let has_blank = text.contains(char::is_whitespace);
    let (what, help) = if has_comma {
        ("a comma", "make each scope an item of its own")
    } else {
        (
            "white space",
            "make each scope an item of its own, or remove the white space",
        )
    };
    let message = format!("an item of the scope holds {what}: `{}`", excerpt(text));
    let diagnostic = SCOPE_MALFORMED.at(item, message, help);
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_clear =
        has_comma && !has_blank || parts.iter().all(|part| DOCUMENTED_SCOPES.contains(part));
    if !is_clear {
        return diagnostic;
    }
    let mut known = HashSet::new();
    let new = parts.into_iter();
    let new = new.filter(|part| !firsts.contains_key(part) && known.insert(*part));
    let new: Vec<String> = new.map(str::to_owned).collect();
    if new.is_empty() {
        let help = "remove it: each of its scopes is an item already".to_owned();
        let remove = Change::RemoveItem(item.place);
        return Diagnostic { help, ..diagnostic }.safe_fix("remove it", remove);
    }
    let change = Change::SplitItem(item.place, new);
    diagnostic.safe_fix("make each an item of its own", change)
}

pub fn missing(context: &Context<'_>, claims: &mut Claims) {
    let Some(list_of_scopes) = context.account.scope.get() else {
        return;
    };
    let items = items(context);
    // An item that cannot be judged, or that has an error, may be meant to be one of them.
    if items.len() < list_of_scopes.len() {
        return;
    }
    let all_clean = |diagnostic: Diagnostic| {
        items
            .iter()
            .fold(diagnostic, |diagnostic, item| diagnostic.needs(*item))
    };
    let mut absent = Vec::new();
    for needed in NEEDED {
        if items.iter().any(|item| item.value == needed) {
            continue;
        }
        match items.iter().find(|item| item.eq_ignore_ascii_case(needed)) {
            Some(item) => {
                let written = &item.value;
                let help = format!("write `{needed}`");
                let diagnostic = SCOPE_MISSING.at(
                    *item,
                    format!("`{written}` is not the scope `{needed}`: upper and lower case count"),
                    help.clone(),
                );
                let change = Change::Replace(item.place, needed.to_owned());
                claims.push(all_clean(diagnostic.safe_fix(help, change)));
            }
            None => absent.push(needed),
        }
    }
    if !absent.is_empty() {
        let names = list(&absent).replace(" or ", " and ");
        let message = format!("the scope lacks {names}");
        let others = items.iter().filter(|it| !NEEDED.contains(&it.as_str()));
        let help = match others
            .take(MOST_GUESSES)
            .find(|it| did_you_mean(it, &absent).is_some())
        {
            Some(item) => format!("correct `{}`, or add {names}", excerpt(item)),
            None => format!("add {names}, unless IMS provisioned this client without"),
        };
        let diagnostic = SCOPE_MISSING.at(list_of_scopes, message, help);
        claims.push(all_clean(diagnostic.key(absent.join(","))));
    }
}

pub fn unknown(context: &Context<'_>, claims: &mut Claims) {
    let items = items(context);
    let all_can_be_judged = context
        .account
        .scope
        .get()
        .is_some_and(|list| list.len() == items.len());
    if !all_can_be_judged {
        return;
    }
    let firsts = LazyCell::new(|| firsts(&items));
    let mut guesses = MOST_GUESSES;
    for &item in &items {
        if DOCUMENTED_SCOPES.contains(&item.as_str()) {
            continue;
        }
        // A needed scope that is there in other letters alone is what `scope-missing` reports.
        let mut needed = NEEDED
            .iter()
            .filter(|needed| item.eq_ignore_ascii_case(needed));
        let is_near = needed.any(|needed| !firsts.contains_key(needed));
        if is_near {
            continue;
        }
        guesses = guesses.saturating_sub(1);
        let meant = (guesses > 0)
            .then(|| did_you_mean(item, &DOCUMENTED_SCOPES))
            .flatten();
        let help = match meant {
            Some(scope) => format!(
                "did you mean `{scope}`? A scope that IMS did not provision keeps operators from the sign-in page"
            ),
            None => "compare it with what Adobe provisioned: a scope too many keeps operators from the sign-in page"
                .to_owned(),
        };
        let message = format!("`{}` is in no account that Adobe documents", excerpt(item));
        claims.push(SCOPE_UNKNOWN.at(item, message, help).key(item.as_str()));
    }
}
