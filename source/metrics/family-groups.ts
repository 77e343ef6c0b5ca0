import {seriesText, type Labels} from '../core/series.ts';
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {labelsOf} from './exposition.ts';
import {ExpositionScanner} from './exposition-scanner.ts';
import {familyCandidates} from './metric-family.ts';

/** Samples of one metric: one labelset, whatever its `le` or `quantile`. */
export type Group = {
	/** Where its lines begin and end, by turns. */
	lines: number[];
	/** Where its parts lie among the runs: offset and length, by turns. */
	readonly parts: number[];
};

type Family = {readonly name: string; type?: string; help?: string; readonly groups: Map<string, Group>};

/** Which lines of a record OpenMetrics wants together: a family's, and in it each metric's. */
export class FamilyGroups {
	readonly #families = new Map<string, Family>();
	readonly #groupOf = new Map<string, Group>();

	/** Families that have samples, in order of appearance: their TYPE and HELP lines, and their groups. */
	get all(): ReadonlyArray<{readonly head: string; readonly groups: Iterable<Group>}> {
		return [...this.#families.values()].filter(({groups}) => groups.size > 0).map(({name, type, help, groups}) => ({
			head: `${type === undefined ? '' : `# TYPE ${name} ${type}\n`}${help === undefined ? '' : `# HELP ${name} ${help}\n`}`,
			groups: groups.values(),
		}));
	}

	/** Takes a TYPE or HELP line that a scanner stands at. */
	describe(kind: 'type' | 'help', scanner: ExpositionScanner, text: Bytes): void {
		const name = text.toString('latin1', scanner.nameStart, scanner.nameEnd);
		const family = this.#families.get(name) ?? {name, groups: new Map<string, Group>()};
		family[kind] ??= text.toString('utf8', scanner.textStart, scanner.textEnd);
		this.#families.set(name, family);
	}

	/** Takes TYPE and HELP lines. */
	describeAll(lines: string): void {
		const text = asBytes(Buffer.from(lines));
		const scanner = new ExpositionScanner(text, {source: 'metrics.om', format: 'openmetrics', metadata: true});
		for (let scanned = scanner.next(); scanned !== 'end'; scanned = scanner.next()) {
			if (scanned !== 'sample') {
				this.describe(scanned, scanner, text);
			}
		}
	}

	/** The group of the sample that a scanner stands at. */
	group(scanner: ExpositionScanner, text: Bytes): Group {
		const series = text.toString('latin1', scanner.nameStart, scanner.seriesEnd);
		const known = this.#groupOf.get(series);
		if (known) {
			return known;
		}

		const group = this.groupOf(text.toString('latin1', scanner.nameStart, scanner.nameEnd), labelsOf(scanner, text));
		this.#groupOf.set(series, group);
		return group;
	}

	/** The group of a series, from its sample's name and its labels. */
	groupOf(name: string, labels: Labels): Group {
		const family = this.#familyOf(name);
		const {le, quantile, ...others} = labels;
		const isParted = family.type === 'histogram' || family.type === 'gaugehistogram' || family.type === 'summary';
		const key = seriesText('', isParted ? others : labels);
		const group = family.groups.get(key) ?? {lines: [], parts: []};
		family.groups.set(key, group);
		return group;
	}

	#familyOf(sample: string): Family {
		for (const {name, types} of familyCandidates(sample)) {
			const family = this.#families.get(name);
			if (family?.type !== undefined && types.includes(family.type)) {
				return family;
			}
		}

		const made = this.#families.get(sample) ?? {name: sample, groups: new Map<string, Group>()};
		this.#families.set(sample, made);
		return made;
	}
}

/** A whole record in OpenMetrics' order. */
export function orderedText(groups: FamilyGroups, text: Bytes): Uint8Array {
	const families = groups.all.map(({head, groups: own}) => ({head: Buffer.from(head), own: [...own]}));
	const end = Buffer.from('# EOF\n');
	// Heads are in the record too, but not all are of a family that has samples.
	const ordered = asBytes(Buffer.allocUnsafe(text.length + end.length + families.reduce((total, {head}) => total + head.length, 0)));
	let length = 0;
	const put = (bytes: Uint8Array) => {
		ordered.set(bytes, length);
		length += bytes.length;
	};

	for (const {head, own} of families) {
		put(head);
		for (const {lines} of own) {
			for (let index = 0; index < lines.length; index += 2) {
				length += text.copy(ordered, length, lines[index], lines[index + 1]);
			}
		}
	}

	put(end);
	return ordered.subarray(0, length);
}
