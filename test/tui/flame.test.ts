import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {flameTree} from '../../source/core/flame-tree.ts';
import {findFlame, flameLines, flameStatus, flameView, frameAt, moveFlame} from '../../source/tui/flame/flame-view.ts';
import {lineWidth, plainText} from '../../source/tui/text/line.ts';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';
import {PtyCommand} from '../helpers/pty.ts';

const stacks = new Map([['main;read;handleRequest', 60], ['main;read;parse', 20], ['main;write;handleRequest', 10], ['other', 10]]);
const text = [...stacks].map(([stack, weight]) => `${stack} ${weight}\n`).join('');

test('a frame is as wide as its share, at every width', () => {
	for (const width of [10, 61, 100]) {
		const lines = flameLines(flameView(flameTree(stacks)), width, 10);
		assert.deepEqual(lines.map(line => lineWidth(line)), lines.map(() => width));
	}

	assert.deepEqual(flameLines(flameView(flameTree(stacks)), 50, 10).map(line => plainText(line).trimEnd()), [
		'│all',
		'│main                                        │othe',
		'│read                                   │writ',
		'│handleRequest                │parse    │hand',
	]);
});

test('the cursor walks to the heaviest child and its neighbours; zooming makes a frame the whole, and back', () => {
	let view = flameView(flameTree(stacks));
	view = moveFlame(moveFlame(view, 'down'), 'down');
	assert.equal(frameAt(view.root, view.cursor).name, 'read');
	assert.equal(frameAt(view.root, moveFlame(view, 'right').cursor).name, 'write');
	view = moveFlame(view, 'zoom');
	assert.deepEqual(flameLines(view, 40, 10).map(line => plainText(line).trimEnd()), ['│read', '│handleRequest                │parse']);
	assert.equal(moveFlame(view, 'up'), view);
	view = moveFlame(view, 'wider');
	assert.equal(plainText(flameLines(view, 40, 10)[0]!).trimEnd(), '│main');
});

test('a search finds each frame of a name, and counts all of them', () => {
	let view = findFlame({...flameView(flameTree(stacks)), search: 'handlereq'}, 1);
	assert.deepEqual(view.cursor, [0, 0, 0]);
	assert.equal(flameStatus(view, 'samples'), 'handleRequest  60.0 %, itself 60.0 % of 100 samples  "handlereq": 70.0 %');
	view = findFlame(view, 1);
	assert.deepEqual(view.cursor, [0, 1, 0]);
	assert.deepEqual(findFlame(view, 1).cursor, [0, 0, 0]);
	assert.deepEqual(findFlame({...view, search: 'nothing'}, 1).cursor, view.cursor);
});

test('flame opens a profile on a terminal, and prints the heaviest frames elsewhere', async context => {
	const run = path.join(temporaryFolder(context), '2026-11-24_20:00:00.000000_FLAMEDRUNS_unreplicated_smoke');
	fs.mkdirSync(path.join(run, '001'), {recursive: true});
	fs.writeFileSync(path.join(run, 'args.json'), '{}');
	const none = await benchdeck(['flame', run]);
	assert.deepEqual([none.code, none.stderr], [2, `${run} has no profile; run with -p.\n`]);
	fs.writeFileSync(path.join(run, '001/server.folded'), text);
	assert.equal((await benchdeck(['flame', run])).stdout, '001/server: 100 samples, by frame itself; 001/server.svg is the picture.\n 70.0 %  handleRequest\n 20.0 %  parse\n 10.0 %  other\n');
	assert.match((await benchdeck(['flame', run, '2'])).stderr, /has no such profile; it has 001 server\.\n$/);
	const screen = new PtyCommand(process.execPath, [cli, 'flame', run, '1', 'server'], {columns: 80, rows: 24});
	context.after(() => {
		screen.kill('SIGKILL');
	});
	await screen.waitFor(/all {2}100\.0 %/);
	screen.press('/', ...'parse', 'enter');
	await screen.waitFor(/parse {2}20\.0 %, itself 20\.0 % of 100 samples {2}"parse": 20\.0 %/);
	screen.press('enter');
	await screen.waitFor(/^ 001\/server.*\n│parse +\n/);
	screen.press('q');
	assert.equal((await screen.exited()).exitCode, 0);
	assert.equal(screen.isAlternate(), false);
});
