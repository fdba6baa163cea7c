An output is a file, and what cannot be one says what to write instead.

  $ cp $ONE a.ims.yaml
  $ campaign-ims render -q a.ims.yaml -o -
  error: cannot write -: it is no file here; leave it out for the standard output
  [2]
  $ campaign-ims check a.ims.yaml --output json=-
  error: cannot write -: it is no file here; leave it out for the standard output
  [2]
  $ campaign-ims init -
  error: cannot write -: it is no file here; leave it out for the standard output
  [2]
  $ campaign-ims render -q a.ims.yaml -o none/
  error: cannot write none: it is a folder; name a file in it
  [2]
  $ campaign-ims render -q a.ims.yaml -o none/x.xml
  error: cannot write none/x.xml: its folder does not exist; create it first
  [2]
  $ campaign-ims render -q a.ims.yaml --out-dir a.ims.yaml
  error: cannot write a.ims.yaml: a file is in the way; name a folder
  [2]
  $ ls
  a.ims.yaml

A standard output that is closed, or full, takes no result. A report beside it does not read as if all had gone well.

  $ campaign-ims render -q a.ims.yaml >&-
  error: cannot write to standard output: it is closed
  [2]
  $ campaign-ims render -q a.ims.yaml >/dev/null
  $ campaign-ims check a.ims.yaml --output sarif=a.sarif >/dev/full
  error: cannot write to standard output: No space left on device (os error 28)
  [2]
  $ grep -o '"executionSuccessful":[a-z]*' a.sarif
  "executionSuccessful":false

Standard input that cannot be read as a manifest goes on as it came.

  $ printf 'a: \xff\n' | campaign-ims check - --fix 2>/dev/null | od -An -c
     a   :     377  \n

What is not there is not fixed either.

  $ campaign-ims check none.ims.yaml --fix
  error: cannot read `none.ims.yaml`: there is no such file or folder
  [2]
