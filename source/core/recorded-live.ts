/*
Live figures of clients that export no metrics, from the tails of their recorder files: the series that are estimated from
them, and how to evaluate them as if they had been scraped.
*/
import {type LiveSpecs, quantiles, rate} from './live.ts';

const origin = 'from the tails of the recorder files';

/** Requests that started so far: a counter, `{instance: 'client_0', label: 'write'}`. */
export const recordedRequests = 'recorder_requests_total';
/** Their latency, each row once: a histogram over all clients, `{label: 'write', le: '65535'}`. */
export const recordedLatency = 'recorder_latency_nanos';

/** What the live charts of a protocol without metrics show. */
export const recordedLive = {
	throughput: {...rate(recordedRequests), origin},
	latency: {...quantiles(recordedLatency), origin},
} as const satisfies LiveSpecs;
