/*
What the console costs, on a fake terminal: 100 procs that write 20,000 lines a second in total, 12 panes of 200×50; an idle
console at two sizes; the first frame of commands in a pseudo-terminal; a suite's throughput with the console open and without. The console runs as it is built (`npm run build`),
in a process of its own, the writers in another. With `--minutes N` the flood goes on for so long and its memory is compared
between the second minute and the last:
node --import=tsx test/benchmark/console.ts --minutes 10
*/
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {PassThrough, Writable} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import {type RunSources} from '../../source/core/console.ts';
import {type RunEvent} from '../../source/core/event.ts';
import {rate} from '../../source/core/live.ts';
import {localFile} from '../../source/logs/local-file.ts';
import {type openConsole as OpenConsole} from '../../source/tui/open-console.ts';
import {keyboardOf} from '../helpers/fake-terminal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(import.meta.url);
const procs = 100;
const linesPerSecond = 20_000;
const floodSeconds = 20;
const idleSeconds = 15;
const throughputRounds = 7;
// Letters that no log has: what is typed is found again in what is written.
const rareLetters = 'þðßøæœħł';

type Report = {readonly frames: number; readonly seconds: number; readonly cpuShare: number; readonly keysMs: readonly number[]; readonly rssMb: number; readonly heapMb: number};

const [role, directory = '', columns = '200', rows = '50'] = process.argv.slice(2);
if (role === 'write') {
	await writeLogs(directory);
} else if (role === 'show') {
	await show(directory, Number(columns), Number(rows));
} else {
	await measure();
}

async function measure(): Promise<void> {
	const place = process.argv.indexOf('--minutes');
	const minutes = place === -1 ? 0 : Number(process.argv[place + 1]);
	const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-console-'));
	try {
		await measureFlood(temporary, minutes);
		for (const [width, height] of [[80, 24], [200, 50]] as const) {
			const quiet = fs.mkdtempSync(path.join(temporary, 'quiet-'));
			const idle = await watched(quiet, width, height, async ask => {
				await delay(3000);
				await ask();
				await delay(idleSeconds * 1000);
				return ask();
			});
			console.log(`idle at ${width}×${height}: ${percent(idle.cpuShare)} of a core, ${(idle.frames / idle.seconds).toFixed(1)} frames/s`);
		}

		await measureFirstFrame();
		await measureThroughput();
	} finally {
		fs.rmSync(temporary, {recursive: true, force: true});
	}
}

async function measureFlood(temporary: string, minutes: number): Promise<void> {
	const writer = fork(here, ['write', temporary], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	try {
		const flood = await watched(temporary, 200, 50, async ask => {
			await delay(3000);
			await ask('keys');
			await delay(floodSeconds * 1000);
			const report = await ask();
			if (minutes > 0) {
				await memoryOver(minutes, ask);
			}

			return report;
		});
		const keys = flood.keysMs.toSorted((one, other) => one - other);
		console.log(`flood of ${linesPerSecond} lines/s from ${procs} procs at 200×50: ${(flood.frames / flood.seconds).toFixed(1)} frames/s, ${percent(flood.cpuShare)} of a core`);
		console.log(`a key is answered within ${keys[Math.floor(keys.length / 2)]?.toFixed(1)} ms (median), ${keys[Math.floor(keys.length * 0.99)]?.toFixed(1)} ms (p99 of ${keys.length})`);
		console.log(`memory: ${flood.rssMb.toFixed(0)} MB resident, ${flood.heapMb.toFixed(0)} MB of heap`);
	} finally {
		writer.kill();
	}
}

async function memoryOver(minutes: number, ask: (what?: string) => Promise<Report>): Promise<void> {
	let second: Report | undefined;
	for (let minute = 1; minute <= minutes; minute++) {
		await delay(60_000);
		const {rssMb, heapMb} = await ask();
		console.log(`minute ${minute}: ${rssMb.toFixed(1)} MB resident, ${heapMb.toFixed(1)} MB of heap`);
		second ??= minute === 2 ? await ask() : undefined;
	}

	const last = await ask();
	console.log(`memory from minute 2 to ${minutes}: ${(last.rssMb - (second?.rssMb ?? 0)).toFixed(1)} MB resident, ${(last.heapMb - (second?.heapMb ?? 0)).toFixed(1)} MB of heap`);
}

/** A console in a process of its own; asked, it reports on the time since it was asked last. */
async function watched(folder: string, width: number, height: number, watch: (ask: (what?: string) => Promise<Report>) => Promise<Report>): Promise<Report> {
	const child: ChildProcess = fork(here, ['show', folder, String(width), String(height)], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		execArgv: ['--import=tsx', '--expose-gc'],
		env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'},
	});
	try {
		await once(child, 'message');
		return await watch(async (what = 'report') => {
			child.send(what);
			const [report] = await once(child, 'message') as [Report];
			return report;
		});
	} finally {
		child.kill('SIGKILL');
	}
}

