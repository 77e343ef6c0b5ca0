/*
The run as a target of Prometheus: its progress, so that a long one is watched and alerted on from outside.
*/
import {once} from 'node:events';
import {BenchError, messageOf} from '../core/errors.ts';
import {type WatchStatus} from '../core/metrics-watch.ts';
import {selectElapsed, selectEta, selectProgress, selectRunning} from '../core/selectors.ts';
import {type RunState} from '../core/state.ts';

export type ExportedRun = {
	/** Of what is asked for at a scrape. */
	readonly state: () => RunState;
	readonly scraping: () => readonly WatchStatus[];
	readonly now: () => number;
};

export type RunExporter = {readonly port: number; close(): Promise<void>};

/**
Serves `/metrics` on a port of all addresses of this machine; port 0 is any that is free.

@throws BenchError `usage` where the port cannot be had.
*/
export async function exportRun(port: number, run: ExportedRun): Promise<RunExporter> {
	const {default: {Gauge, Registry}} = await import('prom-client');
	const register = new Registry();
	const gauge = (name: string, help: string, labelNames: readonly string[], samples: () => ReadonlyArray<readonly [labels: Readonly<Record<string, string>>, value: number]>) => new Gauge({
		name: `benchdeck_${name}`, help, labelNames: [...labelNames], registers: [register],
		collect() {
			this.reset();
			for (const [labels, value] of samples()) {
				this.set({...labels}, value);
			}
		},
	});
	const one = (name: string, help: string, value: (state: RunState) => number) => gauge(name, help, [], () => [[{}, value(run.state())]]);
	const each = (name: string, help: string, value: (status: WatchStatus) => number | undefined) => gauge(name, help, ['label'], () => run.scraping().flatMap(status => {
		const found = value(status);
		return found === undefined ? [] : [[{label: status.label}, found] as const];
	}));
	gauge('suite_info', 'The run: always 1.', ['suite', 'directory', 'engine'], () => {
		const {suite, directory, engine} = run.state();
		return [[{suite, directory, engine}, 1]];
	});
	gauge('benchmarks', 'Benchmarks of the run, by what became of them.', ['status'], () => {
		const {total, finished, failed} = selectProgress(run.state());
		const running = selectRunning(run.state()) ? 1 : 0;
		return [[{status: 'finished'}, finished], [{status: 'failed'}, failed], [{status: 'running'}, running], [{status: 'waiting'}, total - finished - failed - running]];
	});
	gauge('phase', 'The phase of the benchmark that runs: 1.', ['benchmark', 'phase'], () => {
		const running = selectRunning(run.state());
		return running?.phase === undefined ? [] : [[{benchmark: running.id, phase: running.phase}, 1]];
	});
	one('failures_total', 'Benchmarks that failed.', state => selectProgress(state).failed);
	one('eta_seconds', 'Until the last benchmark ends.', state => selectEta(state, run.now()) / 1000);
	one('elapsed_seconds', 'Since the run started.', state => selectElapsed(state, run.now()) / 1000);
	one('last_event_timestamp_seconds', 'Of the last event; a run tells of itself every five seconds.', state => state.lastEventAt / 1000);
	each('scrape_duration_seconds', 'Of the last scrape of a proc.', ({lastDurationMs}) => lastDurationMs === undefined ? undefined : lastDurationMs / 1000);
	each('scrapes_total', 'Scrapes of a proc that were answered.', ({scrapes}) => scrapes);
	each('scrape_failures_total', 'Scrapes of a proc that were not.', ({failures}) => failures);

	// Importing it reads all its exports, which loads WebSocket and takes longer than all else that a run starts with.
	const server = process.getBuiltinModule('node:http').createServer((request, response) => {
		void (async () => {
			const isMetrics = request.url?.split('?', 1)[0] === '/metrics';
			response.writeHead(isMetrics ? 200 : 404, {'content-type': isMetrics ? register.contentType : 'text/plain'});
			response.end(isMetrics ? await register.metrics() : 'Metrics are at /metrics.\n');
		})();
	});
	server.listen(port);
	try {
		await once(server, 'listening');
	} catch (error) {
		throw new BenchError('usage', `--metrics-port ${port}: ${messageOf(error)}; take another port.`, {cause: error});
	}

	// The exporter alone keeps no run alive.
	server.unref();
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : port,
		async close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
