/*
A run that a test tells, event by event: what a console reads, in memory.
*/
import {type RunSources, type LogStream} from '../../source/core/console.ts';
import {type RunEvent} from '../../source/core/event.ts';
import {type JsonObject} from '../../source/core/json.ts';
import {quantiles, rate} from '../../source/core/live.ts';
import {type Scraping} from '../../source/core/scraping.ts';
import {SeriesStore} from '../../source/core/series-store.ts';
import {memoryLog, type MemoryLog} from '../../source/logs/memory-log.ts';

/** Without its time: the run's own clock gives it. */
type Untimed<Event> = Event extends RunEvent ? Omit<Event, 'at'> : never;

export type FakeRunOptions = {
	readonly inputs?: readonly JsonObject[];
	readonly scraping?: Scraping;
	readonly startedAt?: number;
	readonly name?: string;
	readonly engine?: string;
};

export const someStart = Date.UTC(2026, 3, 7, 18, 41, 18);

export class FakeRun {
	readonly sources: RunSources;
	readonly store = new SeriesStore();
	now: number;
	readonly #events: RunEvent[] = [];
	readonly #followers = new Set<(events: readonly RunEvent[]) => void>();
	readonly #logs = new Map<string, MemoryLog>();
	readonly #files = new Map<string, MemoryLog>();
	readonly #metricWatchers = new Set<() => void>();

	constructor({
		inputs = [1, 2, 3].map(count => ({f: 1, num_client_procs: count, workload: {size_mean: 1}, timeout: '0:00:02'})),
		scraping = {isOn: true},
		startedAt = someStart,
		name = 'unreplicated_smoke',
		engine = 'embedded',
	}: FakeRunOptions = {}) {
		this.now = startedAt;
		this.sources = {
			follow: onEvents => {
				onEvents([...this.#events]);
				this.#followers.add(onEvents);
				return () => {
					this.#followers.delete(onEvents);
				};
			},
			log: (benchmark, label, stream) => this.log(benchmark, label, stream),
			file: (benchmark, file) => this.file(benchmark, file),
			metrics: () => ({
				source: this.store,
				names: () => this.store.metrics,
				watch: onChange => {
					this.#metricWatchers.add(onChange);
					return () => {
						this.#metricWatchers.delete(onChange);
					};
				},
				close: async () => undefined,
			}),
		};
		this.emit({
			type: 'suite-started',
			suite: 'unreplicated/smoke',
			name,
			directory: `/runs/2026-04-07_18:41:18.000000_HAOSRTGXOI_${name}`,
			engine,
			args: {cluster: 'clusters/local.json'},
			inputs,
			selected: inputs.map((_, place) => place + 1),
			estimatesMs: inputs.map(() => 4000),
			runner: {pid: 4000, hostname: 'here', version: '0.1.0'},
			hosts: ['127.0.0.1'],
			scraping,
			live: {throughput: rate('unreplicated_client_responses_total'), latency: quantiles('unreplicated_client_latency')},
		});
	}

	emit(...events: ReadonlyArray<Untimed<RunEvent>>): void {
		const timed = events.map((event): RunEvent => ({...event, at: this.now}));
		this.#events.push(...timed);
		for (const follower of this.#followers) {
			follower(timed);
		}
	}

	log(benchmark: string, label: string, stream: LogStream): MemoryLog {
		return made(this.#logs, `${benchmark}/${label}_${stream}.txt`);
	}

	file(benchmark: string, name: string): MemoryLog {
		return made(this.#files, `${benchmark}/${name}`);
	}

	/** Starts a benchmark with these processes, `role` or `role_N`. */
	start(index: number, labels: readonly string[], hosts: readonly string[] = ['127.0.0.1']): void {
		const id = String(index).padStart(3, '0');
		this.emit({type: 'benchmark-started', index, id, attempt: 1}, {type: 'phase-entered', index, phase: 'starting-servers'});
		for (const [place, label] of labels.entries()) {
			const host = hosts[place % hosts.length]!;
			this.emit({
				type: 'proc-started',
				index,
				label,
				role: label.replace(/(?:_\d+)+$/, ''),
				host,
				ip: host,
				port: 10_000 + place * 100,
				metricsPort: 10_001 + place * 100,
				pid: 19_344 + place * 11,
			});
		}
	}

	finish(index: number, latency: number, throughput: number): void {
		this.emit({
			type: 'benchmark-finished',
			index,
			id: String(index).padStart(3, '0'),
			durationMs: 4000,
			summary: `{'num_client_procs': ${index}, 'latency.median_ms': '${latency}', 'start_throughput_1s.p90': '${throughput}'}`,
			output: {latency: {median_ms: latency}, start_throughput_1s: {p90: throughput}},
		});
	}

	/** Samples of the two live metrics, as a scrape every 200 ms would bring them, up to now. */
	scrape(fromMs: number, instances: readonly string[], perSecond: (at: number) => number): void {
		for (const instance of instances) {
			const labels = {instance, job: 'unreplicated_client'};
			let total = 0;
			for (let at = this.now - fromMs; at <= this.now; at += 200) {
				total += perSecond(at) / 5 / instances.length;
				this.store.add('unreplicated_client_responses_total', labels, at, total);
				for (const [le, part] of [
					['0.05', 0.1],
					['0.1', 0.6],
					['0.2', 0.95],
					['0.5', 0.995],
					['+Inf', 1],
				] as const) {
					this.store.add('unreplicated_client_latency_bucket', {...labels, le}, at, total * part);
				}
			}
		}

		for (const watcher of this.#metricWatchers) {
			watcher();
		}
	}
}

function made(logs: Map<string, MemoryLog>, name: string): MemoryLog {
	const known = logs.get(name);
	if (known) {
		return known;
	}

	const log = memoryLog(name.slice(name.indexOf('/') + 1));
	logs.set(name, log);
	return log;
}
