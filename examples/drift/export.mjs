// Prints a package with the IMS account and the operator groups of an instance, as its console would export them:
//   node export.mjs | campaign-ims diff prod.ims.yaml -
// CAMPAIGN_URL, CAMPAIGN_USER and CAMPAIGN_PASSWORD come from the pipeline's store; CAMPAIGN_ACCOUNT is the account's internal name.
import sdk from "@adobe/acc-js-sdk";

// What a manifest owns. The client secret is not asked for.
const ACCOUNT = [
  "name", "label", "active", "packageAutoExport", "imsServer", "userScope", "clientId", "imsOrgId", "imsRightsMask",
  "callbackServer", "productContext", "server", "tenant",
];
const GROUP = ["name", "label"];

function needed(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`set ${name}`);
  }
  return value;
}

function escaped(value) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;" };
  return value.replace(/[&<>"\t\n\r]/g, (character) => entities[character]);
}

// All records of a schema that meet a condition, each an element with the attributes.
async function records(client, schema, attributes, condition) {
  const definition = {
    schema,
    operation: "select",
    lineCount: 5000,
    select: { node: attributes.map((name) => ({ expr: `@${name}` })) },
    ...(condition && { where: { condition: [{ expr: condition }] } }),
  };
  const answer = await client.NLWS.xtkQueryDef.create(definition).executeQuery();
  const found = answer[schema.split(":")[1]] ?? [];
  const element = (record) => {
    const written = attributes.filter((name) => record[name] !== undefined);
    const pairs = written.map((name) => `${name}="${escaped(String(record[name]))}"`);
    return `    <${schema.split(":")[1]} ${pairs.join(" ")}/>\n`;
  };
  return [found].flat().map(element).join("");
}

async function main() {
  const url = needed("CAMPAIGN_URL");
  const user = needed("CAMPAIGN_USER");
  const password = needed("CAMPAIGN_PASSWORD");
  const name = process.env.CAMPAIGN_ACCOUNT || "Adobe_Experience_Cloud";
  if (!/^\w+$/.test(name)) {
    throw new Error("CAMPAIGN_ACCOUNT is no internal name");
  }
  const client = await sdk.init(sdk.ConnectionParameters.ofUserAndPassword(url, user, password));
  await client.NLWS.xtkSession.logon();
  try {
    const accounts = await records(client, "nms:extAccount", ACCOUNT, `@name='${name}'`);
    const groups = await records(client, "xtk:group", GROUP);
    process.stdout.write(
      `<package>\n  <entities schema="nms:extAccount">\n${accounts}  </entities>\n` +
        `  <entities schema="xtk:group">\n${groups}  </entities>\n</package>\n`,
    );
  } finally {
    await client.NLWS.xtkSession.logoff();
  }
}

main().catch((error) => {
  // The SDK's errors may quote a request: the message alone, and no password in it.
  const message = String(error?.message ?? error).replaceAll(process.env.CAMPAIGN_PASSWORD || "\0", "***");
  console.error(`cannot read the instance: ${message}`);
  process.exitCode = 2;
});
