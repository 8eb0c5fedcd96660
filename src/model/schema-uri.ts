/**
 * What `$schema` of a `pvf.json` says. The extension serves the schema under this address, so that the file needs neither a
 * server nor a path into an installation.
 */
export const configSchemaUri = 'polkadot-pvf:/pvf.schema.json';
