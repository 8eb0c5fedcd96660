import type { CheckSettings } from '../check-settings.ts';
import type { JsonPart, ValueKind } from './value-kind.ts';

/** The group of a setting in VS Code's settings. */
export type SettingSection = 'worker' | 'limits' | 'checks' | 'discovery' | 'display';

/** A setting of VS Code. Its description is `setting.<key>.description` in package.nls.json. */
export interface Setting {
  readonly section: SettingSection;
  /** The place in the section. */
  readonly order: number;
  /** The type, default and scope, as package.json has them. */
  readonly schema: JsonPart;
  /** VS Code leaves out the value of a workspace that is not trusted. */
  readonly isRestricted?: true;
}

/** A member of `pvf.json`. */
export interface ConfigMember {
  /** One sentence for completion in the editor, and for docs/configuration.md. */
  readonly description: string;
  /** The value names a program or a server. In a folder that is not trusted it is ignored, with a warning. */
  readonly needsTrust?: true;
}

/** An option of a check, with all its faces. */
export interface CheckOption<Value> {
  readonly value: ValueKind<Value>;
  /** In commander's syntax: `--timeout <s>`. */
  readonly flags: string;
  /** For the help, in a few words, with the default. */
  readonly description: string;
  readonly setting?: Setting;
  readonly member?: ConfigMember;
  /** How VS Code's setting is read, if its unit or form is another one than that of the flag. */
  readonly settingValue?: ValueKind<Value>;
  /**
   * Whether a value is a path, which is relative to the folder that the user writes it for. `if-there`: only if the file exists.
   * Absent: never.
   */
  readonly isPath?: (value: string) => boolean | 'if-there';
  /** Adds the value to the settings of a check. */
  apply(settings: CheckSettings, value: Value): CheckSettings;
}
