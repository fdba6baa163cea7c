The rules of a folder above a repository do not hold in it.

  $ mkdir -p outer/repository/.git outer/plain
  $ cp $ONE outer/repository/one.ims.yaml
  $ cp $ONE outer/plain/two.ims.yaml
  $ echo '*.ims.yaml' > outer/.gitignore
  $ campaign-ims check $SAMPLES outer --format json | grep '"summary"'
  {"version":1,"findings":[],"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}
  $ mkdir outer/.git
  $ campaign-ims check $SAMPLES outer --format json | grep '"summary"'
  {"version":1,"findings":[],"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}
