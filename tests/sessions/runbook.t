The run book of an instance has what people do by hand, in the order in which it is done.

  $ cp $TWO two.ims.yaml
  $ campaign-ims runbook two.ims.yaml --env stage
  # Run book: signing in to Adobe Campaign with an Adobe ID
  
  Work from top to bottom, and tick off each step. Who does it is said first:
  
  - *Admin Console*: a system administrator of the organization
  - *Campaign*: an administrator of the instance, in the client console
  - *Server*: somebody with a shell on the instance's server
  - *Repository*: somebody with the manifest and `campaign-ims`
  - *Everyone*: all of these
  
  ## stage: `contoso-stage`
  
  <div style="break-inside: avoid">
  
  ### 1. Before you begin
  
  - [ ] **1.1** *Campaign*: `contoso-stage` is on-premise or hybrid: where Adobe hosts an instance, Adobe sets IMS up, not you.
  - [ ] **1.2** *Campaign*: It runs a release that is ready for IMS: 7.4.1 or later (recommended), 7.3.5, 7.3.3.IMS or 7.3.2.IMS.
  - [ ] **1.3** *Campaign*: Its own package exports say `buildVersion="6.7"` and `buildNumber="9394"` on their first line: an import needs the package to say the same.
  - [ ] **1.4** *Campaign*: The built-in package "Integration with the Adobe Experience Cloud" is installed there (marketing instances have it). It makes the account `Adobe_Experience_Cloud`: the first time, install it now, or there is no account yet.
  - [ ] **1.5** *Campaign*: Every operator has the latest client console.
  - [ ] **1.6** *Admin Console*: You may administer the organization Contoso (`7A1E42C95D3B4F600A495E31@AdobeOrg`).
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 2. The ticket to Adobe
  
  - [ ] **2.1** *Campaign*: Send this to Adobe Customer Care, and wait for the answer:
  
    ```text
    Subject: IMS sign-in for the Adobe Campaign Classic instance contoso-stage
  
    Please provision the IMS client of this instance with these values, and confirm each:
  
    Organization: Contoso
    Organization ID: 7A1E42C95D3B4F600A495E31@AdobeOrg
    Instance: contoso-stage
    Access URL: https://stage.fabrikam.com
    Callback server (on the allow list of IMS): https://stage.fabrikam.com
    IMS client ID: Campaign1
    Scopes: openid,AdobeID,session
    Product context: dma_campaign_classic
  
    Please send us the client secret in a safe way, not in this ticket.
    ```
  
  - [ ] **2.2** *Repository*: Where the answer has another value, write it into the manifest, run `campaign-ims check two.ims.yaml`, and make this run book again.
  - [ ] **2.3** *Campaign*: Keep the client secret where secrets are kept, never in the manifest. The manifest says: the environment variable `SECRET_OF_STAGE`.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 3. A way back
  
  - [ ] **3.1** *Campaign*: Export today's account and groups from `contoso-stage`: Tools > Advanced > Export package, a user package, with the entities `nms:extAccount` (filter: its internal name is `Adobe_Experience_Cloud`) and `xtk:group`. Save it as `contoso-stage-before.xml`. It does not hold the client secret: make sure that you still have the old one. Note whether the account is enabled: an export may leave that out.
  - [ ] **3.2** *Campaign*: Keep one native administrator: that is the way back. Sign in as that operator once, with the password.
  - [ ] **3.3** *Server*: That operator keeps native sign-in: since 7.4.1, `<imsConfig>` in `serverConf.xml` can restrict it, and then only operators in `allowOperator` have it. Add that operator there before anybody switches the restriction on.
  - [ ] **3.4** *Repository*: See what will change (an error that there is no account means that the built-in package is not installed):
  
    ```sh
    campaign-ims diff two.ims.yaml --env stage contoso-stage-before.xml
    ```
  
  - [ ] **3.5** *Campaign*: `Adobe_Experience_Cloud` is the only external account of IMS there. If there are others: export them, too, as `contoso-stage-others.xml` (the entity `nms:extAccount`, filter: their internal names), make sure that you still have their client secrets, and only then delete them.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 4. Operators and users
  
  - [ ] **4.1** *Campaign*: Every native operator has an e-mail address, and no two have the same, before the first sign-in with an Adobe ID: it is what finds the operator.
  - [ ] **4.2** *Admin Console*: The operators are users of the organization, with the same e-mail addresses.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 5. Product profiles
  
  - [ ] **5.1** *Admin Console*: These product profiles exist, named exactly so, blanks and letter case included:
  
    ```text
    Campaign - contoso-stage - admin
    Campaign - contoso-stage - reviewers
    ```
  
  - [ ] **5.2** *Admin Console*: If technical operators (API calls) use `contoso-stage`, their product profile exists, too: `Campaign - contoso-stage - messagecenter`. Only instances with Message Center have its group `messagecenter`: for another one, ask Adobe Customer Care which profile they need.
  - [ ] **5.3** *Admin Console*: Link the users to their profiles, then export the users (Users > ... > Export users list to CSV) as `users.csv`. A profile without members is not in that file.
  - [ ] **5.4** *Repository*: Compare. The exit code is 0:
  
    ```sh
    campaign-ims map two.ims.yaml --env stage --profiles users.csv
    ```
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 6. Operator groups
  
  - [ ] **6.1** *Campaign*: The built-in groups have not been renamed: `admin`.
  - [ ] **6.2** *Campaign*: These groups do not exist yet, or may get the label that the manifest gives them: `reviewers`. The package creates them, without rights.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 7. The package
  
  - [ ] **7.1** *Repository*: Render it. It is for the instance `contoso-stage` alone:
  
    ```sh
    campaign-ims render two.ims.yaml --env stage -o contoso-stage.xml
    ```
  
  Instead of typing the secret after the import, `--include-secret` can take it from the environment variable `SECRET_OF_STAGE`, where it must be the cipher text that `xtk:session#EncryptPassword` made on `contoso-stage`. The package holds the client secret, encrypted for this instance: keep it out of version control, and delete it once it is imported. Its SHA-256 is then another one, which `render` says.
  
  - [ ] **7.2** *Server* or *Campaign*: Before the import, the file has this SHA-256 (`sha256sum`; on Windows `certutil -hashfile FILE SHA256`):
  
    ```text
    14337df894aec17f1569472cc9992f08a3df8011f3e9205ea5d87be379805011
    ```
  
  - [ ] **7.3** *Campaign* or *Server*: Import it on `contoso-stage`, in the client console under Tools > Advanced > Import package, or on the server:
  
    ```sh
    nlserver package -instance:contoso-stage -import:contoso-stage.xml -verbose
    ```
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 8. After the import
  
  - [ ] **8.1** *Campaign*: Give rights to the groups that the package creates (it holds none): `reviewers`.
  - [ ] **8.2** *Campaign*: Type the IMS client secret into the external account: the package leaves it out, and the instance keeps the one it has.
  - [ ] **8.3** *Server*: Restart the server. Every later change to the account needs that, too.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 9. Sign-in
  
  - [ ] **9.1** *Campaign*: In the client console, open the connection's settings and tick "Connect with an Adobe ID".
  - [ ] **9.2** *Campaign*: Sign in with an Adobe ID of each product profile.
  - [ ] **9.3** *Campaign*: The native administrator can still sign in, with "Connect with an Adobe ID" unticked.
  - [ ] **9.4** *Campaign*: Technical operators (API calls) do not sign in this way. Now that the account works, move each to a technical account of the Adobe Developer Console with their product profile, before anybody restricts native sign-in.
  
  Where it does not work:
  
  | What you see | What to look at |
  |---|---|
  | You are redirected to adobe.com | The callback server: it must be `https://stage.fabrikam.com`, the access URL of this instance, and on the allow list of IMS |
  | "Login does not have any right matching the expression" | The user's product profile, letter by letter: it must match `Campaign - contoso-stage - (.*)`, and the group that it gives must exist in Campaign, not renamed, with rights |
  | The sign-in page for Adobe IDs does not appear | The scopes: only what Adobe provisioned for `Campaign1` |
  | Nothing changed | The restart: every change to the account needs one |
  | Anything else at sign-in in the console | The WebView2 cache of the client console: clear it |
  
  To go back:
  
  - Sign in as the native administrator with "Connect with an Adobe ID" unticked.
  - Import `contoso-stage-before.xml`, and `contoso-stage-others.xml` if you made it. That alone does not go back: an export leaves out empty values, and an import does not change what is left out.
  - In `Adobe_Experience_Cloud`, empty or untick by hand each field that the comparison in "A way back" calls absent, and tick or untick "Enabled" as noted there.
  - Delete each of these groups that `contoso-stage-before.xml` does not have: `reviewers`.
  - Type the client secret of then, and restart the server.
  
  </div>
  
  <div style="break-inside: avoid">
  
  ### 10. The proof
  
  - [ ] **10.1** *Campaign*: Export the account and the groups from `contoso-stage` again, as in "A way back", to `contoso-stage-after.xml`.
  - [ ] **10.2** *Repository*: Compare. The command says that there is no drift, and its exit code is 0:
  
    ```sh
    campaign-ims diff two.ims.yaml --env stage contoso-stage-after.xml
    ```
  
  This also settles what Adobe does not document: which attribute is behind which field of the form (`userScope`, `clientId` and `imsRightsMask` are inferred). Compare these three with the form once.
  
  </div>

