Where no manifest is found, those that could have been meant are named.

  $ mkdir .git
  $ echo 'b.ims.yaml' > .gitignore
  $ echo 'exclude = ["a.ims.yaml"]' > campaign-ims.toml
  $ echo 'version: 1' > docker-compose.yaml
  $ campaign-ims check
  error: no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it
  [2]
  $ tee a.ims.yaml b.ims.yaml prod.yml < $ONE > /dev/null
  $ campaign-ims check
  error: no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it; `a.ims.yaml` is excluded by the configuration; `b.ims.yaml` is ignored by a .gitignore; `prod.yml` looks like a manifest: rename it to `prod.ims.yaml`, or name it
  [2]

An environment that is not there is answered with those that are.

  $ for command in check render map runbook; do campaign-ims $command $TWO --env stag; echo $?; done 2>&1 | sed "s,$TWO,two.ims.yaml,"
  error: no manifest has an environment `stag`: choose `prod` or `stage`
  2
  error: the manifest has no environment `stag`, but `prod` or `stage`
  2
  error: the manifest has no environment `stag`, but `prod` or `stage`
  2
  error: the manifest has no environment `stag`, but `prod` or `stage`
  2
  $ for command in check render map runbook; do campaign-ims $command $ONE --env stag; echo $?; done 2>&1 | sed "s,$ONE,one.ims.yaml,"
  error: no manifest has an environment `stag`: none has environments: leave `--env` out
  2
  error: the manifest has no environments, so none is called `stag`: leave `--env` out
  2
  error: the manifest has no environments, so none is called `stag`: leave `--env` out
  2
  error: the manifest has no environments, so none is called `stag`: leave `--env` out
  2

A starter of a name that no check finds says so.

  $ campaign-ims init 'new one.yaml'
  Wrote new one.yaml. Fill in what says CHANGE-ME, then run `campaign-ims check 'new one.yaml'`.
  A `campaign-ims check` of its folder would not find it: only names that end in .ims.yaml or .ims.yml are found. Rename it if it shall be checked with the others.
  $ campaign-ims init new.ims.yaml
  Wrote new.ims.yaml. Fill in what says CHANGE-ME, then run `campaign-ims check new.ims.yaml`.

A configuration that is named may lie elsewhere: its globs start here.

  $ rm *.ims.yaml .gitignore
  $ mkdir archive elsewhere
  $ sed 's/callback_server: https/callback_server: http/' $ONE > archive/old.ims.yaml
  $ mv campaign-ims.toml elsewhere
  $ echo 'exclude = ["archive/**"]' > elsewhere/campaign-ims.toml
  $ cp $ONE new.ims.yaml
  $ campaign-ims check --config elsewhere/campaign-ims.toml
  contoso-prod: Campaign - contoso - {admin, reviewers}; the package creates reviewers
  Checked 1 file: no findings.
