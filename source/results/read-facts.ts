/*
The facts of one suite directory that a list shows, from as few and as small reads as they can be had from.
*/
import {type Buffer} from 'node:buffer';
import {type Stats} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {gunzipSync, constants as zlib} from 'node:zlib';
import {isObject, type JsonObject} from '../core/json.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {looksLikeRun} from '../directory/list-runs.ts';
import {isBenchmarkId, parseRunName} from '../directory/run-name.ts';
import {statusFromFiles, statusWithoutEnd} from '../directory/run-status.ts';
import {parseResults, resultsNames} from '../directory/results-table.ts';
import {parseTimeText} from '../directory/time-text.ts';
import {type ListedSuite} from './listed-suite.ts';
import {scanJournal} from './scan-journal.ts';

const maxJournal = 64 * 1024 * 1024;
const maxSmall = 16 * 1024 * 1024;
const maxNote = 200;

/** Reads what the list shows of a directory; never rejects. */
export async function readFacts(directory: string, now: number): Promise<ListedSuite> {
	const name = path.basename(directory);
	const parts = parseRunName(name);
	const unread = unreadSuite(directory);
	let entries: readonly string[];
	try {
		entries = await fs.readdir(directory);
	} catch (error) {
		return {...unread, kind: 'unreadable', isRead: true, problem: reasonOf(error)};
	}

	const names = new Set(entries);
	const reader = openReader(directory, names);
	const note = firstLine(await reader.text('notes.md', maxSmall));
	if (!looksLikeRun(name, names)) {
		const runs = entries.filter(entry => parseRunName(entry) !== undefined).length;
		return {...unread, kind: 'foreign', isRead: true, note, problem: runs > 0 ? `holds ${runs} suite director${runs === 1 ? 'y' : 'ies'}: browse it` : 'no run made it'};
	}

	const journal = names.has('events.jsonl') ? await reader.bytes('events.jsonl', maxJournal) : undefined;
	const facts = journal && scanJournal(journal);
	if (facts) {
		const {suite, engine, hosts, total, finished, failed, startedAt, lastAt, outcome} = facts;
		const status = outcome ?? statusWithoutEnd(facts, now);
		const durationMs = (status === 'running' ? now : lastAt) - startedAt;
		return {
			path: directory, name, kind: 'journaled', isRead: true, word: parts?.word,
			suite, engine, startedAt, status, total, finished, failed, durationMs, hosts, note, problem: reader.problem(),
		};
	}

	const files = await factsFromFiles(reader, now);
	return {...unread, ...files, kind: 'harness', isRead: true, note, startedAt: files.startedAt ?? parts?.startedAt, problem: journal ? 'events.jsonl: lacks its beginning' : reader.problem()};
}

/** What a name alone tells. */
export function unreadSuite(directory: string): ListedSuite {
	const name = path.basename(directory);
	const parts = parseRunName(name);
	return {
		path: directory, name, kind: parts ? 'harness' : 'foreign', isRead: false, word: parts?.word, suite: parts?.suite ?? name, startedAt: parts?.startedAt,
		status: undefined, total: 0, finished: 0, failed: 0, durationMs: undefined, hosts: [], note: undefined, problem: undefined,
	};
}

type Reader = {
	readonly directory: string;
	readonly names: ReadonlySet<string>;
	bytes(name: string, limit: number): Promise<Buffer | undefined>;
	text(name: string, limit: number): Promise<string | undefined>;
	stats(name: string): Promise<Stats | undefined>;
	/** The first thing that could not be read. */
	problem(): string | undefined;
};

function openReader(directory: string, names: ReadonlySet<string>): Reader {
	let problem: string | undefined;
	const stats = async (name: string) => {
		try {
			return await fs.stat(path.join(directory, name));
		} catch {
			return undefined;
		}
	};

	const bytes = async (name: string, limit: number) => {
		if (!names.has(name)) {
			return undefined;
		}

		try {
			// Asked before it is opened: a pipe would wait for a writer.
			const found = await fs.stat(path.join(directory, name));
			if (!found.isFile() || found.size > limit) {
				problem ??= `${name}: ${found.isFile() ? 'is too large to be what its name says' : 'is not a file'}`;
				return undefined;
			}

			return await fs.readFile(path.join(directory, name));
		} catch (error) {
			problem ??= `${name}: cannot be read: ${reasonOf(error)}`;
			return undefined;
		}
	};

	return {directory, names, bytes, stats, text: async (name, limit) => (await bytes(name, limit))?.toString('utf8'), problem: () => problem};
}

