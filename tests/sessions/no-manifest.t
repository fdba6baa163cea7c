What is too much is refused early, and what is no mapping is no manifest.

  $ looked_at() { campaign-ims check --format concise; echo $?; campaign-ims render a.ims.yaml > out 2> err; echo $?; cat out; head -1 err; }
  $ many() { head -c $1 /dev/zero | tr '\0' "$2"; }
  $ echo "version: $(many 10485760 x)" > a.ims.yaml
  $ looked_at
  a.ims.yaml:1:1: error[yaml-limits] the text is over 1 MiB
  1
  1
  error[yaml-limits]: the text is over 1 MiB
  $ many 100000 '[' > a.ims.yaml
  $ looked_at
  a.ims.yaml:1:65: error[yaml-limits] lists and mappings are nested over 64 deep here
  1
  1
  error[yaml-limits]: lists and mappings are nested over 64 deep here
  $ echo '- a' > a.ims.yaml
  $ looked_at
  a.ims.yaml:1:1: error[wrong-type] a manifest must be a mapping, but is a list
  1
  1
  error[wrong-type]: a manifest must be a mapping, but is a list

XML is named as such, of any size: a package, with or without its first line, and what Adobe's SDK returns.

  $ GROUP='<entities schema="xtk:group"/>'
  $ named() { cat > a.ims.yaml; campaign-ims check --format concise; }
  $ printf '<?xml version="1.0"?>\n<package buildVersion="6.7">\n  %s\n</package>\n' "$GROUP" | named
  a.ims.yaml:1:1: error[yaml-syntax] this is XML, where a manifest is due
  [1]
  $ printf '\357\273\277\n<package label="a: b">%s</package>\n' "$GROUP" | named
  a.ims.yaml:2:1: error[yaml-syntax] this is XML, where a manifest is due
  [1]
  $ printf '<package>\n  <entities\n    schema="nms:extAccount"\n  />\n</package>' | named
  a.ims.yaml:1:1: error[yaml-syntax] this is XML, where a manifest is due
  [1]
  $ printf '<!-- an export -->\n<package>%2097152s</package>' | named
  a.ims.yaml:1:1: error[yaml-syntax] this is XML, where a manifest is due
  [1]
  $ printf '<SOAP-ENV:Envelope><SOAP-ENV:Body><extAccount clientSecret="@x"/></SOAP-ENV:Body></SOAP-ENV:Envelope>' | named
  a.ims.yaml:1:1: error[yaml-syntax] this is XML, where a manifest is due
  [1]

A long line below the limit is shown in part.

  $ echo "s/name: Contoso/name: $(many 900000 x)/; s/tenant:/tennant:/" > long.sed
  $ sed -f long.sed $ONE > a.ims.yaml
  $ campaign-ims check
  error[placeholder]: `organization.name` still holds the placeholder
    │ `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`
     ╭─[a.ims.yaml:2:23]
   1 │ version: 1
   2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
     ·  ────────────────────────────────────────────────────────────────────────
   3 │ instance:
     ╰────
    help: write the real value
  
  error[unknown-field]: `organization` has no field `tennant`
     ╭─[a.ims.yaml:2:900064]
   1 │ version: 1
   2 │ …xxxxxxxxxxxxx, id: 7A1E42C95D3B4F600A495E31@AdobeOrg, tennant: contoso }
     ·                                                        ───────
   3 │ instance:
     ╰────
    help: did you mean `tenant`?
    fix: write `tenant` (`--fix`)
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 2 errors. 1 fixable with `--fix`.
  [1]

Wrong arguments are explained.

  $ cp $ONE a.ims.yaml
  $ campaign-ims chekc
  error: unrecognized subcommand 'chekc'
  
    tip: some similar subcommands exist: 'schema', 'check'
  
  Usage: campaign-ims [OPTIONS] <COMMAND>
  
  For more information, try '--help'.
  [2]
  $ campaign-ims check --format xml
  error: invalid value 'xml' for '--format <F>'
    [possible values: human, concise, json, sarif, github, gitlab, junit, markdown]
  
  For more information, try '--help'.
  [2]
  $ campaign-ims check --fail-on info
  error: invalid value 'info' for '--fail-on <LEVEL>'
    [possible values: error, warning, note, never]
  
  For more information, try '--help'.
  [2]
  $ campaign-ims check --output sarif
  error: invalid value 'sarif' for '--output <F=FILE>': write the format, `=` and a file, such as sarif=ims.sarif
  
  For more information, try '--help'.
  [2]
  $ campaign-ims check --env prod
  error: no manifest has an environment `prod`: none has environments: leave `--env` out
  [2]
  $ campaign-ims render
  error: the following required arguments were not provided:
    <MANIFEST>
  
  Usage: campaign-ims render <MANIFEST>
  
  For more information, try '--help'.
  [2]
  $ campaign-ims render a.ims.yaml --env prod
  error: the manifest has no environments, so none is called `prod`: leave `--env` out
  [2]
  $ campaign-ims render a.ims.yaml --check
  error: --check needs the file to compare with: add `-o FILE` or `--out-dir DIR`
  [2]
  $ campaign-ims explain mask-captures
  error: there is no rule `mask-captures`; did you mean `mask-capture`?
  [2]
  $ campaign-ims completions cmd
  error: invalid value 'cmd' for '[SHELL]'
    [possible values: bash, elvish, fish, powershell, zsh]
  
  For more information, try '--help'.
  [2]
  $ campaign-ims render a.ims.yaml -o a.ims.yaml
  error: cannot write a.ims.yaml: it is also read, as a.ims.yaml; name another file
  [2]
  $ campaign-ims render a.ims.yaml -o no/such/folder/a.xml
  error: cannot write no/such/folder/a.xml: its folder does not exist; create it first
  [2]
  $ campaign-ims init a.ims.yaml
  error: cannot write a.ims.yaml: it exists already; name another file, or remove it
  [2]
  $ campaign-ims check --output json=no/such/folder/a.json
  error: cannot write no/such/folder/a.json: its folder does not exist; create it first
  [2]
  $ cmp a.ims.yaml $ONE
