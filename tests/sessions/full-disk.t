A standard output that is full takes no result. A report beside it does not read as if all had gone well.

  $ [ -e /dev/full ] || exit 80
  $ cp $ONE a.ims.yaml
  $ campaign-ims check a.ims.yaml --output sarif=a.sarif >/dev/full
  error: cannot write to standard output: No space left on device (os error 28)
  [2]
  $ grep -o '"executionSuccessful":[a-z]*' a.sarif
  "executionSuccessful":false
  $ campaign-ims schema >/dev/full
  error: cannot write to standard output: No space left on device (os error 28)
  [2]
  $ campaign-ims rules >/dev/full
  error: cannot write to standard output: No space left on device (os error 28)
  [2]
