/*
A log of 2 GB: how soon its last page is there, and how fast a text is searched for, against the rate at which the same
file is merely read. Medians of five rounds, after one that fills the page cache as far as the machine has room.
*/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {plainText} from '../../source/logs/styled-text.ts';
import {localFile} from '../../source/logs/local-file.ts';
import {searchLog} from '../../source/logs/log-search.ts';
import {parseQuery} from '../../source/logs/query.ts';
import {readLinesBefore} from '../../source/logs/read-lines.ts';
import {scan} from '../../source/logs/scan.ts';

const gigabyte = 1e9;
const bytes = Number(process.env['BENCHDECK_LOG_BYTES'] ?? 2 * gigabyte);
const rounds = 5;

function writeLog(file: string): void {
	const lines = Array.from({length: 10_000}, (_, index) => {
		const time = `06:18:${String(index % 60).padStart(2, '0')}.${String(index % 1000).padStart(3, '0')}000000`;
		return `\u{1B}[34m[Nov 23 ${time}] [INFO] [Thread ${index % 8}] \u{1B}[0mHandled request ${index * 7919} of client_${index % 5}.\n`;
	});
	const block = Buffer.from(lines.join(''));
	const handle = fs.openSync(file, 'w');
	for (let written = 0; written < bytes; written += block.length) {
		fs.writeSync(handle, block);
	}

	fs.writeSync(handle, '[ERROR] The needle is at the end.\n');
	fs.closeSync(handle);
}

async function median(measure: () => Promise<number>): Promise<number> {
	const values: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		values.push(await measure());
	}

	return values.slice(1).toSorted((one, other) => one - other)[Math.floor(rounds / 2)]!;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}

async function readAll(file: string): Promise<void> {
	const handle = await fs.promises.open(file, 'r');
	const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
	while ((await handle.read(buffer, 0, buffer.length)).bytesRead > 0) {
		// The floor: bytes are fetched and not looked at.
	}

	await handle.close();
}

async function search(file: string, typed: string): Promise<void> {
	const log = localFile(file);
	let count = 0;
	await scan(log, parseQuery(typed), {from: 0, to: await log.size()}, {
		onMatches(offsets) {
			count += offsets.length;
		},
	});
	await log.close();
	if (count !== 1) {
		throw new Error(`${typed} was found ${count} times.`);
	}
}

async function lastPage(file: string): Promise<void> {
	const log = localFile(file);
	const lines = await readLinesBefore(log, await log.size(), 50);
	const shown = lines.map(({text}) => plainText(text));
	await log.close();
	if (shown.length !== 50) {
		throw new Error('The last page is not whole.');
	}
}

/** From the last page, the way to a text near the start of the log, while everything is being counted. */
async function firstAnswer(file: string): Promise<void> {
	const log = localFile(file);
	const running = searchLog(log, parseQuery('request 7919 of'));
	await running.next(0);
	running.stop();
	await log.close();
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
try {
	const file = path.join(folder, 'client_0_out.txt');
	writeLog(file);
	const {size} = fs.statSync(file);
	const floor = await median(async () => timed(async () => readAll(file)));
	const report = (what: string, ms: number) => {
		process.stdout.write(`${what}: ${ms.toFixed(ms < 100 ? 1 : 0)} ms`);
		process.stdout.write(ms > 100 ? `, ${(size / gigabyte / ms * 1000).toFixed(2)} GB/s, ${(ms / floor).toFixed(2)} of mere reading\n` : '\n');
	};

	report('mere reading', floor);
	report('last page', await median(async () => timed(async () => lastPage(file))));
	report('first answer', await median(async () => timed(async () => firstAnswer(file))));
	report('a text (The needle)', await median(async () => timed(async () => search(file, 'The needle'))));
	report('a text in capitals or not (needle)', await median(async () => timed(async () => search(file, 'needle'))));
	report('a regular expression', await median(async () => timed(async () => search(file, String.raw`needle is \w+`))));
} finally {
	fs.rmSync(folder, {recursive: true});
}
