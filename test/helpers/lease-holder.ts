/*
A controller of its own process, to be stopped and killed: it starts, under the shell of its arguments, a meek proc, one that
ignores TERM, one with a grandchild, and one whose grandchild leaves its group; then it prints the supervisor's pid and theirs.
*/
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {connectLocalHost} from '../../source/host/local-host.ts';

const [folder = '', ...shell] = process.argv.slice(2);
const host = await connectLocalHost('localhost', '127.0.0.1', {shell, marks: () => ({BENCHDECK_RUN: 'HOLDER'})});
const scripts = {
	meek: 'exec sleep 1000',
	stubborn: 'trap "" TERM; echo $$; while :; do sleep 1; done',
	parent: 'sleep 1000 & echo $!; wait',
	leaver: 'setsid sleep 1000 & echo $!; wait',
};
const pids: number[] = [];
for (const [label, script] of Object.entries(scripts)) {
	const stdout = path.join(folder, `${label}_out.txt`);
	const proc = await host.start({label, argv: ['sh', '-c', script], cwd: folder, stdout, stderr: '/dev/null'});
	pids.push(proc.pid);
	if (label !== 'meek') {
		while (!fs.readFileSync(stdout, 'utf8').endsWith('\n')) {
			await pause(10);
		}
	}

	pids.push(...fs.readFileSync(stdout, 'utf8').split('\n').filter(line => line !== '').map(Number));
}

const environment = fs.readFileSync(`/proc/${pids[0]!}/environ`, 'latin1');
const {lease, supervisor} = /BENCHDECK_MARK=(?<lease>\w+)\.(?<supervisor>\d+)\./.exec(environment)?.groups ?? {};
process.stdout.write(`${JSON.stringify({lease, supervisor: Number(supervisor), pids})}\n`);
process.stdin.resume();
process.stdin.on('end', () => {
	void host.close();
});
