A check that failed reads clean in no format: each says why, and none that all is well.

  $ cp $ONE p.ims.yaml
  $ all() {
  >   outputs=; rm -rf out; mkdir out
  >   for format in sarif json gitlab junit markdown github concise human; do outputs="$outputs --output $format=out/$format"; done
  >   campaign-ims check $outputs "$@" > printed; code=$?
  >   grep -so 'Checked 0' printed; grep -so '✅' out/*
  >   grep -so '"executionSuccessful":false,"toolExecutionNotifications":.."level":"error"' out/sarif
  >   return $code
  > }
  $ all --config no.toml
  error: cannot read the configuration `no.toml`: there is no such file or folder
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ for format in json gitlab markdown github concise human; do cat out/$format; echo; done
  {"version":1,"findings":[],"errors":[
  "cannot read the configuration `no.toml`: there is no such file or folder"
  ],"summary":{"files":0,"errors":0,"warnings":0,"notes":0}}
  
  [
  {"description":"the check failed: cannot read the configuration `no.toml`: there is no such file or folder","check_name":"check-failed","fingerprint":"check-failed-1","severity":"blocker","location":{"path":".","lines":{"begin":1,"end":1}}}
  ]
  
  ## Adobe Campaign IMS configuration
  
  ⛔ **The check failed**, so this is not all that there is to say:
  
  - cannot read the configuration <code>no.toml</code>&#58; there is no such file or folder
  
  
  ::error title=the check failed::cannot read the configuration `no.toml`: there is no such file or folder
  
  the check failed: cannot read the configuration `no.toml`: there is no such file or folder
  
  The check failed.
  
  $ grep -o '"toolExecutionNotifications":.*' out/sarif
  "toolExecutionNotifications":[{"level":"error","message":{"text":"cannot read the configuration `no.toml`: there is no such file or folder."}}]}],"results":[]}
  $ grep '<error' out/junit
        <error message="the check failed: cannot read the configuration `no.toml`: there is no such file or folder" type="error">the check failed: cannot read the configuration `no.toml`: there is no such file or folder</error>

So it is for every reason.

  $ says() { grep -lF "$1" out/*; grep -c '<error ' out/junit; grep 'The check failed' out/markdown out/human; }
  $ all . no.ims.yaml
  error: cannot read `no.ims.yaml`: there is no such file or folder
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ says no.ims.yaml
  out/concise
  out/github
  out/gitlab
  out/json
  out/junit
  out/markdown
  out/sarif
  1
  out/markdown:⛔ **The check failed**, so this is not all that there is to say:
  out/human:The check failed. Checked 1 file all the same: no findings.
  $ all --env prod
  error: no manifest has an environment `prod`: none has environments: leave `--env` out
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ says 'no manifest has an environment'
  out/concise
  out/github
  out/gitlab
  out/json
  out/junit
  out/markdown
  out/sarif
  1
  out/markdown:⛔ **The check failed**, so this is not all that there is to say:
  out/human:The check failed.
  $ all --since HEAD
  error: . is in no git working tree, which `--since` needs; run this in the repository of the manifests
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ says 'no git working tree'
  out/concise
  out/github
  out/gitlab
  out/json
  out/junit
  out/markdown
  out/sarif
  1
  out/markdown:⛔ **The check failed**, so this is not all that there is to say:
  out/human:The check failed.
  $ all --baseline no.json
  error: cannot read the baseline `no.json`: there is no such file or folder
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ says no.json
  out/concise
  out/github
  out/gitlab
  out/json
  out/junit
  out/markdown
  out/sarif
  1
  out/markdown:⛔ **The check failed**, so this is not all that there is to say:
  out/human:The check failed.
  $ printf '[rules]\nmask-tenant = "warn"\n' > campaign-ims.toml
  $ all
  error: campaign-ims.toml:2:15: `"warn"` is no level
    help: write `mask-tenant = "error"`, `"warning"`, `"note"` or `"off"`
  "executionSuccessful":false,"toolExecutionNotifications":[{"level":"error"
  [2]
  $ says 'is no level'
  out/concise
  out/github
  out/gitlab
  out/json
  out/junit
  out/markdown
  out/sarif
  1
  out/markdown:⛔ **The check failed**, so this is not all that there is to say:
  out/human:The check failed.

Nothing is known of a baseline that such a check would write, or where the arguments are no command line.

  $ campaign-ims check --write-baseline b.json
  error: campaign-ims.toml:2:15: `"warn"` is no level
    help: write `mask-tenant = "error"`, `"warning"`, `"note"` or `"off"`
  [2]
  $ [ -e b.json ]
  [1]
  $ all --exclude-nothing
  error: unexpected argument '--exclude-nothing' found
  
    tip: to pass '--exclude-nothing' as a value, use '-- --exclude-nothing'
  
  Usage: campaign-ims check --output <F=FILE> [PATH]...
  
  For more information, try '--help'.
  [2]
  $ ls out

The Action uploads nothing after it.

  $ rm -r out campaign-ims.toml
  $ mkdir q
  $ sed 's/callback_server: https/callback_server: http/' $ONE > p.ims.yaml
  $ cp $ONE q/x.ims.yaml
  $ action() {
  >   rm -f output
  >   PROGRAM=campaign-ims FAIL_ON=error PATHS=$1 RUNNER_TEMP=$PWD GITHUB_OUTPUT=output GITHUB_STEP_SUMMARY=summary \
  >     bash ${ONE%/tests/*}/scripts/action-check.sh > /dev/null 2>&1
  > }
  $ action "$(printf 'q\np.ims.yaml')"
  [1]
  $ grep -oE 'exit-code=.|sarif-file=/' output
  exit-code=1
  sarif-file=/
  $ action "$(printf 'q\nnowhere')"
  [2]
  $ grep -oE 'exit-code=.|sarif-file=/' output
  exit-code=2
  $ grep 'The check failed' summary
  ⛔ **The check failed**, so this is not all that there is to say:
