import { type CheckOptionName, checkOptionNames, optionRow } from '../options/check-options.ts';

/** Members of `pvf.json` that count in trusted folders alone: they name programs and servers. */
export const trustedMembers: readonly CheckOptionName[] = checkOptionNames.filter(
  (name) => optionRow(name).member?.needsTrust,
);
