// ajv.cjs SCHEMAS <MUTATIONS: a line each of {"kind", "text"}; says true or false of each.
// Strict mode: a schema that it has a complaint about ends the program.
const fs = require("fs");
const Ajv = require("ajv/dist/2020");
const check = {};

for (const file of fs.readdirSync(process.argv[2])) {
  const ajv = new Ajv({ strict: true, allErrors: false });
  const schema = JSON.parse(fs.readFileSync(`${process.argv[2]}/${file}`, "utf8"));
  check[file.replace(".schema.json", "")] = ajv.compile(schema);
}
for (const line of fs.readFileSync(0, "utf8").split("\n").filter((line) => line !== "")) {
  const { kind, text } = JSON.parse(line);
  console.log(check[kind](JSON.parse(text)));
}
