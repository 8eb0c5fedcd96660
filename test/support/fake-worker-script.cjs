// A prepare worker that follows `<its own path>.json` and records what it receives in `<its own path>.log`.
// `fake-worker.ts` copies it, adds a shebang, and declares the types of both files. Its environment is empty.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const { appendFileSync, chmodSync, linkSync, mkdirSync, readFileSync, rmSync } = require('node:fs');
const { symlinkSync, truncateSync, writeFileSync } = require('node:fs');
const { connect, createServer } = require('node:net');
const { join } = require('node:path');

const behaviour = JSON.parse(readFileSync(`${__filename}.json`, 'utf8'));
const words = process.argv.slice(2);
const stay = () => setInterval(() => {}, 2 ** 30);

function record(entry) {
  appendFileSync(`${__filename}.log`, `${JSON.stringify({ pid: process.pid, ...entry })}\n`);
}

function earlier(kind) {
  const log = readFileSync(`${__filename}.log`, 'utf8').trim().split('\n');
  return log.filter((line) => JSON.parse(line).kind === kind).length - 1;
}

/** The element at `index`; the last one repeats. */
const at = (list, index) => list[Math.min(index, list.length - 1)];

function answerWord({ stdout = '', stderr = '', status = 0, hangs = false }) {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (hangs) stay();
  else process.exitCode = status;
}

/** The number of bytes after the request's code. Without params it is 46, or 50 with a bomb limit. */
function bytesAfterCode(request) {
  const mode = request[0] & 3;
  const width = [1, 2, 4][mode];
  const length = request.readUIntLE(0, width) >>> 2;
  return request.length - width - length;
}

function work(how) {
  const option = (name) => words[words.indexOf(name) + 1];
  const dir = option('--worker-dir-path');
  if (how.stderr) process.stderr.write(how.stderr);
  if (how.ignoresTerm) {
    process.on('SIGTERM', () => record({ kind: 'ignored', signal: 'SIGTERM' }));
    stay();
  }
  if (how.grandchild) {
    const { pid } = spawn('/usr/bin/tail', ['-f', __filename], { stdio: 'ignore' });
    record({ kind: 'grandchild', grandchild: pid });
  }
  if (how.start === 'exit') return process.exit(how.status);
  if (how.start === 'stay') return stay();
  setTimeout(() => converse(how, option('--socket-path'), dir), how.connectAfterMs ?? 0);
}

function converse(how, socketPath, dir) {
  const socket = connect(socketPath, () => rmSync(socketPath, { force: true }));
  const end = () => how.ignoresTerm || process.exit(1);
  socket.on('error', end);
  socket.on('close', end);
  if (how.reads === false) return stay();
  let awaitsHandshake = how.handshake !== false;
  let jobs = 0;
  let received = Buffer.alloc(0);
  const onFrame = (payload) => {
    if (awaitsHandshake) {
      awaitsHandshake = false;
      return record({ kind: 'handshake', hex: payload.toString('hex') });
    }
    record({ kind: 'request', hex: payload.subarray(0, 512).toString('hex'), bytes: payload.length });
    if (how.bytesAfterCode !== undefined && bytesAfterCode(payload) !== how.bytesAfterCode) process.exit(1);
    answer(at(how.jobs, jobs), socket, dir);
    jobs += 1;
  };
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= 8 && received.length >= 8 + Number(received.readBigUInt64LE(0))) {
      const end = 8 + Number(received.readBigUInt64LE(0));
      onFrame(received.subarray(8, end));
      received = received.subarray(end);
    }
  });
}

/** What may stand in the place of `tmp-artifact`. The worker's directory is the working directory. */
const puts = {
  nothing: () => {},
  fifo: (path) => execFileSync('/usr/bin/mkfifo', [path]),
  folder: (path) => mkdirSync(path),
  socket: (path) => createServer().listen(path),
  link: (path, { target }) => symlinkSync(target, path),
  'hard-link': (path, { target }) => linkSync(target, path),
  sparse: (path, { bytes }) => {
    writeFileSync(path, '');
    truncateSync(path, bytes);
  },
};

function putInstead(instead) {
  rmSync('tmp-artifact');
  puts[instead.kind]('tmp-artifact', instead);
}

function leaveCosts(costs) {
  if (costs.hex === undefined) puts[costs.kind]('costs', costs);
  else writeFileSync('costs', Buffer.from(costs.hex, 'hex'));
}

function leaveTree({ depth = 0, files = 0, mode }) {
  mkdirSync('tree');
  process.chdir('tree');
  for (let file = 0; file < files; file += 1) writeFileSync(`f${file}`, '');
  for (let level = 0; level < depth; level += 1) {
    mkdirSync('d');
    process.chdir('d');
  }
  if (mode === undefined) return;
  writeFileSync('file', '');
  chmodSync('.', mode);
}

/** Writes no faster than the host reads, then calls `done`. */
function flood({ bytes, lineBytes }, done) {
  const line = lineBytes === 0 ? '' : `${'x'.repeat(lineBytes - 1)}\n`;
  const piece = line === '' ? 'x'.repeat(2 ** 20) : line.repeat(Math.ceil(2 ** 20 / lineBytes));
  let left = bytes;
  const more = () => {
    while (left > 0) {
      left -= piece.length;
      if (!process.stderr.write(piece)) return process.stderr.once('drain', more);
    }
    done();
  };
  more();
}

function answer(how, socket, dir) {
  const { artifact, litter, stderr } = how;
  if (stderr !== undefined) process.stderr.write(stderr);
  if (artifact !== undefined) writeFileSync(join(dir, 'tmp-artifact'), Buffer.from(artifact, 'hex'));
  if (litter !== undefined) writeFileSync(join(dir, litter), 'left over');
  if (how.instead !== undefined) putInstead(how.instead);
  if (how.costs !== undefined) leaveCosts(how.costs);
  if (how.tree !== undefined) leaveTree(how.tree);
  if (how.flood !== undefined) flood(how.flood, () => send(how, socket));
  else send(how, socket);
}

function send({ delayMs = 0, bytes = '', after = 'stay' }, socket) {
  setTimeout(() => {
    socket.write(Buffer.from(bytes, 'hex'), () => {
      if (after === 'die') process.kill(process.pid, 'SIGKILL');
      if (after === 'exit') process.exit(1);
      if (after === 'close') {
        // After both sides are closed, the host has seen the end.
        socket.removeAllListeners('close').once('close', () => record({ kind: 'closed' }));
        socket.end();
        stay();
      }
    });
  }, delayMs);
}

record({ kind: words[0] === 'prepare-worker' ? 'spawn' : 'word', argv: words, env: process.env, cwd: process.cwd() });
if (words[0] === '--version') answerWord(behaviour.version);
else if (words[0]?.startsWith('--check-can-')) answerWord(behaviour.probe);
else work(at(behaviour.spawns, earlier('spawn')));
