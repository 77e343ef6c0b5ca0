import type PromClient from 'prom-client';
import {type Log} from './log.ts';

/** Serves metrics on a port, once the program has more urgent things behind it; -1 serves none. */
export function serveMetrics({host, port, log}: {readonly host: string; readonly port: number; readonly log: Log}, register: (prometheus: typeof PromClient) => void): void {
	if (port === -1) {
		return;
	}

	void (async () => {
		// Each of them takes longer to load than the program to start, and holds up what else is to be done.
		await new Promise(resolve => {
			setImmediate(resolve);
		});
		// A CommonJS module that is part of a bundle has its default export alone.
		const {default: prometheus} = await import('prom-client');
		// Importing it reads all its exports, which loads WebSocket and takes longer than all else here.
		const http = process.getBuiltinModule('node:http');
		prometheus.collectDefaultMetrics();
		register(prometheus);
		const server = http.createServer((_request, response) => {
			void (async () => {
				response.setHeader('content-type', prometheus.register.contentType);
				response.end(await prometheus.register.metrics());
			})();
		});
		server.on('error', error => {
			log('error', `Metrics cannot be served on ${host}:${port}: ${error.message}.`);
		});
		server.listen(port, host, () => {
			log('debug', `Metrics are served on ${host}:${port}.`);
		});
		server.unref();
	})();
}

/** A sample as prom-client prints it. */
export type Sample = {readonly labels: Readonly<Record<string, string | number>>; readonly value: number; readonly metricName: string};

/**
Has a histogram or summary show samples that are counted elsewhere: prom-client would spend more on each request than the
engine does.
*/
export function showAs(metric: object, type: 'histogram' | 'summary', samples: () => readonly Sample[]): void {
	const {name, help} = metric as {readonly name: string; readonly help: string};
	const shown = async () => ({name, help, type, aggregator: 'sum', values: samples()});
	Object.assign(metric, {get: shown, getForPromString: shown});
}
