import {unescaped} from './exposition-labels.ts';
import {type ExpositionFormat} from './exposition-scanner.ts';
import {escapedHelp, recordedFamily} from './metric-family.ts';

/** Names that every scrape brings anew are no families. */
const maxFamilies = 20_000;

/** The TYPE and HELP lines of a record: each family's once, under the name that it has in OpenMetrics. */
export class FamilyLines {
	/** Name of the scrape → name of the record. */
	readonly #typed = new Map<string, string>();
	readonly #helped = new Set<string>();
	/** HELP mostly comes before TYPE, on which the family's name depends. */
	readonly #held = new Map<string, string>();

	/** The lines to be written, or nothing. */
	line(kind: 'type' | 'help', name: string, text: string, format: ExpositionFormat): string {
		if (this.#typed.size + this.#held.size >= maxFamilies) {
			return '';
		}

		return kind === 'type' ? this.#type(name, text, format) : this.#help(name, text);
	}

	#type(name: string, type: string, format: ExpositionFormat): string {
		if (this.#typed.has(name)) {
			return '';
		}

		const family = recordedFamily(name, type, format);
		this.#typed.set(name, family.name);
		const help = this.#held.get(name);
		this.#held.delete(name);
		return `# TYPE ${family.name} ${family.type}\n${help === undefined ? '' : this.#help(name, help)}`;
	}

	#help(name: string, text: string): string {
		const family = this.#typed.get(name);
		if (family === undefined) {
			this.#held.set(name, text);
			return '';
		}

		if (this.#helped.has(name)) {
			return '';
		}

		this.#helped.add(name);
		return `# HELP ${family} ${escapedHelp(unescaped(text))}\n`;
	}
}