async function show(folder: string, width: number, height: number): Promise<void> {
	// The build is JavaScript that the type checker does not see: its types are the source's.
	const file: string = path.join(root, 'build/source/tui/open-console.js');
	const {openConsole} = await import(file) as {readonly openConsole: typeof OpenConsole};
	let frames = 0;
	let awaited: {readonly letter: string; readonly at: number} | undefined;
	const keysMs: number[] = [];
	const output = new Writable({
		decodeStrings: false,
		write(chunk: string | Uint8Array, _encoding, done) {
			const text = String(chunk);
			frames += text.includes('\u{1B}[?2026l') ? 1 : 0;
			if (awaited && text.includes(awaited.letter)) {
				keysMs.push(performance.now() - awaited.at);
				awaited = undefined;
			}

			done();
		},
	});
	const stdout = Object.assign(output, {isTTY: true, columns: width, rows: height, getColorDepth: () => 24}) as typeof output & NodeJS.WriteStream;
	const input = new PassThrough();
	void openConsole({sources: sourcesIn(folder), actions: {}, role: 'attached', comeBack: '', stdin: keyboardOf(input), stdout, signals: false});
	let since = performance.now();
	let cpu = process.cpuUsage();
	const typeKeys = async () => {
		input.write('/');
		for (let turn = 0; ; turn++) {
			await delay(100 + (turn * 7) % 40);
			const letter = rareLetters[turn % rareLetters.length]!;
			awaited = {letter, at: performance.now()};
			input.write(letter);
			await delay(100);
			// Ctrl-U empties the prompt.
			input.write('\u{15}');
		}
	};

	process.on('message', (what: string) => {
		if (what === 'keys') {
			void typeKeys();
		}

		globalThis.gc?.();
		const {user, system} = process.cpuUsage(cpu);
		const seconds = (performance.now() - since) / 1000;
		const {rss, heapUsed} = process.memoryUsage();
		const report: Report = {frames, seconds, cpuShare: (user + system) / 1e6 / seconds, keysMs: [...keysMs], rssMb: rss / 1e6, heapMb: heapUsed / 1e6};
		frames = 0;
		keysMs.length = 0;
		since = performance.now();
		cpu = process.cpuUsage();
		process.send?.(report);
	});
	process.send?.('ready');
}

function labelOf(place: number): string {
	return `client_${place}`;
}

function sourcesIn(folder: string): RunSources {
	const at = Date.now();
	const events: readonly RunEvent[] = [
		{
			at,
			type: 'suite-started',
			suite: 'flood/smoke',
			name: 'flood_smoke',
			directory: folder,
			engine: 'program',
			args: {},
			inputs: [{n: 1}, {n: 2}],
			selected: [1, 2],
			estimatesMs: [600_000, 600_000],
			runner: {pid: 1, hostname: 'here', version: '0.1.0'},
			hosts: ['127.0.0.1'],
			live: {throughput: rate('none_total')},
			scraping: {isOn: true},
		},
		{at, type: 'benchmark-started', index: 1, id: '001', attempt: 1},
		...Array.from({length: procs}, (_, place): RunEvent => ({
			at,
			type: 'proc-started',
			index: 1,
			label: labelOf(place),
			role: 'client',
			host: '127.0.0.1',
			ip: '127.0.0.1',
			port: 10_000 + place,
			pid: 1000 + place,
		})),
		{at, type: 'phase-entered', index: 1, phase: 'measuring', expectedMs: 600_000},
	];
	return {
		follow(onEvents) {
			onEvents(events);
			const timer = setInterval(() => {
				onEvents([{at: Date.now(), type: 'heartbeat'}]);
			}, 5000);
			return () => {
				clearInterval(timer);
			};
		},
		log: (_benchmark, label, stream) => localFile(path.join(folder, `${label}_${stream}.txt`)),
		file: (_benchmark, name) => localFile(path.join(folder, name)),
		metrics: () => ({source: {select: () => []}, names: () => [], watch: () => () => undefined, close: async () => undefined}),
	};
}

