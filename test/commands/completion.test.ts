import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {completionsOf} from '../../source/commands/completions.ts';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';
import {PtyCommand} from '../helpers/pty.ts';

const without = (shell: string) => spawnSync(shell, ['-c', 'exit']).error === undefined ? false : `no ${shell} here`;

/** A folder with a run, and a PATH on which benchdeck is a command. */
async function surroundings(context: TestContext): Promise<{readonly folder: string; readonly env: Readonly<Record<string, string>>}> {
	const folder = temporaryFolder(context);
	const bin = path.join(folder, 'bin');
	fs.mkdirSync(path.join(folder, 'runs/2026-11-24_21:10:45.999904_QUOKKAZZZZ_unreplicated_smoke'), {recursive: true});
	fs.writeFileSync(path.join(folder, 'runs/2026-11-24_21:10:45.999904_QUOKKAZZZZ_unreplicated_smoke/args.json'), '{}');
	fs.mkdirSync(bin);
	fs.writeFileSync(path.join(bin, 'benchdeck'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, {mode: 0o755});
	for (const shell of ['bash', 'zsh', 'fish']) {
		fs.writeFileSync(path.join(folder, shell), (await benchdeck(['completion', shell])).stdout);
	}

	return {folder, env: {PATH: `${bin}:${process.env['PATH']}`, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, ZDOTDIR: folder, PS1: 'ready> ', PROMPT: 'ready> '}};
}

async function typed(shell: PtyCommand, words: string, wanted: RegExp): Promise<void> {
	shell.press(...words, 'tab');
	await shell.waitFor(wanted);
	shell.press('ctrl-u');
}

for (const [shell, args, begin] of [
	['bash', ['--norc', '--noprofile', '-i'], 'bind "set enable-bracketed-paste off"; source ./bash; clear'],
	['zsh', ['-f', '-i'], 'autoload -Uz compinit; compinit -u -d ./dump; source ./zsh; clear'],
] as const) {
	test(`${shell} completes commands, suites, runs, flags and their values`, {skip: without(shell)}, async context => {
		const {folder, env} = await surroundings(context);
		const pty = new PtyCommand(shell, args, {cwd: folder, env, columns: 200});
		context.after(() => {
			pty.kill('SIGKILL');
		});
		await pty.waitFor('ready>');
		pty.press(...begin, 'enter');
		await typed(pty, 'benchdeck ana', /ready> benchdeck analyze/);
		await typed(pty, 'benchdeck run unreplicated/sm', /run unreplicated\/smoke/);
		await typed(pty, 'benchdeck show QUO', /show QUOKKAZZZZ/);
		await typed(pty, 'benchdeck run multipaxos/smoke --fail', /multipaxos\/smoke --fail-fast/);
		await typed(pty, 'benchdeck run multipaxos/smoke --engine reh', /--engine rehearsal/);
		await typed(pty, 'benchdeck run --cluster bi', /--cluster bin\//);
	});
}

test('fish completes the same, and says what each is', {skip: without('fish')}, async context => {
	const {folder, env} = await surroundings(context);
	const completed = (words: string) => spawnSync('fish', ['--no-config', '-c', `source ./fish; complete -C '${words}'`], {cwd: folder, env: {...process.env, ...env}, encoding: 'utf8'}).stdout;
	assert.equal(completed('benchdeck ana'), 'analyze\twork out the figures of recorder files, or of a run once more\n');
	assert.equal(completed('benchdeck run unreplicated/sm'), 'unreplicated/smoke\n');
	assert.match(completed('benchdeck show QUO'), /^QUOKKAZZZZ\t2026-11-24_.*_unreplicated_smoke\n$/);
	assert.match(completed('benchdeck run multipaxos/smoke --fail'), /^--fail-fast\tend the /);
	assert.equal(completed('benchdeck run multipaxos/smoke --engine reh'), 'rehearsal\n');
	assert.match(completed('benchdeck run --cluster bi'), /^bin\//);
});

test('Values are completed after = too, and what has none offers nothing', async () => {
	const sources = {
		commands: [
			{
				name: 'run',
				usage: 'run SUITE',
				line: 'run',
				flags: {
					engine: {type: 'string', value: 'jar|embedded', help: ''},
					jar: {type: 'string', short: 'j', value: 'FILE', help: ''},
					plain: {type: 'boolean', help: 'lines'},
				},
			},
		],
		suites: () => ['a/smoke', 'b/smoke'],
		runs: async () => [],
	} as const;
	const offered = async (...words: readonly string[]) => {
		const offer = await completionsOf(words, sources);
		return offer === 'files' ? offer : offer.map(({word}) => word);
	};

	assert.deepEqual(await offered('run', '--engine=j'), ['jar']);
	assert.deepEqual(await offered('run', '--engine', '='), ['jar', 'embedded']);
	assert.deepEqual(await offered('run', '--engine', '=', 'e'), ['embedded']);
	assert.equal(await offered('run', '-j', ''), 'files');
	assert.deepEqual(await offered('run', '--plain', ''), ['a/smoke', 'b/smoke']);
	assert.equal(await offered('run', './x'), 'files');
	assert.deepEqual(await offered('nonsense', ''), []);
});
