import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {hasSame} from '../../source/commands/remote-programs.ts';
import {type Host} from '../../source/core/host.ts';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {temporaryFolder} from '../helpers/command.ts';

function whereIs(program: string): string | undefined {
	const {stdout} = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], {encoding: 'utf8'});
	return path.isAbsolute(stdout.trim()) ? stdout.trim() : undefined;
}

/** This machine, as one that has a shell and these programs alone. */
async function hostWith(context: TestContext, programs: readonly string[]): Promise<Host> {
	const bin = temporaryFolder(context);
	for (const program of ['sh', ...programs]) {
		fs.symlinkSync(whereIs(program)!, path.join(bin, program));
	}

	const host = await connectLocalHost('localhost', '127.0.0.1');
	context.after(async () => host.close());
	return {...host, run: async (argv, options) => host.run(['env', `PATH=${bin}`, ...argv], options)};
}

for (const program of ['sha256sum', 'shasum', 'openssl']) {
	test(`A file is known to be the same by ${program}, where a host has that alone`, {skip: whereIs(program) === undefined && `no ${program} here`}, async context => {
		const file = path.join(temporaryFolder(context), '-a file');
		fs.writeFileSync(file, 'what runs there');
		const host = await hostWith(context, [program]);
		assert.equal(await hasSame(host, file), true);
		assert.equal(await hasSame(host, file, async () => '0'.repeat(64)), false);
	});
}

test('A file is brought again to a host that cannot tell what it has', async context => {
	const file = path.join(temporaryFolder(context), 'file');
	fs.writeFileSync(file, 'what runs there');
	assert.equal(await hasSame(await hostWith(context, []), file), false);
});
