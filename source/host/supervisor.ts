/*
The controller's end of a supervisor: turns `start` into lines, and the answers into procs. The same for a pipe and for an
SSH channel.
*/
import {randomBytes} from 'node:crypto';
import {type Readable, type Writable} from 'node:stream';
import {createInterface} from 'node:readline';
import {BenchError} from '../core/errors.ts';
import {type Proc, type ProcMarks, type ProcSpec} from '../core/host.ts';
import {startError} from './start-error.ts';
import {procOf, returnCodeOf, type Running} from './supervised-proc.ts';
import {supervisorWord} from './supervisor-script.ts';
import {Watchdog} from './watchdog.ts';

const longestSaid = 2000;
// A shell that cannot fork, say, has nothing to answer.
const startMs = 20_000;
// A lease that ends takes TERM's grace, KILL, and a way back.
const closeMs = 6000;

/** Names a supervisor and, in the environment, what it started. */
export function newLease(): string {
	return randomBytes(8).toString('hex');
}

export type SupervisorStreams = {
	readonly stdin: Writable;
	readonly stdout: Readable;
	/** Where its shell complains. */
	readonly stderr: Readable;
	/** What messages call the host. */
	readonly address: string;
	/** The lease that the script got as BENCHDECK_SUPERVISOR. */
	readonly lease: string;
	/** Variables by which others know whose a proc is, asked for at each start. */
	readonly marks?: ProcMarks | undefined;
};

export class Supervisor {
	readonly #address: string;
	readonly #stdin: Writable;
	readonly #ready = Promise.withResolvers<void>();
	readonly #lost = Promise.withResolvers<Error>();
	readonly #procs = new Map<string, Running>();
	readonly #lease: string;
	readonly #marks: ProcMarks;
	readonly #watchdog: Watchdog;
	#said = '';
	#pid = 0;
	#next = 0;
	/** Counts the times that no proc ran; part of the mark, so that a sweep spares what starts next. */
	#generation = 0;
	#closed = false;
	#dead = false;

