/*
The threads of one analysis: this one and, where there is much to read, others. They share the parts of the files among
them; afterwards one of the others works out what needs no order, while this one goes through the rows in theirs.
*/
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import v8 from 'node:v8';
import {type MessagePort, Worker} from 'node:worker_threads';
import {isObject} from '../core/json.ts';
import {moduleFile} from '../core/module-file.ts';
import {BlockBuilder} from './block.ts';
import {Control, type ControlBuffer} from './control.ts';
import {packError, type PackedError, unpackError} from './packed-error.ts';
import {type ParsedPart, type Part, parsePart} from './parse-part.ts';
import {type RowSummary, summarizeRows, type SummaryRequest} from './summarize-rows.ts';

/** A thread that has less to read than this takes as long to start as it saves, and more of the processors. */
const bytesForThread = 16_777_216;
const mostThreads = 8;

/**
Up to here V8's second optimizing compiler costs more than it saves: what it makes for a loop comes when the loop has been
left, or is thrown away behind it. The first five analyses of 1.4 MB take three fifths of the time without it, half the CPU;
those of 6 to 18 MB the same time, and 5 to 9 % less of the CPU.
*/
const fewBytes = 2 * bytesForThread;

/**
The flag that V8 is best given for an analysis. Without its second compiler it needs one between that and the interpreter, which
is not in use before Node 24, nor on other processors: then all would take four times as long.
*/
export function compilerFlag(bytes: number, {version, arch}: {readonly version: string; readonly arch: string}): string {
	const hasMiddleCompiler = Number(version.split('.', 1)[0]) >= 24 && (arch === 'x64' || arch === 'arm64');
	return hasMiddleCompiler && bytes <= fewBytes ? '--no-turbofan' : '--turbofan';
}

/** What a helping thread is given: it is the recorder's worker with this as its data. */
type HelperData = {
	readonly role: 'helper';
	readonly parts: readonly Part[];
	readonly skipBadRows: boolean;
	readonly control: ControlBuffer;
};

type HelperMessage =
	| {readonly type: 'parsed'; readonly index: number; readonly part: ParsedPart}
	| {readonly type: 'parts-ended'}
	| {readonly type: 'summarized'; readonly summary: RowSummary}
	| {readonly type: 'failed'; readonly error: PackedError};

type Keep = (index: number, part: ParsedPart) => void;

export class Crew {
	readonly #control: Control;
	#helpers: readonly Helper[] = [];

	constructor(control: Control) {
		this.#control = control;
	}

	/**
	Reads parts on all threads. After a bad row that is an error, later parts may be missing from the result.

	@throws {BenchError} As `parsePart`.
	*/
	async parse(parts: readonly Part[], skipBadRows: boolean): Promise<ReadonlyArray<ParsedPart | undefined>> {
		const parsed: Array<ParsedPart | undefined> = parts.map(() => undefined);
		const bytes = parts.reduce((total, part) => total + part.bytes, 0);
		v8.setFlagsFromString(compilerFlag(bytes, {version: process.versions.node, arch: process.arch}));
		const helpers = Math.max(0, Math.min(availableParallelism() - 1, mostThreads - 1, parts.length - 1, Math.floor(bytes / bytesForThread) - 1));
		const data: HelperData = {role: 'helper', parts, skipBadRows, control: this.#control.buffer};
		const keep = (index: number, part: ParsedPart) => {
			parsed[index] = part;
		};

		this.#helpers = Array.from({length: helpers}, () => new Helper(data, keep));
		// Every thread is waited for, whichever fails first.
		const results = await Promise.allSettled([takeParts(data, this.#control, keep), ...this.#helpers.map(async helper => helper.parsed)]);
		for (const result of results) {
			if (result.status === 'rejected') {
				throw result.reason instanceof Error ? result.reason : new Error(String(result.reason));
			}
		}

		return parsed;
	}

	/** What needs no order of the rows: from another thread where there is one, so await it last. */
	async summarize(request: SummaryRequest): Promise<RowSummary> {
		const [helper] = this.#helpers;
		return helper ? helper.summarize(request) : summarizeRows(request, this.#control);
	}

	/** Ends the other threads, whatever they do. */
	async end(): Promise<void> {
		v8.setFlagsFromString('--turbofan');
		await Promise.all(this.#helpers.map(async helper => helper.end()));
	}
}

/** The data of a thread that was started to help. */
export function helperDataOf(data: unknown): HelperData | undefined {
	return isObject(data) && data['role'] === 'helper' ? data as HelperData : undefined;
}

/** The life of a helping thread: takes parts until there are none, then answers until it is ended. */
export async function serveCrew(data: HelperData, port: MessagePort): Promise<void> {
	const control = new Control(data.control);
	const post = (message: HelperMessage) => {
		port.postMessage(message);
	};

	try {
		await takeParts(data, control, (index, part) => {
			post({type: 'parsed', index, part});
		});
		post({type: 'parts-ended'});
		const [request] = await once(port, 'message') as [SummaryRequest];
		post({type: 'summarized', summary: summarizeRows(request, control)});
	} catch (error) {
		post({type: 'failed', error: packError(error)});
	}
}

/** One other thread, from this end. */
class Helper {
	/** Resolves when it has no part left. */
	readonly parsed: Promise<void>;
	readonly #worker: Worker;
	readonly #parsed = Promise.withResolvers<void>();
	readonly #summarized = Promise.withResolvers<RowSummary>();

	constructor(data: HelperData, keep: Keep) {
		this.parsed = this.#parsed.promise;
		// Whoever asks for it hears of a failure; nobody may ask.
		this.#summarized.promise.catch(() => undefined);
		this.#worker = new Worker(moduleFile(import.meta.url, 'source/recorder/recorder-worker'), {workerData: data, execArgv: [], resourceLimits: {maxYoungGenerationSizeMb: 4}});
		this.#worker.on('message', (message: HelperMessage) => {
			this.#hear(message, keep);
		});
		this.#worker.on('error', error => {
			this.#fail(error instanceof Error ? error : new Error(String(error)));
		});
		this.#worker.on('exit', code => {
			this.#fail(new Error(`A thread of the recorder ended with code ${code}.`));
		});
	}

	async summarize(request: SummaryRequest): Promise<RowSummary> {
		this.#worker.postMessage(request);
		return this.#summarized.promise;
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}

	#hear(message: HelperMessage, keep: Keep): void {
		switch (message.type) {
			case 'parsed': {
				keep(message.index, message.part);
				break;
			}

			case 'parts-ended': {
				this.#parsed.resolve();
				break;
			}

			case 'summarized': {
				this.#summarized.resolve(message.summary);
				break;
			}

			case 'failed': {
				this.#fail(unpackError(message.error));
				break;
			}
		}
	}

	#fail(error: Error): void {
		this.#parsed.reject(error);
		this.#summarized.reject(error);
	}
}

async function takeParts({parts, skipBadRows}: HelperData, control: Control, keep: Keep): Promise<void> {
	const builder = new BlockBuilder();
	try {
		for (let index = control.takePart(); index < parts.length; index = control.takePart()) {
			const parsed = await parsePart(parts[index]!, {skipBadRows, control, builder});
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
