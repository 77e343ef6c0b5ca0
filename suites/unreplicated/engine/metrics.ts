import http from 'node:http';
import type PromClient from 'prom-client';
import {type Log} from './log.ts';

/** Serves metrics on a port, once the program has more urgent things behind it; -1 serves none. */
export function serveMetrics({host, port, log}: {readonly host: string; readonly port: number; readonly log: Log}, register: (prometheus: typeof PromClient) => void): void {
	if (port === -1) {
		return;
	}

	void (async () => {
		// prom-client takes longer to load than the program to start.
		const prometheus = await import('prom-client');
		prometheus.collectDefaultMetrics();
		register(prometheus.default);
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
