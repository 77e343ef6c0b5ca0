/*
The results browser on a terminal without a window, over directories that look the same on every machine.
*/
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {openJournal} from '../../source/directory/journal.ts';
import {type BrowserEnd, type BrowserOptions, openBrowser} from '../../source/tui/open-browser.ts';
import {temporaryFolder} from './command.ts';
import {FakeTerminal} from './fake-terminal.ts';
import {matchesGolden} from './golden.ts';
import {suiteStarted} from './suite-directories.ts';
import {until} from './until.ts';

/** Long after all that the browser shows in tests. */
export const now = Date.UTC(2026, 10, 24, 12);

/** A screen that is drawn anew as a golden one is whole when so long nothing changed. */
const stillMs = 500;

export type OpenBrowser = {readonly terminal: FakeTerminal; readonly ended: Promise<BrowserEnd>};

/** A browser that is closed with the test whatever happens. */
export function browser(context: TestContext, options: Partial<BrowserOptions> & Pick<BrowserOptions, 'start' | 'roots'>, [columns, rows]: readonly [number, number] = [120, 40]): OpenBrowser {
	const terminal = new FakeTerminal(columns, rows);
	const ended = openBrowser({stdin: terminal.stdin, stdout: terminal.stdout, env: {LANG: 'C.UTF-8', TERM: 'xterm-256color'}, signals: false, clock: () => now, ...options});
	context.after(async () => {
		terminal.stdin.emit('end');
		await ended.catch(() => undefined);
		terminal.dispose();
	});
	return {terminal, ended};
}

/** A working directory for the test; times are UTC in it. */
export function workIn(context: TestContext, directory: string): void {
	const [before, zone] = [process.cwd(), process.env['TZ']];
	process.chdir(directory);
	process.env['TZ'] = 'UTC';
	context.after(() => {
		process.chdir(before);
		if (zone === undefined) {
			delete process.env['TZ'];
		} else {
			process.env['TZ'] = zone;
		}
	});
}

/** Waits until the screen is the golden one; what was shown instead is the failure. */
export async function showsGolden(terminal: FakeTerminal, name: string, ready: string | RegExp): Promise<void> {
	await terminal.waitFor(ready);
	if (process.env['UPDATE_GOLDEN'] === '1') {
		await staysAsItIs(terminal);
	} else {
		const golden = fs.readFileSync(new URL(`../golden/browser/${name}`, import.meta.url), 'utf8');
		await terminal.waitFor(text => `${text}\n` === golden).catch(() => undefined);
	}

	matchesGolden(`browser/${name}`, `${terminal.text()}\n`);
}

/** Waits until nothing is being read and nothing more was drawn for a while. */
async function staysAsItIs(terminal: FakeTerminal): Promise<void> {
	let [writes, since] = [terminal.writes, Date.now()];
	await until('a screen that stays as it is', () => {
		if (terminal.writes !== writes || /\b(?:reading|searching|working it out) …/i.test(terminal.text())) {
			[writes, since] = [terminal.writes, Date.now()];
		}

		return Date.now() - since >= stillMs;
	});
}

const startedAt = Date.UTC(2026, 10, 23, 9, 30);