That of several instances has the test instance before production.

  $ campaign-ims runbook two.ims.yaml | grep '^## '
  ## stage: `contoso-stage`
  ## prod: `contoso-prod`

Its commands take the configuration with which it was made.

  $ printf '[rules]\naccount-name = "error"\n' > campaign-ims.toml
  $ cp campaign-ims.toml 'my own.toml'
  $ sed 's/^  ims_server/  name: IMS\
  >   type: 42\
  > &/' $ONE > own.ims.yaml
  $ campaign-ims runbook own.ims.yaml 2>/dev/null
  [1]
  $ campaign-ims runbook own.ims.yaml --no-config 2>/dev/null | grep -o 'campaign-ims [cdmr].* own.ims.yaml.*'
  campaign-ims check own.ims.yaml --no-config`, and make this run book again.
  campaign-ims diff own.ims.yaml --no-config contoso-prod-before.xml
  campaign-ims map own.ims.yaml --no-config --profiles users.csv
  campaign-ims render own.ims.yaml --no-config -o contoso-prod.xml
  campaign-ims diff own.ims.yaml --no-config contoso-prod-after.xml
  $ cp $ONE one.ims.yaml
  $ campaign-ims runbook one.ims.yaml --config 'my own.toml' | grep -o 'campaign-ims [cdmr].* --config.*'
  campaign-ims check one.ims.yaml --config 'my own.toml'`, and make this run book again.
  campaign-ims diff one.ims.yaml --config 'my own.toml' contoso-prod-before.xml
  campaign-ims map one.ims.yaml --config 'my own.toml' --profiles users.csv
  campaign-ims render one.ims.yaml --config 'my own.toml' -o contoso-prod.xml
  campaign-ims diff one.ims.yaml --config 'my own.toml' contoso-prod-after.xml
  $ rm campaign-ims.toml

