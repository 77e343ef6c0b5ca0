/** Figures of one label, as results.csv names them. */
export const latencyFigures = ['mean_ms', 'median_ms', 'min_ms', 'max_ms', 'p90_ms', 'p95_ms', 'p99_ms'] as const;
export const throughputFigures = ['mean', 'median', 'min', 'max', 'p90', 'p95', 'p99'] as const;

export type Figures = {
	readonly latency: Readonly<Record<typeof latencyFigures[number], number>>;
	readonly start_throughput_1s: Readonly<Record<typeof throughputFigures[number], number>>;
};

/** Each figure -1.0: a label that nobody recorded. */
export function absentFigures(): Figures {
	return {
		latency: Object.fromEntries(latencyFigures.map(name => [name, -1])) as Figures['latency'],
		start_throughput_1s: Object.fromEntries(throughputFigures.map(name => [name, -1])) as Figures['start_throughput_1s'],
	};
}
