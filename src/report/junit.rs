//! JUnit XML that is valid against both schemas in use, that of Jenkins' xUnit plugin and that of Ant (Windy Road): one
//! suite a file, one case a rule. What fails the check is a failure; what does not is told in the suite's output.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, Write},
};

use super::{Context, Report, counted, relative};
use crate::diagnostic::{Finding, Severity};
use crate::text::show;

/// The findings of one file, by rule.
type ByRule<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

/// Writes a suite for each file, clean ones too.
pub(super) fn write(report: &Report, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut files: BTreeMap<&str, ByRule<'_>> = report
        .files
        .iter()
        .map(|file| (file.as_str(), ByRule::new()))
        .collect();
    for finding in &report.findings {
        let rules = files.entry(finding.location.source.name()).or_default();
        rules.entry(finding.rule.id).or_default().push(finding);
    }
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")?;
    for (id, (file, rules)) in files.iter().enumerate() {
        let left_off = report
            .left_off
            .iter()
            .find(|left_off| left_off.path == *file);
        let note = left_off.map(super::LeftOff::sentence);
        out.write_all(suite(id, file, rules, context, note).as_bytes())?;
    }
    out.write_all(b"</testsuites>\n")
}

fn suite(
    id: usize,
    file: &str,
    by_rule: &ByRule<'_>,
    context: &Context<'_>,
    note: Option<String>,
) -> String {
    let name = show::xml(relative(file));
    let name = if name.is_empty() {
        "-".to_owned()
    } else {
        name
    };
    let rules: BTreeSet<&str> = context.ran.iter().chain(by_rule.keys()).copied().collect();
    let fails = |finding: &&&Finding| {
        context
            .fail_on
            .is_some_and(|least| finding.severity >= least)
    };
    let (mut cases, mut told, mut failures) = (String::new(), String::new(), 0);
    for rule in &rules {
        let findings = by_rule.get(rule).map(Vec::as_slice).unwrap_or_default();
        let _ = write!(
            cases,
            "    <testcase classname=\"{name}\" name=\"{}\" time=\"0\"",
            show::xml(rule)
        );
        let failing: Vec<&Finding> = findings.iter().filter(fails).copied().collect();
        if failing.is_empty() {
            cases.push_str("/>\n");
        } else {
            failures += 1;
            let _ = write!(cases, ">\n{}    </testcase>\n", failure(&failing));
        }
        for finding in findings.iter().filter(|finding| !fails(finding)) {
            let _ = writeln!(told, "{}", line(finding));
        }
    }
    if let Some(note) = note {
        let _ = writeln!(told, "{note}");
    }
    format!(
        "  <testsuite errors=\"0\" failures=\"{failures}\" hostname=\"localhost\" id=\"{id}\" name=\"{name}\" \
         package=\"campaign-ims\" skipped=\"0\" tests=\"{}\" time=\"0\" timestamp=\"{}\">\n    <properties/>\n{cases}    \
         <system-out>{told}</system-out>\n    <system-err></system-err>\n  </testsuite>\n",
        rules.len(),
        timestamp(context.source_date_epoch.unwrap_or(0)),
    )
}

/// One element for all findings of a rule: a case may fail only once.
fn failure(findings: &[&Finding]) -> String {
    let worst = findings.iter().map(|finding| finding.severity).max();
    let message = match findings {
        [only] => show::xml(&only.message),
        more => counted(more.len(), "finding"),
    };
    let lines: Vec<String> = findings.iter().map(|finding| line(finding)).collect();
    format!(
        "      <failure message=\"{message}\" type=\"{}\">{}</failure>\n",
        worst.unwrap_or(Severity::Error).name(),
        lines.join("\n")
    )
}

/// A finding on one line, which begins with its path and so with nothing that a runner obeys.
fn line(finding: &Finding) -> String {
    let location = &finding.location;
    let start = location.source.position(location.range.start);
    let mut line = format!(
        "at {}:{}:{}: {}: {} [{}]",
        relative(location.source.name()),
        start.line,
        start.column,
        finding.severity,
        finding.message,
        finding.rule.id
    );
    if !finding.environments.is_empty() {
        let _ = write!(line, " (in {})", finding.environments.join(", "));
    }
    if !finding.help.is_empty() {
        let _ = write!(line, "; help: {}", finding.help);
    }
    show::xml(&line)
}

