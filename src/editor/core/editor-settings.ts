/** The settings of VS Code that no check depends on: when to check, where runtimes are, what the editor shows. */
import type { Setting } from '../../check/options/check-option.ts';
import { type CheckSettingKey, checkSettingKeys, optionRow } from '../../check/options/check-options.ts';

const names = { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true, default: [] } as const;

export const editorSettings = {
  onChange: {
    section: 'checks',
    order: 1,
    schema: {
      type: 'string',
      enum: ['off', 'inspect', 'prepare'],
      default: 'prepare',
      scope: 'resource',
      markdownEnumDescriptions: words('onChange', 'off', 'inspect', 'prepare'),
    },
  },
  codeLens: { section: 'display', order: 1, schema: { type: 'boolean', default: true, scope: 'resource' } },
  onSave: {
    section: 'checks',
    order: 2,
    schema: {
      type: 'string',
      enum: ['off', 'check', 'build'],
      default: 'off',
      scope: 'resource',
      markdownEnumDescriptions: words('onSave', 'off', 'check', 'build'),
    },
    isRestricted: true,
  },
  buildArguments: {
    section: 'checks',
    order: 3,
    schema: { type: 'array', items: { type: 'string' }, default: ['--release'], scope: 'machine-overridable' },
    isRestricted: true,
  },
  targetDirectories: {
    section: 'discovery',
    order: 1,
    schema: { ...names, scope: 'machine-overridable' },
    isRestricted: true,
  },
  exclude: { section: 'discovery', order: 2, schema: { ...names, scope: 'resource' } },
  include: { section: 'discovery', order: 3, schema: { ...names, scope: 'resource' } },
} as const satisfies Readonly<Record<string, Setting>>;

/** Without the `pvf.` prefix. */
export type SettingKey = CheckSettingKey | keyof typeof editorSettings;

/** Without the `pvf.` prefix. */
export const settingKeys: readonly SettingKey[] = [
  ...checkSettingKeys,
  ...(Object.keys(editorSettings) as (keyof typeof editorSettings)[]),
];

/** All settings, by key. */
export const allSettings: ReadonlyMap<SettingKey, Setting> = new Map<SettingKey, Setting>([
  ...checkSettingKeys.flatMap((key): [SettingKey, Setting][] => {
    const { setting } = optionRow(key);
    return setting === undefined ? [] : [[key, setting]];
  }),
  ...(Object.entries(editorSettings) as [SettingKey, Setting][]),
]);

function words(key: string, ...values: readonly string[]): readonly string[] {
  return values.map((value) => `%setting.${key}.${value}%`);
}
