/*
The recorder's analysis, for any thread that must not stall: the work is done on a thread of its own, which is started
once, stays warm between benchmarks, and never holds the process open.
*/
import {mkdtempSync, rmSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {Worker} from 'node:worker_threads';
import {moduleFile} from '../core/module-file.ts';
import {Control, createControlBuffer} from './control.ts';
import {unpackError} from './packed-error.ts';
import {type RecorderAnalysis, type RecorderRequest} from './request.ts';
import {type AnalysisAnswer, type AnalysisMessage} from './serve-analyses.ts';

export type {Bucket, FileReport, LabelFigures, RecorderAnalysis, RecorderFile, RecorderFormat, RecorderRequest, Window} from './request.ts';
export {NoRowsError} from './no-rows-error.ts';

type AnalyzeOptions = {
	/** Ends the analysis early, with a `canceled` error; nothing half-written stays. */
	readonly signal?: AbortSignal;
	/** Hears at most ten times a second how much of the files was read, and at the end that all of it was. */
	readonly onProgress?: (bytes: number, totalBytes: number) => void;
};

type Pending = {readonly resolve: (analysis: RecorderAnalysis) => void; readonly reject: (error: Error) => void};

const progressMs = 100;

let worker: Worker | undefined;
let lastId = 0;
const pending = new Map<number, Pending>();

/** Starts the recorder's thread, and has its code compiled, so that it is warm when the first benchmark ends. */
export function warmRecorder(): void {
	let folder: string;
	try {
		folder = mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	} catch {
		// Without a temporary folder the first analysis is slower.
		return;
	}

	// The thread is cut off in the midst of it where the run ends early.
	process.once('exit', () => {
		try {
			rmSync(folder, {recursive: true, force: true, maxRetries: 5, retryDelay: 10});
		} catch {
			// A temporary file more is no reason to end otherwise.
		}
	});
	worker ??= createWorker();
	worker.postMessage({type: 'warm-up', folder} satisfies AnalysisMessage);
}

/**
Works out the figures of recorder files on the recorder's thread; requests wait for one another.

@throws {BenchError} For anything that is wrong with the files: one sentence that names the file, and the line and column of
a row that does not parse. A `NoRowsError` names a client that recorded nothing.
*/
export async function analyzeRecorder(request: RecorderRequest, {signal, onProgress}: AnalyzeOptions = {}): Promise<RecorderAnalysis> {
	const control = new Control(createControlBuffer());
	const cancel = () => {
		control.cancel();
	};

	if (signal?.aborted) {
		control.cancel();
	}

	control.throwIfCanceled();
	signal?.addEventListener('abort', cancel, {once: true});
	const progress = reportProgress(request, control, onProgress);
	try {
		const analysis = await ask({type: 'analyze', id: ++lastId, request, control: control.buffer});
		progress.finish();
		return analysis;
	} finally {
		progress.stop();
		signal?.removeEventListener('abort', cancel);
	}
}

async function ask(message: Extract<AnalysisMessage, {readonly type: 'analyze'}>): Promise<RecorderAnalysis> {
	worker ??= createWorker();
	const {promise, resolve, reject} = Promise.withResolvers<RecorderAnalysis>();
	pending.set(message.id, {resolve, reject});
	worker.ref();
	worker.postMessage(message);
	return promise;
}

function createWorker(): Worker {
	const created = new Worker(moduleFile(import.meta.url, 'source/recorder/recorder-worker'), {execArgv: [], resourceLimits: {maxYoungGenerationSizeMb: 4}});
	created.on('message', (answer: AnalysisAnswer) => {
		const asked = pending.get(answer.id);
		pending.delete(answer.id);
		if (pending.size === 0) {
			created.unref();
		}

		if ('error' in answer) {
			asked?.reject(unpackError(answer.error));
		} else {
			asked?.resolve(answer.analysis);
		}
	});
	created.on('error', (error: Error) => {
		lose(created, error);
	});
	created.on('exit', code => {
		lose(created, new Error(`The recorder's thread ended with code ${code}.`));
	});
	// Last: a listener for messages refs the port again.
	created.unref();
	return created;
}

/** The thread is gone: whoever waits hears why, and the next analysis starts another. */
function lose(lost: Worker, error: Error): void {
	if (worker !== lost) {
		return;
	}

	worker = undefined;
	for (const {reject} of pending.values()) {
		reject(error);
	}

	pending.clear();
}

function reportProgress(request: RecorderRequest, control: Control, onProgress: AnalyzeOptions['onProgress']): {finish(): void; stop(): void} {
	if (!onProgress) {
		return {finish: () => undefined, stop: () => undefined};
	}

	const totalBytes = request.files.reduce((total, {path: file, bytesAt}) => total + (statSync(bytesAt ?? file, {throwIfNoEntry: false})?.size ?? 0), 0);
	let last = -1;
	const report = (bytes: number) => {
		if (bytes !== last) {
			last = bytes;
			onProgress(bytes, totalBytes);
		}
	};

	const timer = setInterval(() => {
		report(Math.min(control.bytes, totalBytes));
	}, progressMs);
	timer.unref();
	return {
		// What was counted on the way is rounded, and a short analysis has reported nothing yet.
		finish() {
			report(totalBytes);
		},
		stop() {
			clearInterval(timer);
		},
	};
}
