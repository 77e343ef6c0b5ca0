/*
The controller's end of a supervisor: turns `start` into lines, and the answers into procs. The same for a pipe and for an
SSH channel.
*/
import {type Readable, type Writable} from 'node:stream';
import {createInterface} from 'node:readline';
import {BenchError} from '../core/errors.ts';
import {type Proc, type ProcExit, type ProcSpec, type Signal} from '../core/host.ts';
import {supervisorWord} from './supervisor-script.ts';

/** TERM, then this long, then KILL. */
export const defaultGraceMs = 2000;

export type SupervisorStreams = {
	readonly stdin: Writable;
	readonly stdout: Readable;
	/** What messages call the host. */
	readonly address: string;
};

type Running = {
	readonly spec: ProcSpec;
	readonly started: PromiseWithResolvers<Proc>;
	readonly exited: PromiseWithResolvers<ProcExit>;
	pid: number;
	ended: boolean;
	gone: boolean;
};

export class Supervisor {
	readonly #address: string;
	readonly #stdin: Writable;
	readonly #ready = Promise.withResolvers<void>();
	readonly #lost = Promise.withResolvers<Error>();
	readonly #procs = new Map<string, Running>();
	#next = 0;
	#closed = false;
	#dead = false;

	constructor({stdin, stdout, address}: SupervisorStreams) {
		this.#address = address;
		this.#stdin = stdin;
		// Writing to a supervisor that has just gone fails; `lost` says so.
		stdin.on('error', () => {/* Told by `lost`. */});
		// Nobody may be waiting for it yet.
		this.#ready.promise.catch(() => {/* Told by `ready`. */});
		const lines = createInterface({input: stdout});
		lines.on('line', line => {
			this.#answer(line);
		});
		stdout.on('close', () => {
			this.lose(new BenchError('host', `${address}: the supervisor ended.`));
		});
	}

	/** Settles when the supervisor answers. */
	get ready(): Promise<void> {
		return this.#ready.promise;
	}

	get lost(): Promise<Error> {
		return this.#lost.promise;
	}

	async start(spec: ProcSpec): Promise<Proc> {
		if (this.#dead || this.#closed) {
			throw new BenchError('host', `${this.#address}: cannot start ${spec.label}, the connection is closed.`);
		}

		const id = String(this.#next++);
		const running: Running = {spec, started: Promise.withResolvers(), exited: Promise.withResolvers(), pid: 0, ended: false, gone: false};
		this.#procs.set(id, running);
		const variables = Object.entries(spec.env ?? {}).map(([name, value]) => `${name}=${value}`);
		this.#send(['start', id, spec.cwd, spec.stdout, spec.stderr, ...variables, '--', ...spec.argv]);
		return running.started.promise;
	}

	/** Ends every proc: the end of its input is the end of the lease. Settles when all have gone. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const running of this.#procs.values()) {
			running.ended ||= !running.gone;
		}

		const exits = [...this.#procs.values()].map(async running => running.exited.promise);
		this.#stdin.end();
		await Promise.all(exits);
	}

	/** Tells everyone that the host is gone. */
	lose(reason: Error): void {
		if (this.#dead) {
			return;
		}

		this.#dead = true;
		this.#ready.reject(reason);
		for (const running of this.#procs.values()) {
			running.gone = true;
			running.started.reject(reason);
			running.exited.resolve({returnCode: undefined, ended: running.ended, at: Date.now()});
		}

		this.#procs.clear();
		if (!this.#closed) {
			this.#lost.resolve(reason);
		}
	}

	#send(words: readonly string[]): void {
		this.#stdin.write(`${words.map(word => supervisorWord(word)).join(' ')}\n`);
	}

	#answer(line: string): void {
		const [word = '', id = '', value = ''] = line.split(' ', 3);
		const running = this.#procs.get(id);
		if (word === 'ready') {
			this.#ready.resolve();
		} else if (running && word === 'pid') {
			running.pid = Number(value);
			running.started.resolve(this.#procOf(running));
		} else if (running && word === 'fail') {
			this.#procs.delete(id);
			running.started.reject(this.#startError(running.spec, value));
		} else if (running && word === 'exit') {
			running.gone = true;
			this.#procs.delete(id);
			this.#send(['forget', id]);
			const status = Number(value);
			// A shell says 128 + n of a proc that signal n ended.
			running.exited.resolve({returnCode: status > 128 && status <= 192 ? 128 - status : status, ended: running.ended, at: Date.now()});
		}
	}

	#procOf(running: Running): Proc {
		const signal = async (name: Signal) => {
			if (!running.gone) {
				this.#send(['kill', name.slice(3), String(running.pid)]);
			}
		};

		let killing: Promise<ProcExit> | undefined;
		return {
			label: running.spec.label,
			pid: running.pid,
			startedAt: Date.now(),
			exited: running.exited.promise,
			signal,
			async kill(graceMs = defaultGraceMs) {
				killing ??= endProc(running, signal, graceMs);
				return killing;
			},
		};
	}

	#startError({label, argv, cwd}: ProcSpec, reason: string): BenchError {
		const program = argv[0] ?? '';
		switch (reason) {
			case 'program': {
				return new BenchError('host', `${this.#address}: cannot start ${label}, there is no program "${program}" there; install it or put it on the PATH.`);
			}

			case 'directory': {
				return new BenchError('host', `${this.#address}: cannot start ${label}, there is no directory ${cwd} there.`);
			}

			default: {
				return new BenchError('host', `${this.#address}: cannot start ${label}, its output files in ${cwd} cannot be written.`);
			}
		}
	}
}

async function endProc(running: Running, signal: (name: Signal) => Promise<void>, graceMs: number): Promise<ProcExit> {
	if (!running.gone) {
		running.ended = true;
		await signal('SIGTERM');
		const timer = setTimeout(() => {
			void signal('SIGKILL');
		}, graceMs);
		await running.exited.promise;
		clearTimeout(timer);
	}

	return running.exited.promise;
}
