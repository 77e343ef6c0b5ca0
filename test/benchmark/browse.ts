/*
The results browser as it is built (`npm run build`), in a pseudo-terminal, as a person would see it: its first screen over
an empty root and over one of 1,000 suites of 20 benchmarks, how long until all are listed and what memory they take; how
soon a results.csv of 20,000 rows × 100 columns is open and how fast it scrolls, each page waited for; how soon the last
page of a log of 2 GB is there and how fast it is searched, against merely reading it. Medians of five rounds. A floor of the
same run is Node's own start. Where the system lets it (root on Linux), the disk's cache is dropped before a cold listing.
*/
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {PtyCommand} from '../helpers/pty.ts';
import {unreplicated} from '../helpers/suite-directories.ts';
import {median} from './measured-process.ts';

const suites = 1000;
const benchmarks = 20;
const [rows, columns] = [20_000, 100];
const pages = 60;
const rounds = 5;
const logBytes = Number(process.env['BENCHDECK_LOG_BYTES'] ?? 2e9);
const command = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-browse-'));

type Measured = Readonly<Record<string, number>>;

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function writeRoot(root: string): void {
	for (let suite = 0; suite < suites; suite++) {
		const at = new Date(Date.UTC(2026, 0, 1) + (suite * 3_600_000)).toISOString();
		const word = [...String(suite).padStart(10, '0')].map(digit => 'ABCDEFGHIJ'[Number(digit)]!).join('');
		const directory = path.join(root, `${at.replace('T', '_').replace('Z', '000')}_${word}_unreplicated_lt`);
		const time = at.replace('T', ' ').replace('Z', '000');
		for (let index = 1; index <= benchmarks; index++) {
			fs.mkdirSync(path.join(directory, String(index).padStart(3, '0')), {recursive: true});
		}

		const files = {
			'args.json': '{"suite": "unreplicated/lt"}', 'start_time.txt': time, 'stop_time.txt': time, 'inputs.txt': 'Input(num_client_procs=1)\n'.repeat(benchmarks),
			'results.csv': `num_client_procs,latency.median_ms\n${Array.from({length: benchmarks}, (_, index) => `${index},${index / 7}\n`).join('')}`,
		};
		for (const [name, text] of Object.entries(files)) {
			fs.writeFileSync(path.join(directory, name), text);
		}
	}
}

function writeTable(file: string): void {
	const names = Array.from({length: columns}, (_, column) => (column < 20 ? `input_${column}` : `output_${column}`));
	const cells = (row: number) => names.map((_, column) => (column < 20 ? row + column : ((row * column) + 0.5) / 7));
	fs.writeFileSync(file, `${names.join(',')}\n${Array.from({length: rows}, (_, row) => `${cells(row).join(',')}\n`).join('')}`);
}

function writeLog(file: string): void {
	const lines = Array.from({length: 10_000}, (_, index) => {
		const time = `06:18:${String(index % 60).padStart(2, '0')}.${String(index % 1000).padStart(3, '0')}000000`;
		return `[Nov 23 ${time}] [INFO] [Thread ${index % 8}] Handled request ${index * 7919} of client_${index % 5}.\n`;
	});
	const block = Buffer.from(lines.join(''));
	const handle = fs.openSync(file, 'w');
	fs.writeSync(handle, '[Nov 23 06:18:00.000000000] [INFO] [Thread 1] The needle lies here.\n');
	for (let written = 0; written < logBytes; written += block.length) {
		fs.writeSync(handle, block);
	}

	fs.writeSync(handle, '[Nov 23 06:18:59.000000000] [INFO] [Thread 1] The last line.\n');
	fs.closeSync(handle);
}

/** Whether what is read next comes from the disk. */
function dropCaches(): boolean {
	try {
		execFileSync('sync');
		fs.writeFileSync('/proc/sys/vm/drop_caches', '3');
		return true;
	} catch {
		return false;
	}
}

function browse(target: string): PtyCommand {
	return new PtyCommand(process.execPath, [command, 'browse', target], {env: {XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder}, cwd: folder});
}

function megabytes(pid: number): number {
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1000;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}

async function measureRoot(target: string, first: string, all: string | RegExp): Promise<Measured> {
	const from = performance.now();
	const terminal = browse(target);
	await terminal.waitFor(first);
	const firstMs = performance.now() - from;
	await terminal.waitFor(all);
	const allMs = performance.now() - from;
	const memory = megabytes(terminal.pid);
	terminal.press('q');
	await terminal.exited();
	return {firstMs, allMs, memory};
}

