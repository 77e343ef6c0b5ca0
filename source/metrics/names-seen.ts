import {type Bytes} from './exposition-bytes.ts';
import {type NameFilter} from './name-filter.ts';

/** A longer query is more than some servers read, and more than it spares. */
const maxCharacters = 2000;

/** The names in an answer that are wanted at every scrape, to be asked for by themselves. */
export class NamesSeen {
	/** How many samples have such a name. */
	samples = 0;
	readonly #wanted: NameFilter | undefined;
	readonly #names = new Set<string>();

	/** Without a filter none are seen: all are wanted. */
	constructor(wanted: NameFilter | undefined) {
		this.#wanted = wanted;
	}

	add(bytes: Bytes, {nameStart, nameEnd}: {readonly nameStart: number; readonly nameEnd: number}): void {
		if (this.#wanted?.(bytes, nameStart)) {
			this.samples++;
			this.#names.add(bytes.toString('latin1', nameStart, nameEnd));
		}
	}

	/** Those of the samples and, for servers that go by these, of their families; empty where they are too many to ask for. */
	names(): readonly string[] {
		const names = [...new Set([...this.#names].flatMap(name => [name, name.replace(/_(?:bucket|sum|count|total)$/, '')]))];
		return names.join('').length > maxCharacters ? [] : names;
	}
}