/**
A root with one run of two benchmarks: the first finished, with series and logs; in the second the server died.

@returns The root, which holds `runs/`.
*/
export function rootWithFailure(context: TestContext): string {
	const root = temporaryFolder(context);
	const directory = path.join(root, 'runs', '2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke');
	fs.mkdirSync(path.join(directory, '001'), {recursive: true});
	fs.mkdirSync(path.join(directory, '002'));
	const at = (seconds: number) => startedAt + (seconds * 1000);
	const proc = (index: number, label: string, seconds: number, pid: number): RunEvent => ({
		type: 'proc-started',
		at: at(seconds),
		index,
		label,
		role: label,
		host: 'localhost',
		ip: '127.0.0.1',
		port: 10_000 + pid,
		pid,
	});
	const events: readonly RunEvent[] = [
		suiteStarted(startedAt, [{clients: 1}, {clients: 2}, {clients: 3}]),
		{type: 'benchmark-started', at: at(0), index: 1, id: '001', attempt: 1},
		{type: 'phase-entered', at: at(0), index: 1, phase: 'starting-servers'},
		proc(1, 'server', 0, 100),
		{type: 'phase-entered', at: at(2), index: 1, phase: 'warming-up'},
		proc(1, 'client_0', 2, 200),
		{type: 'phase-entered', at: at(5), index: 1, phase: 'measuring'},
		{type: 'phase-entered', at: at(25), index: 1, phase: 'stopping'},
		{type: 'proc-exited', at: at(25), index: 1, label: 'client_0', returnCode: 0, ended: false},
		{type: 'proc-exited', at: at(26), index: 1, label: 'server', returnCode: -15, ended: true},
		{
			type: 'benchmark-finished',
			at: at(28),
			index: 1,
			id: '001',
			durationMs: 28_000,
			summary: '{}',
			output: {latency: {median_ms: 0.0612}, start_throughput_1s: {p90: 14_731}},
		},
		{type: 'benchmark-started', at: at(28), index: 2, id: '002', attempt: 1},
		proc(2, 'server', 28, 101),
		proc(2, 'client_0', 29, 201),
		{type: 'proc-exited', at: at(31), index: 2, label: 'server', returnCode: 1, ended: false},
		{
			type: 'benchmark-failed',
			at: at(32),
			index: 2,
			id: '002',
			durationMs: 4000,
			failure: {
				kind: 'proc-died',
				message: 'server on localhost died with return code 1.',
				label: 'server',
				host: 'localhost',
				returnCode: 1,
				lines: ['java.net.BindException: Address already in use'],
				commandFile: '002/server_cmd.txt',
			},
		},
		{type: 'suite-finished', at: at(32), outcome: 'failed', finished: 1, failed: 1},
	];
	const journal = openJournal(path.join(directory, 'events.jsonl'));
	for (const event of events) {
		journal.write(event);
	}

	journal.close();
	const write = (name: string, text: string) => {
		fs.writeFileSync(path.join(directory, name), text);
	};

	const line = (seconds: number, text: string) => `${new Date(at(seconds)).toISOString()} ${text}\n`;
	write('results.csv', 'clients,latency.median_ms,start_throughput_1s.p90\n1,0.0612,14731.0\n');
	write('notes.md', '# Before the new batcher\n');
	write('environment.json', '{"hosts": {"localhost": {"utc_offset": "+0000"}}}');
	const windows = Array.from({length: 20}, (_, second) => {
		const count = 10_000 + ((second % 5) * 1000);
		return `write,${new Date(at(5 + second)).toISOString()},${count},${count}.0,0.06,0.1,0.${20 + second},1.5\n`;
	});
	write('001/series.csv', `label,start,count,throughput,p50_ms,p95_ms,p99_ms,max_ms\n${windows.join('')}`);
	write('001/server_out.txt', Array.from({length: 28}, (_, second) => line(second, `INFO tick ${second} of the server`)).join(''));
	write('001/client_0_out.txt', Array.from({length: 24}, (_, second) => line(2 + second, second === 9 ? 'ERROR the request was refused' : `INFO tick ${second} of the client`)).join(''));
	write('002/server_out.txt', line(28, 'INFO starting'));
	write('002/server_err.txt', 'java.net.BindException: Address already in use\n    at Server.main(Server.java:7)\n');
	write('002/client_0_err.txt', line(31, 'WARN connection to the server was lost'));
	for (const [id, label, code] of [['001', 'server', '-15'], ['001', 'client_0', '0'], ['002', 'server', '1'], ['002', 'client_0', '-15']] as const) {
		write(`${id}/${label}_cmd.txt`, `java -cp app.jar ${label} > /runs/${id}/${label}_out.txt 2> /runs/${id}/${label}_err.txt`);
		write(`${id}/${label}_returncode.txt`, code);
	}

	return root;
}
