//! Which findings a run reports: not what lies where nothing changed, nor what a baseline knows.

use std::{collections::HashSet, path::Path, sync::Arc};

use super::super::{CommandError, Result, Session};
use crate::{
    check::{
        Checked, Claimed,
        baseline::{self, Baseline, Hidden},
        since::Since,
    },
    cli::CheckArgs,
    diagnostic::{Finding, Location, relative},
    io::{self, Input},
    report::counted,
    text::{shell, show},
};

/// How many stale entries are named.
const MOST_STALE: usize = 10;

/// What the options leave out.
pub(super) struct Filter {
    since: Option<Since>,
    baseline: Option<Baseline>,
    /// The environment that was chosen.
    environment: Option<String>,
    /// Whether nothing but the paths narrows the run.
    is_whole: bool,
}

impl Filter {
    /// Asks git, and reads the baseline, where the options say so.
    ///
    /// # Errors
    /// Where either does not answer.
    pub(super) fn new(arguments: &CheckArgs) -> Result<Self> {
        let since = arguments.since.as_deref();
        let since = since.map(|revision| Since::new(revision, Path::new(".")));
        let baseline = arguments.baseline.as_deref().map(|path| {
            let input = Input::File(path.to_owned());
            let bytes = io::read(&input, "the baseline ", baseline::MAX_BYTES)?;
            parse(path, &bytes)
        });
        Ok(Self {
            since: since.transpose()?,
            baseline: baseline.transpose()?,
            environment: arguments.env.clone(),
            is_whole: arguments.env.is_none()
                && arguments.select.is_empty()
                && arguments.ignore.is_empty(),
        })
    }

    /// Leaves those of one file's findings that the run reports: of these alone, fixes are applied.
    pub(super) fn apply_to_file(&self, path: &Path, findings: &mut Vec<Finding>) {
        if self.since.as_ref().is_some_and(|it| !it.differs(path)) {
            findings.clear();
        }
        if let Some(baseline) = &self.baseline {
            baseline.hide(findings);
        }
    }

    /// Leaves out what `hide` does, but not what is guarded and was silent beside it.
    pub(super) fn leave_out(
        &self,
        findings: &mut Vec<Finding>,
        checked: &[&Checked],
        hide: impl FnOnce(&mut Vec<Finding>),
    ) {
        let claimed = Claimed::by(findings);
        hide(findings);
        let files = checked.iter();
        let files = files.map(|file| (&file.judged.source, &**file.settings()));
        claimed.uncover(findings, files, self.environment.as_deref());
    }

    /// Leaves those of a whole run's findings that it reports. A finding is in what changed where its place or a related place is.
    pub(super) fn apply(
        &self,
        findings: &mut Vec<Finding>,
        checked: &[&Checked],
        session: &Session,
    ) {
        if let Some(baseline) = &self.baseline {
            let mut hidden = Hidden::default();
            self.leave_out(findings, checked, |all| hidden = baseline.hide(all));
            let Hidden { count, stale } = hidden;
            let names = checked.iter().map(|file| io::shown(&file.key));
            if count > 0 {
                let hidden = counted(count, "finding");
                session.say(&format!("The baseline knows {hidden}."));
            } else if !findings.is_empty() && baseline.is_of_others(names) {
                session.say(
                    "The baseline has none of these files: its paths begin in the folder that it was written in.",
                );
            }
            // Of what was not looked for, nothing can be said.
            if self.is_whole {
                say_stale(baseline, &stale, checked, session);
            }
        }
        let Some(since) = &self.since else {
            return;
        };
        let unchanged = checked.iter().filter(|file| !since.differs(&file.key));
        let unchanged: HashSet<_> = unchanged
            .map(|file| Arc::as_ptr(&file.judged.source))
            .collect();
        let is_changed = |location: &Location| !unchanged.contains(&Arc::as_ptr(&location.source));
        findings.retain(|finding| {
            let mut related = finding.related.iter().map(|it| &it.location);
            is_changed(&finding.location) || related.any(is_changed)
        });
    }
}

/// Says which entries of a baseline can go: those of the files that were checked, or are gone.
fn say_stale(
    baseline: &Baseline,
    stale: &[(String, String)],
    checked: &[&Checked],
    session: &Session,
) {
    let names = checked.iter().map(|file| io::shown(&file.key));
    let names: HashSet<String> = names.map(|name| relative(&name).to_owned()).collect();
    let stale = stale.iter().map(|(path, rule)| (relative(path), rule));
    let stale = stale.filter(|(path, _)| names.contains(*path) || baseline.is_gone(path));
    let stale: Vec<String> = stale.map(|(path, rule)| format!("{path} {rule}")).collect();
    if stale.is_empty() {
        return;
    }
    session.say(&format!(
        "The baseline has {} that nothing is found for any more; write it anew:",
        counted(stale.len(), "finding")
    ));
    for line in stale.iter().take(MOST_STALE) {
        session.say(&format!("  {}", show::text(line)));
    }
    if stale.len() > MOST_STALE {
        session.say(&format!("  and {} more", stale.len() - MOST_STALE));
    }
}

/// Writes a baseline that knows all findings but those that are guarded.
pub(super) fn write_baseline(path: &Path, findings: &[Finding], session: &Session) -> Result<()> {
    let text = baseline::text(findings);
    io::write(path, text.as_bytes())?;
    let known = findings.iter().filter(|it| !it.rule.is_guarded).count();
    let path = show::text(&io::shown(path));
    session.say(&format!("Wrote {} to {path}.", counted(known, "finding")));
    Ok(())
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Baseline> {
    Baseline::parse(path, bytes).map_err(|reason| {
        let path = io::shown(path);
        let option = shell::option("--write-baseline", &path);
        CommandError::other(format!(
            "{path} is no baseline: {reason}; write it anew with `{option}`"
        ))
    })
}
