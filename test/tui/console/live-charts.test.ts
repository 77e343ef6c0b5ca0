import assert from 'node:assert/strict';
import test from 'node:test';
import {type LiveMetrics} from '../../../source/core/console.ts';
import {type LiveSpecs, rate} from '../../../source/core/live.ts';
import {recordedLatency, recordedLive, recordedRequests} from '../../../source/core/recorded-live.ts';
import {SeriesStore} from '../../../source/core/series-store.ts';
import {LiveCharts} from '../../../source/tui/console/live-charts.ts';

const startedAt = 1_617_820_860_000;

function metricsOf(store: SeriesStore): LiveMetrics {
	return {source: store, names: () => store.metrics, watch: () => () => undefined, close: async () => undefined};
}

/** Charts after four seconds in which the server counted 1000 requests a second, and clients recorded 500. */
async function chartsOf(specs: LiveSpecs, {isRecorded}: {readonly isRecorded: boolean}): Promise<ReadonlyMap<string, number | undefined>> {
	const [scraped, recorded] = [new SeriesStore(), new SeriesStore()];
	for (let second = 0; second <= 4; second++) {
		const at = startedAt + (second * 1000);
		scraped.add('requests_total', {instance: 'server'}, at, second * 1000);
		if (!isRecorded) {
			continue;
		}

		recorded.add(recordedRequests, {instance: 'client_0', label: 'write'}, at, second * 500);
		for (const le of ['2000000', '+Inf']) {
			recorded.add(`${recordedLatency}_bucket`, {label: 'write', le}, at, second * 500);
		}
	}

	const charts = new LiveCharts({metrics: () => metricsOf(scraped), recorded: () => metricsOf(recorded)}, () => startedAt + 4000, 0);
	const computed = Promise.withResolvers<void>();
	charts.subscribe(() => {
		computed.resolve();
	});
	charts.show({id: '001', startedAt, clients: ['client_0']}, {specs, metrics: [], recordedSpecs: recordedLive});
	await computed.promise;
	const shown = new Map(charts.charts().map(({name, points}) => [name, points.at(-1)?.figures[0]?.value]));
	charts.close();
	return shown;
}

test('What a suite names no metric for comes from the recorder files', async () => {
	const none = await chartsOf({}, {isRecorded: true});
	assert.deepEqual([...none.keys()], ['throughput', 'latency']);
	assert.equal(none.get('throughput'), 500);
	const one = await chartsOf({throughput: rate('requests_total')}, {isRecorded: true});
	assert.deepEqual([...one.keys()], ['throughput', 'latency']);
	assert.equal(one.get('throughput'), 1000, 'what is scraped goes before what is estimated');
	assert.ok(one.get('latency')! > 0);
});

test('Where clients record nothing, no chart is made up', async () => {
	assert.deepEqual([...await chartsOf({}, {isRecorded: false})], []);
	assert.deepEqual([...(await chartsOf({throughput: rate('requests_total')}, {isRecorded: false})).keys()], ['throughput']);
});
