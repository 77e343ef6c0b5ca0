/*
Colours and weights, the one kind of control sequence that passes from a log to the screen. A style is what a terminal
would have in force at a character, written as the parameters that set it anew: `1;31`, `38;5;208`, or nothing.
*/

type Style = {
	readonly attributes: readonly number[];
	readonly foreground: string;
	readonly background: string;
};

const plain: Style = {attributes: [], foreground: '', background: ''};

// Weight, slant, underline, inverse and strike-through. Blinking disturbs and concealed text deceives: they are left out.
const attributeEnds: ReadonlyMap<number, number> = new Map([[1, 22], [2, 22], [3, 23], [4, 24], [7, 27], [9, 29]]);

/** Follows the SGR sequences of a line. */
export type StyleTracker = {
	/** Takes the parameters of one (`0`, `1;31`, ``). */
	apply(parameters: string): void;
	/** The style in force. */
	current(): string;
};

export function trackStyle(): StyleTracker {
	let style = plain;
	return {
		apply(parameters) {
			style = applied(style, parameters.split(/[:;]/).map(Number));
		},
		current: () => [...style.attributes.map(String), style.foreground, style.background].filter(Boolean).join(';'),
	};
}

function applied(before: Style, codes: readonly number[]): Style {
	let style = before;
	for (let index = 0; index < codes.length; index++) {
		const code = codes[index]!;
		if (code === 38 || code === 48) {
			const length = codes[index + 1] === 5 ? 3 : (codes[index + 1] === 2 ? 5 : 1);
			const parts = codes.slice(index, index + length);
			const isColour = length > 1 && parts.length === length && parts.every(part => Number.isSafeInteger(part) && part >= 0 && part <= 255);
			if (isColour) {
				style = {...style, [code === 38 ? 'foreground' : 'background']: parts.join(';')};
			}

			index += length - 1;
			continue;
		}

		style = simple(style, code);
	}

	return style;
}

function simple(style: Style, code: number): Style {
	if (code === 0) {
		return plain;
	}

	if (attributeEnds.has(code)) {
		return style.attributes.includes(code) ? style : {...style, attributes: [...style.attributes, code]};
	}

	if (code >= 22 && code <= 29) {
		return {...style, attributes: style.attributes.filter(attribute => attributeEnds.get(attribute) !== code)};
	}

	if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
		return {...style, foreground: String(code)};
	}

	if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
		return {...style, background: String(code)};
	}

	return code === 39 ? {...style, foreground: ''} : (code === 49 ? {...style, background: ''} : style);
}
