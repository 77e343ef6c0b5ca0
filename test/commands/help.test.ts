import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {commandList, helpText} from '../../source/commands/help.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

test('A command that is asked for --help prints its help, whatever stands before', async () => {
	const {stdout: help} = await benchdeck(['help', 'analyze']);
	assert.ok(help.startsWith('benchdeck analyze FILE…|RUN [flags]\n'));
	for (const words of [['analyze', '--help'], ['analyze', 'nowhere.csv', '-h']]) {
		const {code, stdout, stderr} = await benchdeck(words);
		assert.deepEqual([code, stdout, stderr], [0, help, ''], words.join(' '));
	}
});

test('Every command has examples, of flags that it takes', async () => {
	assert.equal((await benchdeck(['help', '--help'])).stdout, (await benchdeck(['help', 'help'])).stdout);
	for (const {name, flags, examples} of commandList) {
		assert.ok(examples.length > 0, name);
		for (const example of examples) {
			assert.equal(example.split(' ', 1)[0], name);
			for (const [, short, long = ''] of example.matchAll(/ (?:-(\w)|--([\w-]+))(?= |$)/g)) {
				assert.ok(short === undefined ? Object.hasOwn(flags, long) : Object.values(flags).some(flag => flag.short === short), `${example}: ${short ?? long}`);
			}
		}
	}
});

test('Help keeps to the width of the terminal, and what is explained lines up', () => {
	for (const columns of [60, 80, 120]) {
		for (const name of [undefined, ...commandList.map(command => command.name)]) {
			const text = helpText(name, columns);
			for (const line of text.split('\n\nExamples:', 1)[0]!.split('\n')) {
				// A path is never broken.
				assert.ok(line.length <= columns || !line.trim().includes(' '), `help ${name ?? ''} at ${columns}: ${line}`);
			}

			const begins = new Set([...text.matchAll(/^ {2}(?:-\w,| {3}) --\S+(?: \S+)*(?: {2,}|\n +)\S/gm)].map(([match]) => match.length - 1 - (match.lastIndexOf('\n') + 1)));
			assert.ok(begins.size <= 1, `help ${name ?? ''} at ${columns} begins its explanations in columns ${[...begins].join(', ')}`);
		}
	}
});

test('Where there is no ./runs, every command that takes a RUN looks where suites were written last', async context => {
	const folder = temporaryFolder(context);
	const env = {...process.env, XDG_STATE_HOME: folder};
	const {code} = await benchdeck(['run', 'unreplicated/smoke', '--plain', '--only', '1', '--set', 'warmup_duration=100ms', '--set', 'duration=100ms', '-s', 'elsewhere'], {cwd: folder, env});
	assert.equal(code, 0);
	const asked = async (...words: readonly string[]) => {
		const {stdout, stderr} = await benchdeck(words, {cwd: folder, env});
		return stdout + stderr;
	};

	assert.match(await asked('show', 'last'), /unreplicated\/smoke/);
	assert.match(await asked('attach', 'last', '--plain'), /\[001\/001; 100\.0%\]/);
	assert.match(await asked('resume', 'last'), /^There is nothing to resume: all 1 benchmarks of .*elsewhere/);
	assert.match(await asked('stop', 'last'), /elsewhere\/\S+ cannot be stopped: /);
	assert.doesNotMatch(await asked('analyze', 'last'), /There is no run/);
});

test('What is wrong on a command line is one sentence', async context => {
	const folder = temporaryFolder(context);
	for (const [words, said] of [
		[['run', 'unreplicated/smoke', '--plain', '--theme', 'pink'], '--theme takes dark, light, plain or auto, not "pink".'],
		[['plan', 'unreplicated/smoke', '--cluster', 'none.json'], 'Cannot read the cluster file none.json: no such file or directory.'],
		[['check', '--cluster', 'none.json'], 'Cannot read the cluster file none.json: no such file or directory.'],
		[['plan', 'unreplicated/smoke', '--only', 'duratoin == 2'], '--only "duratoin == 2", column 1: there is no field "duratoin"; did you mean duration?'],
	] as const) {
		const {code, stdout, stderr} = await benchdeck(words, {cwd: folder});
		assert.deepEqual([code, stdout, stderr], [2, '', `${said}\n`], words.join(' '));
	}
});

test('A folder that cannot be made ends init at once', {skip: fs.existsSync('/proc/self') ? false : 'no /proc here'}, async () => {
	const {code, stderr} = await benchdeck(['init', '/proc/nothing/there']);
	assert.deepEqual([code, stderr], [2, '/proc/nothing/there: the project cannot be written: no such file or directory.\n']);
});
