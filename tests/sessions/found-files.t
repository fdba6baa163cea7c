A folder is searched for manifests that git does not ignore. Rules between instances look at all of them.

  $ mkdir -p deep/er ignored
  $ cp $ONE a.ims.yaml
  $ sed 's/contoso-prod/contoso-other/' $ONE > deep/er/b.ims.yml
  $ echo nonsense | tee other.yaml > ignored/c.ims.yaml
  $ echo ignored/ > .gitignore
  $ campaign-ims check --format concise
  deep/er/b.ims.yml:13:20: error[callback-shared] the instances `contoso-other` and `contoso-prod` have the same callback server
  deep/er/b.ims.yml:14:21: note[mask-shared] the instances `contoso-other` and `contoso-prod` have the same mask: who is admin on one is admin on the other
  [1]
  $ campaign-ims check --format json | grep -oE '"related":.*"path":"[^"]*"|"summary":.*'
  "related":[{"message":"the other instance's callback is here","path":"a.ims.yaml"
  "related":[{"message":"the other instance's mask is here","path":"a.ims.yaml"
  "summary":{"files":2,"errors":1,"warnings":0,"notes":1}}

A file counts once, however often it is named.

  $ campaign-ims check a.ims.yaml ./a.ims.yaml --format json
  {"version":1,"findings":[],"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}

What is no manifest is not found, or cannot be read. What can be read is judged all the same.

  $ mkdir empty dir.ims.yaml
  $ campaign-ims check empty
  error: no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it
  [2]
  $ campaign-ims check dir.ims.yaml
  error: no manifest found: name a file, or a folder with *.ims.yaml or *.ims.yml files in it
  [2]
  $ campaign-ims check dir.ims.yaml/x
  error: cannot read `dir.ims.yaml/x`: there is no such file or folder
  [2]
  $ campaign-ims render dir.ims.yaml
  error: cannot read `dir.ims.yaml`: it is a folder, not a file
  [2]
  $ campaign-ims check no.ims.yaml
  error: cannot read `no.ims.yaml`: there is no such file or folder
  [2]
  $ campaign-ims render no.ims.yaml
  error: cannot read `no.ims.yaml`: there is no such file or folder
  [2]
  $ campaign-ims check --format json no.ims.yaml > report
  error: cannot read `no.ims.yaml`: there is no such file or folder
  [2]
  $ cat report
  {"version":1,"findings":[],"errors":[
  "cannot read `no.ims.yaml`: there is no such file or folder"
  ],"summary":{"files":0,"errors":0,"warnings":0,"notes":0}}
  $ campaign-ims check --format json a.ims.yaml no.ims.yaml 2>/dev/null
  {"version":1,"findings":[],"errors":[
  "cannot read `no.ims.yaml`: there is no such file or folder"
  ],"summary":{"files":1,"errors":0,"warnings":0,"notes":0}}
  [2]

A link to a file that is not there is not passed over.

  $ mkdir linked; cp $ONE linked/a.ims.yaml; ln -s nothing linked/b.ims.yaml
  $ campaign-ims check -q linked
  error: cannot read `linked/b.ims.yaml`: there is no such file or folder
  [2]
