import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {localFile} from '../../source/logs/local-file.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

const deadline = {timeout: 30_000};

test('A file that is not there yet is empty, and is read once it is', deadline, async context => {
	const file = path.join(temporaryFolder(context), 'server_out.txt');
	const log = localFile(file);
	context.after(log.close);
	assert.equal(await log.size(), 0);
	assert.equal((await log.read(0, 10)).length, 0);
	fs.writeFileSync(file, 'hello');
	assert.equal(await log.size(), 5);
	assert.equal(Buffer.from(await log.read(1, 100)).toString(), 'ello');
	assert.equal(log.name, 'server_out.txt');
});

test('A watched file calls back when it appears, grows, is cut and is replaced', deadline, async context => {
	const file = path.join(temporaryFolder(context), 'log');
	const log = localFile(file, {pollMs: 100});
	context.after(log.close);
	const calls: number[] = [];
	context.after(log.watch(() => {
		calls.push(Date.now());
	}));
	const steps: ReadonlyArray<readonly [() => void, string]> = [
		[() => {
			fs.writeFileSync(file, 'one');
		}, 'one'],
		[() => {
			fs.appendFileSync(file, ' two');
		}, 'one two'],
		[() => {
			fs.truncateSync(file, 2);
		}, 'on'],
		[() => {
			fs.writeFileSync(`${file}.new`, 'three');
			fs.renameSync(`${file}.new`, file);
		}, 'three'],
	];
	for (const [step, text] of steps) {
		const before = calls.length;
		step();
		await until(`a call for ${text}`, () => calls.length > before);
		await until(text, async () => await log.size() === text.length);
		assert.equal(Buffer.from(await log.read(0, 100)).toString(), text);
	}
});

test('A directory and a pipe in the place of a log are named in one sentence, and never block', deadline, async context => {
	const folder = temporaryFolder(context);
	await assert.rejects(localFile(folder).read(0, 1), {name: 'BenchError', message: `${folder} is a directory, where a log should be.`});
	const pipe = path.join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	await assert.rejects(localFile(pipe).size(), {name: 'BenchError', message: `${pipe} is no regular file, where a log should be.`});
});

test('A file closed is read no more', deadline, async context => {
	const file = path.join(temporaryFolder(context), 'log');
	fs.writeFileSync(file, 'text');
	const log = localFile(file);
	assert.equal((await log.read(0, 4)).length, 4);
	await log.close();
	await log.close();
	assert.equal((await log.read(0, 4)).length, 0);
});
