import {rm} from 'node:fs/promises';
import {type LiveMetrics} from '../core/console.ts';
import {isObject} from '../core/json.ts';
import {type Series} from '../core/series.ts';
import {servePrometheus} from '../metrics/prometheus-server.ts';

// What the browser charts, and no more: a database of a night holds thousands of names.
const charted = /(?:_responses_total|_requests_total|latency_sum|latency_count)$/;

/**
The samples of a Prometheus database, through a server that runs until the metrics are closed.

@param folder A folder of its own, removed at the end.
@throws BenchError `metrics` where Prometheus is not installed or does not take the database.
*/
export async function serveMetrics(database: string, folder: string): Promise<LiveMetrics> {
	const server = await servePrometheus({database, folder});
	const close = async () => {
		await server.stop();
		await rm(folder, {recursive: true, force: true});
	};

	try {
		const names = (await server.names()).filter(name => charted.test(name));
		const series = new Map(await Promise.all(names.map(async name => [name, await seriesOf(server.url, name)] as const)));
		return {
			source: {select: metric => series.get(metric) ?? []},
			names: () => names,
			watch: () => () => undefined,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Every sample of a name, as raw as they were scraped. */
async function seriesOf(url: string, metric: string): Promise<readonly Series[]> {
	const query = new URLSearchParams({query: `${metric}[100y]`, time: String(Math.ceil(Date.now() / 1000))});
	const body: unknown = await (await fetch(`${url}/api/v1/query?${query.toString()}`)).json();
	const data = isObject(body) && isObject(body['data']) ? body['data'] : {};
	const results = Array.isArray(data['result']) ? data['result'].filter(isObject) : [];
	return results.map((result): Series => {
		const pairs = (Array.isArray(result['values']) ? result['values'] : []).filter(Array.isArray) as ReadonlyArray<readonly unknown[]>;
		const labels = isObject(result['metric']) ? Object.entries(result['metric']).filter(([name]) => name !== '__name__').map(([name, value]) => [name, String(value)]) : [];
		return {
			metric,
			labels: Object.fromEntries(labels) as Record<string, string>,
			times: Float64Array.from(pairs, ([at]) => Number(at) * 1000),
			values: Float64Array.from(pairs, ([, value]) => Number(value)),
		};
	});
}
