/*
Widths of texts that screens are full of: ASCII, rules, blocks, dots, signs, and the colours between them. Ink measures each
line of a frame several times, and the library looks at every cluster of it; here a line costs a look at each character.
What could join with its neighbours (accents, emoji, Hangul) is the library's.
*/
import stringWidth from 'string-width';

// Per UTF-16 unit: its width, or not known yet.
const [unknown, library] = [0xFF, 0xFE];
// Latin letters, punctuation, arrows to dingbats, braille: each stands for itself.
const alone = [[0xA1, 0xAC], [0xAE, 0x2_FF], [0x20_10, 0x20_27], [0x20_30, 0x20_5E], [0x20_A0, 0x20_BF], [0x21_90, 0x2B_FF]] as const;
const widths = knownWidths();

const [escape, bracket] = [0x1B, 0x5B];

/** Cells that a text takes, colours not counted. */
export function fastWidth(text: string): number {
	let width = 0;
	for (let index = 0; index < text.length; index++) {
		const unit = text.codePointAt(index)!;
		if (unit === escape && text.codePointAt(index + 1) === bracket) {
			index = endOfColour(text, index + 2);
			if (index === -1) {
				return stringWidth(text);
			}

			continue;
		}

		let known = widths[unit] ?? library;
		if (known === unknown) {
			known = stringWidth(text[index]!);
			widths[unit] = known;
		}

		if (known === library) {
			return stringWidth(text);
		}

		width += known;
	}

	return width;
}

// The end of an SGR sequence, whose parameters begin here; -1 where it is none.
function endOfColour(text: string, from: number): number {
	for (let index = from; index < text.length; index++) {
		const unit = text.codePointAt(index)!;
		if (unit === 0x6D) {
			return index;
		}

		if (unit < 0x30 || unit > 0x3B) {
			return -1;
		}
	}

	return -1;
}

function knownWidths(): Uint8Array {
	const known = new Uint8Array(0x2C_00).fill(library);
	known.fill(1, 0x20, 0x7F);
	for (const [from, to] of alone) {
		known.fill(unknown, from, to + 1);
	}

	return known;
}
