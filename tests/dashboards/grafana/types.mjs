// types.mjs BOARD.json...: boards as TypeScript on stdout, every part annotated with the type
// that Grafana publishes for it, so that tsc says which key or value is none: dashboards,
// panels, the options and fields of each panel's type, every override by its id.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const panels = { stat: 'Stat', timeseries: 'Series', barchart: 'Bars', table: 'Table' };

// What the types of the package do not say, or say too strictly, is said here: targets, which
// each data source has its own of, and links of panels, which Grafana writes without the
// keys of a board's.
console.log(`
import type { AnnotationQuery, Dashboard, FieldConfig, MatcherConfig, Panel, VariableModel } from './raw/dashboard/x/types.gen';
import type { Options as StatOptions } from './raw/composable/stat/panelcfg/x/types.gen';
import type { Options as SeriesOptions, FieldConfig as SeriesField } from './raw/composable/timeseries/panelcfg/x/types.gen';
import type { Options as BarsOptions, FieldConfig as BarsField } from './raw/composable/barchart/panelcfg/x/types.gen';
import type { Options as TableOptions, FieldConfig as TableField } from './raw/composable/table/panelcfg/x/types.gen';

// JSON has an enum's values, not its names.
type Json<T> = T extends string ? \`\${T}\` : T extends (infer U)[] ? Json<U>[]
  : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Source = { type: 'grafana-postgresql-datasource'; uid: '\${DS}' };
type Target = { datasource?: Source; refId: string; rawQuery: true; editorMode: 'code'; format: 'table' | 'time_series'; rawSql: string };
type Link = { title: string; url: string; targetBlank: boolean };
type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };
type Links = { links?: Link[] };
type StatField = Record<string, never>;
type Field<C> = Omit<Json<Known<FieldConfig>>, 'custom' | 'links'> & Links & { custom?: Partial<Json<C>> };
type PanelOf<O, C> = Omit<Json<Known<Panel>>, 'options' | 'targets' | 'links' | 'fieldConfig'>
  & Links & { options: Partial<Json<O>>; targets: Target[]; fieldConfig: { defaults: Field<C>; overrides: Json<{ matcher: MatcherConfig; properties: { id: string; value?: unknown }[] }>[] } };
type Annotation = Omit<Json<AnnotationQuery>, 'target'> & { target: Target };
type Variable = Omit<Json<VariableModel>, 'query'> & { query: string; definition?: string };
type Board = Omit<Json<Known<Dashboard>>, 'panels' | 'annotations' | 'templating' | 'id'> & { id: null };
type PropertyOf<F, K extends keyof Field<F>> = NonNullable<Field<F>[K]>;
`);

let n = 0;
const say = (type, value) => console.log(`const v${(n += 1)}: ${type} = ${JSON.stringify(value)};`);

// An override's property is typed by its id: "custom.width" is width of the panel's own fields.
function property(field, { id, value }) {
  const own = id.match(/^custom\.(.+)$/);
  say(own ? `Json<Required<${field}>>[${JSON.stringify(own[1])}]` : `PropertyOf<${field}, ${JSON.stringify(id)}>`, value);
}

for (const path of process.argv.slice(2)) {
  const { panels: list, annotations, templating, ...board } = JSON.parse(readFileSync(path, 'utf8'));
  console.log(`// ${basename(path)}`);
  say('Board', board);
  annotations.list.forEach((annotation) => say('Annotation', annotation));
  templating.list.forEach((variable) => say('Variable', variable));
  for (const panel of list) {
    console.log(`// ${basename(path)}: ${panel.id} ${panel.title}`);
    const name = panels[panel.type];
    say(`PanelOf<${name}Options, ${name}Field>`, panel);
    panel.fieldConfig.overrides.forEach((o) => o.properties.forEach((p) => property(`${name}Field`, p)));
  }
}