A value stays text, though it looks like Markdown.

  $ sed 's/name: Contoso/name: "@x <b> [a](b) | `"/' $ONE > odd.ims.yaml
  $ campaign-ims runbook odd.ims.yaml | grep '&#64;'
  - [ ] **1.7** *Admin Console*: You may administer the organization &#64;x &lt;b&gt; \[a\]\(b\) \| \` (`7A1E42C95D3B4F600A495E31@AdobeOrg`).

Without a reference to the secret it says so.

  $ sed '/client_secret/d' $ONE > plain.ims.yaml
  $ campaign-ims runbook plain.ims.yaml | grep 'where the secret is kept'
  - [ ] **2.3** *Campaign*: Keep the client secret where secrets are kept, never in the manifest. The manifest does not say where the secret is kept.

The product profile of technical operators is said once.

  $ sed 's/^  admin: {}/&\
  >   messagecenter: {}/' $ONE > api.ims.yaml
  $ campaign-ims runbook api.ims.yaml | grep -i 'messagecenter\|technical'
    Campaign - contoso - messagecenter
  - [ ] **6.1** *Campaign*: The built-in groups have not been renamed: `admin`, `messagecenter`.
  - [ ] **9.4** *Campaign*: Technical operators (API calls) do not sign in this way. Now that the account works, move each to a technical account of the Adobe Developer Console with their product profile, before anybody restricts native sign-in.

