import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';
import {carrying, isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

const noLinux = process.platform !== 'linux' && 'needs Linux';
const holder = fileURLToPath(new URL('../helpers/lease-holder.ts', import.meta.url));

test('reap ends what a crash left, and only that', {skip: noLinux}, async context => {
	const holders = await Promise.all(['crashed', 'live'].map(async () => {
		const controller = spawn(process.execPath, ['--import=tsx', holder, temporaryFolder(context), 'sh'], {stdio: ['pipe', 'pipe', 'inherit']});
		context.after(() => {
			controller.kill('SIGKILL');
		});
		const [line] = await once(createInterface({input: controller.stdout}), 'line') as [string];
		return {controller, ...JSON.parse(line) as {readonly supervisor: number; readonly pids: readonly number[]; readonly lease: string}};
	}));
	const [crashed, live] = holders as [typeof holders[0], typeof holders[0]];
	// Everything that looks after the procs: the main loop, the guard and the watchers, at one blow.
	for (const pid of carrying(`BENCHDECK_SUPERVISOR=${crashed.lease}`)) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// One of its short sleeps, which was over.
		}
	}

	crashed.controller.kill('SIGKILL');
	await until('the supervisor has gone', () => !isAlive(crashed.supervisor));
	assert.ok(crashed.pids.every(pid => isAlive(pid)), 'the procs are left');

	const {code, stdout} = await benchdeck(['reap']);
	assert.equal(code, 0, stdout);
	assert.match(stdout, new RegExp(`^localhost: ended ${crashed.pids[0]!} of HOLDER: sleep 1000$`, 'm'));
	assert.match(stdout, /^localhost: left HOLDER alone, which is going on$/m);
	assert.ok(crashed.pids.every(pid => !isAlive(pid)), 'they have gone');
	assert.ok([live.supervisor, ...live.pids].every(pid => isAlive(pid)), 'the other run goes on');

	const again = JSON.parse((await benchdeck(['reap', '--json'])).stdout) as ReadonlyArray<{
		readonly host: string;
		readonly leftovers: ReadonlyArray<{readonly word?: string}>;
		readonly live: readonly string[];
	}>;
	assert.deepEqual(again[0]?.leftovers.filter(({word}) => word === 'HOLDER'), []);
	assert.ok(again[0]?.live.includes('HOLDER'));
});

for (const {title, place, named} of [
	{title: 'elsewhere, by its path', place: 'another place', named: (directory: string) => `'${directory}'`},
	{title: 'here, by its word', place: 'a place', named: (directory: string) => /_(?<word>[A-Z]{10})_/.exec(directory)!.groups!['word']!},
]) {
	test(`A port that another run holds is said so before anything starts, with a command that ends that run as it is printed: ${title}`, {skip: noLinux}, async context => {
		const folder = temporaryFolder(context);
		const [home, cwd, bin] = ['a place', place, 'bin'].map(name => path.join(folder, name)) as [string, string, string];
		for (const directory of [home, cwd, bin]) {
			fs.mkdirSync(directory, {recursive: true});
		}

		const words = ['run', 'unreplicated/smoke', '--json', '--set', 'duration=60s', '--set', 'timeout=60s'];
		const first = spawn(process.execPath, [cli, ...words], {cwd: home, stdio: ['ignore', 'pipe', 'inherit']});
		const ended = once(first, 'exit');
		context.after(() => {
			first.kill('SIGKILL');
		});
		let run = '';
		for await (const line of createInterface({input: first.stdout})) {
			const event = JSON.parse(line) as {readonly type: string; readonly directory?: string; readonly phase?: string};
			run = event.type === 'suite-started' ? event.directory! : run;
			if (event.phase === 'ready') {
				break;
			}
		}

		const word = /_(?<word>[A-Z]{10})_/.exec(run)!.groups!['word']!;
		const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '--plain', '-s', path.join(folder, 'runs of the other')], {cwd});
		assert.deepEqual([code, stdout], [2, '']);
		const start = new RegExp(String.raw`^Nothing was started: port \d+ on \S+, which \S+ needs, is held by the run ${word}, which is going on \(pid \d+\); wait for it, or end it with: `);
		assert.match(stderr, start);
		const command = stderr.replace(start, '').trimEnd();
		assert.equal(command, `benchdeck stop ${named(run)}`);

		fs.writeFileSync(path.join(bin, 'benchdeck'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {mode: 0o755});
		const stopped = spawnSync('sh', ['-c', command], {cwd, encoding: 'utf8', env: {...process.env, PATH: `${bin}:${process.env['PATH']!}`}});
		assert.deepEqual([stopped.status, stopped.stderr, stopped.stdout], [0, '', `Stopped ${run}: 0 of 3 benchmarks finished.\n`]);
		assert.deepEqual(await ended, [130, null]);
	});
}