async function writeLogs(folder: string): Promise<void> {
	const files = Array.from({length: procs}, (_, place) => fs.openSync(path.join(folder, `${labelOf(place)}_out.txt`), 'a'));
	const began = performance.now();
	let written = 0;
	while (process.connected) {
		const due = Math.floor((performance.now() - began) / 1000 * linesPerSecond / procs);
		for (const [place, file] of files.entries()) {
			let text = '';
			for (let line = written; line < due; line++) {
				const level = line % 50 === 0 ? 'WARN' : 'INFO';
				text += `[Nov 24 21:20:08.${String(line % 1000).padStart(3, '0')}] [${level}] [Thread 1] Executed command ${line} of client ${place} in slot ${line * 7}.\n`;
			}

			fs.writeSync(file, text);
		}

		written = due;
		await delay(20);
	}
}

async function measureFirstFrame(): Promise<void> {
	const runs = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-frame-'));
	try {
		const cli = path.join(root, 'build/source/cli.js');
		const run = fork(cli, ['run', 'unreplicated/smoke', '--only', '1', '--plain', '-s', runs], {stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: []});
		await once(run, 'exit');
		const [suite = ''] = fs.readdirSync(runs);
		const times: number[] = [];
		for (let round = 0; round < 7; round++) {
			times.push(await untilText([cli, 'attach', path.join(runs, suite)], 'unreplicated_smoke'));
		}

		const floor: number[] = [];
		for (let round = 0; round < 7; round++) {
			floor.push(await untilText(['-e', 'console.log("here")'], 'here'));
		}

		const [ours, bare] = [median(times), median(floor)];
		const best = Math.min(...times).toFixed(0);
		console.log(`first frame of attach: ${ours.toFixed(0)} ms, at best ${best} (bare Node: ${bare.toFixed(0)} ms; ${(ours / bare).toFixed(1)} times)`);
	} finally {
		fs.rmSync(runs, {recursive: true, force: true});
	}
}

// The same benchmark in turn with the console open at 200×50 and without.
async function measureThroughput(): Promise<void> {
	const runs = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-throughput-'));
	const command = [path.join(root, 'build/source/cli.js'), 'run', 'unreplicated/smoke', '--only', '1', '--set', 'duration=5s', '--set', 'timeout=10s', '-s'];
	const shown: number[] = [];
	const plain: number[] = [];
	const firstFrames: number[] = [];
	try {
		for (let round = 0; round < throughputRounds; round++) {
			for (const isShown of round % 2 === 0 ? [true, false] : [false, true]) {
				const folder = fs.mkdtempSync(path.join(runs, 'round-'));
				if (isShown) {
					firstFrames.push(await runOnTerminal([...command, folder]));
				} else {
					await once(fork(command[0]!, [...command.slice(1), folder, '--plain'], {stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: []}), 'exit');
				}

				(isShown ? shown : plain).push(throughputIn(folder));
			}
		}

		console.log(`first frame of run, its runner started: ${median(firstFrames).toFixed(0)} ms, at best ${Math.min(...firstFrames).toFixed(0)}`);
		const [ours, bare] = [median(shown), median(plain)];
		const rates = `${ours.toFixed(0)}/s with the console, ${bare.toFixed(0)}/s with --plain (${percent((ours / bare) - 1)})`;
		console.log(`throughput of the measured suite, medians of ${throughputRounds}: ${rates}`);
	} finally {
		fs.rmSync(runs, {recursive: true, force: true});
	}
}

// How long it took until the keys were named, in ms.
async function runOnTerminal(args: readonly string[]): Promise<number> {
	const began = performance.now();
	let firstFrame: number | undefined;
	const pty = spawn(process.execPath, [...args], {cols: 200, rows: 50, env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}});
	const ended = new Promise<void>(resolve => {
		pty.onExit(() => {
			resolve();
		});
	});
	let seen = '';
	pty.onData(data => {
		// What may be done after the run is named once it is over; then the person leaves.
		seen = (seen + data).slice(-40_000);
		firstFrame ??= seen.includes(' all keys ') ? performance.now() - began : undefined;
		if (seen.includes(' browse ')) {
			seen = '';
			pty.write('q');
		}
	});
	await ended;
	return firstFrame ?? NaN;
}

function throughputIn(folder: string): number {
	const [suite = ''] = fs.readdirSync(folder);
	const [head = '', row = ''] = fs.readFileSync(path.join(folder, suite, 'results.csv'), 'utf8').split(/\r?\n/, 2);
	return Number(row.split(',', 1000)[head.split(',', 1000).indexOf('start_throughput_1s.mean')]);
}

async function untilText(args: readonly string[], text: string): Promise<number> {
	const began = performance.now();
	const pty = spawn(process.execPath, [...args], {cols: 120, rows: 40, env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}});
	try {
		return await new Promise<number>(resolve => {
			let seen = '';
			pty.onData(data => {
				seen += data;
				if (seen.includes(text)) {
					resolve(performance.now() - began);
				}
			});
		});
	} finally {
		pty.kill('SIGKILL');
	}
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
