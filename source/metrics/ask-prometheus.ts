import {type Labels} from '../core/series.ts';
import {BenchError} from '../core/errors.ts';
import {type Channel, type Host} from '../core/host.ts';
import {isObject} from '../core/json.ts';
import {ScrapeConnection} from './scrape-connection.ts';

/** One value of an instant vector. */
type VectorValue = {readonly labels: Labels; readonly value: number};

const timeoutMs = 2000;

/**
Asks a Prometheus server that listens on a host's loopback address, as that host sees it.

@param promql An expression that gives an instant vector.
@throws BenchError `metrics` where it does not answer.
*/
export async function askPrometheus(host: Pick<Host, 'open'>, port: number, promql: string): Promise<readonly VectorValue[]> {
	const query = new URLSearchParams({query: promql}).toString();
	const endpoint = {label: 'prometheus', job: 'prometheus', ip: '127.0.0.1', port, path: `/api/v1/query?${query}`};
	const connection = new ScrapeConnection(endpoint, async (_endpoint, openMs): Promise<Channel> => host.open(endpoint, openMs));
	const deadline = setTimeout(() => {
		connection.close(`it did not answer within ${timeoutMs} ms`);
	}, timeoutMs);
	try {
		const {body} = await connection.get(timeoutMs);
		return parseVector(new TextDecoder().decode(body));
	} finally {
		clearTimeout(deadline);
		connection.close();
	}
}

function parseVector(text: string): readonly VectorValue[] {
	const answer: unknown = JSON.parse(text);
	const data = isObject(answer) && isObject(answer['data']) ? answer['data'] : {};
	if (!Array.isArray(data['result'])) {
		throw new BenchError('metrics', 'Prometheus did not answer with a vector.');
	}

	return data['result'].filter(isObject).map(({metric, value}) => ({
		labels: isObject(metric) ? Object.fromEntries(Object.entries(metric).map(([name, label]) => [name, String(label)])) : {},
		value: Array.isArray(value) ? Number(value[1]) : NaN,
	}));
}
