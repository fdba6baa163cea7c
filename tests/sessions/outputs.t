An output is a file, and what cannot be one says what to write instead.

  $ cp $ONE a.ims.yaml
  $ campaign-ims render -q a.ims.yaml -o -
  error: cannot write -: name a file: `-` stands for standard input alone
  [2]
  $ campaign-ims check a.ims.yaml --output json=-
  error: cannot write -: name a file: `-` stands for standard input alone
  [2]
  $ campaign-ims init -
  error: cannot write -: name a file: `-` stands for standard input alone
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

A standard output that is closed takes no result.

  $ campaign-ims render -q a.ims.yaml >/dev/null

Standard input that cannot be read as a manifest goes on as it came.

  $ printf 'a: \xff\n' | campaign-ims check - --fix 2>/dev/null | od -An -c
     a   :     377  \n

What is not there is not fixed either.

  $ campaign-ims check none.ims.yaml --fix
  error: cannot read `none.ims.yaml`: there is no such file or folder
  [2]

A reader that is gone before the first byte is a failure of every command that prints.

  $ printf 'x: [\n' > b.ims.yaml
  $ for command in check 'check --format json' 'render -q a.ims.yaml' schema rules 'explain mask-capture' init man 'completions bash' --help; do
  >   rm -f gone
  >   { until [ -e gone ]; do sleep 0.01; done; campaign-ims $command; echo "$?: $command" >&2; } | { exec <&-; touch gone; }
  > done
  error: cannot write to standard output: Broken pipe (os error 32)
  2: check
  error: cannot write to standard output: Broken pipe (os error 32)
  2: check --format json
  error: cannot write to standard output: Broken pipe (os error 32)
  2: render -q a.ims.yaml
  error: cannot write to standard output: Broken pipe (os error 32)
  2: schema
  error: cannot write to standard output: Broken pipe (os error 32)
  2: rules
  error: cannot write to standard output: Broken pipe (os error 32)
  2: explain mask-capture
  error: cannot write to standard output: Broken pipe (os error 32)
  2: init
  error: cannot write to standard output: Broken pipe (os error 32)
  2: man
  error: cannot write to standard output: Broken pipe (os error 32)
  2: completions bash
  error: cannot write to standard output: broken pipe
  2: --help
