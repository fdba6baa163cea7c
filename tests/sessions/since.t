With `--since` a finding counts where its place, or a related one, is in a manifest that changed.

  $ bad() { sed 's/callback_server: https/callback_server: http/'; }
  $ other() { sed "s/contoso-prod/contoso-$1/; s/campaign.fabrikam/$1.fabrikam/; s/contoso - /contoso-$1 - /; s/OF_PROD/OF_$1/" $ONE; }
  $ repository() { git init --quiet --initial-branch=main "$1"; cd "$1"; }
  $ commit() { git add --all; git -c user.name=Test -c user.email=test@fabrikam.com commit --quiet --message more; }
  $ check() { campaign-ims check --format concise "$@" | cut -d ']' -f 1; return ${PIPESTATUS[0]}; }
  $ repository related
  $ other astage > a.ims.yaml
  $ cp $ONE b.ims.yaml
  $ commit
  $ other astage | sed 's/astage.fabrikam/campaign.fabrikam/' > a.ims.yaml
  $ check
  b.ims.yaml:13:20: error[callback-shared
  [1]
  $ check --since HEAD
  b.ims.yaml:13:20: error[callback-shared
  [1]

What others did meanwhile does not count: the comparison is with the merge base.

  $ commit
  $ git checkout -q -b change HEAD~1
  $ touch c.txt
  $ commit
  $ check --since main

A link changes with its target.

  $ cd ..; repository link
  $ mkdir shared
  $ cp $ONE shared/base.yaml
  $ ln -s shared/base.yaml prod.ims.yaml
  $ commit
  $ bad < $ONE > shared/base.yaml
  $ check --since HEAD
  prod.ims.yaml:13:20: error[callback-not-https
  [1]

A file that is renamed or new differs, from a folder below and without a branch as well.

  $ cd ..; repository names
  $ for name in same old gone 'x yé'; do other ${name%% *} | bad > "$name.ims.yaml"; done
  $ commit
  $ git mv old.ims.yaml renamed.ims.yaml
  $ rm gone.ims.yaml
  $ mkdir sub
  $ other new | bad > sub/new.ims.yaml
  $ check --since HEAD
  renamed.ims.yaml:13:20: error[callback-not-https
  sub/new.ims.yaml:13:20: error[callback-not-https
  [1]
  $ git checkout -q --detach
  $ cd sub
  $ check .. --since HEAD
  ../renamed.ims.yaml:13:20: error[callback-not-https
  ../sub/new.ims.yaml:13:20: error[callback-not-https
  [1]
  $ cd ..

Worktrees and submodules are working trees.

  $ cd ..; repository source
  $ bad < $ONE > p.ims.yaml
  $ commit
  $ cd ..; repository outer
  $ touch a.txt
  $ commit
  $ git -C ../source worktree add --quiet "$PWD/tree"
  $ git -c protocol.file.allow=always submodule --quiet add ../source module
  $ for place in tree module; do
  >   (cd $place; check --since HEAD; echo $?; echo '# touched' >> p.ims.yaml; check --since HEAD; echo $?)
  > done
  0
  p.ims.yaml:13:20: error[callback-not-https
  1
  0
  p.ims.yaml:13:20: error[callback-not-https
  1

What git says is passed on.

  $ cd ../source
  $ GIT_TEST_ASSUME_DIFFERENT_OWNER=1 campaign-ims check --since HEAD --format json 2>&1 > report | grep -oE 'dubious ownership|git config .*'; echo ${PIPESTATUS[0]}
  dubious ownership
  git config --global --add safe.directory $ROOM/source
  2
  $ grep -c safe.directory report
  1
  $ campaign-ims check --no-config --since no-such-revision
  error: git knows no revision `no-such-revision` here; in CI, fetch it first (with `actions/checkout`: `fetch-depth: 0`)
  [2]

A clone that lacks the past says how to fetch it.

  $ rm report
  $ git checkout -q -b change
  $ touch a.txt
  $ commit
  $ git checkout -q main
  $ touch b.txt
  $ commit
  $ git clone -q --depth=1 --no-single-branch "file://$PWD" ../clone
  $ cd ../clone
  $ campaign-ims check --since origin/change
  error: git finds no commit that `origin/change` and what is checked out have in common; this clone is shallow: fetch the rest with `git fetch --unshallow` (with `actions/checkout`: `fetch-depth: 0`)
  [2]

What a submodule holds differs where its commit does.

  $ cd ..
  $ repository held
  $ bad < $ONE > s.ims.yaml
  $ commit
  $ cd ..
  $ repository holder
  $ git -c protocol.file.allow=always submodule --quiet add "$PWD/../held" sm
  $ commit
  $ check sm --since HEAD
  $ echo '# more' >> sm/s.ims.yaml
  $ (cd sm; commit)
  $ check sm --since HEAD
  sm/s.ims.yaml:13:20: error[callback-not-https
  [1]
