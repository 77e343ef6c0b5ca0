const escape = 0x1B;
const csiBody = /(?<parameters>[\u{30}-\u{3F}]*)(?<between>[\u{20}-\u{2F}]*)(?<final>[\u{40}-\u{7E}]?)/uy;
const otherBody = /[\u{20}-\u{2F}]*[\u{30}-\u{7E}]?/uy;

export type ControlSequence = {
	/** Index after it. */
	readonly end: number;
	/** The parameters of one that sets colours and weights (SGR). */
	readonly colour?: string;
};

/** The control sequence (ECMA-48, 7 or 8 bits) that begins at an index of a text; undefined where none does. */
export function sequenceAt(text: string, index: number): ControlSequence | undefined {
	const code = text.codePointAt(index)!;
	const isEscape = code === escape;
	if (!isEscape && (code < 0x80 || code > 0x9F)) {
		return undefined;
	}

	// A C1 control is ESC and a letter in one.
	const kind = isEscape ? text[index + 1] ?? '' : String.fromCodePoint(code - 0x40);
	const start = index + (isEscape ? 1 : 0) + 1;
	if (kind === '[') {
		csiBody.lastIndex = start;
		const match = csiBody.exec(text);
		const {parameters = '', between = '', final = ''} = match?.groups ?? {};
		const end = start + (match?.[0].length ?? 0);
		return final === 'm' && between === '' && /^[\d:;]*$/.test(parameters) ? {end, colour: parameters} : {end};
	}

	if (kind !== '' && ']PX^_'.includes(kind)) {
		return {end: stringEnd(text, start)};
	}

	if (!isEscape) {
		return {end: start};
	}

	otherBody.lastIndex = index + 1;
	return {end: index + 1 + (otherBody.exec(text)?.[0].length ?? 0)};
}

/**
OSC, DCS, SOS, PM and APC go on to BEL or ST. One without an end loses its introducer alone: what follows may be the
evidence that a person looks for.
*/
function stringEnd(text: string, start: number): number {
	for (let index = start; index < text.length; index++) {
		const code = text.codePointAt(index)!;
		if (code === 0x07 || code === 0x9C) {
			return index + 1;
		}

		if (code === escape) {
			return text[index + 1] === '\\' ? index + 2 : index;
		}
	}

	return start;
}
