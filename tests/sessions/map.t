A list of product profiles is compared with the groups of the manifest. A name that is nearly right is `misspelt`.

  $ cp $ONE a.ims.yaml
  $ printf '\357\273\277Campaign - contoso - admin\r\n\r\nCampaign – contoso - reviewers\r\n' > list.txt
  $ campaign-ims map a.ims.yaml --profiles list.txt --format json
  {"version":1,
  "environments":[
  {"environment":null,"mask":"Campaign - contoso - (.*)","rows":[{"profile":"Campaign - contoso - admin","group":"admin","status":"ok"},{"profile":"Campaign - contoso - reviewers","group":"reviewers","status":"missing"},{"profile":"Campaign – contoso - reviewers","group":null,"status":"misspelt","meant":"Campaign - contoso - reviewers"}]}
  ]}
  [1]

A table needs the column with the names, where it is not one of the Admin Console's.

  $ printf 'Name,Users\n"Campaign - contoso - admin",3\nCampaign - contoso - reviewers,1\nPhotoshop,9\n' > list.csv
  $ campaign-ims map a.ims.yaml --profiles list.csv --column Name
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    Photoshop                       -               unmatched
  $ campaign-ims map a.ims.yaml --profiles list.csv > table
  error: cannot use the list `list.csv`: it looks like CSV (line 1 has commas), not like one profile a line: add `--column NAME` with the column that has the profiles' names (`Name` or `Users`), or write one profile a line
  [2]
  $ cat table
  $ campaign-ims map a.ims.yaml --profiles list.csv --column name
  error: cannot use the list `list.csv`: it has no column `name`: choose `Name` or `Users`
  [2]
  $ campaign-ims map a.ims.yaml --column Name
  error: the following required arguments were not provided:
    --profiles <FILE>
  
  Usage: campaign-ims map --profiles <FILE> --column <NAME> <MANIFEST>
  
  For more information, try '--help'.
  [2]
  $ printf 'Email;Product Configurations\na@x.com;"Campaign - contoso - admin,Campaign - contoso - reviewers"\n' > users.csv
  $ campaign-ims map a.ims.yaml --profiles users.csv
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Members  Status
    Campaign - contoso - admin      admin           1        ok
    Campaign - contoso - reviewers  reviewers       1        ok

The JSON of the User Management API is a list too.

  $ cat > api.json << 'END'
  > {"lastPage":true,"groups":[{"type":"PRODUCT_PROFILE","groupName":"Campaign - contoso - admin"},
  > {"type":"PRODUCT_PROFILE","groupName":"Campaign - contoso - reviewers"}]}
  > END
  $ campaign-ims map a.ims.yaml --profiles api.json | tail -2
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok

A built-in group that the manifest does not list is no mistake. A group that it lacks is one, and so is a name that is misspelt.

  $ with() { printf 'Campaign - contoso - admin\nCampaign - contoso - reviewers\n%s\n' "$1" > list; campaign-ims map a.ims.yaml --profiles list; }
  $ with 'Campaign - contoso - workflow'
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    Campaign - contoso - workflow   workflow        unlisted
  
    The profiles that are unlisted are of built-in groups that the manifest does
    not list. So that they are checked too, add to `groups`: `workflow: {}`.
  $ with 'Campaign - contoso- workflow'
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    Campaign - contoso- workflow    -               misspelt
  
    misspelt  Campaign - contoso- workflow
      the mask does not take this name, so its members could not sign in:
      character 19 is `-` (U+002D HYPHEN-MINUS), not ` ` (U+0020 SPACE); unless it
      is not meant for this instance, rename it in the Admin Console to
      `Campaign - contoso - workflow`.
  [1]
  $ with 'Campaign - contoso - editors'
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    Campaign - contoso - editors    editors         undeclared
  
    undeclared  Campaign - contoso - editors
      it gives `editors`, which the manifest lacks: unless Campaign has that
      group, its members could not sign in.
  [1]

A profile that ends where the group's name is due gives no group, and neither does one of a group without a name.

  $ with 'Campaign - contoso - '
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group  Status
    Campaign - contoso - admin      admin           ok
    Campaign - contoso - reviewers  reviewers       ok
    Campaign - contoso -            -               unmatched
  $ printf 'Campaign - contoso - \nCampaign - contoso -  \n' > bare.txt
  $ campaign-ims map a.ims.yaml --profiles bare.txt --format json | grep -o '"profile":"Campaign - contoso -  *",.*'
  "profile":"Campaign - contoso - ","group":null,"status":"unmatched"},{"profile":"Campaign - contoso -  ","group":null,"status":"unmatched"}]}
  $ sed 's/^  admin: {}/&\
  >   "": {}/' $ONE > nameless.ims.yaml
  $ campaign-ims map nameless.ims.yaml --format mermaid 2>/dev/null | grep '0x1'
      p0x1["Campaign #45; contoso #45; "]:::wrong
      p0x1 -. mismatch .-> g0x0(["-"]):::wrong
      p0x0 --> g0x1(["admin"]):::ok