async function factsFromFiles(reader: Reader, now: number) {
	const {directory, names} = reader;
	const ids = [...names].filter(name => isBenchmarkId(name)).toSorted((one, other) => Number(one) - Number(other));
	const [argsText, inputs, start, stop, results] = await Promise.all([
		reader.text('args.json', maxSmall),
		reader.bytes('inputs.txt', maxSmall),
		reader.text('start_time.txt', maxSmall),
		reader.text('stop_time.txt', maxSmall),
		resultsBytes(reader),
	]);
	const finished = countRows(results);
	const total = Math.max(countLines(inputs), ids.length, ids.length === 0 ? finished : 0);
	const hasStopped = names.has('stop_time.txt');
	// Benchmarks end in order: those without a row are among the last.
	const withoutRow = finished < ids.length ? ids.slice(-Math.min(ids.length - finished, 50)) : [];
	const stopped = await Promise.all(withoutRow.map(async id => reader.stats(path.join(id, 'stop_time.txt'))));
	const startedAt = start === undefined ? undefined : parseTimeText(start);
	const newest = hasStopped || finished >= total ? undefined : await lastSign(reader, ids.at(-1));
	const status = statusFromFiles({hasStopped, total, finished, writtenAt: newest?.at, begunAt: newest?.begunAt ?? startedAt, lastInput: newest?.input}, now);
	const stoppedAt = (stop === undefined ? undefined : parseTimeText(stop)) ?? newest?.at;
	const suite = parsed(argsText)?.['suite'];
	return {
		status, total, finished, startedAt,
		failed: stopped.filter(stats => stats !== undefined).length,
		durationMs: startedAt === undefined || stoppedAt === undefined || stoppedAt < startedAt ? undefined : stoppedAt - startedAt,
		hosts: await hostsOf(directory, ids[0]),
		...(typeof suite === 'string' && {suite}),
	};
}

async function resultsBytes({names, bytes}: Reader): Promise<Buffer | undefined> {
	const name = resultsNames.find(file => names.has(file));
	const content = name === undefined ? undefined : await bytes(name, maxJournal);
	try {
		return content && name?.endsWith('.gz') ? gunzipSync(content, {finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: maxJournal}) : content;
	} catch {
		// The run itself says what is wrong with it.
		return undefined;
	}
}

// Of a run that may still go on: when it last wrote, when its last benchmark began, and with which input.
async function lastSign(reader: Reader, id: string | undefined): Promise<{readonly at: number | undefined; readonly begunAt: number | undefined; readonly input: JsonObject | undefined}> {
	const folder = id === undefined ? reader.directory : path.join(reader.directory, id);
	const inside = await fs.readdir(folder).catch(() => []);
	const stats = await Promise.all([...inside.map(name => path.join(folder, name)), folder, reader.directory].map(async file => fs.stat(file).catch(() => undefined)));
	const times = stats.flatMap(found => found?.mtimeMs ?? []);
	const [begun, input] = id === undefined ? [] : await Promise.all(['start_time.txt', 'input.json'].map(async name => fs.readFile(path.join(folder, name), 'utf8').catch(() => undefined)));
	return {at: times.length === 0 ? undefined : Math.max(...times), begunAt: begun === undefined ? undefined : parseTimeText(begun), input: parsed(input)};
}

async function hostsOf(directory: string, id: string | undefined): Promise<readonly string[]> {
	const text = id === undefined ? undefined : await fs.readFile(path.join(directory, id, 'pids.json'), 'utf8').catch(() => undefined);
	return [...new Set(Object.keys(parsed(text) ?? {}).map(key => key.replace(/:\d+$/, '')))];
}

function parsed(text: string | undefined): JsonObject | undefined {
	try {
		const value = JSON.parse(text ?? '') as unknown;
		return isObject(value) ? value as JsonObject : undefined;
	} catch {
		return undefined;
	}
}

// Rows of results.csv; one that is cut is none.
function countRows(bytes: Buffer | undefined): number {
	const rows = Math.max(0, countLines(bytes) - 1);
	if (!bytes || rows === 0 || bytes.at(-1) === 10) {
		return rows;
	}

	const [heading, last] = [bytes.subarray(0, bytes.indexOf(10) + 1), bytes.subarray(bytes.lastIndexOf(10) + 1)];
	return countLines(last) === 1 && parseResults(heading.toString('utf8') + last.toString('utf8')).rows.length === 0 ? rows - 1 : rows;
}

// Lines that are not empty; those inside a quoted cell do not count.
function countLines(bytes: Buffer | undefined): number {
	if (!bytes) {
		return 0;
	}

	let lines = 0;
	let quotes = 0;
	let from = 0;
	while (from < bytes.length) {
		const end = bytes.indexOf(10, from);
		const to = end === -1 ? bytes.length : end;
		for (let at = bytes.indexOf(34, from); at !== -1 && at < to; at = bytes.indexOf(34, at + 1)) {
			quotes++;
		}

		lines += quotes % 2 === 0 && to - from > (bytes[to - 1] === 13 ? 1 : 0) ? 1 : 0;
		from = to + 1;
	}

	return lines;
}

function firstLine(text: string | undefined): string | undefined {
	const line = text?.split('\n').map(part => part.replace(/^#+\s*/, '').trim()).find(part => part !== '');
	return line === undefined || line.length <= maxNote ? line : `${line.slice(0, maxNote - 1)}…`;
}
