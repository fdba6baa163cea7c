#!/usr/bin/env bash
# Makes the four parts of a new rule: its row in the catalogue, its function, its page, and a case.
#
#   scripts/new-rule.sh ID LEVEL TOPIC
#   scripts/new-rule.sh callback-too-long warning callback
#
# LEVEL is error, warning or note; TOPIC a file of src/rules that has rules. The function finds nothing yet, so the case fails until
# it is written: then `UPDATE=1 cargo test --locked --test cases` writes the expected output.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# = 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
id=$1 level=$2 topic=$3
catalogue=src/rules/catalogue.rs
[[ $id =~ ^[a-z]+(-[a-z]+)*$ ]] || { echo "\`$id\` is not the name of a rule: lower-case words with hyphens" >&2; exit 2; }
[[ $level =~ ^(error|warning|note)$ ]] || { echo "\`$level\` is not a level: error, warning or note" >&2; exit 2; }
grep -q "\"$id\"" "$catalogue" && { echo "there is a rule \`$id\` already" >&2; exit 2; }
last=$(grep -n "(${topic}::" "$catalogue" | tail -n 1 | cut -d: -f1)
[ -n "$last" ] || { echo "no rule of the catalogue is in src/rules/$topic.rs" >&2; exit 2; }

name=$(printf '%s' "$id" | tr 'a-z-' 'A-Z_')
function=$(printf '%s' "$id" | tr '-' '_')
function=${function#"${topic}_"}
severity=$(printf '%s' "${level:0:1}" | tr 'a-z' 'A-Z')${level:1}
# Part and rank are those of the topic's last rule.
read -r part rank < <(sed -n "${last}p" "$catalogue" | awk '{ print $5, $6 }')
row=$(printf '    %-22s %-24s %-7s %-6s %-12s %-11s %-7s Manifest(%s::%s);' \
  "$name" "\"$id\"" "$severity" NoFix "$part" "$rank" OPEN "$topic" "$function")
sed -i "${last}a\\
$row" "$catalogue"

cat >> "src/rules/$topic.rs" <<END

/// Say where Adobe documents what this rests on.
pub fn $function(context: &Context<'_>, claims: &mut Claims) {
    // claims.push($name.at(place, "what is wrong with the value", "what to write instead"));
    let _ = (context, claims, &$name);
}
END

cat > "src/rules/pages/$id.md" <<END
# $id

One sentence: what is wrong.

Why it matters, with the symptom that people see.

## Fires

\`\`\`yaml fires
instance:
  name: contoso-prod
\`\`\`

## Passes

\`\`\`yaml passes
instance:
  name: contoso-prod
\`\`\`

## How to fix

What to write instead.

## See also

- Adobe, "the page that says so"
END

mkdir -p "tests/cases/$id"
cp examples/one-instance.ims.yaml "tests/cases/$id/simple.ims.yaml"

cat <<END
Made a row in $catalogue, \`$topic::$function\` in src/rules/$topic.rs, src/rules/pages/$id.md and tests/cases/$id/simple.ims.yaml.
Next: write the function, put the mistake into the case, fill in the page, add the rule to docs/rules.md, then
  UPDATE=1 cargo test --locked --test cases --test rule_pages
END
