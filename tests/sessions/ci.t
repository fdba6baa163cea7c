On GitHub annotations stand after the text for people, and the summary links to the lines.

  $ sed 's/callback_server: https/callback_server: http/' $ONE > prod.ims.yaml
  $ on_github() {
  >   GITHUB_ACTIONS=true GITHUB_SERVER_URL=${SERVER-https://github.com} GITHUB_REPOSITORY=${NAME-contoso/campaign} GITHUB_SHA=${SHA-0123abc} \
  >     GITHUB_WORKSPACE=${ROOT:-$PWD} campaign-ims check "$@"
  > }
  $ on_github --output markdown=summary.md | grep 'callback-not-https'
  error[callback-not-https]: the callback server uses `http`, but IMS sends
  ::error file=prod.ims.yaml,line=13,endLine=13,col=20,endColumn=48,title=callback-not-https::the callback server uses `http`, but IMS sends operators back over https alone%0Awrite `https`, and see that the server answers there
  $ grep -o '(https://github.com/[^)]*L13)' summary.md
  (https://github.com/contoso/campaign/blob/0123abc/prod.ims.yaml#L13)
  $ on_github --no-annotations | grep -c ::error
  0
  [1]
  $ on_github --format json | grep -c ::error
  0
  [1]
  $ campaign-ims check | grep -c ::error
  0
  [1]
  $ mkdir ims
  $ mv prod.ims.yaml ims/p.ims.yaml
  $ cd ims
  $ ROOT=${PWD%/ims} on_github --format markdown | grep -o '(https://github.com/[^)]*L13)'
  (https://github.com/contoso/campaign/blob/0123abc/ims/p.ims.yaml#L13)
  $ ROOT=${PWD%/ims} SERVER=https://github.com/ on_github --format markdown | grep -o '(https://github.com/[^)]*L13)'
  (https://github.com/contoso/campaign/blob/0123abc/ims/p.ims.yaml#L13)

GitHub looks for files from the workspace's folder on, in annotations and in SARIF.

  $ ROOT=${PWD%/ims} on_github | grep -o '::error file=[^,]*'
  ::error file=ims/p.ims.yaml
  $ ROOT=${PWD%/ims} on_github --format sarif | grep -o '"uri":"[^"]*yaml"'
  "uri":"ims/p.ims.yaml"
  "uri":"ims/p.ims.yaml"
  $ campaign-ims check --format sarif | grep -o '"uri":"[^"]*yaml"'
  "uri":"p.ims.yaml"
  "uri":"p.ims.yaml"

Where something of the address is unknown, the link is that of the path alone.

  $ for unknown in SERVER NAME SHA; do (export $unknown=; on_github --format markdown | grep -o '([^)]*#L13)'); done
  (p.ims.yaml#L13)
  (p.ims.yaml#L13)
  (p.ims.yaml#L13)
  $ cd ..

GitLab has the project's paths, from wherever the check is run.

  $ ROOT=$PWD
  $ on_gitlab() { CI_PROJECT_DIR=$ROOT campaign-ims check "$@" --format gitlab | grep -o '"path":"[^"]*"'; }
  $ on_gitlab .
  "path":"ims/p.ims.yaml"
  $ on_gitlab $ROOT
  "path":"ims/p.ims.yaml"
  $ cd ims
  $ on_gitlab .
  "path":"ims/p.ims.yaml"

  $ CI_PROJECT_DIR=$ROOT campaign-ims check --format junit | grep -o '<testsuite .* name="[^"]*"' | grep -o ' name=.*'
   name="ims/p.ims.yaml"

SARIF knows a finding again from wherever the check is run.

  $ print() { on_github "$@" --format sarif | grep -o 'campaignImsFinding/v1":"[0-9a-f]*' | sort -u; }
  $ print . > here
  $ (cd .. && print ims) | cmp - here

Azure is recognised, and has the paths of its sources.

  $ TF_BUILD=True BUILD_SOURCESDIRECTORY=$ROOT campaign-ims check | grep -o 'sourcepath=[^;]*'
  sourcepath=ims/p.ims.yaml

  $ TF_BUILD=True campaign-ims check | grep '##vso'
  ##vso[task.logissue type=error;sourcepath=p.ims.yaml;linenumber=13;columnnumber=20;code=callback-not-https]the callback server uses `http`, but IMS sends operators back over https alone%0Awrite `https`, and see that the server answers there
  $ TF_BUILD=True campaign-ims check --no-annotations | grep -c '##vso'
  0
  [1]
  $ TF_BUILD=True campaign-ims check --format concise | grep -c '##vso'
  0
  [1]
  $ campaign-ims check | grep -c '##vso'
  0
  [1]
