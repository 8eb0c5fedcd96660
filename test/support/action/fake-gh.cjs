#!/usr/bin/env node
/** Stands in for GitHub's `gh` on the PATH of the action: keeps the comments of a pull request in the file GH_STATE. */
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');

const state = JSON.parse(readFileSync(process.env.GH_STATE, 'utf8'));
const args = process.argv.slice(2);
appendFileSync(`${process.env.GH_STATE}.log`, `${JSON.stringify(args)}\n`);
const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const path = args.find((arg) => arg.startsWith('repos/'));

function fail(message) {
  process.stderr.write(`gh: ${message}\n`);
  process.exit(1);
}

function print(value) {
  const { status, stdout, error } = spawnSync('jq', ['-r', after('--jq')], { input: JSON.stringify(value) });
  if (status !== 0) fail(`jq: ${error ?? 'failed'}`);
  process.stdout.write(stdout);
}

if (args[0] !== 'api' || !process.env.GH_TOKEN) fail('this is not `gh api` with a token');
else if (args[1] === 'graphql') print({ data: { viewer: { login: state.login } } });
else if (path === undefined) fail(`no path in ${args.join(' ')}`);
else if (after('--method') === undefined) {
  if (!/^repos\/[^/]+\/[^/]+\/issues\/\d+\/comments\?per_page=100$/.test(path)) fail(`unknown ${path}`);
  // Two pages.
  print(state.comments.slice(0, 1));
  if (state.comments.length > 1) print(state.comments.slice(1));
} else {
  if (state.isReadOnly) fail('Resource not accessible by integration (HTTP 403)');
  const file = /^body=@(.*)$/s.exec(after('-F'))?.[1];
  const body = readFileSync(file, 'utf8');
  if (body.length > 65536) fail('Body is too long (maximum is 65536 characters) (HTTP 422)');
  const id = Number(/\/issues\/comments\/(\d+)$/.exec(path)?.[1]);
  if (after('--method') === 'PATCH') {
    const comment = state.comments.find((one) => one.id === id);
    if (comment === undefined) fail('Not Found (HTTP 404)');
    comment.body = body;
  } else if (after('--method') === 'POST' && /\/issues\/\d+\/comments$/.test(path)) {
    state.comments.push({ id: 1000 + state.comments.length, user: { login: state.login }, body });
  } else fail(`unknown ${args.join(' ')}`);
  writeFileSync(process.env.GH_STATE, JSON.stringify(state));
}
