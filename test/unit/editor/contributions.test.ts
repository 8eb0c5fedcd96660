import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  blobEditor,
  cargoMatcher,
  commandIds,
  contextKeys,
  diagnosticSource,
  prepareMatcher,
  runtimesView,
  taskType,
  treeContexts,
  walkthrough,
} from '../../../src/editor/contributions.ts';
import { settingKeys } from '../../../src/editor/core/editor-settings.ts';

interface Command {
  readonly command: string;
}
interface Section {
  readonly properties: Readonly<
    Record<
      string,
      {
        readonly enum?: readonly string[];
        readonly default?: unknown;
        readonly markdownEnumDescriptions?: readonly string[];
        readonly scope?: string;
      }
    >
  >;
}
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly main: string;
  readonly icon: string;
  readonly l10n: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly (Command & { readonly category: string; readonly icon: string })[];
    readonly menus: Readonly<Record<string, readonly (Command & { readonly when: string })[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly configuration: readonly Section[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly media: { readonly markdown: string };
        readonly completionEvents?: readonly string[];
      }[];
    }[];
    readonly customEditors: readonly { readonly viewType: string; readonly priority: string }[];
    readonly taskDefinitions: readonly { readonly type: string }[];
    readonly problemMatchers: readonly { readonly name: string }[];
  };
}

const root = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');
const manifestText = textOf('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const nls = JSON.parse(textOf('package.nls.json')) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const sources = [
  'src/extension.ts',
  ...readdirSync(new URL('src/editor/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/editor/${path}`),
].sort();
const code = sources.map((path) => textOf(path)).join('\n');

describe('package.json', () => {
  const sorted = (list: Iterable<string>) => [...new Set(list)].sort();
  const menuItems = Object.values(contributes.menus).flat();
  const completions = contributes.walkthroughs.flatMap(({ steps }) =>
    steps.flatMap(({ completionEvents = [] }) => completionEvents.filter((event) => event.startsWith('onContext:'))),
  );
  const whens = [...[...menuItems, ...contributes.viewsWelcome].map(({ when }) => when), ...completions].join('\n');

  it('contributes all commands, each with an icon and a category', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
    assert.equal(contributes.commands.length, commandIds.length);
    for (const { icon, category } of contributes.commands) {
      assert.match(icon, /^\$\(\S+\)$/);
      assert.equal(nls[category.slice(1, -1)], 'Polkadot');
    }
  });

  it('references only existing commands in menus, links and completion events', () => {
    const linked = [
      ...`${Object.values(nls).join('\n')}\n${manifestText}`.matchAll(/(?:command:|onCommand:)(pvf\.\w+)/g),
    ];
    const used = [...menuItems.map(({ command }) => command), ...linked.map(([, id = '']) => id)];
    const known: readonly string[] = commandIds;
    assert.deepEqual(
      used.filter((id) => !known.includes(id) && id !== runtimesView),
      [],
    );
  });

  it('contributes all settings', () => {
    const keys = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(sorted(keys), sorted(settingKeys.map((key) => `pvf.${key}`)));
    assert.equal(keys.length, new Set(keys).size);
    for (const { properties } of contributes.configuration) {
      for (const [key, setting] of Object.entries(properties)) {
        assert.equal(setting.markdownEnumDescriptions?.length, setting.enum?.length, key);
        if (setting.enum) assert.ok(setting.enum.includes(String(setting.default)), key);
      }
    }
  });

  it('restricts settings that contain programs or paths', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const key of ['worker', 'profile', 'budget', 'targetDirectories', 'buildArguments', 'onSave']) {
      assert.ok(restricted.includes(`pvf.${key}`), key);
    }
    const known: readonly string[] = settingKeys;
    assert.ok(restricted.every((key) => known.includes(key.slice('pvf.'.length))));
  });

  it('declares every setting that the code reads', () => {
    const read = [
      ...code.matchAll(/getConfiguration\('pvf'[^)]*\)\s*\.(?:get|inspect|update)(?:<[^>]*>)?\(\s*'(\w+)'/g),
    ];
    const known: readonly string[] = settingKeys;
    assert.ok(read.length > 0);
    for (const [, key = ''] of read) assert.ok(known.includes(key), key);
  });

  it('contributes the views, tasks, problem matchers and walkthroughs of the code', () => {
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      [runtimesView],
    );
    assert.ok(contributes.viewsWelcome.every(({ view }) => view === runtimesView));
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      Object.keys(contributes.views),
    );
    assert.deepEqual(
      contributes.taskDefinitions.map(({ type }) => type),
      [taskType],
    );
    assert.deepEqual(
      contributes.problemMatchers.map(({ name }) => `$${name}`),
      [prepareMatcher, cargoMatcher],
    );
    const ids = contributes.walkthroughs.map(({ id }) => `${manifest.publisher}.${manifest.name}#${id}`);
    assert.deepEqual(ids, [walkthrough]);
    assert.equal(diagnosticSource, 'pvf');
  });

  it('contributes an editor that VS Code never chooses by itself', () => {
    const shown = contributes.customEditors.map(({ viewType, priority }) => ({ viewType, priority }));
    assert.deepEqual(shown, [{ viewType: blobEditor, priority: 'option' }]);
  });

  it('uses all context keys in its conditions, and no others', () => {
    const used = sorted(Array.from(whens.matchAll(/\bpvf\.\w+/g), ([key]) => key));
    assert.deepEqual(
      used.filter((key) => key !== runtimesView),
      sorted(contextKeys),
    );
  });

  it('uses only existing tree contexts in its conditions', () => {
    const known: readonly string[] = treeContexts;
    const used = Array.from(whens.matchAll(/viewItem == ([\w.]+)/g), ([, item = '']) => item);
    assert.ok(used.length > 0);
    for (const item of used) assert.ok(known.includes(item), item);
  });

  it('references existing files', () => {
    const files = [
      manifest.icon,
      manifest.l10n,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    for (const file of files) assert.ok(existsSync(new URL(file, root)), file);
  });

  it('uses all texts in package.nls.json, and no others', () => {
    const used = Array.from(manifestText.matchAll(/"%([\w.-]+)%"/g), ([, key = '']) => key);
    assert.deepEqual(sorted(used), sorted(Object.keys(nls)));
  });
});
