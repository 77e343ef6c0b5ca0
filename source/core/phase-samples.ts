import {seriesText} from './series.ts';
import {type BenchmarkState} from './state.ts';

/** How often a phase is sampled: what a person may zoom into. */
const stepMs = 200;

/** The phases and JVM pauses of a benchmark as samples, OpenMetrics text: `benchdeck_phase{phase="measuring"} 1`. Undefined where none are known. */
export function phaseSamples({phases, pauses, endedAt}: Pick<BenchmarkState, 'phases' | 'pauses' | 'endedAt'>): string | undefined {
	if (phases.length === 0) {
		return undefined;
	}

	const spans = phases.map(({phase, at}, place) => ({series: seriesText('benchdeck_phase', {phase}), from: at, to: phases[place + 1]?.at ?? endedAt ?? at}));
	const stops = pauses.flatMap(({label, longest}) => longest.map(({endAt, durationMs, kind}) => ({series: seriesText('benchdeck_pause', {label, kind}), from: endAt - durationMs, to: endAt})));
	return `# TYPE benchdeck_phase gauge\n${sampled(spans)}# TYPE benchdeck_pause gauge\n${sampled(stops)}# EOF\n`;
}

type Span = {readonly series: string; readonly from: number; readonly to: number};

// A series stands together, its times once and in order.
function sampled(spans: readonly Span[]): string {
	const bySeries = Map.groupBy(spans, ({series}) => series);
	return [...bySeries].flatMap(([series, its]) => {
		const times = new Set(its.flatMap(({from, to}) => Array.from({length: Math.max(1, Math.ceil((to - from) / stepMs))}, (_, step) => Math.round(from + step * stepMs))));
		return [...times].toSorted((one, other) => one - other).map(time => `${series} 1 ${time / 1000}\n`);
	}).join('');
}
