A fix, and a diff of it, touch what is reported alone: of what changed, and not what a baseline knows.

  $ bad() { sed "s/contoso-prod/contoso-$1/; s/campaign.fabrikam/$1.fabrikam/; s/contoso - /contoso-$1 - /; s/OF_PROD/OF_$1/; s/callback_server: https/callback_server: http/" $ONE; }
  $ repository() { git init --quiet --initial-branch=main "$1"; cd "$1"; }
  $ commit() { git add --all; git -c user.name=Test -c user.email=test@fabrikam.com commit --quiet --message more; }
  $ repository reported
  $ bad p1 > p1.ims.yaml
  $ bad p2 > p2.ims.yaml
  $ commit
  $ echo '# touched' >> p1.ims.yaml
  $ campaign-ims check --diff --since HEAD
  --- ./p1.ims.yaml
  +++ ./p1.ims.yaml
  @@ -10,7 +10,7 @@
     scope: [openid, AdobeID, session]
     client_id: Campaign1
     client_secret: { env: SECRET_OF_p1 }
  -  callback_server: http://p1.fabrikam.com
  +  callback_server: https://p1.fabrikam.com
     association_mask: Campaign - contoso-p1 - (.*)
   groups:
     admin: {}
  Would fix 1 finding in 1 file.
  [1]
  $ campaign-ims check --fix --since HEAD
  Fixed 1 finding in 1 file.
  contoso-p1: Campaign - contoso-p1 - {admin, reviewers}; the package creates reviewers
  Checked 2 files: no findings.
  $ git diff --stat | cat
   p1.ims.yaml | 3 ++-
   1 file changed, 2 insertions(+), 1 deletion(-)
  $ campaign-ims check -q --write-baseline b.json
  $ campaign-ims check -q --baseline b.json --fix
  $ git diff --stat | cat
   p1.ims.yaml | 3 ++-
   1 file changed, 2 insertions(+), 1 deletion(-)

A byte order mark and CR LF are the file's own.

  $ cd ..; repository windows
  $ CR=$(printf '\r')
  $ { printf '\357\273\277'; bad p | sed "s/$/$CR/"; } > p.ims.yaml
  $ commit
  $ campaign-ims check --diff > p.patch
  Would fix 1 finding in 1 file.
  [1]
  $ git apply p.patch
  $ campaign-ims check -q --format concise

A secret beside a fix is never in the diff, and that is said.

  $ bad p | sed 's/^groups:/# once p8e-aBcDeFgHiJkLmNoPqRsTuVwXyZ012345\
  > &/' > p.ims.yaml
  $ campaign-ims check --diff
  --- ./p.ims.yaml
  +++ ./p.ims.yaml
  @@ -10,7 +10,7 @@
     scope: [openid, AdobeID, session]
     client_id: Campaign1
     client_secret: { env: SECRET_OF_p }
  -  callback_server: http://p.fabrikam.com
  +  callback_server: https://p.fabrikam.com
     association_mask: Campaign - contoso-p - (.*)
   # once ************************************
   groups:
  Would fix 1 finding in 1 file.
  The diff of 1 file hides a secret or a control character, so `patch` will refuse it there: use `--fix`.
  1 finding would be left: `check` without `--diff` says what they are.
  [1]

The standard input is fixed to standard output, and goes on as it came where nothing is fixed.

  $ bad p | campaign-ims check - --fix > fixed
  Fixed 1 finding in 1 file.
  contoso-p: Campaign - contoso-p - {admin, reviewers}; the package creates reviewers
  Checked 1 file: no findings.
  $ bad p | sed 's/callback_server: http/&s/' | cmp - fixed
  $ echo 'version: 1' | campaign-ims check - --fix --format json 2>report
  version: 1
  [1]
  $ grep -c '"missing-field"' report
  4
