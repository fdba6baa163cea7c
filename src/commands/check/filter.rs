//! Which findings a run reports: not what lies where nothing changed, nor what a baseline knows.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::super::{CommandError, Result, Session};
use crate::{
    check::{
        Checked,
        baseline::{self, Baseline},
        since::Since,
    },
    cli::CheckArgs,
    diagnostic::{Finding, Location},
    io::{self, Input},
    report::counted,
    text::{shell, show},
};

/// What the options leave out.
pub(super) struct Filter {
    since: Option<Since>,
    baseline: Option<Baseline>,
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

    /// Leaves those of a whole run's findings that it reports. A finding is in what changed where its place or a related place is.
    pub(super) fn apply(
        &self,
        findings: &mut Vec<Finding>,
        checked: &[&Checked],
        session: &Session,
    ) {
        if let Some(baseline) = &self.baseline {
            let hidden = baseline.hide(findings);
            if hidden > 0 {
                let hidden = counted(hidden, "finding");
                session.say(&format!("The baseline knows {hidden}."));
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

/// Writes a baseline that knows all findings but those that are guarded.
pub(super) fn write_baseline(
    path: &PathBuf,
    findings: &[Finding],
    session: &Session,
) -> Result<()> {
    let text = baseline::text(findings);
    io::write(path, text.as_bytes())?;
    let known = findings.iter().filter(|it| !it.rule.is_guarded).count();
    let path = show::text(&io::shown(path));
    session.say(&format!("Wrote {} to {path}.", counted(known, "finding")));
    Ok(())
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Baseline> {
    Baseline::parse(bytes).map_err(|reason| {
        let path = io::shown(path);
        let option = shell::option("--write-baseline", &path);
        CommandError::other(format!(
            "{path} is no baseline: {reason}; write it anew with `{option}`"
        ))
    })
}
