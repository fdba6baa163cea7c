A second parser reads from a package what the manifest says. A tab is shown as `>`, a carriage return as `%`.

  $ command -v xmllint > /dev/null || exit 80
  $ cat > values << 'END'
  > "plain"
  > "&amp; & < > \" ' ]]> &#10; <!-- -->"
  > "tab\tnewline\nreturn\r\r\nend"
  > " leading and trailing "
  > "no-break\u00a0"
  > "é–😀\uE000\uFFFD"
  > "Campaign - contoso\\.x - (.*)"
  > END
  $ read_back() { printf '%s\n' "$(xmllint --xpath "string($1)" a.xml)" | tr '\t\r' '>%'; }
  $ while IFS= read -r value; do
  >   { echo "x-label: &label $value"; sed 's/Reviewers/*label/; s/client_id:/label: *label\
  >   &/' $ONE; } > a.ims.yaml
  >   campaign-ims render -q a.ims.yaml -o a.xml
  >   read_back //group/@label > group; read_back //extAccount/@label | cmp - group && cat group
  > done < values
  plain
  &amp; & < > " ' ]]> &#10; <!-- -->
  tab>newline
  return%%
  end
   leading and trailing 
  no-break 
  é–😀�
  Campaign - contoso\.x - (.*)
