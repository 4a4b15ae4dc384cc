//! Mistakes of usage, each in one sentence.

use super::integers::shortened;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::error::Error as _;

/// One sentence for a complaint of the argument parser.
pub(crate) fn sentence(error: &Error) -> String {
    let get = |kind| error.get(kind).map(text_of).filter(|text| !text.is_empty());
    let argument = get(ContextKind::InvalidArg).map(|a| name_of(&a));
    let value = get(ContextKind::InvalidValue).map(|v| shortened(&v));
    let meant = |kind| get(kind).map_or(String::new(), |name| format!("; did you mean {name}?"));
    let told = match (error.kind(), argument, value) {
        (ErrorKind::ValueValidation, Some(argument), _) => {
            let reason = error.source().map(ToString::to_string);
            reason.map(|reason| format!("{argument}: {reason}"))
        }
        (ErrorKind::InvalidValue, Some(argument), None) => Some(format!("{argument} needs a value after it")),
        (ErrorKind::InvalidValue, Some(argument), Some(value)) => {
            let choices = get(ContextKind::ValidValue).unwrap_or_default();
            Some(format!("{argument}: \"{value}\" is not one of {choices}"))
        }
        (ErrorKind::UnknownArgument, Some(argument), _) => {
            Some(unknown(&argument, &meant(ContextKind::SuggestedArg)))
        }
        (ErrorKind::InvalidSubcommand, ..) => get(ContextKind::InvalidSubcommand).map(|name| {
            format!(
                "there is no command \"{}\"{}",
                shortened(&name),
                match meant(ContextKind::SuggestedSubcommand) {
                    empty if empty.is_empty() => "; copyavg --help lists them".to_string(),
                    meant => meant,
                }
            )
        }),
        (ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, ..) => {
            Some("say what to do: copyavg --help lists the commands".to_string())
        }
        (ErrorKind::MissingRequiredArgument, Some(argument), _) => {
            let are = if argument.contains(" and ") { "are" } else { "is" };
            Some(format!("{argument} {are} missing; --help explains what to give"))
        }
        (ErrorKind::ArgumentConflict, Some(argument), _) => Some(match get(ContextKind::PriorArg) {
            Some(other) if name_of(&other) != argument => {
                format!("{argument} and {} contradict each other", name_of(&other))
            }
            _ => format!("{argument} is given more than once"),
        }),
        (ErrorKind::TooManyValues, Some(argument), Some(value)) => {
            Some(format!("{argument} takes no value \"{value}\""))
        }
        (ErrorKind::InvalidUtf8, ..) => Some("an argument is not valid UTF-8 text".to_string()),
        _ => None,
    };
    told.unwrap_or_else(|| first_line(error))
}

/// A sentence for an argument that no one expects.
fn unknown(argument: &str, meant: &str) -> String {
    let negative = argument
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if negative {
        format!("{argument} is negative: the least number allowed here is 1")
    } else if argument.starts_with('-') {
        format!("there is no option {}{meant}", shortened(argument))
    } else {
        format!("\"{}\" is one argument too many{meant}", shortened(argument))
    }
}

/// The name of an argument without its value: `--digits <D>` is `--digits`.
fn name_of(argument: &str) -> String {
    let several = argument.starts_with('<') && argument.contains('|');
    if several {
        // A group: `<--all|--to <N>>`.
        let inner = argument.trim_start_matches('<').trim_end_matches('>');
        let names: Vec<&str> = inner
            .split('|')
            .filter_map(|name| name.split(' ').next())
            .collect();
        return names.join(" or ");
    }
    let names: Vec<&str> = argument
        .split(", ")
        .filter_map(|name| name.split([' ', '=']).next())
        .map(|name| name.trim_end_matches('.').trim_matches(['<', '>', '[', ']']))
        .collect();
    names.join(" and ")
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}

/// What the parser says itself, without its advice.
fn first_line(error: &Error) -> String {
    let told = error.to_string();
    let line = told.lines().next().unwrap_or("the command cannot be understood");
    line.trim_start_matches("error: ").to_string()
}