/// Seconds since 1970 as a date and time, in UTC, without a zone (the schema of Ant forbids one).
fn timestamp(seconds: u64) -> String {
    // The last second of the year 9999: the schema's years have four digits.
    let seconds = seconds.min(253_402_300_799);
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's `civil_from_days`, for days from 1970 on.
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, fixture};

    #[test]
    fn findings() {
        insta::assert_snapshot!(fixture::written(Format::Junit, &fixture::report()), @r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite errors="0" failures="0" hostname="localhost" id="0" name="conf/a.ims.yaml" package="campaign-ims" skipped="0" tests="4" time="0" timestamp="1970-01-01T00:00:00">
    <properties/>
    <testcase classname="conf/a.ims.yaml" name="callback-not-https" time="0"/>
    <testcase classname="conf/a.ims.yaml" name="mask-confusable" time="0"/>
    <testcase classname="conf/a.ims.yaml" name="org-id-unusual" time="0"/>
    <testcase classname="conf/a.ims.yaml" name="secret-in-manifest" time="0"/>
    <system-out></system-out>
    <system-err></system-err>
  </testsuite>
  <testsuite errors="0" failures="2" hostname="localhost" id="1" name="conf/prod.ims.yaml" package="campaign-ims" skipped="0" tests="4" time="0" timestamp="1970-01-01T00:00:00">
    <properties/>
    <testcase classname="conf/prod.ims.yaml" name="callback-not-https" time="0">
      <failure message="the callback server is not https" type="error">at conf/prod.ims.yaml:7:20: error: the callback server is not https [callback-not-https] (in prod, stage); help: write `https://`</failure>
    </testcase>
    <testcase classname="conf/prod.ims.yaml" name="mask-confusable" time="0"/>
    <testcase classname="conf/prod.ims.yaml" name="org-id-unusual" time="0"/>
    <testcase classname="conf/prod.ims.yaml" name="secret-in-manifest" time="0">
      <failure message="the client secret is written in clear" type="error">at conf/prod.ims.yaml:8:18: error: the client secret is written in clear [secret-in-manifest]; help: take it from the environment: `{ env: NAME }`</failure>
    </testcase>
    <system-out>at conf/prod.ims.yaml:9:30: warning: the mask has an en dash where profiles have a hyphen [mask-confusable]; help: write `-`
at conf/prod.ims.yaml:1:1: note: the document has no organization id [org-id-unusual]
</system-out>
    <system-err></system-err>
  </testsuite>
</testsuites>
"#);
    }

    #[test]
    fn what_cannot_be_in_xml_is_shown_by_number() {
        insta::assert_snapshot!(fixture::written(Format::Junit, &fixture::hostile()), @r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite errors="0" failures="1" hostname="localhost" id="0" name="p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" package="campaign-ims" skipped="0" tests="4" time="0" timestamp="1970-01-01T00:00:00">
    <properties/>
    <testcase classname="p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" name="callback-not-https" time="0">
      <failure message="::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" type="error">at p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;:2:1: error: ::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt; [callback-not-https] (in ::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;); help: ::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;</failure>
    </testcase>
    <testcase classname="p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" name="mask-confusable" time="0"/>
    <testcase classname="p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" name="org-id-unusual" time="0"/>
    <testcase classname="p/::error::x&lt;U+000A&gt;::warning::&lt;U+001B&gt;[31m #&#35;[error]y #&#35;vso[task.complete]z &lt;U+202E&gt;&lt;b&gt;|`]]&gt;&lt;U+200B&gt;" name="secret-in-manifest" time="0"/>
    <system-out></system-out>
    <system-err></system-err>
  </testsuite>
</testsuites>
"#);
    }

    #[test]
    fn time_stamps() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00");
        assert_eq!(timestamp(951_782_400), "2000-02-29T00:00:00");
        assert_eq!(timestamp(1_700_000_000), "2023-11-14T22:13:20");
        assert_eq!(timestamp(u64::MAX), "9999-12-31T23:59:59");
    }

    #[test]
    fn the_threshold_decides_what_fails() {
        let report = fixture::report();
        let written = |fail_on| {
            let context = Context {
                fail_on,
                ..Context::plain("0.1.0")
            };
            fixture::written_with(Format::Junit, &report, &context)
        };
        assert_eq!(written(None).matches("<failure ").count(), 0);
        assert_eq!(
            written(Some(Severity::Note)).matches("<failure ").count(),
            4
        );
    }
}
