/*
A host without processes, for tests of the runner: each proc follows a script of its label, on a clock of the test's, and
writes real files.
*/
import fs from 'node:fs/promises';
import {type Clock} from '../core/clock.ts';
import {BenchError} from '../core/errors.ts';
import {type Host, type Proc, type ProcExit, type ProcSpec} from '../core/host.ts';
import {localFiles} from './local-files.ts';

export type FakeProc = {
	/** Exits by itself after this time; without it, it runs until it is ended. */
	readonly exitsAfterMs?: number;
	readonly returnCode?: number;
	/** Files that it leaves in its directory, written when it starts. */
	readonly files?: Readonly<Record<string, string>>;
	readonly stderr?: string;
	/** The port that it listens on while it runs. */
	readonly listens?: number;
	readonly failsToStart?: string;
};

export type FakeHost = Host & {
	/** Labels in the order in which they started. */
	readonly started: readonly string[];
	/** Labels that benchdeck ended. */
	readonly killed: readonly string[];
	/** Something else that holds a port. */
	readonly ports: Set<number>;
	/** Loses the host: every proc's end becomes unknown. */
	lose(message: string): void;
};

/** A host that runs scripts by label. */
export function createFakeHost(address: string, clock: Clock, scriptOf: (label: string) => FakeProc): FakeHost {
	const started: string[] = [];
	const killed: string[] = [];
	const ports = new Set<number>();
	const lost = Promise.withResolvers<Error>();
	const losing: Array<() => void> = [];
	const running: Proc[] = [];
	const start = async ({label, cwd, stdout, stderr}: ProcSpec): Promise<Proc> => {
		const script = scriptOf(label);
		if (script.failsToStart !== undefined) {
			throw new BenchError('host', script.failsToStart);
		}

		started.push(label);
		const pid = 1000 + started.length;
		await fs.writeFile(stdout, '');
		await fs.writeFile(stderr, script.stderr ?? '');
		await Promise.all(Object.entries(script.files ?? {}).map(async ([name, text]) => fs.writeFile(`${cwd}/${name}`, text)));
		if (script.listens !== undefined) {
			ports.add(script.listens);
		}

		const exited = Promise.withResolvers<ProcExit>();
		const end = (returnCode: number | undefined, ended: boolean) => {
			ports.delete(script.listens ?? -1);
			exited.resolve({returnCode, ended, at: Math.round(clock.now())});
		};

		losing.push(() => {
			end(undefined, false);
		});
		if (script.exitsAfterMs !== undefined) {
			void (async () => {
				await clock.sleep(script.exitsAfterMs ?? 0);
				end(script.returnCode ?? 0, false);
			})();
		}

		let hasExited = false;
		void (async () => {
			await exited.promise;
			hasExited = true;
		})();

		const proc: Proc = {
			label,
			pid,
			startedAt: Math.round(clock.now()),
			exited: exited.promise,
			async signal() {/* A script hears nothing. */},
			async kill() {
				if (!hasExited) {
					killed.push(label);
					end(-15, true);
				}

				return exited.promise;
			},
		};
		running.push(proc);
		return proc;
	};

	return {
		address,
		ip: '127.0.0.1',
		kind: 'fake',
		files: localFiles(address),
		lost: lost.promise,
		started,
		killed,
		ports,
		start,
		run: async () => ({returnCode: 0, stdout: '', stderr: ''}),
		async open({port}) {
			if (!ports.has(port)) {
				throw new BenchError('host', `${address}: nothing listens on port ${port}.`);
			}

			return {
				write: () => true,
				destroy() {/* There is nothing behind it. */},
				async * [Symbol.asyncIterator]() {/* It says nothing. */},
			};
		},
		async close() {
			await Promise.all(running.map(async proc => proc.kill()));
		},
		lose(message) {
			// As a supervisor does: its procs hear of it first.
			for (const loseProc of losing) {
				loseProc();
			}

			lost.resolve(new BenchError('host', message));
		},
	};
}
