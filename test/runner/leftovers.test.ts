import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {portHolder, runMarks} from '../../source/runner/leftovers.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

const run = '/runs of all/2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke';
const at = (hostname: string) => ({...runMarks(run), BENCHDECK_RUN_AT: `${hostname}:${run}`});

test('Who holds a port is told with what ends it, and where', {skip: process.platform !== 'linux' && 'needs Linux'}, async context => {
	const folder = temporaryFolder(context);
	const marks = [runMarks(run), at('another'), runMarks(undefined), at('\u{1B}[31mnone')];
	const told = await Promise.all(marks.map(async (mark, index) => {
		const host = await connectLocalHost('localhost', '127.0.0.1', {marks: () => mark});
		context.after(async () => host.close());
		const stdout = path.join(folder, `${index}.txt`);
		const proc = await host.start({
			label: 'server', cwd: folder, stdout, stderr: '/dev/null',
			argv: [process.execPath, '-e', 'const server = require(\'node:net\').createServer().listen(0, \'127.0.0.1\', () => console.log(server.address().port))'],
		});
		const port = await until('the port', () => /^\d+(?=\n)/.exec(fs.readFileSync(stdout, 'utf8'))?.[0]);
		return (await portHolder(host, Number(port)))?.replace(` (pid ${proc.pid})`, '');
	}));
	assert.deepEqual(told, [
		`is held by the run HAOSRTGXOI, which is going on; wait for it, or end it with: benchdeck stop '${run}'`,
		`is held by the run HAOSRTGXOI, which is going on; wait for it, or end it on another with: benchdeck stop '${run}'`,
		'is held by another run, which is going on; wait for it',
		'is held by the run HAOSRTGXOI, which is going on; wait for it',
	]);
});

test('A run is marked with its word and its place, and not with a place that no line can hold', () => {
	assert.deepEqual(runMarks(run), {BENCHDECK_RUN: 'HAOSRTGXOI', BENCHDECK_RUN_AT: `${os.hostname()}:${run}`});
	assert.deepEqual(runMarks('/a\nb/2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke'), {BENCHDECK_RUN: 'HAOSRTGXOI'});
});
