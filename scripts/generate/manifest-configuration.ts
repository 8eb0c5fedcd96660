/** Generates the settings in package.json from the tables of options. The rest of the file stays as it is. */
import { readFileSync } from 'node:fs';
import type { Setting, SettingSection } from '../../src/check/options/check-option.ts';
import { allSettings } from '../../src/editor/core/editor-settings.ts';
import { jsonText } from './json-schema.ts';

const manifestFile = new URL('../../package.json', import.meta.url);

const sections: readonly SettingSection[] = ['worker', 'limits', 'checks', 'discovery', 'display'];

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: object };
  readonly contributes: object;
}

/** The text of package.json with `contributes.configuration` and the settings that need trust. */
export function manifestWithConfiguration(): string {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  const { capabilities, contributes } = manifest;
  const { untrustedWorkspaces } = capabilities;
  return jsonText({
    ...manifest,
    capabilities: {
      ...capabilities,
      untrustedWorkspaces: { ...untrustedWorkspaces, restrictedConfigurations: restricted() },
    },
    contributes: { ...contributes, configuration: sections.map(sectionOf) },
  });
}

function sectionOf(id: SettingSection, index: number) {
  const rows = [...allSettings].filter(([, { section }]) => section === id);
  const properties = rows
    .toSorted(([, a], [, b]) => a.order - b.order)
    .map(([key, setting]) => [`pvf.${key}`, property(key, setting)]);
  return { id, title: `%configuration.${id}%`, order: index + 1, properties: Object.fromEntries(properties) };
}

function property(key: string, { schema, order }: Setting) {
  return { ...schema, markdownDescription: `%setting.${key}.description%`, order };
}

function restricted(): string[] {
  return [...allSettings].flatMap(([key, { isRestricted }]) => (isRestricted ? [`pvf.${key}`] : []));
}
