// colours.cjs BOARD.json: what Grafana's own display processor makes of tiles.  Lines of JSON
// on stdin, {panel, column, value}; on stdout a line each: panel, column, text, colour.
const { readFileSync } = require('node:fs');
const path = require('node:path');

// The package expects a browser, of which the display processor needs nothing.
const nothing = new Proxy(function () {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
Object.assign(globalThis, { window: globalThis, document: nothing, localStorage: nothing, addEventListener() {} });
if (!globalThis.navigator) globalThis.navigator = { language: 'en', languages: ['en'], userAgent: '' };
console.info = console.log = () => {}; // of the libraries

const grafana = path.join(path.dirname(require.resolve('@grafana/data/package.json')), 'dist', 'cjs');
const { getDisplayProcessor } = require(path.join(grafana, 'field', 'displayProcessor.cjs'));
const { createTheme } = require(path.join(grafana, 'themes', 'createTheme.cjs'));

const theme = createTheme();
const board = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const { panel: id, column, value } = JSON.parse(line);
  const { fieldConfig } = board.panels.find((panel) => panel.id === id);
  const config = structuredClone(fieldConfig.defaults);
  for (const override of fieldConfig.overrides)
    if (override.matcher.options === column)
      for (const { id: key, value: set } of override.properties) if (!key.startsWith('custom.')) config[key] = set;
  const type = typeof value === 'number' ? 'number' : 'string';
  const shown = getDisplayProcessor({ field: { name: column, type, config, values: [value] }, theme })(value);
  process.stdout.write(`${id}\t${column}\t${shown.text}${shown.suffix ?? ''}\t${shown.color}\n`);
}
