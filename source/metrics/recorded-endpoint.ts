import {seriesText, type Labels} from '../core/series.ts';
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {labelsOf} from './exposition.ts';
import {type ExpositionScanner} from './exposition-scanner.ts';
import {type Group} from './family-groups.ts';
import {instanceOf, type ScrapeEndpoint} from './scrape-endpoint.ts';

/** A series of one endpoint, as it stands in the record. */
export type RecordedSeries = {
	/** Of its samples. */
	readonly name: string;
	/** With `instance` and `job`. */
	readonly labels: Labels;
	/** Name and labels, and a blank. */
	readonly text: Bytes;
	/** Of the newest recorded sample, epoch ms. */
	lastAt: number;
	/** Of its samples, where their places are remembered. */
	group?: Group;
};

/** More series than this of one endpoint are left out: somebody puts what is different every time into a label. */
const maxSeries = 20_000;

/** The series that an endpoint has shown so far. What is scraped again and again is rewritten once. */
export class RecordedEndpoint {
	readonly up: RecordedSeries;
	/** When everything is to be recorded again, epoch ms. */
	nextFullAt = -Infinity;
	/** Whether it has answered to names with all that there was of them. */
	isTrueToNames = true;
	/** Of what is recorded at every scrape: how many samples the last whole answer held. */
	wantedSamples = 0;
	readonly #labels: Labels;
	readonly #byRawText = new Map<string, RecordedSeries>();
	readonly #byText = new Map<string, RecordedSeries>();

	constructor(endpoint: ScrapeEndpoint) {
		this.#labels = {instance: instanceOf(endpoint), job: endpoint.job};
		this.up = newSeries('up', this.#labels, seriesText('up', this.#labels));
	}

	/**
	The series of the sample that a scanner stands at; undefined where there are too many.

	@throws BenchError `metrics` where a label stands there twice.
	*/
	series(scanner: ExpositionScanner, bytes: Bytes): RecordedSeries | undefined {
		const rawText = bytes.toString('latin1', scanner.nameStart, scanner.seriesEnd);
		return this.#byRawText.get(rawText) ?? this.#make(rawText, scanner, bytes);
	}

	#make(rawText: string, scanner: ExpositionScanner, bytes: Bytes): RecordedSeries | undefined {
		if (this.#byRawText.size >= maxSeries) {
			return undefined;
		}

		const name = bytes.toString('latin1', scanner.nameStart, scanner.nameEnd);
		const labels = this.#attached(labelsOf(scanner, bytes));
		const text = seriesText(name, labels);
		// The same labels in another order are the same series.
		const series = this.#byText.get(text) ?? newSeries(name, labels, text);
		this.#byText.set(text, series);
		this.#byRawText.set(rawText, series);
		return series;
	}

	/** As Prometheus attaches them: labels of that name which the proc has itself become `exported_…`. */
	#attached(labels: Labels): Labels {
		const own = Object.entries(labels).map(([name, value]) => [name === 'job' || name === 'instance' ? `exported_${name}` : name, value] as const);
		return {...Object.fromEntries(own), ...this.#labels};
	}
}

function newSeries(name: string, labels: Labels, text: string): RecordedSeries {
	return {name, labels, text: asBytes(Buffer.from(`${text} `)), lastAt: -Infinity};
}