	constructor({stdin, stdout, stderr, address, lease, marks}: SupervisorStreams) {
		this.#address = address;
		this.#stdin = stdin;
		this.#lease = lease;
		this.#marks = marks ?? (() => ({}));
		this.#watchdog = new Watchdog({
			beat: number => {
				this.#send(['beat', String(number)]);
			},
			bark: silentS => {
				this.lose(new BenchError('host', `${address}: it has not answered for ${silentS} s; the connection is frozen or the host is down.`));
			},
		});
		// Writing to a supervisor that has just gone fails; `lost` says so.
		stdin.on('error', () => {/* Told by `lost`. */});
		// Nobody may be waiting for it yet.
		this.#ready.promise.catch(() => {/* Told by `ready`. */});
		stderr.on('data', (chunk: Buffer) => {
			this.#said = (this.#said + chunk.toString()).slice(-longestSaid);
		});
		const lines = createInterface({input: stdout});
		lines.on('line', line => {
			this.#answer(line);
		});
		stdout.on('close', () => {
			this.lose(new BenchError('host', `${address}: the supervisor ended${this.#trouble()}.`));
		});
	}

	/** What its shell complained of last. */
	get said(): string {
		return this.#said.trim().split('\n').at(-1)!;
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
		const variables = Object.entries({...spec.env, ...this.#marks(), BENCHDECK_MARK: this.#mark()}).map(([name, value]) => `${name}=${value}`);
		const words = ['start', id, spec.cwd, spec.stdout, spec.stderr, ...variables, '--', ...spec.argv];
		// Before the proc is known: nobody would hear of the end of one that was never asked for.
		if (words.some(one => one.includes('\0'))) {
			throw new BenchError('host', `${this.#address}: cannot start ${spec.label}, one of its words holds a NUL, which no program can get.`);
		}

		this.#procs.set(id, running);
		this.#send(words);
		const late = setTimeout(() => {
			running.isLate = true;
			running.ended = true;
			running.started.reject(new BenchError('host', `${this.#address}: ${spec.label} had not begun ${startMs / 1000} s after it was asked for.`));
		}, startMs);
		try {
			return await running.started.promise;
		} finally {
			clearTimeout(late);
		}
	}

	/** Ends every proc: the end of its input is the end of the lease. Settles when all have gone. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const running of this.#procs.values()) {
			running.ended ||= !running.gone;
		}

		const exits = [...this.#procs.values()].map(async running => running.exited.promise);
		this.#stdin.end();
		const late = setTimeout(() => {
			this.lose(new BenchError('host', `${this.#address}: it did not say within ${closeMs / 1000} s that its procs have ended.`));
		}, closeMs);
		await Promise.all(exits);
		clearTimeout(late);
		this.#watchdog.stop();
	}

	/** Tells everyone that the host is gone. */
	lose(reason: Error): void {
		if (this.#dead) {
			return;
		}

		this.#dead = true;
		this.#watchdog.stop();
		this.#ready.reject(reason);
		// Before its procs' ends, so that who hears of it still knows what ran there.
		if (!this.#closed) {
			this.#lost.resolve(reason);
		}

		for (const running of this.#procs.values()) {
			running.gone = true;
			running.started.reject(reason);
			running.exited.resolve({returnCode: undefined, ended: running.ended, at: Date.now()});
		}

		this.#procs.clear();
	}

	#send(words: readonly string[]): void {
		this.#stdin.write(`${words.map(word => supervisorWord(word)).join(' ')}\n`);
	}

	// A shell also tells of its jobs' ends there.
	#trouble(): string {
		const line = this.#said.split('\n').findLast(one => /fork|memory|resource|limit/i.test(one));
		return line === undefined ? '' : `: ${line.trim().replace(/\.$/, '')}`;
	}

	#mark(): string {
		return `${this.#lease}.${this.#pid}.${this.#generation}.`;
	}

	#begin(pid: number): void {
		this.#pid = pid;
		this.#ready.resolve();
		if (!this.#dead) {
			this.#watchdog.start();
		}
	}

	#answer(line: string): void {
		this.#watchdog.heard();
		const [word = '', id = '', value = ''] = line.split(' ', 3);
		const running = this.#procs.get(id);
		if (word === 'ready') {
			this.#begin(Number(id));
		} else if (running && word === 'pid') {
			running.pid = Number(value);
			running.started.resolve(this.#procOf(id, running));
			if (running.isLate) {
				this.#send(['kill', 'KILL', id, value]);
			}
		} else if (running && word === 'fail') {
			this.#procs.delete(id);
			running.started.reject(startError(this.#address, running.spec, value));
			// Who closes meanwhile waits for its end, too.
			running.exited.resolve({returnCode: undefined, ended: running.ended, at: Date.now()});
		} else if (running && word === 'exit') {
			running.started.reject(new BenchError('host', `${this.#address}: cannot start ${running.spec.label}: its shell ended with ${value} before it.`));
			running.gone = true;
			this.#send(['forget', id]);
			this.#release(id);
			running.exited.resolve({returnCode: returnCodeOf(Number(value), running.told), ended: running.ended, at: Date.now()});
		} else if (line.startsWith('[')) {
			this.#remember(line);
		}
	}

	// A line of `jobs -l`: `[1]+ 4711 Exit 143`, `[1] + 4711 Terminated`.
	#remember(line: string): void {
		const {pid, told} = /^\[\d+\]\D*(?<pid>\d+) (?<told>\S+(?: \S+)*)/.exec(line)?.groups ?? {};
		for (const running of this.#procs.values()) {
			if (told !== undefined && running.pid === Number(pid)) {
				running.told = told;
			}
		}
	}

	/** A proc has gone, or nobody waits for its end any more. */
	#release(id: string): void {
		if (this.#procs.delete(id) && this.#procs.size === 0) {
			// What left its proc's group is not to meet the next benchmark.
			this.#send(['sweep', this.#mark()]);
			this.#generation++;
		}
	}

	#procOf(id: string, running: Running): Proc {
		return procOf(running, {
			signal: async name => {
				if (!running.gone) {
					this.#send(['kill', name.slice(3), id, String(running.pid)]);
				}
			},
			release: () => {
				this.#release(id);
			},
		});
	}
}
