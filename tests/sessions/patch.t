git and patch take the diff, with and without the first part of its paths.

  $ command -v patch > /dev/null || exit 80
  $ bad() { sed "s/contoso-prod/contoso-$1/; s/campaign.fabrikam/$1.fabrikam/; s/contoso - /contoso-$1 - /; s/OF_PROD/OF_$1/; s/callback_server: https/callback_server: http/" $ONE; }
  $ commit() { git add --all; git -c user.name=Test -c user.email=test@fabrikam.com commit --quiet --message more; }
  $ git init --quiet --initial-branch=main
  $ mkdir 'sub dir'
  $ bad p1 > 'a b.ims.yaml'
  $ bad p2 > 'sub dir/c.ims.yaml'
  $ commit
  $ campaign-ims check -q --diff > p.patch
  [1]
  $ for command in 'git apply' 'git apply -p1' 'patch -s -p0 -i' 'patch -s -p1 -i'; do
  >   $command p.patch && campaign-ims check -q --format concise && echo "$command"; git checkout -q .
  > done
  git apply
  git apply -p1
  patch -s -p0 -i
  patch -s -p1 -i
