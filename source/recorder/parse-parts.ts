import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {Worker, type Transferable} from 'node:worker_threads';
import {isObject} from '../core/json.ts';
import {moduleFile} from '../core/module-file.ts';
import {blockBuffers} from './block.ts';
import {Control, type ControlBuffer} from './control.ts';
import {type ParsedPart, type Part, parsePart} from './parse-part.ts';
import {packError, type PackedError, unpackError} from './packed-error.ts';

/** Another thread takes about as long to start as this one takes to read so many bytes. */
const bytesForThread = 16_777_216;
const mostThreads = 8;

/** What a parsing thread is given: it is the recorder's worker with this as its data. */
export type ParserData = {
	readonly role: 'parser';
	readonly parts: readonly Part[];
	readonly skipBadRows: boolean;
	readonly control: ControlBuffer;
};

/** What it answers, once for each part it took. */
export type ParserMessage = {readonly index: number; readonly parsed: ParsedPart} | {readonly error: PackedError};

/**
Reads parts on this thread and, where there is much to read, on others too. After a bad row that is an error, later parts
may be missing from the result.

@throws {BenchError} As `parsePart`.
*/
export async function parseParts(parts: readonly Part[], {skipBadRows, control}: {readonly skipBadRows: boolean; readonly control: Control}): Promise<ReadonlyArray<ParsedPart | undefined>> {
	const parsed: Array<ParsedPart | undefined> = parts.map(() => undefined);
	const bytes = parts.reduce((total, part) => total + part.bytes, 0);
	const helpers = Math.min(availableParallelism() - 1, mostThreads - 1, parts.length - 1, Math.floor(bytes / bytesForThread));
	const data: ParserData = {role: 'parser', parts, skipBadRows, control: control.buffer};
	const keep = (index: number, part: ParsedPart) => {
		parsed[index] = part;
	};

	const workers = Array.from({length: helpers}, async () => runHelper(data, keep));
	const results = await Promise.allSettled([takeParts(data, control, keep), ...workers]);
	for (const result of results) {
		if (result.status === 'rejected') {
			throw result.reason instanceof Error ? result.reason : new Error(String(result.reason));
		}
	}

	return parsed;
}

/** The data of a thread that was started to parse. */
export function parserDataOf(data: unknown): ParserData | undefined {
	return isObject(data) && data['role'] === 'parser' ? data as ParserData : undefined;
}

/** The life of a parsing thread: takes parts until there are none, and posts what it read. */
export async function serveParts(data: ParserData, post: (message: ParserMessage, transfer: readonly Transferable[]) => void): Promise<void> {
	try {
		await takeParts(data, new Control(data.control), (index, parsed) => {
			post({index, parsed}, parsed.blocks.flatMap(block => blockBuffers(block)));
		});
	} catch (error) {
		post({error: packError(error)}, []);
	}
}

async function takeParts({parts, skipBadRows}: ParserData, control: Control, keep: (index: number, parsed: ParsedPart) => void): Promise<void> {
	try {
		for (let index = control.takePart(); index < parts.length; index = control.takePart()) {
			const parsed = await parsePart(parts[index]!, {skipBadRows, control});
			keep(index, parsed);
			if (parsed.firstBad && !skipBadRows) {
				control.endParts();
			}
		}
	} catch (error) {
		control.endParts();
		throw error;
	}
}

async function runHelper(data: ParserData, keep: (index: number, parsed: ParsedPart) => void): Promise<void> {
	const worker = new Worker(moduleFile(import.meta.url, 'source/recorder/recorder-worker'), {workerData: data, execArgv: []});
	let failure: Error | undefined;
	worker.on('message', (message: ParserMessage) => {
		if ('error' in message) {
			failure = unpackError(message.error);
		} else {
			keep(message.index, message.parsed);
		}
	});
	await once(worker, 'exit');
	if (failure) {
		throw failure;
	}
}
