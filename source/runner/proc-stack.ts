/*
The procs of one benchmark: started together, watched, and ended whatever happens.
*/
import {type StartedProc} from '../core/event.ts';
import {type Host, type Proc, type ProcExit} from '../core/host.ts';
import {type PlannedProc} from '../core/plan.ts';
import {type Death} from './failure.ts';

export type RunningProc = {readonly plan: PlannedProc; readonly host: Host; readonly proc: Proc};

/** A proc's working directory and the files of its streams, on its host. */
export type OutputFiles = {readonly cwd: string; readonly stdout: string; readonly stderr: string};
export type OutputOf = (label: string, host: string) => OutputFiles;

/** What Prometheus gets to write its last samples down. */
const databaseGraceMs = 30_000;

type ProcStackOptions = {
	readonly onStart: (started: StartedProc, running: RunningProc) => void;
	readonly onExit: (plan: PlannedProc, exit: ProcExit) => void;
};

export class ProcStack {
	readonly running: RunningProc[] = [];
	readonly #exits = new Map<string, ProcExit>();
	readonly #onExit: ProcStackOptions['onExit'];
	readonly #onStart: ProcStackOptions['onStart'];
	readonly #death = Promise.withResolvers<Death>();
	readonly #deaths: Death[] = [];
	readonly #started: Array<Promise<unknown>> = [];

	constructor({onStart, onExit}: ProcStackOptions) {
		this.#onStart = onStart;
		this.#onExit = onExit;
	}

	/** Settles with the first proc that died before its time; never rejects. */
	get death(): Promise<Death> {
		return this.#death.promise;
	}

	/** Deaths in the order in which they were learnt of. */
	get deaths(): readonly Death[] {
		return this.#deaths;
	}

	/** Starts procs side by side, in the order of the list on each host. */
	async start(plans: readonly PlannedProc[], hostOf: (address: string) => Promise<Host>, outputOf: OutputOf): Promise<void> {
		const patient = {BENCHDECK_PATIENT: String(plans.filter(plan => plan.patient).length)};
		const starting = plans.map(async plan => {
			const host = await hostOf(plan.host);
			const proc = await host.start({label: plan.label, argv: plan.argv, env: {...plan.env, ...(plan.patient && patient)}, ...outputOf(plan.label, plan.host)});
			const running = {plan, host, proc};
			this.running.push(running);
			this.#onStart({label: plan.label, role: plan.role, host: plan.host, ip: plan.ip, port: plan.port, metricsPort: plan.metricsPort, pid: proc.pid}, running);
			void this.#watch(plan, host, proc);
		});
		this.#started.push(...starting);
		await Promise.all(starting);
	}

	/** Settles when all procs of a kind have exited. */
	async exited(kind: PlannedProc['kind']): Promise<void> {
		await Promise.all(this.running.filter(({plan}) => plan.kind === kind).map(async ({proc}) => proc.exited));
	}

	hasExited(label: string): boolean {
		return this.#exits.has(label);
	}

	/** Ends what still runs, also what was being started. Idempotent. */
	async end(): Promise<void> {
		await Promise.allSettled(this.#started);
		await Promise.all(this.running.map(async ({plan, proc}) => proc.kill(plan.kind === 'prometheus' ? databaseGraceMs : undefined)));
	}

	async #watch(plan: PlannedProc, host: Host, proc: Proc): Promise<void> {
		const exit = await proc.exited;
		this.#exits.set(plan.label, exit);
		this.#onExit(plan, exit);
		if (!exit.ended && diedEarly(plan, exit)) {
			const death = {proc: plan, exit, host};
			this.#deaths.push(death);
			this.#death.resolve(death);
		}
	}
}

// Servers run until they are ended; clients and drivers end by themselves, with 0. Prometheus is an onlooker.
function diedEarly(plan: PlannedProc, exit: ProcExit): boolean {
	return plan.kind === 'server' || (plan.kind !== 'prometheus' && exit.returnCode !== 0);
}
