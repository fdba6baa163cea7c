// Plays an instance on the loopback: recorded SOAP answers, with Adobe's own SDK as the client.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const envelope = (body) =>
  `<?xml version='1.0'?><SOAP-ENV:Envelope xmlns:xsd='http://www.w3.org/2001/XMLSchema' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' ` +
  `xmlns:ns='urn:xtk:session' xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/'><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
const xml = "SOAP-ENV:encodingStyle='http://xml.apache.org/xml-soap/literalxml' xsi:type='ns:Element'";
const method = (name, parameters) => `<method name="${name}" ${parameters}</method>`;
const SCHEMAS = {
  "xtk:session":
    `<schema name="session" namespace="xtk"><element name="session"/><methods>` +
    method("Logoff", `static="true">`) + `</methods></schema>`,
  "xtk:queryDef":
    `<schema name="queryDef" namespace="xtk"><element name="queryDef"/><methods>` +
    method("ExecuteQuery", `const="true"><parameters><param inout="out" name="output" type="DOMDocument"/></parameters>`) +
    `</methods></schema>`,
};
const RECORDS = {
  "nms:extAccount":
    `<extAccount-collection><extAccount active="1" callbackServer="https://campaign.contoso.com" clientId="Campaign1" ` +
    `imsOrgId="0A1B2C3D4E5F60718293A4B5@AdobeOrg" imsRightsMask="Campaign - contoso - (.*)" imsServer="https://ims-na1.adobelogin.com" ` +
    `label="MAC" name="Adobe_Experience_Cloud" packageAutoExport="0" productContext="dma_campaign_classic" ` +
    `server="https://marketing.adobe.com" tenant="contoso" userScope="openid,AdobeID,session"/></extAccount-collection>`,
  "xtk:group":
    `<group-collection><group name="admin" label="Administrators"/><group name="delivery" label="A &amp; B"/>` +
    `<group name="operation" label="Operations"/><group name="reviewers" label="Reviewers"/></group-collection>`,
};

function answer(action, body) {
  switch (action) {
    case "xtk:session#Logon":
      return `<LogonResponse xmlns='urn:xtk:session'><pstrSessionToken xsi:type='xsd:string'>s</pstrSessionToken><pSessionInfo ${xml}><sessionInfo>` +
        `<serverInfo buildNumber="9394" instanceName="contoso-prod" majNumber="6" minNumber="7"/><userInfo login="reader"/></sessionInfo></pSessionInfo>` +
        `<pstrSecurityToken xsi:type='xsd:string'>t</pstrSecurityToken></LogonResponse>`;
    case "xtk:persist#GetEntityIfMoreRecent": {
      const schema = Object.keys(SCHEMAS).find((name) => body.includes(`|${name}<`));
      return `<GetEntityIfMoreRecentResponse xmlns='urn:wpp:default'><pdomDoc ${xml}>${SCHEMAS[schema] ?? ""}</pdomDoc></GetEntityIfMoreRecentResponse>`;
    }
    case "xtk:queryDef#ExecuteQuery": {
      const schema = Object.keys(RECORDS).find((name) => body.includes(`schema="${name}"`));
      return `<ExecuteQueryResponse xmlns='urn:xtk:queryDef'><pdomOutput ${xml}>${RECORDS[schema]}</pdomOutput></ExecuteQueryResponse>`;
    }
    default:
      return `<LogoffResponse xmlns='urn:xtk:session'/>`;
  }
}

test("the account and the groups come out as a package", async () => {
  const asked = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      const action = String(request.headers.soapaction).replaceAll('"', "");
      asked.push([action, body]);
      response.setHeader("Content-Type", "text/xml");
      response.end(envelope(answer(action, body)));
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const env = {
    ...process.env,
    CAMPAIGN_URL: `http://127.0.0.1:${server.address().port}`,
    CAMPAIGN_USER: "reader",
    CAMPAIGN_PASSWORD: "an-invented-password",
  };
  const script = fileURLToPath(new URL("export.mjs", import.meta.url));
  const run = await new Promise((done) =>
    execFile(process.execPath, [script], { env }, (error, stdout, stderr) => done({ error, stdout, stderr })),
  );
  server.close();
  assert.equal(run.error, null, run.stderr);
  assert.match(run.stdout, /imsRightsMask="Campaign - contoso - \(\.\*\)"/);
  assert.match(run.stdout, /<group name="admin" label="Administrators"\/>\n/);
  assert.match(run.stdout, /label="A &amp; B"/);
  // With the program, what the instance has is what the manifest says.
  if (process.env.CAMPAIGN_IMS) {
    const manifest = fileURLToPath(new URL("../one-instance.ims.yaml", import.meta.url));
    const diff = spawnSync(process.env.CAMPAIGN_IMS, ["diff", manifest, "-"], { input: run.stdout, encoding: "utf8" });
    assert.equal(diff.status, 0, diff.stdout + diff.stderr);
    const drifted = run.stdout.replace("Campaign - contoso", "Campaign - other");
    assert.equal(spawnSync(process.env.CAMPAIGN_IMS, ["diff", manifest, "-"], { input: drifted }).status, 1);
  }
  const queries = asked.filter(([action]) => action.endsWith("ExecuteQuery"));
  assert.ok(queries.every(([, body]) => !body.includes("clientSecret") && !body.includes("password")));
});
