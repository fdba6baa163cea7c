Bash completes commands, options, their values and rules.

  $ campaign-ims completions bash > script
  $ source ./script
  $ offers() {
  >   COMP_WORDS=(campaign-ims "$@") COMP_CWORD=$#
  >   _campaign__ims campaign-ims "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
  >   echo "${COMPREPLY[*]}"
  > }
  $ offers ch
  check
  $ offers check --fo
  --format
  $ offers check --format sa
  sarif
  $ offers explain mask-ten
  mask-tenant
  $ offers check --select mask-ten
  mask-tenant

Environments are those of the manifest that is named, else of those in the folder. A name is never a command.

  $ printf 'environments:\n  prod: {}\n  "$(touch ran)": {}\n  pilot: {}\n  stage: {}\n' > a.ims.yaml
  $ offers render a.ims.yaml --env p
  pilot prod
  $ offers check --env st
  stage
  $ offers check . --env ''
  pilot prod stage
  $ ls
  a.ims.yaml
  script
