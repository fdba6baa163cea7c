//! x
fn main() {
    for f in std::env::args().skip(1) {
        let j =
            campaign_ims::judge::judge(&f, std::fs::read(&f).unwrap(), &Default::default(), None);
        for x in j.findings {
            let p = x.location.source.position(x.location.range.start);
            let q = x.location.source.position(x.location.range.end);
            println!(
                "{}:{}:{}-{}:{} {} [{}] {:?} {}\n     = {}\n     | {} {}",
                f,
                p.line,
                p.column,
                q.line,
                q.column,
                x.rule,
                x.severity,
                x.environments,
                x.message,
                x.help,
                x.location.pointer,
                x.location.source.shown(x.location.range.clone())
            );
        }
    }
}
