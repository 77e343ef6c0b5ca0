/*
The order in which people look for names: `client_2` before `client_10`, capitals and accents beside the plain letters. It
is the same on every machine, whatever its language.
*/

// A number of its own may have a sign and a fraction; with more points, or after a `v`, it is a version or an address, whose parts count.
const numbers = /(?<![^\s(,:=])-\d+(?:\.\d+)?(?![\d.])|(?<![\d.v])\d+\.\d+(?!\.?\d)|\d+/g;

// Below and above all that a text holds, so that a number comes before a text that stands in its place, and after the end of one.
const [negative, positive, least, greatest] = ['\u{1}', '\u{2}', '\u{0}', '\u{FFFF}'] as const;

/** A text to sort a name by with `<`. Names of equal numbers (`1`, `01`) and letters (`a`, `A`) have the same. */
export function naturalKey(name: string): string {
	return name.normalize('NFD').replaceAll(/[\u{300}-\u{36F}]/gu, '').toLowerCase().replaceAll(numbers, number => numberKey(number));
}

/** The order of two names; 0 of equal ones alone. */
export function compareNaturally(one: string, other: string): number {
	return compareTexts(naturalKey(one), naturalKey(other)) || compareTexts(one, other);
}

function compareTexts(one: string, other: string): number {
	return Number(one > other) - Number(one < other);
}

// Of more digits than a number holds exactly, too: first how many there are, then they themselves.
function numberKey(text: string): string {
	const [whole = '', fraction = ''] = text.replace('-', '').split('.', 2);
	const digits = whole.replace(/^0+(?=\d)/, '');
	const sizes = String.fromCodePoint(Math.min(digits.length, 0xD0_00)) + digits + fraction.replace(/0+$/, '');
	return text.startsWith('-') && /[1-9]/.test(text) ? `${negative}${inverted(sizes)}${greatest}` : `${positive}${sizes}${least}`;
}

// What is larger becomes smaller.
function inverted(text: string): string {
	return Array.from(text, character => String.fromCodePoint(0xD0_39 - character.codePointAt(0)!)).join('');
}
