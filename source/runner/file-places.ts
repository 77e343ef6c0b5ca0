/*
Files of a run on its hosts. Where a host shares the suite directory nothing is copied. Where it does not, each benchmark has
a directory in a temporary one there: what the procs read goes up before they start, and everything comes back when they
have ended, also after a failure. A host that was lost and comes back still has what it had; that comes home then.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {collectFiles} from './collect-files.ts';
import {BenchmarkFailure} from './failure.ts';
import {type HostPlace, makeTemporary, removeTemporary, sharesDirectory} from './host-place.ts';
import {type BenchmarkContext, type BenchmarkHooks} from './hooks.ts';

const reconnectMs = 10_000;

/** A benchmark directory on a host that has not come home. */
type Away = {readonly directory: string; readonly home: string; readonly sent: ReadonlySet<string>};

export class FilePlaces {
	readonly #parent: string;
	readonly #hostOf: (address: string) => Promise<Host>;
	#suiteDirectory: string | undefined;
	readonly #places = new Map<string, HostPlace>();
	readonly #away = new Map<string, Away[]>();
	/** Hosts that are connected. */
	readonly #hosts = new Map<string, Host>();

	/**
	Knows no host yet.

	@param parent The directory that suite directories are made in.
	@param hostOf
	*/
	constructor(parent: string, hostOf: (address: string) => Promise<Host>) {
		this.#parent = parent;
		this.#hostOf = hostOf;
	}

	/** Finds out where files lie on a host; to be called when it is connected, also anew. */
	async arrive(host: Host): Promise<void> {
		this.#hosts.set(host.address, host);
		void (async () => {
			await host.lost;
			if (this.#hosts.get(host.address) === host) {
				this.#hosts.delete(host.address);
			}
		})();

		if (!this.#places.has(host.address)) {
			this.#places.set(host.address, {directory: await sharesDirectory(host, this.#parent) ? undefined : await makeTemporary(host)});
		}
	}

	/** False where a host's files have to be carried; true also where it is not connected yet. */
	isShared(address: string): boolean {
		return this.#places.get(address)?.directory === undefined;
	}

	/** Where a benchmark directory of this machine lies on a host. */
	directoryOn(address: string, directory: string): string {
		const place = this.#places.get(address)?.directory;
		return place === undefined ? directory : `${place}/${path.basename(directory)}`;
	}

	/** The part of a runner in each benchmark. */
	get hooks(): BenchmarkHooks {
		return {
			place: async context => {
				this.#suiteDirectory = path.dirname(context.directory.path);
				await Promise.all(this.#apart(context.plan).map(async address => this.#send(address, context)));
			},
			collect: async (context, stopped) => {
				// Where all is here already, the analysis need not wait for the servers' end.
				if (this.#apart(context.plan).length > 0) {
					await stopped;
					await this.#collect(context);
				}
			},
			over: async () => this.#close(),
		};
	}

	/** The directory of the run, from its first benchmark on. */
	get suiteDirectory(): string | undefined {
		return this.#suiteDirectory;
	}

	/** Brings home what is still away and removes the temporary directories; gives a sentence for each thing that stays. */
	async #close(): Promise<readonly string[]> {
		const places = [...this.#places].flatMap(([address, {directory}]) => directory === undefined ? [] : [{address, directory}]);
		const told = await Promise.all(places.map(async ({address, directory}) => {
			try {
				const host = await this.#connected(address);
				const failures = await this.#bringHome(host);
				if (failures.length > 0) {
					return [...failures, `What did not come over stays on ${address} in ${directory}.`];
				}

				await removeTemporary(host, directory);
				return [];
			} catch (error) {
				return [`${messageOf(error)} Files of this run stay there in ${directory}.`];
			}
		}));
		this.#places.clear();
		return told.flat();
	}

	#apart({procs}: BenchmarkPlan): readonly string[] {
		return [...new Set(procs.map(({host}) => host))].filter(address => !this.isShared(address));
	}

	async #send(address: string, {plan, directory, directoryOn}: BenchmarkContext): Promise<void> {
		const host = await this.#hostOf(address);
		const there = directoryOn(address);
		// An earlier attempt may have lost the host and left its files there.
		await this.#bringHome(host, await latestAttempt(directory.path));
		await host.files.makeDirectory(there);
		const names = Object.keys(plan.files);
		await Promise.all(names.map(async name => {
			await host.files.makeDirectory(path.posix.dirname(`${there}/${name}`));
			await host.files.upload(directory.file(name), `${there}/${name}`);
		}));
		this.#away.set(address, [...this.#away.get(address) ?? [], {directory: there, home: directory.path, sent: new Set(names)}]);
	}

	async #collect({plan, emit}: BenchmarkContext): Promise<void> {
		const answers = await Promise.all(this.#apart(plan).map(async address => {
			try {
				const host = this.#hosts.get(address);
				const failures = host ? await this.#bringHome(host) : [`the connection to ${address} was lost, and what the procs wrote there stays until it is back.`];
				return failures.map(message => ({address, message}));
			} catch (error) {
				return [{address, message: messageOf(error)}];
			}
		}));
		const [first, ...rest] = answers.flat();
		for (const {message} of rest) {
			emit({type: 'warned', index: plan.index, message});
		}

		if (first) {
			throw new BenchmarkFailure({kind: 'not-collected', host: first.address, message: `what the procs wrote did not all come over: ${first.message}`});
		}
	}

	/** A host, connected to anew where it was lost; not waited for long. */
	async #connected(address: string): Promise<Host> {
		const late = Promise.withResolvers<Host>();
		const timer = setTimeout(() => {
			late.reject(new BenchError('host', `${address} cannot be reached any more.`));
		}, reconnectMs);
		try {
			return await Promise.race([this.#hostOf(address), late.promise]);
		} finally {
			clearTimeout(timer);
		}
	}

	/** Collects what is away on a host; what fails stays away, and is told. */
	async #bringHome(host: Host, home?: string): Promise<readonly string[]> {
		const all = this.#away.get(host.address) ?? [];
		const failures: string[] = [];
		for (const away of all) {
			const collected = await collectFiles(host, away.directory, home ?? away.home, away.sent);
			failures.push(...collected.failures);
			if (collected.failures.length > 0) {
				continue;
			}

			await host.files.remove(away.directory);
			this.#away.set(host.address, (this.#away.get(host.address) ?? []).filter(one => one !== away));
		}

		return failures;
	}
}

async function latestAttempt(directory: string): Promise<string | undefined> {
	const attempts = (await fs.readdir(directory)).filter(name => /^attempt-\d+$/.test(name)).toSorted((one, other) => Number(one.slice(8)) - Number(other.slice(8)));
	return attempts.length === 0 ? undefined : path.join(directory, attempts.at(-1)!);
}
