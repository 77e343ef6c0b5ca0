import {type Labels} from '../core/series.ts';
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {decodeLabels, unescaped} from './exposition-labels.ts';
import {ExpositionScanner, type ScannerOptions} from './exposition-scanner.ts';

export type Sample = {
	readonly name: string;
	readonly labels: Labels;
	readonly value: number;
	/** Epoch ms, where the text gives one. */
	readonly at?: number;
};

/** What the text says of a metric family. */
export type Family = {
	/** `counter`, `gauge`, `summary`, `histogram`, `untyped`, `unknown`, … */
	readonly type?: string;
	readonly help?: string;
};

export type Exposition = {readonly samples: readonly Sample[]; readonly families: ReadonlyMap<string, Family>};

/**
Reads a whole exposition into objects; for what is small or rare. Who reads often uses `ExpositionScanner`.

@throws BenchError `metrics` naming source, line and column.
*/
export function parseExposition(bytes: Uint8Array, options: Omit<ScannerOptions, 'metadata'>): Exposition {
	const buffer = asBytes(bytes);
	const scanner = new ExpositionScanner(buffer, {...options, metadata: true});
	const samples: Sample[] = [];
	const families = new Map<string, Family>();
	for (let scanned = scanner.next(); scanned !== 'end'; scanned = scanner.next()) {
		const name = buffer.toString('latin1', scanner.nameStart, scanner.nameEnd);
		if (scanned === 'sample') {
			samples.push({name, labels: labelsOf(scanner, buffer), value: scanner.value, ...(!Number.isNaN(scanner.timestamp) && {at: scanner.timestamp})});
		} else {
			const text = unescaped(buffer.toString('utf8', scanner.textStart, scanner.textEnd));
			families.set(name, {...families.get(name), [scanned]: text});
		}
	}

	return {samples, families};
}

/**
The labels of the sample that a scanner stands at.

@throws BenchError `metrics` where a label stands there twice.
*/
export function labelsOf(scanner: ExpositionScanner, bytes: Bytes): Labels {
	if (scanner.labelsEnd === 0) {
		return {};
	}

	const decoded = decodeLabels(bytes, scanner.labelsStart, scanner.labelsEnd);
	if ('twice' in decoded) {
		throw scanner.fault(`the label "${decoded.twice}" stands there twice`);
	}

	return decoded.labels;
}
