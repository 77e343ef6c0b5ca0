/*
A host that wraps a host: what fails in passing (a refused or reset connection, a missing banner, a channel that was not
opened) is tried again after pauses that grow. Authentication and host keys are never tried again, and neither is anything
that may have begun: a command is never run twice.
*/
import {setTimeout as pause} from 'node:timers/promises';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host, type HostFiles} from '../core/host.ts';
import {TransientError} from './transient-error.ts';

export type RetryOptions = {
	/** Ends the attempts. */
	readonly signal?: AbortSignal | undefined;
	/** Between one attempt and the next. */
	readonly pausesMs?: readonly number[];
};

const defaultPausesMs = [200, 500, 1000, 2000, 4000];

/** Connects, trying again where that may help, and gives a host whose operations do the same. */
export async function retryingHost(connect: () => Promise<Host>, options: RetryOptions = {}): Promise<Host> {
	const host = await retried(connect, options);
	let isLost = false;
	void (async () => {
		await host.lost;
		isLost = true;
	})();

	const again = async <Result>(work: () => Promise<Result>): Promise<Result> => retried(work, options, () => isLost);
	const {files} = host;
	const retryingFiles: HostFiles = {
		makeDirectory: async path => again(async () => files.makeDirectory(path)),
		write: async (path, content) => again(async () => files.write(path, content)),
		read: async (path, offset, length) => again(async () => files.read(path, offset, length)),
		size: async path => again(async () => files.size(path)),
		upload: async (from, to) => again(async () => files.upload(from, to)),
		download: async (from, to) => again(async () => files.download(from, to)),
		list: async path => again(async () => files.list(path)),
		remove: async path => again(async () => files.remove(path)),
	};
	return {
		...host,
		files: retryingFiles,
		run: async (argv, runOptions) => again(async () => host.run(argv, runOptions)),
	};
}

async function retried<Result>(work: () => Promise<Result>, {signal, pausesMs = defaultPausesMs}: RetryOptions, isOver = () => false): Promise<Result> {
	for (const [index, pauseMs] of [...pausesMs, undefined].entries()) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof TransientError) || isOver()) {
				throw error;
			}

			if (pauseMs === undefined) {
				throw new BenchError('host', `${error.message.replace(/\.$/, '')} (tried ${index + 1} times).`, {cause: error});
			}

			try {
				// Hosts that were refused together must not come back together.
				await pause(pauseMs * (0.75 + Math.random() / 2), undefined, {signal});
			} catch {
				throw new BenchError('canceled', `Interrupted: ${messageOf(error)}`, {cause: error});
			}
		}
	}

	throw new BenchError('host', 'There was nothing to try.');
}