A list that is not UTF-8 is refused.

  $ printf 'a\n\351' > latin
  $ campaign-ims map a.ims.yaml --profiles latin
  error: cannot use the list `latin`: line 2 is not UTF-8: save the list as UTF-8 (in Excel, as "CSV UTF-8")
  [2]

Without a list there is no status, and all environments are shown.

  $ campaign-ims map $TWO
  prod (contoso-prod)
  Association mask: Campaign - contoso - (.*)
  
    Product profile                 Operator group
    Campaign - contoso - admin      admin
    Campaign - contoso - reviewers  reviewers
  
  stage (contoso-stage)
  Association mask: Campaign - contoso-stage - (.*)
  
    Product profile                       Operator group
    Campaign - contoso-stage - admin      admin
    Campaign - contoso-stage - reviewers  reviewers

What a group's profile does not give is an error, and shown in the table all the same. Other errors leave no table.

  $ sed 's/label: Reviewers/profile: Campaign - contoso - editors/' $ONE > bad.ims.yaml
  $ campaign-ims map bad.ims.yaml
  error[group-capture-mismatch]: the profile leads to the group `editors`, not
    │ to `reviewers`
      ╭─[bad.ims.yaml:17:39]
   16 │   admin: {}
   17 │   reviewers: { create: true, profile: Campaign - contoso - editors }
      ·                                       ────────────────────────────
      ╰────
    help: write `Campaign - contoso - reviewers`, or name the group `editors` if
          that is its internal name in Campaign
    fix: write `Campaign - contoso - reviewers` (`--fix --unsafe`)
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 error. 1 fixable with `--fix --unsafe`.
  contoso-prod
  Association mask: Campaign - contoso - (.*)
  
    Product profile               Operator group  Status
    Campaign - contoso - admin    admin           ok
    Campaign - contoso - editors  editors         mismatch
  
    mismatch  Campaign - contoso - editors
      the mask takes `editors` from this name, so its members would not come in as
      `reviewers`.
  [1]
  $ sed 's,https://ims,http://ims,' bad.ims.yaml > worse.ims.yaml
  $ campaign-ims map worse.ims.yaml 2>/dev/null
  [1]

What the package has is what counts: a `+` of a mask takes no `+`.

  $ sed 's/Campaign - contoso/Campaign - contoso R+D/' $ONE > plus.ims.yaml
  $ printf 'Campaign - contoso R+D - admin\n' > list
  $ campaign-ims map -q plus.ims.yaml --profiles list | grep 'Campaign.*mismatch'
    Campaign - contoso R+D - admin      -               mismatch
    Campaign - contoso R+D - reviewers  -               mismatch

A name that is nearer to another environment's mask is not misspelt in this one.

  $ sed 's/Campaign - contoso-stage/Campaign - contoso-mid/; s/Campaign - contoso - /Campaign - contoso-mkt - /' $TWO > near.ims.yaml
  $ printf 'campaign - contoso-mid - admin\n' > list
  $ campaign-ims map near.ims.yaml --profiles list | grep '  campaign - contoso-mid - admin '
    campaign - contoso-mid - admin      -               unmatched
    campaign - contoso-mid - admin      -               misspelt

As the package has it, an unescaped character takes other names than those that are meant.

  $ sed 's/contoso - (/contoso+co - (/' $ONE > plus.ims.yaml
  $ printf 'Campaign - contosoco - admin\nCampaign - contoso+co - report\n' > plus.txt
  $ campaign-ims map plus.ims.yaml --profiles plus.txt
  warning[mask-unescaped]: `+` in the mask is not taken literally: it lets in
    │ profiles that begin with `Campaign - contosoco - `, and none with a `+`
    │ there
      ╭─[plus.ims.yaml:14:39]
   13 │   callback_server: https://campaign.fabrikam.com
   14 │   association_mask: Campaign - contoso+co - (.*)
      ·                                       ─
   15 │ groups:
      ╰────
    help: write `\+`
    fix: write `\+` (`--fix`)
  
  More about a rule: `campaign-ims explain RULE`.
  Checked 1 file: 1 warning. 1 fixable with `--fix`.
  contoso-prod
  Association mask: Campaign - contoso+co - (.*)
  
    Product profile                    Operator group  Status
    Campaign - contoso+co - admin      -               mismatch
    Campaign - contoso+co - reviewers  -               mismatch
    Campaign - contosoco - admin       admin           ok
    Campaign - contoso+co - report     -               unmatched
  
    mismatch  Campaign - contoso+co - admin
      the mask takes no group from this name, so members of `admin` could not sign
      in.
    mismatch  Campaign - contoso+co - reviewers
      the mask takes no group from this name, so members of `reviewers` could not
      sign in.
  [1]

A list that is none weighs more than a manifest with errors.

  $ sed 's/https/http/' $ONE > bad.ims.yaml
  $ printf 'PK\003\004' > book.xlsx
  $ campaign-ims map bad.ims.yaml --profiles book.xlsx 2>&1 | tail -n 1
  error: cannot use the list `book.xlsx`: it is a workbook or an archive, not a text: in Excel, save it as "CSV UTF-8"
  $ campaign-ims map bad.ims.yaml --profiles book.xlsx > out 2>&1
  [2]
