// Parts of prom-client; its whole loads what pushes metrics, and what gathers those of workers.
declare module 'prom-client/lib/registry.js' {
	type Registered = {readonly name: string; get(): Promise<object>};

	export default class Registry {
		readonly contentType: string;
		registerMetric(metric: Registered): void;
		getMetricsAsArray(): readonly Registered[];
		metrics(): Promise<string>;
	}
}

declare module 'prom-client/lib/defaultMetrics.js' {
	import type Registry from 'prom-client/lib/registry.js';

	export default function collectDefaultMetrics(config: {readonly register: Registry}): void;
}
