import {type ExpositionFormat} from './exposition-scanner.ts';

/*
What the text format 0.0.4 and OpenMetrics call a family differs: in OpenMetrics, a counter `x` has the sample `x_total`.
Records are OpenMetrics, so that what is scraped is renamed on its way there.
*/

/** The endings of sample names that belong to a family of a type. */
const endings: Readonly<Record<string, readonly string[]>> = {
	counter: ['_total', '_created'],
	gauge: [''],
	histogram: ['_bucket', '_count', '_sum', '_created'],
	gaugehistogram: ['_bucket', '_gcount', '_gsum'],
	summary: ['', '_count', '_sum', '_created'],
	info: ['_info'],
	stateset: [''],
	unknown: [''],
};

type RecordedFamily = {readonly name: string; readonly type: string};

/** A family as OpenMetrics names and types it, from a TYPE line of either format. */
export function recordedFamily(name: string, type: string, format: ExpositionFormat): RecordedFamily {
	if (type === 'counter' && format === 'prometheus') {
		// The text format has counters without the ending that OpenMetrics wants: there they are of no known type.
		return name.endsWith('_total') ? {name: name.slice(0, -'_total'.length), type} : {name, type: 'unknown'};
	}

	return {name, type: type in endings ? type : 'unknown'};
}

/** The families, best first, that a sample may belong to: `x_sum` → x_sum, x. */
export function familyCandidates(sample: string): ReadonlyArray<{readonly name: string; readonly types: readonly string[]}> {
	return ['', '_total', '_created', '_bucket', '_count', '_sum', '_gcount', '_gsum', '_info']
		.filter(ending => sample.endsWith(ending) && sample.length > ending.length)
		.map(ending => ({name: sample.slice(0, sample.length - ending.length), types: Object.keys(endings).filter(type => endings[type]!.includes(ending))}));
}

/** HELP text as OpenMetrics escapes it. */
export function escapedHelp(text: string): string {
	return text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`).replaceAll('"', String.raw`\"`);
}