async function measureTable(root: string): Promise<Measured> {
	const terminal = browse(root);
	await terminal.waitFor(`${rows} rows`);
	const openMs = await timed(async () => {
		terminal.press('enter');
		await terminal.waitFor(`1/${rows}`);
	});
	const scrollMs = await timed(async () => {
		for (let page = 1; page <= pages; page++) {
			terminal.press('page-down');
			await terminal.waitFor(` ${1 + (page * 35)}/${rows}`);
		}
	});
	terminal.press('q', 'q');
	await terminal.exited();
	return {openMs, framesPerSecond: pages / scrollMs * 1000};
}

async function measureLog(suite: string): Promise<Measured> {
	const terminal = browse(suite);
	await terminal.waitFor('003');
	const pageMs = await timed(async () => {
		terminal.press('enter');
		await terminal.waitFor('The last line.');
	});
	terminal.press('/', ...'The needle');
	await terminal.waitFor('/The needle');
	const searchMs = await timed(async () => {
		terminal.press('enter');
		await terminal.waitFor(/1 of 1 (?!…)/);
	});
	terminal.press('ctrl-c');
	await terminal.exited();
	return {pageMs, searchMs};
}

async function readAll(file: string): Promise<void> {
	const handle = await fs.promises.open(file, 'r');
	const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
	while ((await handle.read(buffer, 0, buffer.length)).bytesRead > 0) {
		// The floor: bytes are fetched and not looked at.
	}

	await handle.close();
}

async function several(measure: () => Promise<Measured>): Promise<Measured> {
	const results: Measured[] = [];
	for (let round = 0; round < rounds; round++) {
		results.push(await measure());
	}

	return Object.fromEntries(Object.keys(results[0]!).map(name => [name, median(results.map(result => result[name]!))]));
}

try {
	const [root, empty, loose] = ['root', 'empty', 'loose'].map(name => path.join(folder, name)) as [string, string, string];
	fs.mkdirSync(empty);
	fs.mkdirSync(loose);
	writeRoot(root);
	writeTable(path.join(loose, 'results.csv'));
	const floor = await several(async () => ({ms: await timed(async () => new PtyCommand(process.execPath, ['-e', '0']).exited())}));
	const nothing = await several(async () => measureRoot(empty, 'benchdeck', 'nothing here yet'));
	say(`empty root: first screen ${nothing['firstMs']!.toFixed(0)} ms (Node's own start and end: ${floor['ms']!.toFixed(0)} ms), ${nothing['memory']!.toFixed(0)} MB`);
	const full = await several(async () => measureRoot(root, '_unreplicated_lt', / 1000 suites *$/m));
	const more = full['memory']! - nothing['memory']!;
	say(`${suites} suites of ${benchmarks}: first screen ${full['firstMs']!.toFixed(0)} ms, all listed ${full['allMs']!.toFixed(0)} ms, ${more.toFixed(0)} MB more than the empty root`);
	if (dropCaches()) {
		const cold = await several(async () => {
			dropCaches();
			return measureRoot(root, '_unreplicated_lt', / 1000 suites *$/m);
		});
		say(`${suites} suites, nothing in the disk's cache: first screen ${cold['firstMs']!.toFixed(0)} ms, all listed ${cold['allMs']!.toFixed(0)} ms`);
	} else {
		say('Nothing was measured cold: this user may not drop the disk\'s cache.');
	}

	const table = await several(async () => measureTable(loose));
	say(`results.csv of ${rows} × ${columns}: opens in ${table['openMs']!.toFixed(0)} ms, scrolls at ${table['framesPerSecond']!.toFixed(0)} pages a second`);
	const suite = path.join(folder, path.basename(unreplicated));
	fs.cpSync(unreplicated, suite, {recursive: true});
	const log = path.join(suite, '001', 'server_out.txt');
	writeLog(log);
	const {size} = fs.statSync(log);
	const reading = await several(async () => ({ms: await timed(async () => readAll(log))}));
	const searched = await several(async () => measureLog(suite));
	const rate = (ms: number) => (size / 1e6 / ms).toFixed(2);
	const {pageMs = NaN, searchMs = NaN} = searched;
	const rates = `${rate(searchMs)} GB/s; mere reading ${rate(reading['ms']!)} GB/s`;
	say(`log of ${(size / 1e9).toFixed(1)} GB: last page ${pageMs.toFixed(0)} ms after enter, a text searched for in ${searchMs.toFixed(0)} ms (${rates})`);
} finally {
	fs.rmSync(folder, {recursive: true});
}
