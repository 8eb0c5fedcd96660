/** VS Code's id of the extension. */
export const extensionName = 'polkadot-pvf.polkadot-pvf';
