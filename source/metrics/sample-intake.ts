import {type SeriesStore, type StoredSeries} from '../core/series-store.ts';
import {asBytes, byte} from './exposition-bytes.ts';
import {labelsOf, type Family} from './exposition.ts';
import {ExpositionScanner} from './exposition-scanner.ts';
import {nameFilter, type NameFilter} from './name-filter.ts';

/** Texts of series that are remembered; the record itself has fewer. */
const maxKnown = 200_000;
const maxFamilies = 20_000;

/** Takes a record's text in pieces of any size and puts its samples into a store. Lines that cannot be read are counted. */
export class SampleIntake {
	/** Families by the name that they have in OpenMetrics. */
	readonly families = new Map<string, Family>();
	badLines = 0;
	readonly #store: SeriesStore;
	readonly #wanted: NameFilter | undefined;
	readonly #known = new Map<string, StoredSeries | undefined>();
	#rest: Uint8Array = new Uint8Array();

	/** `names` are of samples, or prefixes with a `*`; without them all are taken. */
	constructor(store: SeriesStore, names?: readonly string[]) {
		this.#store = store;
		this.#wanted = names && nameFilter(names);
	}

	/** Bytes of an unfinished last line, which are not read until it ends. */
	get restBytes(): number {
		return this.#rest.length;
	}

	push(chunk: Uint8Array): void {
		const bytes = asBytes(chunk);
		const end = bytes.lastIndexOf(byte.newline) + 1;
		if (end === 0) {
			this.#rest = Buffer.concat([this.#rest, bytes]);
			return;
		}

		let start = 0;
		if (this.#rest.length > 0) {
			start = bytes.indexOf(byte.newline) + 1;
			this.#read(Buffer.concat([this.#rest, bytes.subarray(0, start)]));
		}

		this.#read(bytes.subarray(start, end));
		// A copy: the caller's memory is used again.
		this.#rest = new Uint8Array(bytes.subarray(end));
	}

	#read(lines: Uint8Array): void {
		const bytes = asBytes(lines);
		const scanner = new ExpositionScanner(bytes, {source: 'metrics.om', format: 'openmetrics', metadata: true, ...(this.#wanted && {wanted: this.#wanted})});
		for (;;) {
			try {
				const scanned = scanner.next();
				if (scanned === 'end') {
					return;
				}

				const name = bytes.toString('latin1', scanner.nameStart, scanner.nameEnd);
				if (scanned !== 'sample') {
					this.#describe(name, scanned, bytes.toString('utf8', scanner.textStart, scanner.textEnd));
				} else if (!Number.isNaN(scanner.timestamp)) {
					this.#take(name, scanner, lines);
				}
			} catch {
				this.badLines++;
				scanner.skipLine();
			}
		}
	}

	#describe(name: string, kind: 'type' | 'help', text: string): void {
		if (this.families.size < maxFamilies) {
			this.families.set(name, {...this.families.get(name), [kind]: text});
		}
	}

	#take(name: string, scanner: ExpositionScanner, lines: Uint8Array): void {
		const bytes = asBytes(lines);
		const text = bytes.toString('latin1', scanner.nameStart, scanner.seriesEnd);
		if (!this.#known.has(text)) {
			if (this.#known.size >= maxKnown) {
				this.#known.clear();
			}

			this.#known.set(text, this.#store.series(name, labelsOf(scanner, bytes)));
		}

		const series = this.#known.get(text);
		if (series) {
			series.add(scanner.timestamp, scanner.value);
		} else {
			this.#store.refuse();
		}
	}
}
