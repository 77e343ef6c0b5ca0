import net from 'node:net';
import {type Log} from './log.ts';

/** A sample as prom-client prints it. */
export type Sample = {readonly labels: Readonly<Record<string, string | number>>; readonly value: number; readonly metricName: string};

/** A metric whose samples are counted elsewhere: prom-client would spend more on each request than the engine does. */
type Metric = {readonly name: string; readonly help: string; readonly type: 'counter' | 'histogram' | 'summary'; readonly samples: () => readonly Sample[]};

/**
Serves metrics on a port; -1 serves none. What prints them is loaded when somebody asks: it takes longer than the program to
start.
*/
export function serveMetrics({host, port, log}: {readonly host: string; readonly port: number; readonly log: Log}, metrics: readonly Metric[]): void {
	if (port === -1) {
		return;
	}

	let answering: ReturnType<typeof answerWith> | undefined;
	const server = net.createServer({noDelay: true, allowHalfOpen: true}, async socket => {
		socket.on('error', () => {/* Whoever asked has gone. */});
		answering ??= answerWith(metrics);
		const answer = await answering;
		answer.emit('connection', socket);
	});
	server.on('error', error => {
		log('error', `Metrics cannot be served on ${host}:${port}: ${error.message}.`);
	});
	server.listen(port, host, () => {
		log('debug', `Metrics are served on ${host}:${port}.`);
	});
	server.unref();
}

/** An HTTP server that gets its connections handed over. */
async function answerWith(metrics: readonly Metric[]) {
	// Modules of CommonJS that are part of a bundle have their default export alone. (In the bundles of the programs they are files beside.)
	const [{default: Registry}, {default: collectDefaultMetrics}] = await Promise.all([import('prom-client/lib/registry.js'), import('prom-client/lib/defaultMetrics.js')]);
	const registry = new Registry();
	collectDefaultMetrics({register: registry});
	for (const {name, help, type, samples} of metrics) {
		const shown = async () => ({name, help, type, aggregator: 'sum', values: samples()});
		registry.registerMetric({name, get: shown});
	}

	const own = new Set(metrics.map(({name}) => name));
	const answerTo = async (url: string) => {
		const names = new URLSearchParams(url.split('?', 2)[1]).getAll('name[]');
		const families = new Set(names.flatMap(name => [name, name.replace(/_(?:bucket|sum|count)$/, '')]));
		// Of Node's own metrics the first of a kind works out the others too; of these alone it is known which that is.
		if (names.some(name => name.startsWith('process_cpu_'))) {
			families.add('process_cpu_user_seconds_total');
		}

		const chosen = registry.getMetricsAsArray().filter(({name}) => families.has(name));
		if (names.length === 0 || chosen.some(({name}) => !own.has(name) && !name.startsWith('process_cpu_'))) {
			return registry.metrics();
		}

		// As other client libraries have it, so that who asks often need not ask for all: Node's own take most of the time.
		const answer = new Registry();
		for (const metric of chosen) {
			answer.registerMetric(metric);
		}

		return answer.metrics();
	};

	// Importing it reads all its exports, which loads WebSocket and takes longer than all else here.
	return process.getBuiltinModule('node:http').createServer((request, response) => {
		void (async () => {
			response.setHeader('content-type', registry.contentType);
			response.end(await answerTo(request.url ?? ''));
		})();
	});
}
