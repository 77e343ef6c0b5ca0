import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {temporaryFolder} from './command.ts';

/** Puts an `ssh` first on the PATH that reads a configuration of the test's, without the person's agent; gives its known hosts. */
export function configureSsh(context: TestContext, text: string): string {
	const folder = temporaryFolder(context);
	const real = execFileSync('sh', ['-c', 'command -v ssh'], {encoding: 'utf8'}).trim();
	fs.writeFileSync(path.join(folder, 'config'), `${text}\nHost *\n\tUserKnownHostsFile ${folder}/known_hosts\n\tGlobalKnownHostsFile /dev/null\n`);
	fs.writeFileSync(path.join(folder, 'ssh'), `#!/bin/sh\nexec ${real} -F ${folder}/config "$@"\n`, {mode: 0o755});
	const {PATH: before, SSH_AUTH_SOCK: agent} = process.env;
	process.env['PATH'] = `${folder}:${before}`;
	delete process.env['SSH_AUTH_SOCK'];
	context.after(() => {
		process.env['PATH'] = before;
		if (agent !== undefined) {
			process.env['SSH_AUTH_SOCK'] = agent;
		}
	});
	return path.join(folder, 'known_hosts');
}
