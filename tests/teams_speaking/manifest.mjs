// Says what the schemas find wrong: node manifest.mjs FOLDER < {"manifest": …, "languages": …}. FOLDER is node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , folder] = process.argv;
const require = createRequire(join(folder, "any.js"));
const Ajv = require("ajv-draft-04").default;
const schemas = join(folder, "@microsoft/app-manifest/build/json-schemas/teams/v1.19");
const given = JSON.parse(readFileSync(0, "utf8"));
const said = {};
for (const [name, file] of [["manifest", "MicrosoftTeams"], ["languages", "MicrosoftTeams.Localization"]]) {
  // The schemas' patterns are written for expressions without the u flag, and formats are checked by those patterns.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
  const check = ajv.compile(JSON.parse(readFileSync(join(schemas, `${file}.schema.json`), "utf8")));
  said[name] = check(given[name]) ? [] : check.errors.map((one) => `${one.instancePath}: ${one.message}`);
}
process.stdout.write(JSON.stringify(said));
