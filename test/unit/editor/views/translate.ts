import type { Translate } from '../../../../src/editor/translate.ts';

/** As VS Code does it in English. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));