With a disabled account nobody can sign in, and no step asks for it.

  $ sed 's/^  ims_server/  enabled: false\
  > &/' $ONE > off.ims.yaml
  $ campaign-ims runbook off.ims.yaml 2>/dev/null | grep -i 'disable\|\*\*9[.]\|enabled'
  - [ ] **3.1** *Campaign*: Export today's account and groups from `contoso-prod`: Tools > Advanced > Export package, a user package, with the entities `nms:extAccount` (filter: its internal name is `Adobe_Experience_Cloud`) and `xtk:group`. Save it as `contoso-prod-before.xml`. It does not hold the client secret: make sure that you still have the old one. Note whether the account is enabled: an export may leave that out.
  - [ ] **7.1** *Repository*: The manifest says `enabled: false`: the import disables the account, and then nobody can sign in with an Adobe ID. Go on only if that is meant. If not, write `enabled: true`, run `campaign-ims check off.ims.yaml`, and make this run book again.
  - [ ] **9.1** *Campaign*: The account is disabled. Nobody can sign in with an Adobe ID until the manifest says `enabled: true` and a run book made of it is done.
  - [ ] **9.2** *Campaign*: The native administrator can still sign in, with "Connect with an Adobe ID" unticked.
  - In `Adobe_Experience_Cloud`, empty or untick by hand each field that the comparison in "A way back" calls absent, and tick or untick "Enabled" as noted there.
  This proves a disabled account: nobody can sign in with an Adobe ID.

An account of one's own may not have been there before.

  $ campaign-ims runbook own.ims.yaml 2>/dev/null | sed -n '/^To go back/,/^<.div/p'
  To go back:
  
  - Sign in as the native administrator with "Connect with an Adobe ID" unticked.
  - Import `contoso-prod-before.xml`, and `contoso-prod-others.xml` if you made it. That alone does not go back: an export leaves out empty values, and an import does not change what is left out.
  - In `IMS`, empty or untick by hand each field that the comparison in "A way back" calls absent, and tick or untick "Enabled" as noted there.
  - Delete `IMS` if `contoso-prod-before.xml` does not have it.
  - Delete each of these groups that `contoso-prod-before.xml` does not have: `reviewers`.
  - Type the client secret of then, and restart the server.
  
  </div>

A release that is not ready for IMS is upgraded first.

  $ runs() { sed "s/^  build:/  release: $1\n&/" $ONE > release.ims.yaml; campaign-ims runbook release.ims.yaml 2>/dev/null | grep '[*]1[.]3'; }
  $ runs 7.4.3
  - [ ] **1.3** *Campaign*: It runs `7.4.3`, as the manifest says (Help > About).
  $ runs 7.3.1
  - [ ] **1.3** *Server*: The manifest says `7.3.1`, which is not a release that Adobe made ready for IMS. Upgrade the instance first: to 7.4.1 or later (recommended), 7.3.5, 7.3.3.IMS or 7.3.2.IMS. Then write its new release and build into the manifest, run `campaign-ims check release.ims.yaml`, and make this run book again.
  $ runs latest
  - [ ] **1.3** *Campaign*: It runs a release that is ready for IMS: 7.4.1 or later (recommended), 7.3.5, 7.3.3.IMS or 7.3.2.IMS.

A package for any build is not for the console or the shell.

  $ sed 's/number: 9394/number: "*"/' $ONE > any.ims.yaml
  $ campaign-ims render any.ims.yaml 2>&1 >/dev/null | grep -oE 'xtk:builder#InstallPackage|nlserver package'
  xtk:builder#InstallPackage
  $ told() { campaign-ims runbook "$1" 2>/dev/null | grep -oE 'xtk:builder#InstallPackage|nlserver package|exports say .*first line'; }
  $ told any.ims.yaml
  exports say `buildVersion="6.7"` on their first line
  xtk:builder#InstallPackage
  $ sed 's/version: "6.7"/version: "*"/' $ONE > version.ims.yaml
  $ told version.ims.yaml
  exports say `buildNumber="9394"` on their first line
  xtk:builder#InstallPackage
  $ campaign-ims render version.ims.yaml 2>&1 >/dev/null | grep -oE 'xtk:builder#InstallPackage|nlserver package'
  xtk:builder#InstallPackage
  $ sed 's/version: "6.7"/version: "*"/' any.ims.yaml > both.ims.yaml
  $ told both.ims.yaml
  xtk:builder#InstallPackage
