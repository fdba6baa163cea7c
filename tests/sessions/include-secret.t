With `--include-secret` the package has the cipher text that the manifest's reference gives. No message shows it, and the file is its owner's alone.

  $ cp $ONE a.ims.yaml
  $ cp $TWO two.ims.yaml
  $ CIPHER=@57QS5VHMb9BCsojLVrKI/Q==
  $ OTHER=@AAAAAAAAAAAAAAAAAAAAAA==
  $ render() { campaign-ims render --include-secret "$@"; }
  $ SECRET_OF_PROD=$CIPHER render a.ims.yaml -o x.xml
  Wrote x.xml, which now holds a client secret: keep it out of version control
  This package is for the instance contoso-prod alone; its SHA-256 is 873c7075f2d83601a9d0c7af36cd22400c3212b1d23563dea0a61833a03e527f.
  Still to be done by hand for contoso-prod:
    1. Export today's account from contoso-prod first. Keep one native administrator: that is the way back.
    2. Import the package: in the console under Tools > Advanced > Import package, or on the server with `nlserver package -instance:contoso-prod -import:FILE.xml -verbose`.
    3. The package holds the client secret, encrypted for this instance: keep it out of version control, and delete it once it is imported.
    4. Give rights to the groups that the package creates: reviewers.
    5. Restart the server, then sign in once with an Adobe ID.
  $ grep -c " clientSecret=\"$CIPHER\" " x.xml
  1
  $ ls -l x.xml | cut -c 1-10
  -rw-------
  $ SECRET_OF_PROD=$CIPHER render -q a.ims.yaml -o x.xml --check
  $ SECRET_OF_PROD=$OTHER render -q a.ims.yaml -o x.xml --check
  error: `x.xml` differs from what the manifest renders to: render it again
  [1]
  $ SECRET_OF_PROD=$CIPHER SECRET_OF_STAGE=$OTHER render -q two.ims.yaml --out-dir out
  $ grep -c "$OTHER" out/contoso-stage.xml
  1
  $ cmp a.ims.yaml $ONE
  $ rm -r x.xml out

Anything else is refused without being shown.

  $ for value in canary '' @canary @canary== " $CIPHER" "${CIPHER%==}"; do SECRET_OF_PROD=$value render a.ims.yaml -o x.xml; echo $?; done
  error: the client secret is not a cipher text: it does not begin with `@` (make one with xtk:session#EncryptPassword on the target instance)
  2
  error: the client secret is empty
  2
  error: the client secret is not a cipher text: what follows `@` is not base64 with its padding (was it cut off, or copied with white space?)
  2
  error: the client secret is not a cipher text: what follows `@` is not base64 with its padding (was it cut off, or copied with white space?)
  2
  error: the client secret is not a cipher text: it does not begin with `@` (make one with xtk:session#EncryptPassword on the target instance)
  2
  error: the client secret is not a cipher text: what follows `@` is not base64 with its padding (was it cut off, or copied with white space?)
  2
  $ render a.ims.yaml -o x.xml
  error: the environment variable `SECRET_OF_PROD` is not set
  [2]
  $ sed '/client_secret/d' $ONE > none.ims.yaml
  $ render none.ims.yaml -o x.xml
  error: the manifest has no `client_secret`: write `client_secret: { env: NAME }`, or leave `--include-secret` out
  [2]

Of several environments all are rendered or none. One secret is not for two instances.

  $ SECRET_OF_PROD=$CIPHER render two.ims.yaml --out-dir out
  error: in the environment `stage`, the environment variable `SECRET_OF_STAGE` is not set
  [2]
  $ sed 's/SECRET_OF_STAGE/SECRET_OF_PROD/' $TWO > shared.ims.yaml
  $ SECRET_OF_PROD=$CIPHER render -q shared.ims.yaml --out-dir out
  error: in the environment `stage`, the client secret comes from where another instance's comes from; each instance encrypts with its own key, so write another `client_secret`, or render one with `--env`
  [2]
  $ ls
  a.ims.yaml
  none.ims.yaml
  shared.ims.yaml
  two.ims.yaml

A file with the secret is a regular one, small, and within the manifest's repository, links followed.

  $ mkdir -p repository/.git repository/conf repository/secrets
  $ cd repository
  $ echo $CIPHER > secrets/prod
  $ echo $CIPHER > ../outside
  $ printf '%65537s' > large
  $ printf canary > clear
  $ ln -s secrets/prod inside
  $ ln -s ../outside link
  $ ln -s .. folder
  $ mkfifo pipe
  $ from() { sed "s,{ env: SECRET_OF_PROD },{ file: '$1' }," $ONE > conf/a.ims.yaml; render -q conf/a.ims.yaml > out || { code=$?; cat out; return $code; }; grep -o 'clientSecret="[^"]*"' out; }
  $ from ../secrets/prod
  clientSecret="@57QS5VHMb9BCsojLVrKI/Q=="
  $ from ../inside
  clientSecret="@57QS5VHMb9BCsojLVrKI/Q=="
  $ from ../../outside
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from ../../none
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from ../link
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from ../folder/outside
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from "$PWD/secrets/prod"
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from /dev/zero
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
  $ from ../pipe
  error: cannot read the `file` of `client_secret`: it is not a regular file
  [2]
  $ from ../secrets
  error: cannot read the `file` of `client_secret`: it is not a regular file
  [2]
  $ from ../large
  error: cannot read the `file` of `client_secret`: it has more than 64 KiB
  [2]
  $ from ../clear
  error: the client secret is not a cipher text: it does not begin with `@` (make one with xtk:session#EncryptPassword on the target instance)
  [2]
  $ from ../canary
  error: cannot read the `file` of `client_secret`: there is no such file
  [2]

Without a repository the manifest's own folder is the limit.

  $ rmdir .git
  $ from ../secrets/prod
  error: cannot read the `file` of `client_secret`: it is outside of the manifest's repository: name a file inside, relative to the manifest
  [2]
